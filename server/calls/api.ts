import { byId, endpoint } from '../http/endpoint.ts';
import { pageOf } from '../lib/wire.ts';
import { takeCallEvent } from './happened.ts';
import { dropCall, logCall, noteCall } from './log.ts';
import { listCalls } from './read.ts';
import * as shapes from './schema.ts';

export const list = endpoint({
  summary: 'Telephone calls, newest first',
  query: shapes.callQuery,
  answer: pageOf(shapes.call),
  run: ({ db }, { viewer, query, now }) => listCalls(db, viewer, query, now),
});

export const log = endpoint({
  summary: 'Logs a call by hand; a talk answers who waited in the thread',
  body: shapes.loggedCall,
  answer: shapes.call,
  status: 201,
  run: ({ db }, { user, viewer, body, now }) => logCall(db, viewer, user.name, body, now),
});

export const note = endpoint({
  summary: 'What was said in a call that one took; it stands in the thread too',
  params: byId,
  body: shapes.callNote,
  answer: shapes.call,
  run: ({ db }, { user, viewer, params, body, now }) => noteCall(db, viewer, user.name, params.id, body.note, now),
});

export const drop = endpoint({
  summary: 'Takes a call back that was logged by hand',
  params: byId,
  run: ({ db }, { viewer, params, now }) => dropCall(db, viewer, params.id, now),
});

export const happened = endpoint({
  summary: 'What a telephone exchange tells of a call, signed by Standard Webhooks with the secret of its channel',
  params: byId,
  body: shapes.callEvent,
  run: (deps, { params, signed }) => takeCallEvent(deps, params.id, signed),
});
