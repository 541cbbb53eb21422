import { z } from 'zod';
import { id, page, text, time } from '../lib/wire.ts';

export const articleState = z.enum(['draft', 'published']);

export const article = z.object({
  id,
  externalId: z.string().nullable(),
  title: z.string(),
  /** Markdown. */
  body: z.string(),
  locale: z.string(),
  path: z.string(),
  state: articleState,
  /** Never quoted to a client. */
  internal: z.boolean(),
  ownerId: id.nullable(),
  reviewBy: time.nullable(),
  /** Counts its saved versions. */
  version: z.number().int(),
  /** An answer that stood on it was found wrong; null once it is saved again. */
  flaggedAt: time.nullable(),
  createdAt: time,
  updatedAt: time,
});
export type Article = z.infer<typeof article>;

const bodyCharacters = 500_000;

export const newArticle = z.object({
  externalId: z.string().min(1).max(300).optional(),
  title: text(500).refine((title) => title.trim() !== '', 'must not be empty'),
  body: text(bodyCharacters),
  /** BCP 47; told from the text when it is left out. */
  locale: z.string().max(20).optional(),
  path: text(500).default(''),
  state: articleState.default('published'),
  internal: z.boolean().default(false),
  reviewBy: z.iso.datetime().nullish(),
});
export type NewArticle = z.infer<typeof newArticle>;

export const editArticle = z.object({
  title: text(500).optional(),
  body: text(bodyCharacters).optional(),
  locale: z.string().min(2).max(20).optional(),
  path: text(500).optional(),
  state: articleState.optional(),
  internal: z.boolean().optional(),
  ownerId: id.nullable().optional(),
  reviewBy: z.iso.datetime().nullish(),
  /** The version that the change began with: where a later one stands by now it is refused with 409, `article`, `by` and `at`. */
  baseVersion: z.number().int().optional(),
});
export type EditArticle = z.infer<typeof editArticle>;

export const articleQuery = page.extend({
  q: z.string().max(300).optional(),
  locale: z.string().max(20).optional(),
  state: articleState.optional(),
  path: z.string().max(500).optional(),
  /** `review`: its review-by date has passed; `correction`: an answer that stood on it was wrong. */
  needs: z.enum(['review', 'correction']).optional(),
});
export type ArticleQuery = z.infer<typeof articleQuery>;

/** What every import answers. */
export const importReport = z.object({
  imported: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  errors: z.array(z.object({ row: z.number().int(), column: z.string().optional(), message: z.string() })),
});
export type ImportReport = z.infer<typeof importReport>;

export const importQuery = z.object({ onError: z.enum(['abort', 'skip']).default('abort') });

/** A saved state of an article; the first is the current one. */
export const articleVersion = z.object({
  version: z.number().int(),
  title: z.string(),
  body: z.string(),
  locale: z.string(),
  path: z.string(),
  state: articleState,
  internal: z.boolean(),
  /** Who changed it after; null: an import, or the current version. */
  byUserId: id.nullable(),
  at: time,
});
export type ArticleVersion = z.infer<typeof articleVersion>;

/** A long import, as its progress events tell it too. */
export const importJob = z.object({
  jobId: id,
  done: z.number().int(),
  total: z.number().int(),
  state: z.enum(['running', 'done', 'failed']),
  report: importReport.optional(),
  error: z.string().optional(),
});
export type ImportJob = z.infer<typeof importJob>;

/** Words or short phrases that mean the same in this store. */
export const newSynonym = z.object({
  words: z
    .array(
      text(60)
        .transform((word) => word.trim().replace(/\s+/g, ' '))
        .refine((word) => /[\p{L}\p{N}]/u.test(word), 'must hold a letter or a digit'),
    )
    .min(2)
    .max(20),
});
export const synonym = z.object({ id, words: z.array(z.string()), updatedAt: time });
export type Synonym = z.infer<typeof synonym>;
