import type { ConnectedChannel } from '../../channel.ts';
import type { EmailConfig } from '../../schema.ts';
import { maxLetterBytes } from '../mime/limits.ts';
import { fetchUids } from './ask.ts';
import { openImap } from './connection.ts';
import { accountOf, placeOf } from './position.ts';

/**
 * Asks the mailbox once more for a letter that it did not give, by a connection of its own that changes nothing.
 *
 * @param externalId as {@link placeOf} and the uid make it
 * @returns null when the letter is no longer there, belongs to another account, is too large, or comes without content
 * @throws what {@link openImap} and a line that breaks throw
 */
export async function fetchOne(channel: ConnectedChannel<EmailConfig>, externalId: string): Promise<Uint8Array | null> {
  const { imap } = channel.config;
  if (!imap) return null;
  const account = accountOf(imap);
  const folder = imap.folders.find((one) => isIn(externalId, account, one));
  if (folder === undefined) return null;
  const uid = Number(externalId.slice(externalId.lastIndexOf(':') + 1));
  const client = await openImap(channel.config);
  try {
    const mailbox = await client.mailboxOpen(folder, { readOnly: true });
    if (externalId !== `${placeOf(account, folder, mailbox.uidValidity.toString())}:${uid}`) return null;
    const [head] = await fetchUids(client, [uid], { size: true });
    if (head === undefined || (head.size ?? 0) > maxLetterBytes) return null;
    const [letter] = await fetchUids(client, [uid], { source: true });
    return letter?.source ?? null;
  } finally {
    await client.logout().catch(() => client.close());
  }
}

function isIn(externalId: string, account: string, folder: string): boolean {
  const start = placeOf(account, folder, '');
  return externalId.startsWith(start) && /^\d+:\d+$/.test(externalId.slice(start.length));
}
