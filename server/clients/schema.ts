import { z } from 'zod';
import { identityKinds } from '../channels/channel.ts';
import { id, page, text, time } from '../lib/wire.ts';

export const clientLevel = z.enum(['key', 'vip', 'usual']);

export const identity = z.object({
  id,
  kind: z.enum(identityKinds),
  value: z.string(),
  name: z.string(),
  verifiedAt: time.nullable(),
  flaggedAt: time.nullable(),
  flagReason: z.string().nullable(),
  /** Since when they are asked here no more how it was. */
  ratingsStoppedAt: time.nullable(),
});
export type Identity = z.infer<typeof identity>;

export const client = z.object({
  id,
  name: z.string(),
  level: clientLevel,
  ownerId: id.nullable(),
  company: z.object({ id, name: z.string() }).nullable(),
  language: z.string().nullable(),
  note: z.string(),
  identities: z.array(identity),
  /** Other clients that may be the same person, with why. */
  proposedMerges: z.array(z.object({ id, otherId: id, otherName: z.string(), reason: z.string() })),
  /** Merges that can be undone. */
  merges: z.array(z.object({ id, otherId: id, otherName: z.string(), doneAt: time })),
  createdAt: time,
});
export type Client = z.infer<typeof client>;

export const clientSummary = client
  .pick({ id: true, name: true, level: true, ownerId: true, company: true, createdAt: true })
  .extend({
    identities: z.array(identity),
  });
export type ClientSummary = z.infer<typeof clientSummary>;

export const clientQuery = page.extend({ q: z.string().max(200).optional() });

export const editClient = z.object({
  name: text(200).optional(),
  level: clientLevel.optional(),
  ownerId: id.nullable().optional(),
  /** A company by name; made when there is none. Null takes the client out of its company. */
  company: text(200).nullable().optional(),
  language: z.string().max(20).nullable().optional(),
  note: text(20_000).optional(),
  /** The note that the change began with: where another stands by now it is refused with 409 and that `note`. */
  baseNote: text(20_000).optional(),
});

/** An address that somebody told us. */
export const newIdentity = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phone'), value: text(40) }),
  z.object({ kind: z.literal('email'), value: z.email().max(320) }),
]);

/** One line of a client's life: a message, a thread's turn, a consult. */
export const timelineItem = z.object({
  id: z.string(),
  at: time,
  kind: z.enum(['message', 'note', 'opened', 'closed', 'merged']),
  threadId: id.nullable(),
  subject: z.string(),
  channelKind: z.enum(['email', 'telegram', 'chat', 'phone']).nullable(),
  direction: z.enum(['inbound', 'outbound', 'note']).nullable(),
  author: z.string(),
  text: z.string(),
});
export type TimelineItem = z.infer<typeof timelineItem>;
