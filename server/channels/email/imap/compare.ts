import type { ChannelHost, ConnectedChannel, Difference, MailboxComparison, Received } from '../../channel.ts';
import type { EmailConfig } from '../../schema.ts';
import { fetchUids, searchUids } from './ask.ts';
import { openImap } from './connection.ts';
import { accountOf, placeOf, storedPosition } from './position.ts';

/** Letters that are told one by one; the numbers count all. */
const toldAtMost = 500;
/** Receipts looked up, and envelopes asked for, at once. */
const atOnce = 1_000;

/** A cursor to be set back, so that what it passed is read. */
export interface SetBack {
  name: string;
  uidValidity: string;
  uid: number;
}

/**
 * Holds what the mailbox has now, for our period, against what came of each letter here: the difference letter by letter. Reads
 * only, by a connection of its own; a letter that was passed and is not here asks for its cursor to be set back before it.
 * @param received what became of these external ids
 * @param receivedAt every external id of a place (`account:folder/uidvalidity`)
 */
export async function compareMailbox(
  channel: ConnectedChannel<EmailConfig>,
  host: Pick<ChannelHost, 'cursor'>,
  received: (externalIds: string[]) => Promise<Map<string, Received>>,
  receivedAt: (place: string) => Promise<Map<string, Received>>,
): Promise<{ compared: MailboxComparison; setBack: SetBack[] }> {
  const setBack: SetBack[] = [];
  const { imap } = channel.config;
  const compared: MailboxComparison = { there: 0, stored: 0, differences: [], differing: 0 };
  if (!imap) return { compared, setBack };
  const client = await openImap(channel.config);
  const tell = (difference: Difference) => {
    compared.differing += 1;
    if (compared.differences.length < toldAtMost) compared.differences.push(difference);
  };
  try {
    for (const folder of imap.folders) {
      const mailbox = await client.mailboxOpen(folder, { readOnly: true });
      const uidValidity = mailbox.uidValidity.toString();
      const account = accountOf(imap);
      const name = `imap:${account}:${folder}`;
      const position = storedPosition(await host.cursor(channel.id, name), uidValidity);
      if (position === null) continue;
      const place = placeOf(account, folder, uidValidity);
      const uids = (await searchUids(client, { uid: `${position.from}:*` })).filter((uid) => uid >= position.from);
      compared.there += uids.length;
      let passed: number | null = null;
      for (let start = 0; start < uids.length; start += atOnce) {
        const some = uids.slice(start, start + atOnce);
        const known = await received(some.map((uid) => `${place}:${uid}`));
        const odd = some.filter((uid) => known.get(`${place}:${uid}`)?.outcome !== 'stored');
        compared.stored += some.length - odd.length;
        const heads = await fetchUids(client, odd.slice(0, toldAtMost), { envelope: true, internalDate: true });
        const headOf = new Map(heads.map((head) => [head.uid, head]));
        for (const uid of odd) {
          const head = headOf.get(uid);
          const row = known.get(`${place}:${uid}`);
          if (row === undefined && uid <= position.uid) passed ??= uid;
          tell({
            folder,
            uid,
            subject: head?.envelope?.subject ?? null,
            from: head?.envelope?.from?.[0]?.address ?? null,
            at: head?.internalDate === undefined ? null : new Date(head.internalDate).toISOString(),
            why: row?.outcome ?? (uid > position.uid ? 'notYet' : 'missing'),
            reason: row?.reason ?? null,
            threadId: row?.threadId ?? null,
          });
        }
      }
      if (passed !== null) setBack.push({ name, uidValidity, uid: passed - 1 });
      const there = new Set(uids.map((uid) => `${place}:${uid}`));
      for (const [externalId, row] of await receivedAt(place)) {
        if (there.has(externalId)) continue;
        if (row.outcome === 'stored') compared.stored += 1;
        tell({
          folder,
          uid: Number(externalId.slice(place.length + 1).split('~')[0]),
          subject: row.subject,
          from: row.from,
          at: row.arrivedAt.toISOString(),
          why: 'gone',
          reason: null,
          threadId: row.threadId,
        });
      }
    }
    return { compared, setBack };
  } finally {
    await client.logout().catch(() => client.close());
  }
}
