import { z } from 'zod';
import { id, time } from '../lib/wire.ts';

/** One event as the feed and the sockets carry it. */
export const feedEvent = z.object({
  cursor: z.string(),
  type: z.string(),
  at: time,
  ids: z.record(z.string(), z.string().nullable()),
  patch: z.record(z.string(), z.unknown()),
});
export type FeedEvent = z.infer<typeof feedEvent>;

export const feedQuery = z.object({
  after: z.string().regex(/^\d+$/, 'a cursor that the feed gave'),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});

/** What staff sockets send: who looks at, and who types in, a thread. */
export const presence = z.object({ threadId: id.nullable() });
export const typing = z.object({ threadId: id, typing: z.boolean() });

export interface Presence {
  userId: string;
  threadId: string | null;
  at: string;
}
