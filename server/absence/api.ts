import { byId, endpoint } from '../http/endpoint.ts';
import { shortList } from '../http/shortList.ts';
import { changeAbsence, endAbsence, planAbsence } from './plan.ts';
import { listAbsences, readAbsence } from './read.ts';
import * as shapes from './schema.ts';

export const list = shortList({
  summary: 'Who is away, and who stands in',
  query: shapes.absenceQuery,
  item: shapes.absence,
  run: ({ db }, { viewer, query, now }) => listAbsences(db, viewer, query, now),
});

export const make = endpoint({
  summary: 'Plans an absence; without a beginning it is on at once',
  body: shapes.newAbsence,
  answer: shapes.absence,
  status: 201,
  run: ({ db }, { user, viewer, body, now }) => planAbsence(db, viewer, body, user.permissions.has('live.read'), now),
});

export const read = endpoint({
  summary: 'The hand-over, and what happened meanwhile',
  params: byId,
  answer: shapes.absenceSummary,
  run: ({ db }, { user, viewer, params, now }) =>
    readAbsence(db, viewer, params.id, user.permissions.has('live.read'), now),
});

export const edit = endpoint({
  summary: 'Changes its end or its note',
  params: byId,
  body: shapes.editAbsence,
  answer: shapes.absence,
  run: ({ db }, { user, viewer, params, body, now }) =>
    changeAbsence(db, viewer, params.id, body, user.permissions.has('live.read'), now),
});

export const end = endpoint({
  summary: 'Back, or not going at all',
  params: byId,
  run: ({ db }, { user, viewer, params, now }) =>
    endAbsence(db, viewer, params.id, user.permissions.has('live.read'), now),
});
