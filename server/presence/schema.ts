import { z } from 'zod';
import { id, time } from '../lib/wire.ts';

export const presenceState = z.enum(['available', 'busy', 'away', 'off']);
export type PresenceState = z.infer<typeof presenceState>;

/** Everybody's presence now, open to all alike. */
export const presenceNow = z.object({
  userId: id,
  name: z.string(),
  state: presenceState,
  since: time.nullable(),
  absent: z.boolean(),
});
export const presenceSpan = z.object({ state: presenceState, fromAt: time, toAt: time.nullable() });

/** One local day of a person: the shift, and what came of it. The person and their supervisor see the same. */
export const presenceDay = z.object({
  date: z.iso.date(),
  shift: z.array(z.object({ from: z.string(), to: z.string() })),
  shiftMs: z.number(),
  /** First and last moment of being available or busy; `leftAt` null: none, or still here. */
  cameAt: time.nullable(),
  leftAt: time.nullable(),
  /** Working time from the shift's beginning to coming. */
  lateMs: z.number(),
  /** Working time spent away between coming and leaving, in so many pauses. */
  pausesMs: z.number(),
  pauses: z.number(),
  hereMs: z.number(),
});
export type PresenceDay = z.infer<typeof presenceDay>;
