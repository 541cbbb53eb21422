import { z } from 'zod';
import { id, page, text, time } from '../lib/wire.ts';

const port = z.number().int().min(1).max(65535);

const server = z.object({
  host: z.string().min(1).max(255),
  port,
  secure: z.boolean(),
  user: z.string().max(320).default(''),
  password: z.string().max(1000).optional(),
  accessToken: z.string().max(8000).optional(),
});

export const emailConfig = z.object({
  address: z.email().max(320),
  aliases: z.array(z.email()).default([]),
  /** The name in From; when empty the shop's, else the channel's. */
  fromName: z.string().max(200).default(''),
  /** What to read of the mailbox's past; what is older than the connection is history. */
  history: z.union([z.literal('now'), z.literal('all'), z.object({ since: z.iso.datetime() })]).default('now'),
  imap: server.extend({ folders: z.array(z.string().min(1)).min(1).default(['INBOX']) }).optional(),
  smtp: server.optional(),
  /** Letters also arrive at the built-in SMTP receiver. */
  inboundSmtp: z.boolean().default(false),
  /** The built-in receiver asks a server that it does not know to come again a little later; spammers seldom do. */
  greylist: z.boolean().default(false),
  /** What the built-in receiver does with a letter that its domain disowns (SPF fail): takes it and says so, or refuses it. */
  spf: z.enum(['mark', 'refuse']).default('mark'),
  /**
   * The name under which the receiving server writes Authentication-Results; it must remove those that senders write
   * under it (RFC 8601 5). Unset or null: believed where no sender can write, and of the large providers.
   */
  authservId: z.string().min(1).max(255).nullish(),
  /**
   * Outgoing letters are signed (DKIM). Without a key one is made; `record` is what to publish in the DNS, made from the key.
   * Null signs nothing.
   */
  dkim: z
    .object({
      /** The domain of the address when left out. */
      domain: z
        .string()
        .max(253)
        .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'a domain like shop.example')
        .optional(),
      selector: z
        .string()
        .max(63)
        .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i, 'letters, digits and hyphens')
        .default('parley'),
      /** RSA in PEM form; kept encrypted, never read back. Empty: a new one is made. */
      privateKey: z.string().max(10_000).optional(),
      record: z.object({ name: z.string(), value: z.string() }).optional(),
    })
    .nullish(),
  /** The mailbox delivers `local+anything@domain`: replies get a signed Reply-To. */
  plusAddress: z.boolean().default(false),
  /** Folder to append what we send to; null keeps none. */
  sentFolder: z.string().nullable().default(null),
  /** Plain text and self-signed certificates are accepted (a server on this machine). */
  allowInsecure: z.boolean().default(false),
});
export type EmailConfig = z.infer<typeof emailConfig>;

export const telegramConfig = z.object({
  token: z.string().min(1).max(200).optional(),
  mode: z.enum(['polling', 'webhook']).default('polling'),
});
export type TelegramConfig = z.infer<typeof telegramConfig>;

export const chatConfig = z.object({
  title: z.string().max(100).default('Chat'),
  colour: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'a colour like #1971c2')
    .default('#1971c2'),
  locale: z.string().max(20).default('en'),
  /** `https://shop.example`; the page that may embed the chat. Empty: this Parley's own pages only. */
  allowedOrigins: z.array(z.url()).default([]),
  greeting: z.string().max(500).default(''),
  /** Signs logged-in shop users (HMAC-SHA256 of their id); never read back. */
  identitySecret: z.string().max(200).optional(),
});
export type ChatConfig = z.infer<typeof chatConfig>;

export const phoneConfig = z.object({
  /** The shop's own number, as clients know it. */
  number: z.string().max(40).default(''),
  /** Signs what the exchange tells (Standard Webhooks); never read back. */
  secret: z.string().min(8).max(500).optional(),
});
export type PhoneConfig = z.infer<typeof phoneConfig>;

const policy = z.object({
  targetMs: z.number().int().min(1000).nullable().default(null),
  teamId: id.nullable().default(null),
  storeId: id.nullable().default(null),
  botMode: z.enum(['off', 'suggest', 'away', 'first']).default('off'),
  botThreshold: z.number().min(0).max(1).default(0.6),
});

export const newChannel = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('email'), name: text(100).pipe(z.string().min(1)), config: emailConfig, ...policy.shape }),
  z.object({
    kind: z.literal('telegram'),
    name: text(100).pipe(z.string().min(1)),
    config: telegramConfig.required({ token: true }),
    ...policy.shape,
  }),
  z.object({ kind: z.literal('chat'), name: text(100).pipe(z.string().min(1)), config: chatConfig, ...policy.shape }),
  z.object({
    kind: z.literal('phone'),
    name: text(100).pipe(z.string().min(1)),
    config: phoneConfig.required({ secret: true }),
    ...policy.shape,
  }),
]);
export type NewChannel = z.infer<typeof newChannel>;

/** Only what is named changes; inside `config` likewise (secrets not given are kept). */
export const editChannel = z.object({
  name: text(100).optional(),
  config: z.record(z.string(), z.unknown()).optional(),
  paused: z.boolean().optional(),
  targetMs: z.number().int().min(1000).nullable().optional(),
  teamId: id.nullable().optional(),
  storeId: id.nullable().optional(),
  botMode: policy.shape.botMode.unwrap().optional(),
  botThreshold: z.number().min(0).max(1).optional(),
});

export const channelHealth = z.object({
  state: z.enum(['connecting', 'ok', 'retrying', 'failed', 'paused']),
  lastReceivedAt: time.nullable(),
  lastCheckedAt: time.nullable(),
  remoteCount: z.number().nullable(),
  storedCount: z.number(),
  quarantined: z.number(),
  /** Received and nothing that a client said to us (a group's talk): kept with its reason, in no thread. */
  ignored: z.number(),
  failingSince: time.nullable(),
  error: z.string().nullable(),
  /** What goes out: since when nothing does, why, and how many messages wait for it. `state` and `error` tell it too. */
  sending: z.object({ failingSince: time.nullable(), error: z.string().nullable(), waiting: z.number() }),
});
export type ChannelHealth = z.infer<typeof channelHealth>;

export const channel = z.object({
  id,
  kind: z.enum(['email', 'telegram', 'chat', 'phone']),
  name: z.string(),
  /** Without secrets. */
  config: z.record(z.string(), z.unknown()),
  ...policy.shape,
  paused: z.boolean(),
  health: channelHealth,
  /** Chat: the public key and the tag for the shop's page. */
  key: z.string().nullable(),
  embedCode: z.string().nullable(),
  createdAt: time,
});
export type Channel = z.infer<typeof channel>;

export const channelTest = z.object({
  ok: z.boolean(),
  steps: z.array(z.object({ name: z.string(), ok: z.boolean(), message: z.string() })),
});
export type ChannelTest = z.infer<typeof channelTest>;

export const mailboxComparison = z.object({
  /** Letters in the mailbox, and stored here, for the period that the channel reads. */
  there: z.number(),
  stored: z.number(),
  /** Letters that are not simply there and here: the first of them, `differing` in all. */
  differences: z.array(
    z.object({
      folder: z.string(),
      uid: z.number(),
      subject: z.string().nullable(),
      from: z.string().nullable(),
      at: time.nullable(),
      /** duplicate | own | quarantined | edited | notYet | missing | gone */
      why: z.string(),
      reason: z.string().nullable(),
      threadId: id.nullable(),
    }),
  ),
  differing: z.number(),
});
export type MailboxComparison = z.infer<typeof mailboxComparison>;

/** Which of what became no message: what could not be read, or what is nothing said to us. */
export const heldBackQuery = page.extend({ outcome: z.enum(['quarantined', 'ignored']).default('quarantined') });

/** A letter (or update) that became no message; its original is kept. */
export const heldBack = z.object({
  /** The far side's own id, unique in the channel. */
  id: z.string(),
  /** Read from the first lines of a letter's original; null where they tell nothing. */
  subject: z.string().nullable(),
  from: z.string().nullable(),
  arrivedAt: time,
  reason: z.string(),
  hasRaw: z.boolean(),
});
export type HeldBack = z.infer<typeof heldBack>;
