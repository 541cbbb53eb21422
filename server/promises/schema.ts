import { z } from 'zod';
import { id, page, text, time } from '../lib/wire.ts';

/** Wire shapes of promises to clients. */

export const promiseKinds = ['callBack', 'quote', 'visit', 'hold', 'findOut', 'tellWhenBack'] as const;
export const promiseKind = z.enum(promiseKinds);
export type PromiseKind = z.infer<typeof promiseKind>;
export const promiseState = z.enum(['open', 'kept', 'broken', 'cancelled']);
export type PromiseState = z.infer<typeof promiseState>;

export const clientPromise = z.object({
  id,
  clientId: id,
  clientName: z.string(),
  threadId: id.nullable(),
  kind: promiseKind,
  text: z.string(),
  ownerId: id.nullable(),
  /** The absent colleague whose promise it was. */
  handedFromId: id.nullable(),
  storeId: id.nullable(),
  storeName: z.string().nullable(),
  productId: id.nullable(),
  productName: z.string().nullable(),
  dueAt: time.nullable(),
  /** A hold that the store has not confirmed: by when it is to say so. */
  confirmBy: time.nullable(),
  confirmedAt: time.nullable(),
  confirmedById: id.nullable(),
  /** Working time of the store between asking and confirmation, ms. */
  confirmMs: z.number().nullable(),
  /** Where the client wants to be reached, when it is not the thread. */
  contact: z.string().nullable(),
  state: promiseState,
  /** Its due time passed while it was open. */
  late: z.boolean(),
  outcome: z.string().nullable(),
  createdById: id.nullable(),
  createdAt: time,
  settledAt: time.nullable(),
  settledById: id.nullable(),
});
export type ClientPromise = z.infer<typeof clientPromise>;

/** From a thread or from the client card: one of `threadId` and `clientId`. Without an owner it is the maker's own. */
export const newPromise = z
  .object({
    threadId: id.optional(),
    clientId: id.optional(),
    kind: promiseKind,
    text: text(2000).default(''),
    ownerId: id.optional(),
    storeId: id.optional(),
    productId: id.optional(),
    dueAt: z.iso.datetime({ offset: true }).optional(),
    /** Milliseconds from now, instead of `dueAt`. */
    dueInMs: z
      .number()
      .int()
      .min(0)
      .max(400 * 24 * 60 * 60_000)
      .optional(),
    clientKey: z.uuid().optional(),
  })
  .refine((value) => (value.threadId ?? value.clientId) !== undefined, {
    path: ['clientId'],
    message: 'say to which client, by threadId or clientId',
  });
export type NewPromise = z.infer<typeof newPromise>;

export const editPromise = z.object({
  text: text(2000).optional(),
  ownerId: id.optional(),
  dueAt: z.iso.datetime({ offset: true }).optional(),
});
export type EditPromise = z.infer<typeof editPromise>;

export const settlement = z.object({
  state: z.enum(['kept', 'broken', 'cancelled']),
  /** What came of it, in words. */
  outcome: text(2000).optional(),
});

/** The store's answer to a hold: it keeps the thing (until a time, else until it closes on its next day), or it cannot. */
export const confirmation = z.object({
  keeps: z.boolean(),
  until: z.iso.datetime({ offset: true }).optional(),
  /** Said to the client as well. */
  words: text(500).optional(),
});
export type Confirmation = z.infer<typeof confirmation>;

export const promiseQuery = page.extend({
  /** A user id, or `me`. */
  owner: z.union([id, z.literal('me')]).optional(),
  /** `settled`: all that are not open, the last settled first; every other list has the next due first. */
  state: z.union([promiseState, z.enum(['all', 'settled'])]).default('open'),
  /** `late`: its time has passed; `today`: within the next 24 hours or late; else: before that instant. */
  due: z.union([z.enum(['late', 'today', 'week']), z.iso.datetime({ offset: true })]).optional(),
  client: id.optional(),
  thread: id.optional(),
  kind: promiseKind.optional(),
  /** Of this store, or of a thread there. */
  store: id.optional(),
  /** Of a thread of this team, or of this channel. */
  team: id.optional(),
  channel: id.optional(),
});
export type PromiseQuery = z.infer<typeof promiseQuery>;

/** GET /reports/promises: promises that were due in the period, credited to who settled them. */
export const promiseReport = z.object({
  from: time,
  to: time,
  rows: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      made: z.number(),
      /** In time. */
      kept: z.number(),
      keptLate: z.number(),
      broken: z.number(),
      open: z.number(),
      cancelled: z.number(),
      /** kept / (kept + keptLate + broken + open and late); null when none is settled. */
      keptRate: z.number().nullable(),
      /** Median working time until a store confirmed a hold, ms; null without any. */
      confirmMedianMs: z.number().nullable(),
    }),
  ),
});
export type PromiseReport = z.infer<typeof promiseReport>;
