import { z } from 'zod';
import { id, text, time } from '../lib/wire.ts';
import { live } from '../reports/schema.ts';

/** A link that shows the wallboard without a sign-in, until it is revoked. */
export const wallLink = z.object({
  id,
  name: z.string(),
  storeId: id.nullable(),
  createdAt: time,
  lastSeenAt: time.nullable(),
  /** Shown once, to whoever made it. */
  link: z.string().optional(),
});
export type WallLink = z.infer<typeof wallLink>;

export const newWallLink = z.object({ name: text(100), storeId: id.nullable().default(null) });
export type NewWallLink = z.infer<typeof newWallLink>;

/** What a wall shows: figures and first names, no way into a thread. */
export const wall = live.omit({ late: true }).extend({ storeName: z.string().nullable() });
export type Wall = z.infer<typeof wall>;
