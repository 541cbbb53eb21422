import { z } from 'zod';

const minuteMs = 60_000;
const time = (usualMs: number) =>
  z
    .number()
    .int()
    .min(minuteMs)
    .max(7 * 24 * 60 * minuteMs)
    .default(usualMs);

/** What the bot promises by itself, in working time of the store, ms. */
export const botSettings = z.object({
  /** Within which a store confirms a hold. */
  confirmHoldMs: time(15 * minuteMs),
  /** Within which a colleague calls back, or answers a claim or a left address. */
  reachMs: time(60 * minuteMs),
});
export type BotSettings = z.infer<typeof botSettings>;
