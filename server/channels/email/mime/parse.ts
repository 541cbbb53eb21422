import { Allowance } from '../tnef/properties.ts';
import { decodeText } from './charset.ts';
import { collectParts } from './collect.ts';
import { header, headerValues, mailboxes, messageIdOf, messageIdsOf } from './headers.ts';
import type { Letter, LetterHeader } from './letter.ts';
import { maxLetterBytes } from './limits.ts';
import { repairHeaders } from './repair.ts';
import { squash } from './squash.ts';
import { readTree } from './tree.ts';
import { decodeWords } from './words.ts';

/**
 * Reads a letter from its bytes. Pure: the same bytes give the same letter.
 *
 * The parser was chosen by measurement: postal-mime reads about three times as many letters a second as mailparser and
 * survives the inputs that stop it; charsets, reports and nested letters are Parley's own work on postal-mime's tree.
 *
 * @throws LetterLimit when the letter passes a limit of limits.ts; other errors mean the parser gave up on it
 */
export async function parseLetter(bytes: Uint8Array, depth = 0, tnef = new Allowance()): Promise<Letter> {
  if (bytes.length > maxLetterBytes) throw new LetterLimit('too-large');
  const { email, root } = await readTree(repairHeaders(withoutMailboxLine(bytes)));
  const written: LetterHeader[] = email.headers.map(({ key, value }) => ({ name: key, value: squash(value) }));
  const headers = written.map(({ name, value }) => ({ name, value: decodeWords(value) }));
  const raw = (name: string) => written.find((one) => one.name === name)?.value;
  const collected = await collectParts(root, depth, (nested) => parseLetter(nested, depth + 1, tnef), tnef);
  return {
    headers,
    subject: cleanLine(header(headers, 'subject')),
    from: mailboxes(raw('from')),
    sender: mailboxes(raw('sender'))[0] ?? null,
    replyTo: mailboxes(joined(written, 'reply-to')),
    to: mailboxes(joined(written, 'to')),
    cc: mailboxes(joined(written, 'cc')),
    messageId: messageIdOf(raw('message-id')),
    inReplyTo: messageIdsOf(raw('in-reply-to')),
    references: messageIdsOf(headerValues(headers, 'references').join(' ')).reverse(),
    date: validDate(raw('date')),
    type: root.contentType.parsed.value.toLowerCase() || 'text/plain',
    typeParams: root.contentType.parsed.params,
    ...collected,
  };
}

/** A letter passed one of the limits; `message` is the stable word for it. */
export class LetterLimit extends Error {}

/** Bytes of a text part as text, its charset by declaration, by the HTML's own, or by the bytes. */
export function decodeBody(bytes: Uint8Array, charset: string | undefined, isHtml: boolean): string {
  let label = charset;
  if (!label && isHtml) {
    const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 2_048)).toString('latin1');
    label = /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1];
  }
  return decodeText(bytes, label);
}

/** Mailbox files and some servers put `From MAILER-DAEMON Mon …` or `>From ` before the first header. */
function withoutMailboxLine(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length && (bytes[start] === 0x0a || bytes[start] === 0x0d)) start++;
  const offset = bytes[start] === 0x3e ? start + 1 : start;
  const isLine =
    Buffer.from(bytes.buffer, bytes.byteOffset + offset, Math.min(5, bytes.length - offset)).toString('latin1') ===
    'From ';
  if (!isLine) return bytes;
  const end = bytes.indexOf(0x0a, offset);
  return end < 0 ? bytes : bytes.subarray(end + 1);
}

function joined(headers: LetterHeader[], name: string): string {
  return headerValues(headers, name).join(', ');
}

/** Characters of a subject that are looked at. */
const maxLineChars = 2_000;

function cleanLine(value: string | null): string | null {
  return (
    value
      ?.slice(0, maxLineChars)
      .replace(/(?!\t)\p{Cc}/gu, ' ')
      .trim() || null
  );
}

function validDate(value: string | undefined): Date | null {
  if (!value || value.length > 200) return null;
  const date = new Date(value.replace(/\s*\([^)]*\)\s*$/, ''));
  const year = date.getUTCFullYear();
  return Number.isNaN(date.getTime()) || year < 1970 || year > 9999 ? null : date;
}
