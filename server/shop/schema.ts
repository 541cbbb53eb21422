import { z } from 'zod';
import { text } from '../lib/wire.ts';

/** Wire shapes of the shop itself: how it is called and how it looks to clients. */

export const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'a colour like #1971c2');

export const shop = z.object({
  /** Empty until somebody says it. */
  name: z.string(),
  /** As it was chosen; null is Parley's own. */
  accent: z.string().nullable(),
  /** The accent, darkened where white words on it would not be readable (4.5:1). */
  ground: z.string().nullable(),
  /** Address of the logo; it changes with the picture. Null: there is none. */
  logoUrl: z.string().nullable(),
});
export type Shop = z.infer<typeof shop>;

/** Only what is named changes. */
export const editShop = z.object({
  name: text(100)
    .transform((value) => value.trim())
    .optional(),
  accent: colour.nullable().optional(),
});
export type EditShop = z.infer<typeof editShop>;
