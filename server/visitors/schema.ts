import { z } from 'zod';
import { clientKey, id, text, time } from '../lib/wire.ts';

/** Wire shapes of the `/visitor` sockets and the chat page. */

/** Longest message a visitor may write, in characters. */
export const maxTextLength = 10_000;
/** Most files with one message. */
export const maxFiles = 10;
/** Largest file a visitor may attach, in bytes. */
export const maxFileBytes = 10 * 1024 * 1024;
/** All files of one message together, in bytes. */
export const maxMessageBytes = 25 * 1024 * 1024;

/** A logged-in user of the shop: `signature` is HMAC-SHA256 of `user` under the channel's identitySecret, in hex. */
export const shopUser = z.object({
  user: z.string().min(1).max(200),
  signature: z.string().max(200),
  name: text(200).optional(),
});
export type ShopUser = z.infer<typeof shopUser>;

/** `auth` of a `/visitor` socket. */
export const visitorAuth = z.object({
  channelKey: z.string().min(1).max(100),
  visitorToken: z.string().max(1000).nullish(),
  identity: shopUser.nullish(),
  /** What the visitor is called, by their own or the page's word. */
  name: text(200).nullish(),
  /** BCP 47 language of the page the chat is on. */
  locale: z.string().max(20).nullish(),
});
export type VisitorAuth = z.infer<typeof visitorAuth>;

/** What the visitor's screen sends; each is acknowledged with its result or `{error}`. */
export const visitorMessageIn = z
  .object({
    clientKey,
    text: text(maxTextLength).default(''),
    attachmentIds: z.array(id).max(maxFiles).default([]),
  })
  .refine((value) => value.text.trim() !== '' || value.attachmentIds.length > 0, {
    path: ['text'],
    message: 'write something or attach a file',
  });
export type VisitorMessageIn = z.input<typeof visitorMessageIn>;

export const visitorTyping = z.object({ typing: z.boolean() });
/** Everything up to and with this message has been on the visitor's screen. */
export const visitorRead = z.object({ messageId: id });
export const visitorHistory = z.object({ before: id });
/** Where an answer reaches a visitor who left. */
export const visitorContact = z.object({ email: z.email().max(320), name: text(200).optional() });

export const visitorAttachment = z.object({
  id,
  name: z.string(),
  type: z.string(),
  sizeBytes: z.number(),
  /** Path on this server, signed; works without a cookie. */
  url: z.string(),
});
export type VisitorAttachment = z.infer<typeof visitorAttachment>;

/** A message as the visitor may see it: no notes, no internal names beyond who answers. */
export const visitorMessage = z.object({
  id,
  threadId: id,
  /** The key the visitor's screen gave it; null for ours and for letters. */
  clientKey: z.string().nullable(),
  direction: z.enum(['inbound', 'outbound']),
  author: z.object({ kind: z.enum(['client', 'user', 'bot', 'system']), name: z.string() }),
  text: z.string(),
  attachments: z.array(visitorAttachment),
  /** What a bot's answer stands on. */
  sources: z.array(z.object({ title: z.string(), asOf: time.nullable() })),
  /** `email` when it went or came as a letter. */
  via: z.enum(['chat', 'email']),
  sentAt: time,
  /** For ours: the visitor's screen showed it. For the visitor's: somebody here has read it. */
  readAt: time.nullable(),
});
export type VisitorMessage = z.infer<typeof visitorMessage>;

/** Who answers and how soon; every number is measured or absent. */
export const visitorState = z.object({
  /** Somebody who may answer has Parley open now. */
  online: z.boolean(),
  /** Display names, the thread's own person first; at most three. */
  people: z.array(z.string()),
  answering: z.enum(['nobody', 'bot', 'waiting', 'person']),
  /** Median wait of the last days for a person on this channel, in ms; null when too few to say. */
  waitMs: z.number().nullable(),
  /** Since when the visitor waits for a person; null when nobody waits. */
  waitingSince: time.nullable(),
  /** When the store opens next; null when it is open or its hours are unknown. */
  opensAt: time.nullable(),
  /** The address the visitor left. */
  email: z.string().nullable(),
});
export type VisitorState = z.infer<typeof visitorState>;

export const visitorThread = z.object({
  id,
  status: z.enum(['open', 'snoozed', 'closed']),
  /** Oldest first; the newest page. */
  messages: z.array(visitorMessage),
  /** Older ones are there: ask with `history`. */
  hasMore: z.boolean(),
});
export type VisitorThread = z.infer<typeof visitorThread>;

/** The first thing a `/visitor` socket hears, also after every reconnection. */
export interface VisitorHello {
  visitorToken: string;
  thread: VisitorThread | null;
  state: VisitorState;
}

/** How far one of the visitor's own messages has come. */
export interface VisitorDelivery {
  messageId: string;
  state: 'stored' | 'read';
  at: string;
}

export interface VisitorError {
  error: { code: string; title: string; errors?: { path: string; message: string }[]; retryAfterMs?: number };
}
export type Answer<T> = T | VisitorError;

/** The acknowledgement of a message: it is durable. */
export interface Stored {
  messageId: string;
  threadId: string;
  /** When it was received, ISO. */
  sentAt: string;
  /** Its files under the addresses they now have. */
  attachments: VisitorAttachment[];
}

export interface FromVisitor {
  message(message: VisitorMessageIn, ack: (answer: Answer<Stored>) => void): void;
  typing(value: { typing: boolean }): void;
  read(value: { messageId: string }): void;
  history(
    value: { before: string },
    ack: (answer: Answer<{ messages: VisitorMessage[]; hasMore: boolean }>) => void,
  ): void;
  contact(value: z.input<typeof visitorContact>, ack: (answer: Answer<{ email: string }>) => void): void;
}

export interface ToVisitor {
  hello(hello: VisitorHello): void;
  message(message: VisitorMessage): void;
  typing(value: { name: string; typing: boolean }): void;
  state(state: VisitorState): void;
  delivery(delivery: VisitorDelivery): void;
  /** Another screen of the same visitor has read up to here. */
  read(value: { messageId: string }): void;
}

/** What the loader asks for before it draws the button: GET /widget/<key>/launcher.json. */
export interface LauncherConfig {
  title: string;
  colour: string;
  /** Black or white, whichever is readable on `colour`. */
  ink: string;
  /** Default language. */
  locale: string;
  /** Name of the button, by language. */
  labels: Record<string, { open: string }>;
}

/** What the chat page carries in its `<script id="config">`. */
export interface ChatPageConfig {
  channelKey: string;
  title: string;
  /** Address of the shop's logo; null when it has none. */
  logoUrl: string | null;
  greeting: string;
  locale: string;
  /** IANA name of the zone in which answers name times. */
  timezone: string;
  light: Palette;
  dark: Palette;
}

/** Colours derived from the channel's one; each pair is at least 4.5:1. */
export interface Palette {
  /** Grounds of buttons and of the visitor's own messages. */
  accent: string;
  /** Text on `accent`. */
  onAccent: string;
  /** The accent as text on the page and in our balloons. */
  accentText: string;
}
