import { z } from 'zod';
import { id, page, text, time } from '../lib/wire.ts';

/** Wire shapes of what Parley learns from: wrong answers, questions without an answer, demand. */

export const wrongAnswer = z.object({
  id,
  messageId: id,
  threadId: id,
  clientName: z.string(),
  question: z.string(),
  answer: z.string(),
  citations: z.array(z.record(z.string(), z.unknown())),
  /** Articles it stood on; they are flagged until they are saved again. */
  articleIds: z.array(id),
  correction: z.string().nullable(),
  reportedById: id,
  createdAt: time,
  resolvedAt: time.nullable(),
  resolvedById: id.nullable(),
  resolution: z.string().nullable(),
});
export type WrongAnswer = z.infer<typeof wrongAnswer>;

export const newWrongAnswer = z.object({
  /** What the client is told instead; nothing goes out without it. */
  correction: text(10_000).optional(),
});

export const wrongQuery = page.extend({ state: z.enum(['open', 'resolved']).default('open') });
export const resolution = z.object({ text: text(2000).default('') });

/** Questions that mean the same, and that nothing answered or whose answer was rejected. */
export const gap = z.object({
  /** Of its newest consult. */
  id,
  /** The most typical of them. */
  question: z.string(),
  language: z.string(),
  /** Askers: a thread counts once. */
  count: z.number().int(),
  unanswered: z.number().int(),
  rejected: z.number().int(),
  examples: z.array(z.object({ question: z.string(), threadId: id.nullable(), at: time })),
  firstAt: time,
  lastAt: time,
});
export type Gap = z.infer<typeof gap>;

export const gapQuery = z.object({ from: z.iso.datetime({ offset: true }).optional() });

export const demandQuery = z.object({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  store: id.optional(),
  by: z.enum(['product', 'store', 'week']).default('product'),
});

export const demand = z.object({
  from: time,
  to: time,
  rows: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      /** Askers: a thread counts once. */
      asked: z.number().int(),
      /** Of these, to whom it was out of stock. */
      outOfStock: z.number().int(),
      /** Of those, to whom something else was offered. */
      offered: z.number().int(),
      /** What was offered most. */
      instead: z.array(z.string()),
    }),
  ),
});
export type Demand = z.infer<typeof demand>;
