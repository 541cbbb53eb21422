import { z } from 'zod';
import { id, time } from '../lib/wire.ts';

/** GET /reports/live */
export const live = z.object({
  at: time,
  /** Longest waiting first, at most 50. */
  waiting: z.array(
    z.object({
      threadId: id,
      clientName: z.string(),
      subject: z.string(),
      channelId: id,
      channelKind: z.enum(['email', 'telegram', 'chat']),
      assigneeId: id.nullable(),
      waitingSince: time,
      dueAt: time.nullable(),
    }),
  ),
  waitingTotal: z.number(),
  byChannel: z.array(
    z.object({
      channelId: id,
      name: z.string(),
      kind: z.string(),
      waiting: z.number(),
      late: z.number(),
      longestSince: time.nullable(),
    }),
  ),
  lateNow: z.number(),
  answeredToday: z.object({ n: z.number(), medianMs: z.number().nullable(), p90Ms: z.number().nullable() }),
  byUser: z.array(z.object({ userId: id, name: z.string(), open: z.number(), waiting: z.number() })),
});
export type Live = z.infer<typeof live>;
