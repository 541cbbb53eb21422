import { z } from 'zod';
import { id, text, time } from '../lib/wire.ts';
import { intents } from './intents.ts';
import { spokenLanguages } from './languages.ts';

export const citation = z.object({
  kind: z.enum(['passage', 'offer', 'product', 'rule', 'store', 'lookup', 'answer']),
  id: z.string(),
  articleId: id.optional(),
  title: z.string(),
  /** The words or the row's figures the answer stands on. */
  quote: z.string(),
  asOf: time.nullable(),
});
export type Citation = z.infer<typeof citation>;

export const consultQuestion = z.object({
  question: text(5000),
  locale: z.string().max(20).optional(),
  storeId: id.optional(),
  productId: id.optional(),
  history: z
    .array(z.object({ role: z.enum(['client', 'us']), text: z.string().max(5000) }))
    .max(50)
    .optional(),
  threadId: id.optional(),
  /** The time to answer for; only with PARLEY_TEST. */
  now: z.iso.datetime().optional(),
});
export type ConsultQuestion = z.infer<typeof consultQuestion>;

export const consultAnswer = z.object({
  answer: z
    .object({
      text: z.string(),
      citations: z.array(citation),
      confidence: z.number().min(0).max(1),
      source: z.enum(['extractive', 'model']),
    })
    .nullable(),
  abstained: z.boolean(),
  /** What was understood, and what of it was for sale: what demand is counted by. */
  asked: z
    .object({
      intent: z.enum(intents),
      language: z.enum(spokenLanguages),
      storeIds: z.array(id),
      /** Products that were asked for. */
      productIds: z.array(z.string()),
      /** Products that were named instead or besides. */
      offeredIds: z.array(z.string()),
      /** None of those asked for is in stock, in the store that was meant or, without one, anywhere. */
      outOfStock: z.boolean(),
    })
    .optional(),
  /** In the client's language. */
  reason: z.string().optional(),
  /** The same as a word, and what it is about, for screens in any language. */
  why: z.object({ code: z.string(), about: z.string() }).optional(),
  handover: z.object({ reason: z.string() }).optional(),
  /** Which of several is meant; beside an answer, the versions that it tells of. */
  clarify: z
    .object({ question: z.string(), options: z.array(z.object({ label: z.string(), productId: id.optional() })) })
    .optional(),
  /** The ranking, best first. */
  passages: z.array(
    z.object({ id: z.string(), articleId: id, score: z.number(), title: z.string(), text: z.string() }),
  ),
  products: z.array(z.record(z.string(), z.unknown())),
  /** Its record; what became of it is told there. */
  consultId: id.optional(),
});
export type ConsultAnswer = z.infer<typeof consultAnswer>;

/** To a client, or to an e-mail address; by the channel they used last unless one is named. */
export const consultSending = z
  .object({
    clientId: id.optional(),
    email: z.email().max(320).optional(),
    channelId: id.optional(),
    /** The answer's own words unless they were edited. */
    text: text(10_000).optional(),
  })
  .refine((value) => (value.clientId === undefined) !== (value.email === undefined), {
    path: ['clientId'],
    message: 'say to whom: clientId or email',
  });
export type ConsultSending = z.infer<typeof consultSending>;

/** What became of a consult at the counter. */
export const editConsult = z.object({
  /** From the first letter of the question until the client went, ms. */
  lastedMs: z
    .number()
    .int()
    .min(0)
    .max(24 * 3_600_000)
    .optional(),
  /** The answer did not help: it counts among the gaps. */
  rejected: z.boolean().optional(),
});

export const suggestion = consultAnswer.extend({
  id,
  threadId: id,
  messageId: id,
  position: z.number(),
  outcome: z.string().nullable(),
  createdAt: time,
});
export type Suggestion = z.infer<typeof suggestion>;

/** The best of them as a consultation answers, and all; without a message of the client there is none. */
export const suggestions = suggestion.partial().extend({
  answer: consultAnswer.shape.answer,
  abstained: z.boolean(),
  passages: consultAnswer.shape.passages,
  products: consultAnswer.shape.products,
  items: z.array(suggestion),
});

/** One of a user's own consultations; `text` is null where nothing supported an answer. */
export const recentConsult = z.object({
  id,
  question: z.string(),
  storeId: id.nullable(),
  text: z.string().nullable(),
  abstained: z.boolean(),
  tookMs: z.number(),
  /** How long it lasted at the counter, ms; null when nobody measured. */
  lastedMs: z.number().nullable(),
  createdAt: time,
});
export type RecentConsult = z.infer<typeof recentConsult>;
