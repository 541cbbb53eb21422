import { z } from 'zod';
import { id, page, text, time } from '../lib/wire.ts';

/** Wire shapes of telephone calls. */

export const call = z.object({
  id,
  direction: z.enum(['inbound', 'outbound']),
  state: z.enum(['ringing', 'answered', 'missed', 'ended']),
  /** The client's number, E.164; empty when it was withheld. */
  phone: z.string(),
  clientId: id.nullable(),
  clientName: z.string().nullable(),
  clientLevel: z.enum(['key', 'vip', 'usual']).nullable(),
  companyName: z.string().nullable(),
  /** Whose client it is. */
  ownerId: id.nullable(),
  threadId: id.nullable(),
  messageId: id.nullable(),
  /** Who of ours talked, or called in vain. */
  userId: id.nullable(),
  startedAt: time,
  answeredAt: time.nullable(),
  endedAt: time.nullable(),
  note: z.string(),
});
export type Call = z.infer<typeof call>;

export const callQuery = page.extend({
  client: id.optional(),
  thread: id.optional(),
  /** `now`: rings, is talked, or was just talked by me and has no note yet. */
  state: z.enum(['now', 'missed', 'all']).default('all'),
});
export type CallQuery = z.infer<typeof callQuery>;

/** A call that somebody made or took, logged by hand. */
export const loggedCall = z
  .object({
    threadId: id.optional(),
    clientId: id.optional(),
    direction: z.enum(['inbound', 'outbound']).default('outbound'),
    /** Whether somebody was reached: then the client was answered. */
    talked: z.boolean(),
    note: text(5000).default(''),
  })
  .refine((value) => (value.threadId ?? value.clientId) !== undefined, {
    path: ['clientId'],
    message: 'say with which client, by threadId or clientId',
  });
export type LoggedCall = z.infer<typeof loggedCall>;

/** What was said in a call; empty takes it back. */
export const callNote = z.object({ note: text(5000) });

/** What a telephone exchange tells of a call, signed by Standard Webhooks. */
export const callEvent = z.object({
  /** The exchange's own id of the call; the same in each of its events. */
  callId: z.string().min(1).max(200),
  event: z.enum(['ringing', 'answered', 'missed', 'ended']),
  direction: z.enum(['inbound', 'outbound']).default('inbound'),
  /** The client's number with its country; empty when it was withheld. */
  phone: z.string().max(40).default(''),
  /** When it happened, by the exchange's clock. */
  at: z.iso.datetime({ offset: true }),
  /** E-mail address of the colleague who talks. */
  user: z.string().max(320).optional(),
});
export type CallEvent = z.infer<typeof callEvent>;
