import { z } from 'zod';
import { endpoint, RawAnswer } from '../http/endpoint.ts';
import { pageOf } from '../lib/wire.ts';
import { readLive } from './live.ts';
import { asCsv, listWaits, readResponseTimes, spanOf } from './responseTimes.ts';
import * as shapes from './schema.ts';
import { readVolume } from './volume.ts';

const dayMs = 24 * 60 * 60_000;

export const live = endpoint({
  summary: 'Who waits now, per channel and person, and what was answered today',
  query: z.object({ dayStart: z.iso.datetime({ offset: true }).optional() }),
  answer: shapes.live,
  run: ({ db }, { query, now }) =>
    readLive(
      db,
      now,
      query.dayStart === undefined ? new Date(Math.floor(now.getTime() / dayMs) * dayMs) : new Date(query.dayStart),
    ),
});

export const responseTimes = endpoint({
  summary: 'How fast clients were answered, by person, team, store, channel, hour and more',
  query: shapes.responseQuery,
  answer: shapes.responseTimes,
  run: async ({ db }, { query, now }) => {
    const report = await readResponseTimes(db, query, now);
    if (query.format === 'json') return report;
    const name = `response-times-${report.by}-${report.from.slice(0, 10)}.csv`;
    return new RawAnswer(asCsv(report), 'text/csv', { 'Content-Disposition': `attachment; filename="${name}"` });
  },
});

export const myResponseTimes = endpoint({
  summary: 'How fast I answered: what the supervisor sees of me',
  query: shapes.responseQuery,
  answer: shapes.responseTimes,
  run: ({ db }, { user, query, now }) => readResponseTimes(db, { ...query, user: user.id }, now),
});

export const waits = endpoint({
  summary: 'The answered waits behind a figure',
  query: shapes.drillQuery,
  answer: pageOf(shapes.answeredWait),
  run: ({ db }, { query, now }) => listWaits(db, query, now),
});

export const volume = endpoint({
  summary: 'How much was written and answered a day, and when clients write',
  query: shapes.periodQuery,
  answer: shapes.volume,
  run: ({ db }, { query, now }) => readVolume(db, spanOf(query, now)),
});
