/**
 * The contract between Parley and everything that carries messages.
 *
 * A channel kind is one folder here: it turns bytes of its protocol into an {@link InboundMessage} (pure) and
 * carries an {@link OutboundMessage} to the far side. It knows no feature: `app.ts` hands it {@link ChannelHost}.
 */

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

export const channelKinds = ['email', 'telegram', 'chat'] as const;
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

/** One thing somebody said, whatever it came by. Times are the far side's own. */
export interface InboundMessage {
  /** Unique in its channel and stable over re-delivery: uidvalidity:uid, update id, client key, SMTP digest. */
  externalId: string;
  /** The writer first; more when the message itself proves more (a shared Telegram contact). */
  from: Address[];
  /** Everyone addressed, for reply-all and for "colleague with the client in copy". E-mail only. */
  to: Address[];
  cc: Address[];
  subject: string | null;
  /** What the person wrote, without quotes and signature. */
  text: string;
  /** The folded rest: quotes, signature, forwarded part that is not new. Null when there is none. */
  rest: string | null;
  /** Sanitised by the channel; null when the far side sent none. */
  html: string | null;
  attachments: InboundAttachment[];
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
  /** A stable word: `dsn`, `auto-submitted`, `precedence-bulk`, `own-message-id`, `too-large`, … */
  why: string;
  bounces?: BouncedRecipient[];
  /** Message-ID of our letter that this report speaks of. */
  originalMessageId?: string | null;
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
