import { z } from 'zod';
import { id, page, text, time } from '../lib/wire.ts';

/** Wire shapes of requests to colleagues. */

export const request = z.object({
  id,
  threadId: id,
  clientName: z.string(),
  text: z.string(),
  askedById: id,
  toUserId: id.nullable(),
  toTeamId: id.nullable(),
  toStoreId: id.nullable(),
  /** Name of whom the thread waits for. */
  to: z.string(),
  state: z.enum(['open', 'answered', 'cancelled']),
  dueAt: time.nullable(),
  late: z.boolean(),
  answer: z.string().nullable(),
  answeredById: id.nullable(),
  createdAt: time,
  answeredAt: time.nullable(),
});
export type ColleagueRequest = z.infer<typeof request>;

/** One in a list: whoever is asked may answer, also where they may not open the thread. */
export const listedRequest = request.extend({ mayOpen: z.boolean() });
export type ListedRequest = z.infer<typeof listedRequest>;

export const newRequest = z
  .object({
    text: text(10_000).refine((value) => value.trim() !== '', 'ask something'),
    toUserId: id.optional(),
    toTeamId: id.optional(),
    toStoreId: id.optional(),
    dueAt: z.iso.datetime({ offset: true }).optional(),
    /** Milliseconds from now, instead of `dueAt`. */
    dueInMs: z
      .number()
      .int()
      .min(0)
      .max(400 * 24 * 60 * 60_000)
      .optional(),
    /** Also by mail to each of them; without it only to those who want their alerts there. An answer to the letter is the answer. */
    byMail: z.boolean().default(false),
  })
  .refine((value) => [value.toUserId, value.toTeamId, value.toStoreId].filter((to) => to !== undefined).length === 1, {
    path: ['toUserId'],
    message: 'ask one colleague, one team or one store',
  });
export type NewRequest = z.infer<typeof newRequest>;

export const requestAnswer = z.object({ text: text(20_000).refine((value) => value.trim() !== '', 'write an answer') });

export const requestQuery = page.extend({
  /** `me`: what I, my teams and my stores are asked; `mine`: what I asked. */
  box: z.enum(['me', 'mine', 'all']).default('me'),
  state: z.enum(['open', 'answered', 'cancelled', 'all']).default('open'),
  /** Its time has passed without an answer; the longest late first. */
  due: z.enum(['late']).optional(),
  /** Of threads of this store, this team, this channel. */
  store: id.optional(),
  team: id.optional(),
  channel: id.optional(),
  /** Of threads that are this person's; `none`: that are nobody's. */
  user: z.union([id, z.literal('none')]).optional(),
});
export type RequestQuery = z.infer<typeof requestQuery>;
