import { z } from 'zod';
import { classifications } from '../channels/channel.ts';
import { clientLevel } from '../clients/schema.ts';
import { clientKey, id, page, text, time } from '../lib/wire.ts';

/** Wire shapes of threads and messages; screens and scripts read exactly these. */

export const threadStatus = z.enum(['open', 'snoozed', 'closed']);
export const channelKind = z.enum(['email', 'telegram', 'chat', 'phone']);
export const botState = z.enum(['off', 'bot', 'waiting', 'person']);

export const threadSummary = z.object({
  id,
  clientId: id,
  clientName: z.string(),
  clientLevel,
  companyName: z.string().nullable(),
  subject: z.string(),
  /** First words of the last message. */
  preview: z.string(),
  status: threadStatus,
  assigneeId: id.nullable(),
  teamId: id.nullable(),
  storeId: id.nullable(),
  channelId: id,
  channelKind,
  tags: z.array(z.string()),
  messageCount: z.number(),
  lastMessageId: id.nullable(),
  lastMessageAt: time,
  lastDirection: z.enum(['inbound', 'outbound', 'note']),
  lastInboundAt: time.nullable(),
  waitingSince: time.nullable(),
  dueAt: time.nullable(),
  snoozedUntil: time.nullable(),
  closedAt: time.nullable(),
  botState,
  historical: z.boolean(),
  mergedIntoId: id.nullable(),
  createdAt: time,
});
/** What everybody sees alike; events carry it whole, so that a screen needs to ask for nothing. */
export type ThreadSummary = z.infer<typeof threadSummary>;

/** A row of the list: the summary and how far this user has read. Unread when lastInboundAt > readAt. */
export const threadRow = threadSummary.extend({ readAt: time.nullable() });
export type ThreadRow = z.infer<typeof threadRow>;

export const threadQuery = page.extend({
  status: z.union([threadStatus, z.literal('all')]).default('open'),
  /** A user id, `me`, or `none`. */
  assignee: z.union([id, z.enum(['me', 'none'])]).optional(),
  team: id.optional(),
  store: id.optional(),
  channel: id.optional(),
  client: id.optional(),
  tag: z.string().max(100).optional(),
  q: z.string().max(200).optional(),
  sort: z.enum(['last', 'waiting']).default('last'),
});
export type ThreadQuery = z.infer<typeof threadQuery>;

/** Open threads by tab; exact up to `limit`, then `limit` and the screen writes "9,999+". */
export const threadCounts = z.object({
  mine: z.number(),
  unassigned: z.number(),
  all: z.number(),
  waiting: z.number(),
  limit: z.number(),
});
export type ThreadCounts = z.infer<typeof threadCounts>;

export const thread = threadRow.extend({
  botReason: z.string().nullable(),
  firstResponseAt: time.nullable(),
  /** Channels a reply can go by, the client's last one first. */
  replyChannels: z.array(z.object({ channelId: id, channelKind, name: z.string(), to: z.string() })),
  /** The same client's other open threads, offered for a merge. */
  siblings: z.array(z.object({ id, subject: z.string(), channelKind, lastMessageAt: time })),
  /** Merges and splits that can be undone. */
  moves: z.array(
    z.object({ id, kind: z.enum(['merge', 'split']), otherId: id, byUserId: id.nullable(), createdAt: time }),
  ),
});
export type Thread = z.infer<typeof thread>;

export const attachment = z.object({
  id,
  name: z.string(),
  type: z.string(),
  sizeBytes: z.number(),
  inline: z.boolean(),
  contentId: z.string().nullable(),
  url: z.string(),
  /** Absent once the file is here: it is still being fetched, or the far side no longer has it. */
  state: z.enum(['coming', 'failed']).optional(),
});
export type Attachment = z.infer<typeof attachment>;

export const deliveryState = z.enum(['pending', 'sending', 'sent', 'retry', 'failed', 'delivered', 'read']);

export const message = z.object({
  id,
  threadId: id,
  channelId: id.nullable(),
  channelKind: channelKind.nullable(),
  direction: z.enum(['inbound', 'outbound', 'note']),
  author: z.object({
    kind: z.enum(['client', 'user', 'bot', 'system']),
    userId: id.nullable(),
    name: z.string(),
    address: z.string().nullable(),
  }),
  subject: z.string().nullable(),
  /** What the person wrote, without the quoted rest. */
  text: z.string(),
  rest: z.string().nullable(),
  html: z.string().nullable(),
  attachments: z.array(attachment),
  classification: z.enum(classifications),
  detail: z.record(z.string(), z.unknown()).nullable(),
  participants: z
    .object({ to: z.array(z.string()), cc: z.array(z.string()), bcc: z.array(z.string()).optional() })
    .nullable(),
  /** What a messenger's message answers, when it says so and it is here. */
  quote: z.object({ messageId: id, name: z.string(), text: z.string() }).nullable(),
  /** Messages of one album have the same word. */
  album: z.string().nullable(),
  /** Other channels that got the same letter. */
  alsoTo: z.array(id),
  authentication: z.record(z.string(), z.string()).nullable(),
  citations: z.array(z.record(z.string(), z.unknown())).nullable(),
  delivery: z
    .object({
      state: deliveryState,
      attempts: z.number(),
      error: z.string().nullable(),
      dueAt: time,
      /** It may have been received twice (a crash between sending and settling). */
      repeated: z.boolean(),
    })
    .nullable(),
  /** The original can be had from GET /messages/:id/raw. */
  hasRaw: z.boolean(),
  sentAt: time,
  receivedAt: time,
  editedAt: time.nullable(),
  readAt: time.nullable(),
  /** A colleague marked this answer of the bot as wrong. */
  wrongAt: time.nullable(),
});
export type Message = z.infer<typeof message>;

/** Newest first when paging back; `after` gives what came after a message, oldest first. */
export const messageQuery = page.extend({ after: id.optional() });

export const draft = z.object({
  kind: z.enum(['reply', 'note']).default('reply'),
  text: text(200_000),
  channelId: id.nullable().default(null),
  attachmentIds: z.array(id).max(30).default([]),
  /** As typed: an unfinished address is kept too. */
  cc: z.array(text(320)).max(50).default([]),
  bcc: z.array(text(320)).max(50).default([]),
  quoteId: id.nullable().default(null),
  /** The suggestion it grew from. */
  suggestionId: id.nullable().default(null),
});
export type Draft = z.infer<typeof draft>;

export const newMessage = z
  .object({
    clientKey,
    kind: z.enum(['reply', 'note']),
    text: text(200_000),
    html: z.string().max(500_000).optional(),
    channelId: id.optional(),
    /** Extra recipients of a letter; the client is always one. */
    cc: z.array(z.email()).max(50).optional(),
    /** Recipients nobody else of them sees. */
    bcc: z.array(z.email()).max(50).optional(),
    /** The message of the thread it quotes, where the channel can show that (Telegram). */
    quoteId: id.optional(),
    attachmentIds: z.array(id).max(30).default([]),
    sendAt: z.iso.datetime().optional(),
    /** The last message the writer saw; a newer one from the client, or a colleague's newer answer, refuses the reply with 409. */
    seenMessageId: id.optional(),
    force: z.boolean().default(false),
    /** The suggestion it grew from, to learn what became of it. */
    suggestionId: id.optional(),
    /** What stood in the composer, where `text` is not the same (light marks, no signature): what undoing it gives back. */
    written: draft.optional(),
  })
  .refine((value) => value.text.trim() !== '' || value.attachmentIds.length > 0, {
    path: ['text'],
    message: 'write something or attach a file',
  });
export type NewMessage = z.infer<typeof newMessage>;

export const assignment = z.object({
  /** A user id or `me`. */
  userId: z.union([id, z.literal('me')]).optional(),
  teamId: id.nullable().optional(),
});
export const snooze = z.object({ until: z.iso.datetime() });
export const mergeThreads = z.object({ otherId: id });
/** Another client's thread: `clientId`, or who wrote the letter that `messageId` forwards. */
export const threadClient = z
  .object({ clientId: id.optional(), messageId: id.optional() })
  .refine((value) => (value.clientId === undefined) !== (value.messageId === undefined), {
    path: ['clientId'],
    message: 'name a client, or a message that forwards a letter',
  });
export type ThreadClient = z.infer<typeof threadClient>;
export const splitThread = z.object({ messageIds: z.array(id).min(1).max(500) });
