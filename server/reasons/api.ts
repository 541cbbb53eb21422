import { z } from 'zod';
import { byId, endpoint } from '../http/endpoint.ts';
import { shortList } from '../http/shortList.ts';
import { id } from '../lib/wire.ts';
import { spanOf } from '../reports/responseTimes.ts';
import { periodQuery } from '../reports/schema.ts';
import { listReasons, reportReasons, saveReasons, settleThreadReason, threadReasons } from './list.ts';
import * as shapes from './schema.ts';

export const list = shortList({
  summary: 'Why clients come or are unhappy: the shop’s own list',
  item: shapes.reason,
  run: ({ db }) => listReasons(db),
});

export const save = endpoint({
  summary: 'Sets the list of reasons; what it leaves out is retired',
  body: shapes.reasonList,
  answer: shapes.reasonList,
  run: async ({ db }, { body, now }) => ({ items: await saveReasons(db, body.items, now) }),
});

export const ofThread = shortList({
  summary: 'A thread’s reasons, proposed and confirmed',
  params: byId,
  item: shapes.threadReason,
  run: ({ db }, { viewer, params }) => threadReasons(db, viewer, params.id),
});

export const settle = endpoint({
  summary: 'Confirms or refuses a reason of a thread',
  params: z.object({ id, reasonId: id }),
  body: shapes.settleReason,
  run: ({ db }, { viewer, params, body, now }) => settleThreadReason(db, viewer, params.id, params.reasonId, body, now),
});

export const report = endpoint({
  summary: 'Confirmed reasons, most frequent first (Pareto), with their trend',
  query: periodQuery.extend({
    kind: shapes.reasonKind.default('dissatisfaction'),
    by: z.enum(['reason', 'product', 'store', 'user']).default('reason'),
  }),
  answer: shapes.reasonReport,
  run: ({ db }, { query, now }) => reportReasons(db, spanOf(query, now), query.kind, query.by),
});
