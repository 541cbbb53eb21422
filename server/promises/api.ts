import { z } from 'zod';
import { byId, endpoint } from '../http/endpoint.ts';
import { pageOf } from '../lib/wire.ts';
import { narrowed, periodQuery } from '../reports/schema.ts';
import { spanOf } from '../reports/span.ts';
import { confirmHold } from './hold.ts';
import { changePromise, makePromise, reopenPromise, settlePromise } from './keep.ts';
import { listPromises, reportPromises } from './read.ts';
import * as shapes from './schema.ts';

export const list = endpoint({
  summary: 'Promises to clients, the next due first',
  query: shapes.promiseQuery,
  answer: pageOf(shapes.clientPromise),
  run: ({ db }, { viewer, query, now }) => listPromises(db, viewer, query, now),
});

export const make = endpoint({
  summary: 'Promises a client something by a time',
  body: shapes.newPromise,
  answer: shapes.clientPromise,
  status: 201,
  run: ({ db }, { viewer, body, now }) => makePromise(db, viewer, body, now),
});

export const edit = endpoint({
  summary: 'Moves a promise, or gives it to a colleague',
  params: byId,
  body: shapes.editPromise,
  answer: shapes.clientPromise,
  run: ({ db }, { viewer, params, body, now }) => changePromise(db, viewer, params.id, body, now),
});

export const settle = endpoint({
  summary: 'Keeps, breaks or cancels a promise, with its outcome',
  params: byId,
  body: shapes.settlement,
  answer: shapes.clientPromise,
  run: ({ db }, { viewer, params, body, now }) => settlePromise(db, viewer, params.id, body, now),
});

export const confirm = endpoint({
  summary: 'The store says whether it keeps a thing for a client, who is told',
  params: byId,
  body: shapes.confirmation,
  answer: shapes.clientPromise,
  run: (deps, { viewer, params, body, now }) => confirmHold(deps, viewer, params.id, body, now),
});

export const reopen = endpoint({
  summary: 'Takes the outcome back',
  params: byId,
  answer: shapes.clientPromise,
  run: ({ db }, { viewer, params, now }) => reopenPromise(db, viewer, params.id, now),
});

export const report = endpoint({
  summary: 'How many promises were kept, by person or kind',
  query: periodQuery.extend(narrowed.shape).extend({ by: z.enum(['user', 'kind']).default('user') }),
  answer: shapes.promiseReport,
  run: ({ db }, { query, now }) => reportPromises(db, spanOf(query, now), query.by, now, query),
});
