import { z } from 'zod';
import { transact } from '../db/tx.ts';
import { forbidden } from '../errors.ts';
import { endpoint } from '../http/endpoint.ts';
import { shortList } from '../http/shortList.ts';
import { id } from '../lib/wire.ts';
import { periodQuery } from '../reports/schema.ts';
import { spanOf } from '../reports/span.ts';
import { listPresence, presenceDays, presenceOf, setPresence } from './presence.ts';
import * as shapes from './schema.ts';

export const say = endpoint({
  summary: 'Whether I am there to be given work',
  body: z.object({ state: shapes.presenceState }),
  run: ({ db }, { user, body, now }) => transact(db, (tx) => setPresence(tx, user.id, body.state, now)),
});

export const list = shortList({
  summary: 'Who is there',
  item: shapes.presenceNow,
  run: ({ db }) => listPresence(db),
});

export const spans = shortList({
  summary: 'A person’s presence over a period: for themselves and for supervisors, the same',
  query: periodQuery.extend({ user: z.union([id, z.literal('me')]).default('me') }),
  item: shapes.presenceSpan,
  run: async ({ db }, { user, query, now }) => {
    const userId = query.user === 'me' ? user.id : query.user;
    if (userId !== user.id && !user.permissions.has('live.read')) throw forbidden();
    return await presenceOf(db, userId, spanOf(query, now));
  },
});

export const days = endpoint({
  summary: 'A person’s days beside their shifts: lateness and pauses, for themselves and for supervisors, the same',
  query: periodQuery.extend({ user: z.union([id, z.literal('me')]).default('me') }),
  answer: z.object({ timezone: z.string(), days: z.array(shapes.presenceDay) }),
  run: async ({ db }, { user, query, now }) => {
    const userId = query.user === 'me' ? user.id : query.user;
    if (userId !== user.id && !user.permissions.has('live.read')) throw forbidden();
    return presenceDays(db, userId, spanOf(query, now), now);
  },
});
