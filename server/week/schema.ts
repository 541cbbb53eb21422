import { z } from 'zod';
import { id, time } from '../lib/wire.ts';

/** Clients of mine that nobody of us has talked to for too long for their level, and to whom nothing is promised. */
export const silentClient = z.object({
  clientId: id,
  name: z.string(),
  level: z.enum(['key', 'vip', 'usual']),
  companyName: z.string().nullable(),
  /** The last word either way; null: never. */
  lastAt: time.nullable(),
  /** Since when they should have heard from us. */
  dueSince: time,
});
export type SilentClient = z.infer<typeof silentClient>;
