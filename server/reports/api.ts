import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { readLive } from './live.ts';
import * as shapes from './schema.ts';

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
