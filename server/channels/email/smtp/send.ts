import {
  type ChannelHost,
  type ConnectedChannel,
  type OutboundMessage,
  type RefusedRecipient,
  SendError,
  type SendResult,
} from '../../channel.ts';
import type { EmailConfig } from '../../schema.ts';
import { composeLetter, senderOf } from './compose.ts';
import { poolOf } from './transport.ts';
import { smtpTrouble } from './trouble.ts';

/**
 * Sends a letter by the mailbox's SMTP server and asks for a report when it fails (RFC 3461). Whether a copy belongs into the
 * mailbox's own folder of sent letters (sentCopy.ts) is in the answer.
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
  const letter = await composeLetter(message, senderOf(channel, message, host));
  let refused: RefusedRecipient[];
  try {
    const sent = await pool.sendMail({
      ...letter,
      // Closes the line of this letter alone.
      ...{ signal: host.stopping },
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
  const { sentFolder, imap } = channel.config;
  return { externalId: null, refused, copy: Boolean(sentFolder && imap) };
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
