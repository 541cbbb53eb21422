/**
 * The contract between Parley and everything that carries messages.
 *
 * A channel kind is one folder here: it turns bytes of its protocol into an {@link InboundMessage} (pure) and
 * carries an {@link OutboundMessage} to the far side. It knows no feature: `app.ts` hands it a {@link ChannelHost}.
 */
import type { Dns } from '../lib/dns.ts';
import type { Log } from '../lib/log.ts';

/** What a received message is. Only `person` opens a clock, reopens a thread or makes the bot speak. */
export const classifications = [
  'person',
  'autoReply',
  'bounce',
  'feedbackReport',
  'delay',
  'bulk',
  'loop',
  'calendar',
  'quarantined',
] as const;
export type Classification = (typeof classifications)[number];

export const channelKinds = ['email', 'telegram', 'chat', 'phone'] as const;
export type ChannelKind = (typeof channelKinds)[number];

export const identityKinds = ['email', 'phone', 'telegram', 'visitor', 'shopUser'] as const;
export type IdentityKind = (typeof identityKinds)[number];

/** An address of a person as a channel saw it; `value` is normalised (lower-case e-mail, E.164 phone, decimal Telegram id). */
export interface Address {
  kind: IdentityKind;
  value: string;
  /** The name the far side gave with it, if any. */
  name?: string | undefined;
  /** The far side proved it (DMARC pass, Telegram's own id, a signed shop user); an unproven one never merges clients. */
  verified: boolean;
}

export interface InboundAttachment {
  name: string;
  type: string;
  content: Uint8Array;
  /** MIME Content-ID without angle brackets, for inline images. */
  contentId?: string | undefined;
  inline: boolean;
}

/** A file that the far side keeps; it is fetched after the message is stored, by the kind's `fetchFile`. */
export interface RemoteFile {
  /** What `fetchFile` needs to find it. */
  ref: string;
  name: string;
  type: string;
  /** Null when the far side does not say. */
  sizeBytes: number | null;
}

/** One thing somebody said, whatever it came by. Times are the far side's own. */
export interface InboundMessage {
  /** Unique in its channel and stable over re-delivery: uidvalidity:uid, update id, client key, SMTP digest. */
  externalId: string;
  /** The writer first; more when the message itself proves more (a shared Telegram contact). */
  from: Address[];
  /** Addresses of who handed it over in the name of the writer (RFC 5322 Sender, or what a mail server noted). E-mail only. */
  sentBy?: string[] | undefined;
  /** Where an answer is wanted, when that is not the writer's own address (RFC 5322 Reply-To). */
  replyTo?: Address[] | undefined;
  /** Everyone addressed, for reply-all and for "colleague with the client in copy". E-mail only. */
  to: Address[];
  cc: Address[];
  /** Addresses of the discussion lists it came over, as their own headers name them. */
  lists?: string[] | undefined;
  subject: string | null;
  /** What the person wrote, without quotes and signature. */
  text: string;
  /** The folded rest: quotes, signature, forwarded part that is not new. Null when there is none. */
  rest: string | null;
  /** Sanitised by the channel; null when the far side sent none. */
  html: string | null;
  attachments: InboundAttachment[];
  /** Files that come later, so that a slow download keeps no message back. */
  remoteFiles?: RemoteFile[] | undefined;
  /** RFC Message-ID with angle brackets, or the far side's id for the message (used to find what a reply answers). */
  messageId: string | null;
  /** Message-IDs this one names, In-Reply-To first, then References newest first; bounded. */
  references: string[];
  /** Signed thread token found in the recipient address, already verified by the channel host; else null. */
  threadToken: string | null;
  /** When the far side received it (INTERNALDATE, Telegram `date`, socket receipt). */
  arrivedAt: Date;
  classification: Classification;
  /** Why it was classified so, in words and codes; bounces name the failed deliveries. */
  detail: ClassificationDetail | null;
  /** The raw original; kept as a file. Null when the protocol has none worth keeping. */
  raw: Uint8Array | null;
  /** It is older than its channel's connection: stored closed, without clocks. */
  historical: boolean;
  /** BCP 47 language if the far side named it. */
  language?: string | undefined;
  /** SPF, DKIM, DMARC as the receiving server wrote them. */
  authentication?: { spf?: string; dkim?: string; dmarc?: string } | undefined;
  /** A change of an earlier message (Telegram edit): its externalId. */
  edits?: string | undefined;
}

export interface ClassificationDetail {
  /** Services whose hidden pictures would have reported the reading; they are taken out. */
  trackers?: string[];
  /** A stable word: `dsn`, `auto-submitted`, `precedence-bulk`, `own-message-id`, `too-large`, … */
  why: string;
  bounces?: BouncedRecipient[];
  /** Message-ID of our letter that this report speaks of. */
  originalMessageId?: string | null;
  /** Who wrote the letter that this one forwards. */
  forwarded?: { name: string; address: string };
  /** Messages that the writer sent as one (Telegram's media group) have the same word. */
  album?: string;
}

export interface BouncedRecipient {
  address: string;
  /** RFC 3463 enhanced status, `5.1.1`; empty when none was found. */
  status: string;
  /** SMTP reply code, `550`; empty when none was found. */
  replyCode: string;
  reason: string;
  hard: boolean;
}

/** A message of ours as a channel sends it. */
export interface OutboundMessage {
  messageId: string;
  threadId: string;
  /** Fixed before the first try and the same at every repetition: the RFC Message-ID, or a key of ours. */
  externalId: string;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  /** Addresses of them that have it from an earlier try already; they are named in it and not sent to again. */
  reached: string[];
  subject: string;
  text: string;
  html: string | null;
  attachments: OutboundAttachment[];
  /** The far side's id of the message it answers, and the chain above it, oldest first. */
  inReplyTo: string | null;
  references: string[];
  /** The far side's id of the message that the writer chose to quote; null when none. */
  quotes: string | null;
  /** Who wrote it, as clients may see it. */
  authorName: string;
  /** Written by Parley itself: carries the RFC 3834 headers. */
  automatic: boolean;
  /** Sent to many alike: where one click ends it (RFC 8058). */
  unsubscribe?: string | undefined;
  /** Verified by the host when it comes back in a recipient address; see ChannelHost.threadToken. */
  threadToken: string;
  /** It may already have been sent: a crash came between sending and settling. */
  repeated: boolean;
  /** When this try began; its date. */
  at: Date;
}

export interface OutboundAttachment {
  name: string;
  type: string;
  contentId: string | null;
  inline: boolean;
  read(): Promise<Uint8Array>;
}

export interface SendResult {
  /** The far side's id of what was sent; null keeps ours. */
  externalId: string | null;
  /** Recipients that the far side would not take while it took the others. */
  refused?: RefusedRecipient[];
  /** The account keeps what it sent: `keepCopy` is to be asked, as work of its own. */
  copy?: boolean;
}

export interface RefusedRecipient {
  address: string;
  /** A sentence for the person who wrote it. */
  reason: string;
  /** No later try can succeed. */
  permanent: boolean;
  /** The address is known to reach nobody. */
  dead: boolean;
}

/** Why a message did not go out; `reason` is a sentence for the person who wrote it. */
export class SendError extends Error {
  /** No later try can succeed. */
  readonly permanent: boolean;
  /** The far side's own wish. */
  readonly retryAfterMs: number | undefined;
  /** The address itself is dead (hard bounce at RCPT, blocked bot): flag it. */
  readonly deadAddress: string | undefined;
  /** Nothing at all can go out by this channel now: the server is away or refuses the login. */
  readonly channelWide: boolean;
  /** The line broke with the message under way: the far side may have it, and a later try may repeat it. */
  readonly maybeSent: boolean;

  constructor(
    reason: string,
    details: {
      permanent?: boolean;
      retryAfterMs?: number;
      deadAddress?: string;
      channelWide?: boolean;
      maybeSent?: boolean;
    } = {},
  ) {
    super(reason);
    this.permanent = details.permanent ?? false;
    this.retryAfterMs = details.retryAfterMs;
    this.deadAddress = details.deadAddress;
    this.channelWide = details.channelWide ?? false;
    this.maybeSent = details.maybeSent ?? false;
  }
}

/** A letter that could not become a message; its original is kept and can be tried again. */
export interface Quarantined {
  externalId: string;
  raw: Uint8Array | null;
  reason: string;
  arrivedAt: Date;
}

/** Something received that is nothing a client said to us (a group's talk): told by its reason, without thread and clock. */
export interface NotForUs {
  externalId: string;
  raw: Uint8Array | null;
  /** A stable word: `group`, `unknown-update`, … */
  reason: string;
  arrivedAt: Date;
}

/** What one transaction stores: messages, what could not be read, and how far the channel is read then. */
export interface Batch {
  messages: InboundMessage[];
  quarantined?: Quarantined[];
  ignored?: NotForUs[];
  /** Addresses that can no longer be written to (a blocked bot), or can again (`reason` null). */
  flags?: { address: Pick<Address, 'kind' | 'value'>; reason: string | null }[];
  cursor?: { name: string; position: unknown };
  /**
   * Where the far side can number anew what it has: whether an earlier id is of the same place as an id of this batch, under
   * other numbers. What was received under it is then the same thing, by its bytes.
   */
  wasHere?: (earlierId: string, id: string) => boolean;
}

export interface IngestOutcome {
  externalId: string;
  outcome: 'stored' | 'duplicate' | 'own' | 'edited' | 'quarantined' | 'ignored';
  messageId: string | null;
  threadId: string | null;
}

export interface HealthReport {
  state: 'connecting' | 'ok' | 'retrying' | 'failed';
  lastCheckedAt?: Date;
  remoteCount?: number | null;
  /** A sentence: what is wrong and what to do. */
  error?: string | null;
}

/** A connected account as its kind sees it; `config` has its secrets in it and was parsed with the kind's schema. */
export interface ConnectedChannel<Config = unknown> {
  id: string;
  name: string;
  config: Config;
  connectedAt: Date;
}

/** What a channel may ask of Parley. */
export interface ChannelHost {
  /**
   * Stores a batch in one transaction, cursor included; resolves when it is durable. Repeating it is harmless.
   * A message that cannot be stored is quarantined by the host, never thrown back.
   */
  ingest(channelId: string, batch: Batch, after?: Promise<unknown>): Promise<IngestOutcome[]>;
  /** The position that the last batch under this name moved to; null at first. */
  cursor(channelId: string, name: string): Promise<unknown>;
  health(channelId: string, report: HealthReport): Promise<void>;
  /** The signed form of a thread token for an address (`t<base32>`, in any case), and back: null when forged. */
  signToken(token: string): string;
  readToken(signed: string): string | null;
  /** Channel ids that receive mail for an address through the built-in SMTP receiver. */
  recipients(address: string): Promise<
    {
      channelId: string;
      threadToken: string | null;
      authservId?: string | undefined;
      /** What the receiver does with letters that SPF disowns. */
      spf: 'mark' | 'refuse';
      /** Unknown servers are asked to come again. */
      greylist: boolean;
    }[]
  >;
  now(): Date;
  /** Aborts when Parley stops and has waited long enough: what is under way then must end, as a broken line ends it. */
  stopping: AbortSignal;
  log: Log;
  dns: Dns;
  settings: { publicUrl: string; telegramApiRoot: string };
}

/** Something that receives until it is stopped. */
export interface Receiver {
  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void>;
}

/** What became of something that was received. */
export interface Received {
  outcome: string;
  reason: string | null;
  threadId: string | null;
  subject: string | null;
  from: string | null;
  arrivedAt: Date;
}

/** A letter that is not simply there and here. */
export interface Difference {
  folder: string;
  uid: number;
  subject: string | null;
  from: string | null;
  at: string | null;
  /**
   * `duplicate`, `own`, `quarantined`, `edited`: it came and is no message of its own; `notYet`: it is read next; `missing`: it was
   * passed, is not here, and is read now; `gone`: it is here and no longer there.
   */
  why: string;
  reason: string | null;
  threadId: string | null;
}

/** A mailbox against what is here, for the period that the channel reads. */
export interface MailboxComparison {
  there: number;
  stored: number;
  /** The first of them, `differing` in all. */
  differences: Difference[];
  differing: number;
}

/** One kind of channel. */
export interface ChannelAdapter<Config = unknown> {
  kind: ChannelKind;
  /** Time in which a sent message can be taken back, ms. */
  undoWindowMs: number;
  /** The config with what Parley makes itself filled in (a key pair). @throws AppError for what cannot be used */
  complete?(config: Config): unknown;
  /** Receives in this process alone; null when the kind receives through HTTP or sockets only. */
  receive(channel: ConnectedChannel<Config>, host: ChannelHost): Receiver | null;
  /** @throws SendError */
  send(channel: ConnectedChannel<Config>, message: OutboundMessage, host: ChannelHost): Promise<SendResult>;
  /**
   * Puts what was sent among the sent letters of the account itself, unless it is there. The message is out, whatever becomes
   * of this. @throws what `trouble` puts into words
   */
  keepCopy?(channel: ConnectedChannel<Config>, message: OutboundMessage, host: ChannelHost): Promise<void>;
  /** Brings a file that a message named in `remoteFiles`. @throws SendError, permanent when it can never be had. */
  fetchFile?(channel: ConnectedChannel<Config>, file: RemoteFile, host: ChannelHost): Promise<Uint8Array>;
  /** Shows the client for a few seconds that somebody writes; may do nothing. */
  typing?(channel: ConnectedChannel<Config>, to: Address, host: ChannelHost): Promise<void>;
  /** Reads an original again that could not be read before, with what this version knows. Never throws. */
  reread?(
    channel: ConnectedChannel<Config>,
    original: { externalId: string; raw: Uint8Array; arrivedAt: Date },
    host: ChannelHost,
  ): Promise<{ message: InboundMessage } | { quarantined: Quarantined }>;
  /**
   * Asks the far side once more for an original that it did not give at first; null when it still does not. @throws what
   * `trouble` puts into words
   */
  fetchOriginal?(channel: ConnectedChannel<Config>, externalId: string): Promise<Uint8Array | null>;
  /** Tries the connection; each step in words. */
  test(channel: ConnectedChannel<Config>, host: ChannelHost): Promise<{ name: string; ok: boolean; message: string }[]>;
  /** Holds what the far side keeps against what is here. */
  compare?(
    channel: ConnectedChannel<Config>,
    host: Pick<ChannelHost, 'cursor'>,
    received: (externalIds: string[]) => Promise<Map<string, Received>>,
    receivedAt: (place: string) => Promise<Map<string, Received>>,
  ): Promise<{ compared: MailboxComparison; setBack: { name: string; uidValidity: string; uid: number }[] }>;
  /** What an error of the far side means, in words. */
  trouble?(channel: ConnectedChannel<Config>, error: unknown): string;
  /** Undoes what `receive` set up at the far side (a webhook), when the channel is removed. */
  disconnect?(channel: ConnectedChannel<Config>, host: ChannelHost): Promise<void>;
}
