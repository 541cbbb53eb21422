import { z } from 'zod';

/** Shapes that every border shares. */

/** An opaque id; anything else is answered 404 by the route that takes it. */
export const id = z.uuid();

/** ISO 8601 UTC with milliseconds. */
export const time = z.iso.datetime({ precision: 3 });

/** Text as people type it: NFC, without NUL (PostgreSQL stores none). */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .transform((value) => value.normalize('NFC').replaceAll('\u0000', ''));

/** The caller's own key that makes a POST repeatable. */
export const clientKey = z.uuid();

export const page = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(500).optional(),
});

/** The shape of a list's answer. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
