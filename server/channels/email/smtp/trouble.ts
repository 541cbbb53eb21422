import { SendError } from '../../channel.ts';
import type { EmailConfig } from '../../schema.ts';
import { imapTrouble } from '../imap/connection.ts';
import { bounceReason, isHard } from '../kind/reason.ts';
import { readRefusal } from '../kind/refusal.ts';

interface SmtpFailure {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  rejected?: string[];
  recipient?: string;
  message?: string;
}

/**
 * Says in words why a letter did not go out. 5xx at RCPT or DATA is for good; a refused login, 4xx, a broken line or
 * silence is tried again. After silence behind DATA nobody knows whether the server has it: the same Message-ID is sent
 * again, and it is said so.
 */
export function smtpTrouble(error: unknown, { smtp }: EmailConfig): SendError {
  const failure = (error ?? {}) as SmtpFailure;
  if ((error as Error | null)?.name === 'AbortError')
    return new SendError('Parley was stopped while it was sent.', { maybeSent: true });
  const place = smtp ? `${smtp.host}:${smtp.port}` : 'the server';
  const said = (failure.response ?? '').replace(/\s+/g, ' ').trim();
  if (failure.code === 'EAUTH') {
    return new SendError(
      `${place} refuses the login to send. Check user and password. It said: ${said || failure.message}`.slice(0, 400),
      { channelWide: true },
    );
  }
  const { responseCode = 0 } = failure;
  if (responseCode >= 500 && responseCode < 600) {
    const address = failure.rejected?.[0] ?? failure.recipient;
    const refusal = readRefusal(said, {
      command: failure.command === 'RCPT TO' ? 'RCPT' : failure.command === 'DATA' ? 'DATA' : '',
    });
    const dead = address !== undefined && isHard(bounceReason(refusal), refusal.status);
    return new SendError(`${place} refused it: ${said || responseCode}`.slice(0, 400), {
      permanent: true,
      ...(dead ? { deadAddress: address.toLowerCase() } : {}),
    });
  }
  if (responseCode >= 400) return new SendError(`${place} cannot take it now: ${said}`.slice(0, 400));
  const details = { channelWide: true, maybeSent: brokeOff.test(failure.message ?? '') };
  if (failure.code === 'ETIMEDOUT') return new SendError(`${place} did not answer in time.`, details);
  return new SendError(imapTrouble(underlying(failure), smtp ?? { host: '', port: 0 }).words, details);
}

/** What nodemailer says of a line that ended while it was used; it does not tell how far the letter had come. */
const brokeOff = /^Connection closed unexpectedly$|^Timeout$|^(read|write) (ECONNRESET|EPIPE|ETIMEDOUT)/;

/** nodemailer puts its own code over the socket's; the socket's is in the message. */
function underlying(failure: SmtpFailure): unknown {
  const code =
    /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|EHOSTUNREACH|ENETUNREACH|CERT_HAS_EXPIRED|EPROTO)\b/.exec(
      failure.message ?? '',
    )?.[1];
  return code ? { code } : failure;
}
