import { createHash } from 'node:crypto';
import type { ImapFlow } from 'imapflow';
import { z } from 'zod';
import type { EmailConfig } from '../../schema.ts';
import { fetchUids, searchUids } from './ask.ts';

/** How far a folder is read: everything up to `uid` is stored or in quarantine. */
export interface Position {
  /** RFC 3501 UIDVALIDITY; a change means that all uids are new. */
  uidValidity: string;
  uid: number;
  /** The uid below which letters belong to no period of ours. */
  from: number;
}

/**
 * Names an account: uids and UIDVALIDITY say nothing across two of them, and many servers give every mailbox the same one. A
 * channel that is moved to another account or server begins there anew, and what it has read before is known by its bytes.
 */
export function accountOf(imap: NonNullable<EmailConfig['imap']>): string {
  return createHash('sha256').update(`${imap.user} ${imap.host.toLowerCase()}`).digest('hex').slice(0, 8);
}

/** What the uids of a folder are unique in, as the first part of an external id. */
export function placeOf(account: string, folder: string, uidValidity: string): string {
  return `${account}:${folder === 'INBOX' ? '' : `${folder}/`}${uidValidity}`;
}

/** Whether two ids, as {@link placeOf} and a uid make them, are of one folder in two of its lives. */
export function isEarlierLife(earlierId: string, id: string): boolean {
  const [before, now] = [numbersAtEnd.exec(earlierId), numbersAtEnd.exec(id)];
  return before !== null && now !== null && before[1] === now[1] && before[2] !== now[2];
}

/** Folder, UIDVALIDITY and uid; what was held back and read again by hand has a word of its own behind it. */
const numbersAtEnd = /^([0-9a-f]{8}:(?:.*\/)?)(\d+):\d+(?:~\w+)?$/s;

const position = z.object({ uidValidity: z.string(), uid: z.number(), from: z.number() });

/** A stored cursor as a position; null when there is none, or it speaks of another life of the folder. */
export function storedPosition(stored: unknown, uidValidity: string): Position | null {
  const parsed = position.safeParse(stored);
  return parsed.success && parsed.data.uidValidity === uidValidity ? parsed.data : null;
}

/**
 * Where to begin in the open folder: at its first letter, at the first of a date, or at the first that arrived after the
 * mailbox was connected. The same after a changed UIDVALIDITY: what is read twice is recognised by its bytes.
 */
export async function firstPosition(
  client: ImapFlow,
  history: EmailConfig['history'],
  connectedAt: Date,
): Promise<Position> {
  const mailbox = client.mailbox;
  if (!mailbox) throw new Error('no folder is open');
  const uidValidity = mailbox.uidValidity.toString();
  if (history === 'all') return { uidValidity, uid: 0, from: 1 };
  const since = history === 'now' ? wholeSecond(connectedAt) : new Date(history.since);
  const first = await firstSince(client, since);
  const from = first ?? mailbox.uidNext;
  return { uidValidity, uid: from - 1, from };
}

/** INTERNALDATE knows no milliseconds: a letter of the same second is not older than the connection. */
export function wholeSecond(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}

/** Lowest uid that arrived at `since` or later. SEARCH SINCE knows days of an unknown zone, so it asks for two more and looks. */
async function firstSince(client: ImapFlow, since: Date): Promise<number | null> {
  const dayBefore = new Date(since.getTime() - 2 * 24 * 60 * 60_000);
  const uids = await searchUids(client, { since: dayBefore });
  for (let start = 0; start < uids.length; start += datesAtOnce) {
    const some = uids.slice(start, start + datesAtOnce);
    const dates = await fetchUids(client, some, { internalDate: true });
    const late = dates.filter((one) => new Date(one.internalDate ?? 0) >= since).map((one) => one.uid);
    if (late.length > 0) return Math.min(...late);
  }
  return null;
}

const datesAtOnce = 1_000;
