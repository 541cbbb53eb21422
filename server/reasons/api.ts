import { z } from 'zod';
import { byId, endpoint } from '../http/endpoint.ts';
import { shortList } from '../http/shortList.ts';
import { id, pageOf } from '../lib/wire.ts';
import { workFact } from '../reports/schema.ts';
import { asFile } from '../reports/sheet.ts';
import { spanOf } from '../reports/span.ts';
import { listReasons, saveReasons, settleThreadReason, threadReasons } from './list.ts';
import { listReasonThreads, reasonTable, reportReasons } from './report.ts';
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
  query: shapes.reasonQuery,
  answer: shapes.reasonReport,
  run: async ({ db }, { query, now }) => {
    const span = spanOf(query, now);
    const found = await reportReasons(db, span, query.kind, query.by, query);
    if (query.format === 'json') return found;
    return asFile(
      `reasons-${query.by}-${span.from.toISOString().slice(0, 10)}`,
      reasonTable(found, query.by),
      query.format,
    );
  },
});

export const reportThreads = endpoint({
  summary: 'The threads behind a reason of the report, newest first',
  query: shapes.reasonDrill,
  answer: pageOf(workFact),
  run: ({ db }, { query, now }) => listReasonThreads(db, spanOf(query, now), query),
});
