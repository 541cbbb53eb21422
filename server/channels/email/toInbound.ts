import type { Address, ClassificationDetail, InboundMessage } from '../channel.ts';
import { authenticationOf, type ReceivingServer } from './authentication.ts';
import { classify, type Own } from './kind/classify.ts';
import { header, headerValues } from './mime/headers.ts';
import type { Letter, Mailbox } from './mime/letter.ts';
import type { ReadLetter } from './mime/read.ts';
import { forwardedFrom } from './reply/forwarded.ts';

/** What the receiver knows of a letter beside its bytes. */
export interface Arrival {
  externalId: string;
  /** INTERNALDATE, or the moment the SMTP receiver took it. */
  arrivedAt: Date;
  historical: boolean;
  raw: Uint8Array;
  own: Own;
  server: ReceivingServer;
  /** Verifies the signed token of a plus-address; null when forged. */
  readToken: (signed: string) => string | null;
  /** Envelope recipients, when the receiver knows them. */
  envelopeTo?: string[];
}

/** Makes the channel-neutral message of a letter. Pure. */
export function toInbound({ letter, split, safe }: ReadLetter, arrival: Arrival): InboundMessage {
  const isOne = letter.from.length === 1 && headerValues(letter.headers, 'from').length === 1;
  const fromDomain = isOne ? (letter.from[0]?.address.split('@').at(-1)?.toLowerCase() ?? null) : null;
  const { found: authentication, verified } = authenticationOf(letter.headers, arrival.server, fromDomain);
  const { classification, detail } = classify(letter, arrival.own);
  const reported = detail?.originalMessageId ? [detail.originalMessageId] : [];
  return {
    externalId: arrival.externalId,
    from: writers(letter, arrival.own, verified),
    ...sentBy(letter),
    ...answerTo(letter, arrival.own),
    to: addresses(letter.to),
    cc: addresses(letter.cc),
    ...listsOf(letter),
    subject: letter.subject === null ? null : storable(letter.subject).slice(0, maxSubjectChars),
    text: storable(split.text),
    rest: split.rest === null ? null : storable(split.rest),
    html: safe && safe.html !== '' ? storable(safe.html) : null,
    attachments: letter.attachments.map(({ name, type, content, contentId, inline }) => ({
      name: storable(name),
      type: storable(type),
      content,
      contentId: contentId === null ? undefined : storable(contentId),
      inline,
    })),
    messageId: letter.messageId === null ? null : storable(letter.messageId),
    references: [...new Set([...reported, ...letter.inReplyTo, ...letter.references])].map(storable),
    threadToken: tokenOf(letter, arrival),
    arrivedAt: arrival.arrivedAt,
    classification,
    detail: withForwarded(
      withTrackers(detail ?? (letter.secured ? { why: letter.secured } : null), safe?.trackers ?? []),
      classification === 'person' ? forwardedFrom(letter.subject ?? '', `${split.text}\n${split.rest ?? ''}`) : null,
    ),
    raw: arrival.raw,
    historical: arrival.historical,
    language: languageOf(letter),
    ...(authentication ? { authentication } : {}),
  };
}

function withTrackers(detail: ClassificationDetail | null, trackers: string[]): ClassificationDetail | null {
  return trackers.length === 0
    ? detail
    : { ...(detail ?? { why: 'trackers' }), trackers: trackers.slice(0, 20).map(storable) };
}

function withForwarded(
  detail: ClassificationDetail | null,
  forwarded: { name: string; address: string } | null,
): ClassificationDetail | null {
  if (forwarded === null) return detail;
  const { name, address } = forwarded;
  return { ...(detail ?? { why: 'forwarded' }), forwarded: { name: storable(name), address: storable(address) } };
}

const maxSubjectChars = 998;
/** Of a header that names one address, as much as is looked at. */
const maxAddressChars = 1_000;

/**
 * The writer first. A shop's contact form writes from its own or a no-reply address and names the visitor in Reply-To:
 * then the visitor is the writer.
 */
function writers(letter: Letter, own: Own, verified: boolean): Address[] {
  const from = addresses(letter.from.length > 0 ? letter.from : letter.sender ? [letter.sender] : []);
  const replyTo = addresses(letter.replyTo).filter((one) => !own.addresses.has(one.value));
  const first = from[0];
  const speaksForOther =
    first && (own.addresses.has(first.value) || /^(no-?reply|do-?not-?reply|noreply)\b/i.test(first.value));
  if (replyTo[0] && (!first || speaksForOther)) return [replyTo[0]];
  if (first) return [{ ...first, verified }];
  const path = /<([^<>\s@]+@[^<>\s@]+)>/.exec(
    (header(letter.headers, 'return-path') ?? '').slice(0, maxAddressChars),
  )?.[1];
  return path ? [{ kind: 'email', value: path.toLowerCase(), verified: false }] : [];
}

/** Where webmail and mail servers note which account wrote in the name of a shared mailbox. */
const accountHeaders = ['x-authenticated-sender', 'x-sender'];

/** Who sent it for the one in From: a colleague who writes from a shared mailbox. */
function sentBy(letter: Letter): { sentBy?: string[] } {
  const noted = accountHeaders.flatMap((name) => {
    const address = header(letter.headers, name)?.slice(0, maxAddressChars).trim().replace(/^<|>$/g, '');
    return address === undefined ? [] : [{ name: '', address }];
  });
  const writer = letter.from[0]?.address.toLowerCase();
  const others = addresses([...(letter.sender === null ? [] : [letter.sender]), ...noted])
    .map(({ value }) => value)
    .filter((value) => value !== writer);
  return others.length === 0 ? {} : { sentBy: others };
}

/** Where the writer wants the answer, when it is elsewhere; lists name themselves there, and an answer is for the person. */
function answerTo(letter: Letter, own: Own): { replyTo?: Address[] } {
  if (header(letter.headers, 'list-post') !== null || header(letter.headers, 'list-id') !== null) return {};
  const writer = letter.from[0]?.address.toLowerCase();
  const replyTo = addresses(letter.replyTo).filter((one) => !own.addresses.has(one.value) && one.value !== writer);
  return replyTo.length === 0 ? {} : { replyTo: replyTo.slice(0, 5) };
}

function addresses(boxes: Mailbox[]): Address[] {
  const seen = new Set<string>();
  const list: Address[] = [];
  for (const { name, address } of boxes) {
    const value = storable(address).toLowerCase();
    if (!/^[^\s@<>]{1,64}@[^\s@<>]{1,255}$/.test(value) || seen.has(value)) continue;
    seen.add(value);
    const shown = storable(name).replace(/\s+/g, ' ').slice(0, 200).trim();
    list.push({
      kind: 'email',
      value,
      ...(shown && shown.toLowerCase() !== value ? { name: shown } : {}),
      verified: false,
    });
  }
  return list;
}

/** Where one writes to reach the whole list (RFC 2369 List-Post, Mailman's X-BeenThere). */
function listsOf({ headers }: Letter): { lists?: string[] } {
  const post = /<mailto:([^\s<>?@]+@[^\s<>?]+)/i.exec(header(headers, 'list-post') ?? '')?.[1];
  const named = [...(post ? [post] : []), ...headerValues(headers, 'x-beenthere')];
  const lists = [...new Set(named.map((one) => storable(one).trim().toLowerCase()))];
  return lists.length === 0 ? {} : { lists: lists.slice(0, 5) };
}

/** `local+<signed token>@domain` in any place that names a recipient; own addresses only, so that none is guessed elsewhere. */
function tokenOf(letter: Letter, { own, readToken, envelopeTo = [] }: Arrival): string | null {
  const named = [
    ...envelopeTo,
    ...[...letter.to, ...letter.cc].map((one) => one.address),
    ...recipientHeaders.flatMap((name) => headerValues(letter.headers, name)),
  ];
  for (const value of named) {
    const match = /([^\s<>"@,;:+]+)\+([^\s<>"@,;:]+)@([^\s<>"@,;:]+)/.exec(value.slice(0, maxAddressChars));
    if (!match || !own.addresses.has(`${match[1]}@${match[3]}`.toLowerCase())) continue;
    const token = readToken(match[2] ?? '');
    if (token) return token;
  }
  return null;
}

const recipientHeaders = [
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
  'x-delivered-to',
  'resent-to',
];

function languageOf(letter: Letter): string | undefined {
  const value = header(letter.headers, 'content-language')?.split(',')[0]?.trim();
  return value && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(value) ? value : undefined;
}

/** Text that PostgreSQL and JSON can hold: NFC, no NUL, no half of a surrogate pair. */
function storable(text: string): string {
  return text
    .replaceAll('\u0000', '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .normalize('NFC');
}
