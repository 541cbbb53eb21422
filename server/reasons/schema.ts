import { z } from 'zod';
import { id, text } from '../lib/wire.ts';
import { narrowed, periodQuery } from '../reports/schema.ts';

export const reasonKind = z.enum(['contact', 'dissatisfaction']);

/** One entry of the shop's own list; without an id it is new. A list that leaves one out retires it. */
export const reason = z.object({
  id: id.optional(),
  kind: reasonKind,
  label: text(100).refine((value) => value.trim() !== '', 'name it'),
  /** A message that holds one of them proposes the reason. */
  words: z.array(text(60)).max(50).default([]),
});
export type Reason = z.infer<typeof reason>;
export const reasonList = z.object({ items: z.array(reason).max(200) });

export const threadReason = z.object({
  reasonId: id,
  kind: reasonKind,
  label: z.string(),
  state: z.enum(['proposed', 'confirmed', 'refused']),
  productId: id.nullable(),
});
export type ThreadReason = z.infer<typeof threadReason>;
export const settleReason = z.object({
  state: z.enum(['confirmed', 'refused']),
  /** Which model it is about. */
  productId: id.nullable().default(null),
});

const reasonGrouping = z.enum(['reason', 'product', 'store', 'user']);
export type ReasonGrouping = z.infer<typeof reasonGrouping>;

/** A reason is its thread's: of whose the thread is, and where it is. */
export const reasonQuery = periodQuery.extend(narrowed.shape).extend({
  kind: reasonKind.default('dissatisfaction'),
  by: reasonGrouping.default('reason'),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
});
export const reasonDrill = reasonQuery.omit({ format: true }).extend({
  key: z.string().max(200),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(500).optional(),
});
export type ReasonDrill = z.infer<typeof reasonDrill>;

/** Most frequent first; `share` adds up to 1 downwards in `upTo` (Pareto). */
export const reasonReport = z.object({
  rows: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      n: z.number(),
      before: z.number(),
      share: z.number(),
      upTo: z.number(),
    }),
  ),
  days: z.array(z.object({ day: z.string(), n: z.number() })),
});
export type ReasonReport = z.infer<typeof reasonReport>;
