import { z } from 'zod';
import { clientSummary } from '../clients/schema.ts';
import { id, time } from '../lib/wire.ts';
import { channelKind, threadRow } from '../threads/schema.ts';

export const searchKinds = ['messages', 'clients', 'threads', 'articles', 'products'] as const;
export type SearchKind = (typeof searchKinds)[number];

export const searchQuery = z.object({
  q: z.string().max(200),
  /** What to look in, separated by commas; everything when absent. */
  in: z
    .string()
    .max(200)
    .transform((text) => text.split(',').map((kind) => kind.trim()))
    .pipe(z.array(z.enum(searchKinds)))
    .default([...searchKinds]),
  /** Of each kind. */
  limit: z.coerce.number().int().min(1).max(100).default(10),
});

export const foundMessage = z.object({
  id,
  threadId: id,
  clientName: z.string(),
  subject: z.string(),
  author: z.string(),
  direction: z.enum(['inbound', 'outbound', 'note']),
  channelKind: channelKind.nullable(),
  /** The words around the first match. */
  text: z.string(),
  at: time,
});
export type FoundMessage = z.infer<typeof foundMessage>;

export const foundArticle = z.object({
  id,
  title: z.string(),
  path: z.string(),
  locale: z.string(),
  state: z.string(),
  text: z.string(),
});
export type FoundArticle = z.infer<typeof foundArticle>;

export const foundProduct = z.object({
  id,
  name: z.string(),
  sku: z.string(),
  brand: z.string(),
  category: z.string(),
  text: z.string(),
});
export type FoundProduct = z.infer<typeof foundProduct>;

/** Best or newest first in each kind; a kind that was not asked for is absent. */
export const searchAnswer = z.object({
  messages: z.array(foundMessage).optional(),
  clients: z.array(clientSummary).optional(),
  threads: z.array(threadRow).optional(),
  articles: z.array(foundArticle).optional(),
  products: z.array(foundProduct).optional(),
});
export type SearchAnswer = z.infer<typeof searchAnswer>;
