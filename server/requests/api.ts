import { byId, endpoint } from '../http/endpoint.ts';
import { shortList } from '../http/shortList.ts';
import { pageOf } from '../lib/wire.ts';
import { answerRequest, askColleague, cancelRequest, threadRequests } from './ask.ts';
import { listRequests } from './read.ts';
import * as shapes from './schema.ts';

export const list = endpoint({
  summary: 'Questions of colleagues: what I am asked, or what I asked',
  query: shapes.requestQuery,
  answer: pageOf(shapes.listedRequest),
  run: ({ db }, { viewer, query, now }) => listRequests(db, viewer, query, now),
});

export const ofThread = shortList({
  summary: 'Whom this thread waits for, and what was asked before',
  params: byId,
  item: shapes.request,
  run: ({ db }, { viewer, params, now }) => threadRequests(db, viewer, params.id, now),
});

export const ask = endpoint({
  summary: 'Asks a colleague, a team or a store',
  params: byId,
  body: shapes.newRequest,
  answer: shapes.request,
  status: 201,
  run: ({ db }, { viewer, params, body, now }) => askColleague(db, viewer, params.id, body, now),
});

export const answer = endpoint({
  summary: 'Answers; it lands in the thread as a note',
  params: byId,
  body: shapes.requestAnswer,
  answer: shapes.request,
  run: ({ reply }, { user, viewer, params, body }) => answerRequest(reply, viewer, user.name, params.id, body.text),
});

export const cancel = endpoint({
  summary: 'Takes a question back',
  params: byId,
  run: ({ db }, { viewer, params, now }) => cancelRequest(db, viewer, params.id, now),
});
