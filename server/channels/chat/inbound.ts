import type { Address, InboundAttachment, InboundMessage } from '../channel.ts';
import type { Visitor } from './token.ts';

/** What a visitor wrote, in words of every channel. Pure. */
export function inboundOf(facts: {
  visitor: Visitor;
  /** The first of these is whose client the message goes to; see {@link addressesOf}. */
  from: Address[];
  clientKey: string;
  text: string;
  attachments: InboundAttachment[];
  language: string | undefined;
  /** Receipt by the socket. */
  arrivedAt: Date;
}): InboundMessage {
  return {
    externalId: receiptKey(facts.visitor, facts.clientKey),
    from: facts.from,
    to: [],
    cc: [],
    subject: null,
    text: facts.text,
    rest: null,
    html: null,
    attachments: facts.attachments,
    messageId: facts.clientKey,
    references: [],
    threadToken: null,
    arrivedAt: facts.arrivedAt,
    classification: 'person',
    detail: null,
    raw: null,
    historical: false,
    language: facts.language,
  };
}

/** What makes a repeated message the same one; nobody reaches another visitor's by guessing keys. */
export function receiptKey(visitor: Visitor, clientKey: string): string {
  return `${visitor.id}:${clientKey.toLowerCase()}`;
}

/**
 * Who writes. A shop user whom we know comes first, so that a new browser goes on with the same client; one who is new
 * to us comes second, so that what they wrote before logging in stays theirs.
 */
export function addressesOf(visitor: Visitor, name: string | undefined, isKnownUser: boolean): Address[] {
  const browser: Address = { kind: 'visitor', value: visitor.id, name, verified: true };
  if (visitor.shopUser === null) return [browser];
  const user: Address = { kind: 'shopUser', value: visitor.shopUser, name, verified: true };
  return isKnownUser ? [user, browser] : [browser, user];
}
