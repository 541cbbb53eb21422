import {
  type ChannelHost,
  type ConnectedChannel,
  type OutboundMessage,
  SendError,
  type SendResult,
} from '../../channel.ts';
import type { EmailConfig } from '../../schema.ts';
import { openImap } from '../imap/connection.ts';
import { type ComposedLetter, composeLetter } from './compose.ts';
import { poolOf } from './transport.ts';
import { smtpTrouble } from './trouble.ts';

/**
 * Sends a letter by the mailbox's SMTP server and asks for a report when it fails (RFC 3461). A copy goes to the
 * mailbox's own folder of sent letters when the settings name one.
 *
 * @throws SendError: permanent when the server refused for good, with the address when it was the address
 */
export async function sendLetter(
  channel: ConnectedChannel<EmailConfig>,
  message: OutboundMessage,
  host: ChannelHost,
): Promise<SendResult> {
  const pool = poolOf(channel);
  if (message.to.length + message.cc.length + message.bcc.length === 0) {
    throw new SendError('There is nobody to send it to.', { permanent: true });
  }
  const token = message.threadToken === '' ? null : host.signToken(message.threadToken);
  const letter = await composeLetter(message, { config: channel.config, name: channel.name, token });
  try {
    const sent = await pool.sendMail({
      ...letter,
      dsn: {
        id: message.messageId,
        return: 'headers',
        notify: ['failure', 'delay'],
        recipient: channel.config.address,
      },
    });
    if (sent.rejected.length > 0) {
      host.log.warn(
        { channelId: channel.id, messageId: message.messageId, rejected: sent.rejected.length },
        'a server took a letter for some of its recipients only',
      );
    }
  } catch (error) {
    throw smtpTrouble(error, channel.config);
  }
  await keepCopy(channel, letter, host);
  return { externalId: null };
}

/** The letter is sent whatever becomes of the copy, so a failure here is told in the log alone. */
async function keepCopy(
  channel: ConnectedChannel<EmailConfig>,
  letter: ComposedLetter,
  host: ChannelHost,
): Promise<void> {
  const { sentFolder, imap } = channel.config;
  if (!sentFolder || !imap) return;
  try {
    const client = await openImap(channel.config);
    try {
      await client.append(sentFolder, letter.raw, ['\\Seen']);
    } finally {
      await client.logout().catch(() => client.close());
    }
  } catch (error) {
    host.log.warn({ channelId: channel.id, error: String(error) }, 'a sent letter could not be copied to its folder');
  }
}
