import {
  type ChannelHost,
  type ConnectedChannel,
  type OutboundMessage,
  type RefusedRecipient,
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
  let refused: RefusedRecipient[];
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
    refused = refusedOf(sent, channel.config);
  } catch (error) {
    throw smtpTrouble(error, channel.config);
  }
  // One copy a letter, also when a second try goes to the recipients that were left.
  if (message.reached.length === 0) await keepCopy(channel, letter, host);
  return { externalId: null, refused };
}

/** Whom the server would not take while it took others, each with its own answer. */
function refusedOf(sent: { rejected: unknown[]; rejectedErrors?: unknown }, config: EmailConfig): RefusedRecipient[] {
  const errors = (sent.rejectedErrors ?? []) as { recipient?: string }[];
  return sent.rejected.map((rejected) => {
    const address = String(rejected).toLowerCase();
    const error = errors.find((one) => one.recipient?.toLowerCase() === address);
    const trouble = smtpTrouble(error ?? { responseCode: 550, rejected: [address] }, config);
    return { address, reason: trouble.message, permanent: trouble.permanent, dead: trouble.deadAddress === address };
  });
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
