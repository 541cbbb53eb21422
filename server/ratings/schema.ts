import { z } from 'zod';
import { id, page, text, time } from '../lib/wire.ts';

/** Asking clients how it was. */
export const ratingSettings = z.object({
  on: z.boolean().default(false),
  /** Not again within so many days of the last question to the same client. */
  everyDays: z.number().int().min(0).max(365).default(30),
  /** A score up to this becomes a call the client's owner owes. */
  followUpTo: z.number().int().min(0).max(4).default(2),
});
export type RatingSettings = z.infer<typeof ratingSettings>;

/** What the client's page shows. */
export const ratingPage = z.object({
  subject: z.string(),
  language: z.string(),
  score: z.number().nullable(),
  comment: z.string(),
});
export const givenRating = z.object({ score: z.number().int().min(1).max(5), comment: text(2000).default('') });
export type GivenRating = z.infer<typeof givenRating>;

export const rating = z.object({
  id,
  threadId: id,
  clientName: z.string(),
  score: z.number(),
  comment: z.string(),
  answeredAt: time,
  userId: id.nullable(),
  storeId: id.nullable(),
});
export type Rating = z.infer<typeof rating>;
export const ratingQuery = page.extend({ most: z.coerce.number().int().min(1).max(5).default(5) });
export type RatingQuery = z.infer<typeof ratingQuery>;
