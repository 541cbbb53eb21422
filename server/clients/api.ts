import { z } from 'zod';
import { byId, endpoint } from '../http/endpoint.ts';
import { id, page, pageOf } from '../lib/wire.ts';
import { addIdentity } from './addIdentity.ts';
import { editClient, mergeClients, undoMergeClients } from './change.ts';
import { listClients, readClient, readTimeline } from './read.ts';
import * as shapes from './schema.ts';
import { stopRatings } from './stopRatings.ts';

export const list = endpoint({
  summary: 'Clients, found by name or address',
  query: shapes.clientQuery,
  answer: pageOf(shapes.clientSummary),
  run: ({ db }, { viewer, query }) => listClients(db, viewer, query),
});

export const read = endpoint({
  summary: 'One client with identities and proposed merges',
  params: byId,
  answer: shapes.client,
  run: ({ db }, { viewer, params }) => readClient(db, viewer, params.id),
});

export const edit = endpoint({
  summary: 'Changes a client',
  params: byId,
  body: shapes.editClient,
  answer: shapes.client,
  run: ({ db }, { viewer, params, body, now }) => editClient(db, viewer, params.id, body, now),
});

export const addAddress = endpoint({
  summary: 'Notes a phone number or e-mail address of a client',
  params: byId,
  body: shapes.newIdentity,
  answer: shapes.client,
  status: 201,
  run: ({ db }, { viewer, params, body, now }) => addIdentity(db, viewer, params.id, body, now),
});

const byIdentity = byId.extend({ identityId: z.uuid() });

export const stopAsking = endpoint({
  summary: 'Asks a client at this address no more how it was',
  params: byIdentity,
  answer: shapes.client,
  run: ({ db }, { viewer, params, now }) => stopRatings(db, viewer, params.id, params.identityId, true, now),
});

export const askAgain = endpoint({
  summary: 'Asks a client at this address again how it was, as they wish',
  params: byIdentity,
  answer: shapes.client,
  run: ({ db }, { viewer, params, now }) => stopRatings(db, viewer, params.id, params.identityId, false, now),
});

export const timeline = endpoint({
  summary: 'All that was said with a client, newest first',
  params: byId,
  query: page,
  answer: pageOf(shapes.timelineItem),
  run: ({ db }, { viewer, params, query }) => readTimeline(db, viewer, params.id, query),
});

export const merge = endpoint({
  summary: 'Makes two clients one',
  params: byId,
  body: z.object({ otherId: id }),
  answer: z.object({ id }),
  status: 201,
  run: ({ db }, { viewer, params, body, now }) => mergeClients(db, viewer, params.id, body.otherId, now),
});

export const unmerge = endpoint({
  summary: 'Undoes a merge, or refuses a proposed one',
  params: z.object({ id, mergeId: id }),
  run: ({ db }, { viewer, params, now }) => undoMergeClients(db, viewer, params.id, params.mergeId, now),
});
