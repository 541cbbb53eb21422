import type { Classification, ClassificationDetail } from '../../channel.ts';
import { header, messageIdOf, parseHeaderBlock } from '../mime/headers.ts';
import type { Letter } from '../mime/letter.ts';
import { autoReplyWhy, isGenerated } from './autoReply.ts';
import { bounceWhy, hasNullSender, isDaemon, isDelayText } from './bounceSigns.ts';
import { readBounceText, splitReturned } from './bounceText.ts';
import { bulkWhy } from './bulk.ts';
import { bouncedOf, readDeliveryStatus } from './dsn.ts';
import { readFeedback } from './feedback.ts';

/** What is needed to recognise our own letters. */
export interface Own {
  /** Addresses of this channel, lower case. */
  addresses: ReadonlySet<string>;
  /** True for a Message-ID that one of our deliveries was given. */
  isOwnMessageId: (messageId: string) => boolean;
}

export interface Kind {
  classification: Exclude<Classification, 'quarantined'>;
  /** Null for a person's letter. */
  detail: ClassificationDetail | null;
}

/**
 * Says what a letter is. Pure. The order matters: a report is a report whatever other headers say (Exim marks bounces
 * auto-replied), an automatic answer is one even with list headers, and a letter is a person's unless something says
 * otherwise.
 */
export function classify(letter: Letter, own: Own): Kind {
  const returned = returnedMessageId(letter);
  const feedback = readFeedback(letter, returned);
  if (feedback) return { classification: 'feedbackReport', detail: feedback };
  const report = classifyReport(letter, returned);
  if (report) return report;
  const loop = loopWhy(letter, own);
  if (loop) return kind('loop', loop);
  const auto = autoReplyWhy(letter);
  if (auto) return kind('autoReply', auto);
  if (letter.reports.some((one) => one.kind === 'disposition')) return kind('autoReply', 'read-receipt');
  if (isCalendar(letter)) return kind('calendar', `calendar-${letter.calendarMethod?.toLowerCase()}`);
  const bulk = bulkWhy(letter);
  if (bulk) return kind('bulk', bulk);
  if (isGenerated(letter)) return kind('bulk', 'auto-generated');
  return { classification: 'person', detail: null };
}

function classifyReport(letter: Letter, returned: string | null): Kind | null {
  const status = letter.reports.filter((one) => one.kind === 'deliveryStatus').map((one) => one.text);
  const spoken = splitReturned(letter.text ?? '');
  if (status.length > 0) return classifyDsn(readDeliveryStatus(status.join('\n\n')), letter, spoken.report, returned);
  const isReport =
    letter.type === 'multipart/report' && /delivery-status/i.test(letter.typeParams['report-type'] ?? '');
  const why = isReport && (isDaemon(letter) || hasNullSender(letter)) ? 'dsn-without-status' : bounceWhy(letter);
  if (!why) return null;
  if (isDelayText(letter.subject ?? '', spoken.report)) return kind('delay', 'delay-text', returned);
  const failed = (header(letter.headers, 'x-failed-recipients') ?? '')
    .split(/[\s,]+/)
    .filter((one) => one.includes('@'));
  const bounces = readBounceText(spoken.report, {
    failed: failed.map((one) => one.replace(/[<>]/g, '')),
    own: [...letter.to, ...letter.from].map((one) => one.address),
    returnedTo: returnedRecipients(letter),
  });
  return { classification: 'bounce', detail: { why, bounces, originalMessageId: returned } };
}

function classifyDsn(
  recipients: ReturnType<typeof readDeliveryStatus>,
  letter: Letter,
  spoken: string,
  returned: string | null,
): Kind {
  const actions = new Set(recipients.map((one) => one.action));
  const failed = actions.has('failed') || recipients.some((one) => one.action === '' && one.status.startsWith('5'));
  if (!failed && actions.has('delayed')) return kind('delay', 'dsn-delayed', returned);
  if (!failed && (actions.has('delivered') || actions.has('relayed') || actions.has('expanded'))) {
    return kind('autoReply', 'dsn-delivered', returned);
  }
  const bounces =
    recipients.length > 0
      ? bouncedOf(recipients, spoken)
      : readBounceText(spoken, {
          failed: [],
          own: letter.to.map((one) => one.address),
          returnedTo: returnedRecipients(letter),
        });
  return { classification: 'bounce', detail: { why: 'dsn', bounces, originalMessageId: returned } };
}

function kind(classification: Kind['classification'], why: string, originalMessageId: string | null = null): Kind {
  return { classification, detail: originalMessageId ? { why, originalMessageId } : { why } };
}

/** Our own letter come back, or a letter that has been through too many servers (RFC 5321 6.3). */
function loopWhy(letter: Letter, own: Own): string | null {
  if (letter.messageId && own.isOwnMessageId(letter.messageId)) return 'own-message-id';
  const loops = letter.headers.filter((one) => one.name === 'x-loop' || one.name === 'x-parley-channel');
  if (loops.some((one) => own.addresses.has(one.value.trim().toLowerCase()))) return 'x-loop';
  return letter.headers.filter((one) => one.name === 'received').length > maxHops ? 'too-many-hops' : null;
}

const maxHops = 50;

function isCalendar(letter: Letter): boolean {
  return letter.calendarMethod !== null && letter.calendarMethod !== 'PUBLISH';
}

/** Message-ID of the letter that a report returns, wherever it is returned: as a part, as headers, below a rule. */
function returnedMessageId(letter: Letter): string | null {
  for (const part of letter.reports.filter((one) => one.kind === 'returned')) {
    const found = messageIdOf(parseHeaderBlock(headOf(part.text)).find((one) => one.name === 'message-id')?.value);
    if (found) return found;
  }
  const { returned } = splitReturned(letter.text ?? '');
  const inText = /^message-id:\s*(<[^<>\s]+>)/im.exec(returned)?.[1];
  return inText ? messageIdOf(inText) : (letter.references[0] ?? letter.inReplyTo[0] ?? null);
}

function returnedRecipients(letter: Letter): string[] {
  const part = letter.reports.find((one) => one.kind === 'returned')?.text ?? splitReturned(letter.text ?? '').returned;
  const to = parseHeaderBlock(headOf(part)).filter((one) => one.name === 'to' || one.name === 'cc');
  return to.flatMap((one) => one.value.match(/(?<![^\s<>@"',;:])[^\s<>@"',;:]+@[\w.-]+/g) ?? []);
}

function headOf(text: string): string {
  return text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n/)[0] ?? '';
}
