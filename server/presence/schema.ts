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
