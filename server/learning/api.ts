import { byId, endpoint } from '../http/endpoint.ts';
import { shortList } from '../http/shortList.ts';
import { article } from '../knowledge/schema.ts';
import { pageOf } from '../lib/wire.ts';
import { readDemand } from './demand.ts';
import { dismissGap, listGaps, writeFromGap } from './gaps.ts';
import * as shapes from './schema.ts';
import { listWrong, reportWrong, resolveWrong } from './wrongAnswers.ts';

const dayMs = 24 * 60 * 60_000;

export const report = endpoint({
  summary: 'An answer of the bot was wrong: corrects it, flags its sources, tells supervisors',
  params: byId,
  body: shapes.newWrongAnswer,
  answer: shapes.wrongAnswer,
  status: 201,
  run: ({ reply }, { viewer, user, params, body }) => reportWrong(reply, viewer, user.name, params.id, body.correction),
});

export const wrong = endpoint({
  summary: "The bot's wrong answers, newest first",
  query: shapes.wrongQuery,
  answer: pageOf(shapes.wrongAnswer),
  run: ({ db }, { query }) => listWrong(db, query),
});

export const resolve = endpoint({
  summary: 'A wrong answer has been seen to',
  params: byId,
  body: shapes.resolution,
  answer: shapes.wrongAnswer,
  run: ({ db }, { viewer, params, body, now }) => resolveWrong(db, viewer, params.id, body.text, now),
});

export const gaps = shortList({
  summary: 'Questions without an answer, or with a rejected one, grouped; most asked first',
  query: shapes.gapQuery,
  item: shapes.gap,
  run: ({ db }, { query, now }) => listGaps(db, query.from === undefined ? undefined : new Date(query.from), now),
});

export const write = endpoint({
  summary: 'A draft article for a gap, from what colleagues answered',
  params: byId,
  answer: article,
  status: 201,
  run: ({ db }, { viewer, params, now }) => writeFromGap(db, params.id, viewer.userId, now),
});

export const dismiss = endpoint({
  summary: 'A gap needs no article',
  params: byId,
  run: ({ db }, { params, now }) => dismissGap(db, params.id, now),
});

export const demand = endpoint({
  summary: 'What was asked for, out of stock, and offered instead',
  query: shapes.demandQuery,
  answer: shapes.demand,
  run: ({ db }, { query, now }) => {
    const to = query.to === undefined ? now : new Date(query.to);
    const from = query.from === undefined ? new Date(to.getTime() - 28 * dayMs) : new Date(query.from);
    return readDemand(db, { from, to }, query.by, query.store);
  },
});
