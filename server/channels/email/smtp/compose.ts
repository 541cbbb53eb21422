import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { Address, ChannelHost, ConnectedChannel, OutboundMessage } from '../../channel.ts';
import type { EmailConfig } from '../../schema.ts';
import { signLetter } from '../dkim.ts';

/** A letter ready to be sent: its bytes, and whom the server is told. */
export interface ComposedLetter {
  raw: Buffer;
  envelope: { from: string; to: string[] };
}

export interface Sender {
  config: EmailConfig;
  /** The channel's name; the name in From when the mailbox has none of its own. */
  name: string;
  /** Signed part of the plus-address; null when there is no thread to come back to. */
  token: string | null;
}

/** Who sends a message by a mailbox. */
export function senderOf(
  { config, name }: ConnectedChannel<EmailConfig>,
  { threadToken }: OutboundMessage,
  host: Pick<ChannelHost, 'signToken'>,
): Sender {
  return { config, name, token: threadToken === '' ? null : host.signToken(threadToken) };
}

/**
 * Writes a letter as RFC 5322 with plain text, HTML and files. The Message-ID is the delivery's own, so that a repetition is
 * the same letter. Blind copies are in the envelope alone; nothing internal is in the headers. The same message of the same try
 * makes the same bytes.
 */
export async function composeLetter(
  message: OutboundMessage,
  { config, name, token }: Sender,
): Promise<ComposedLetter> {
  const attachments = await Promise.all(
    message.attachments.map(async (one) => ({
      filename: one.name,
      contentType: one.type,
      content: Buffer.from(await one.read()),
      ...(one.contentId ? { cid: one.contentId } : {}),
      contentDisposition: one.inline ? ('inline' as const) : ('attachment' as const),
    })),
  );
  const company = config.fromName || name;
  const raw = await new MailComposer({
    from: {
      name: message.authorName && message.authorName !== company ? `${message.authorName} (${company})` : company,
      address: config.address,
    },
    to: message.to.map(mailbox),
    cc: message.cc.map(mailbox),
    ...replyTo(config, company, token),
    subject: message.subject,
    messageId: bracketed(message.externalId),
    ...(message.inReplyTo ? { inReplyTo: bracketed(message.inReplyTo) } : {}),
    references: message.references.map(bracketed),
    date: message.at,
    baseBoundary: message.messageId,
    text: message.text,
    ...(message.html ? { html: withPictures(message.html) } : {}),
    textEncoding: 'quoted-printable',
    attachments,
    headers: {
      ...(message.automatic ? automaticHeaders(message, config.address) : {}),
      ...(message.unsubscribe
        ? { 'List-Unsubscribe': `<${message.unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
        : {}),
    },
    newline: '\r\n',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  const reached = new Set(message.reached);
  const to = [...message.to, ...message.cc, ...message.bcc].map((one) => one.value).filter((one) => !reached.has(one));
  return {
    raw: await signLetter(raw, config),
    envelope: { from: config.address, to: [...new Set(to)] },
  };
}

/** Pictures that were put aside for the reader of our screen go out in their place; see {@link sanitise}. */
function withPictures(html: string): string {
  return html.replaceAll(' data-remote-src="', ' src="').replaceAll(' data-cid="', ' src="cid:');
}

/** RFC 5321 4.5.3.1.1: a longer local part is refused by many; such a mailbox goes without. */
const localChars = 64;

function replyTo(config: EmailConfig, name: string, token: string | null) {
  const address = token && config.plusAddress ? plusAddress(config.address, token) : null;
  return address === null || address.lastIndexOf('@') > localChars ? {} : { replyTo: { name, address } };
}

/** `shop@x.example` -> `shop+<token>@x.example`. */
function plusAddress(address: string, token: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${token}${address.slice(at)}`;
}

/** RFC 3834, and what Exchange reads beside it: nothing may answer by itself, so no loop can start. */
function automaticHeaders(message: OutboundMessage, address: string): Record<string, string> {
  return {
    'Auto-Submitted': message.inReplyTo ? 'auto-replied' : 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    'X-Loop': address,
  };
}

function mailbox(address: Address): { name: string; address: string } {
  return { name: address.name ?? '', address: address.value };
}

function bracketed(id: string): string {
  return id.startsWith('<') ? id : `<${id.includes('@') ? id : `${id}@parley.invalid`}>`;
}
