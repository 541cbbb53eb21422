import type { ChannelHost, ConnectedChannel, OutboundMessage } from '../../channel.ts';
import type { EmailConfig } from '../../schema.ts';
import { searchUids } from '../imap/ask.ts';
import { openImap } from '../imap/connection.ts';
import { composeLetter, senderOf } from './compose.ts';

/** A copy that takes longer is given up and tried again later. */
const copyWithinMs = 20_000;

/**
 * Puts a letter that was sent into the mailbox's own folder of sent letters, unless it is there: from an earlier try whose answer
 * was lost, or because the provider keeps what goes out by its SMTP server. @throws what imapTrouble puts into words
 */
export async function keepCopy(
  channel: ConnectedChannel<EmailConfig>,
  message: OutboundMessage,
  host: ChannelHost,
): Promise<void> {
  const { sentFolder, imap } = channel.config;
  if (!sentFolder || !imap) return;
  const letter = await composeLetter(message, senderOf(channel, message, host));
  const late = AbortSignal.timeout(copyWithinMs);
  const client = await openImap(channel.config, AbortSignal.any([late, host.stopping])).catch((error: unknown) => {
    throw late.aborted ? tooSlow() : error;
  });
  try {
    await client.mailboxOpen(sentFolder);
    const there = await searchUids(client, { header: { 'message-id': message.externalId } });
    if (there.length === 0) await client.append(sentFolder, letter.raw, ['\\Seen']);
  } catch (error) {
    throw late.aborted ? tooSlow() : error;
  } finally {
    client.close();
  }
}

function tooSlow(): Error {
  return Object.assign(new Error('the copy took too long'), { code: 'ETIMEDOUT' });
}
