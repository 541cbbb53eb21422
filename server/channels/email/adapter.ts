import type { ChannelAdapter, ConnectedChannel } from '../channel.ts';
import type { EmailConfig } from '../schema.ts';
import { findRecord, withDkimKey } from './dkim.ts';
import { compareMailbox } from './imap/compare.ts';
import { imapTrouble, openImap } from './imap/connection.ts';
import { fetchOne } from './imap/fetchOne.ts';
import { wholeSecond } from './imap/position.ts';
import { watchMailbox } from './imap/watch.ts';
import { sendLetter } from './smtp/send.ts';
import { keepCopy } from './smtp/sentCopy.ts';
import { makePool } from './smtp/transport.ts';
import { smtpTrouble } from './smtp/trouble.ts';
import { takeIn } from './takeIn.ts';

/** Mailboxes: read by IMAP or fed by the built-in SMTP receiver, sending by SMTP. */
export const email: ChannelAdapter<EmailConfig> = {
  kind: 'email',
  undoWindowMs: 10_000,
  complete: withDkimKey,
  receive(channel, host) {
    if (channel.config.imap) return watchMailbox(channel, host);
    const health = host
      .health(channel.id, { state: 'ok', lastCheckedAt: host.now() })
      .catch((error) => host.log.warn({ channelId: channel.id, error: String(error) }, 'health could not be told'));
    return { stop: () => health };
  },
  send: sendLetter,
  keepCopy,
  compare: compareMailbox,
  trouble: ({ config }, error) => imapTrouble(error, config.imap ?? { host: '', port: 0 }).words,
  reread: (channel, original, host) =>
    takeIn(original.raw, {
      ...original,
      channel,
      host,
      again: true,
      historical: original.arrivedAt < wholeSecond(channel.connectedAt),
    }),
  fetchOriginal: fetchOne,
  test: async (channel, host) => [
    ...(await testReading(channel)),
    ...(await testSending(channel)),
    ...(channel.config.dkim ? [await findRecord(channel.config.dkim, host.dns)] : []),
  ],
};

async function testReading({ config }: ConnectedChannel<EmailConfig>) {
  if (!config.imap) {
    const message = config.inboundSmtp
      ? 'Letters arrive at the built-in SMTP receiver'
      : 'No IMAP server is set: nothing is received';
    return [{ name: 'Receive', ok: config.inboundSmtp, message }];
  }
  try {
    const client = await openImap(config);
    try {
      const steps = [{ name: 'Sign in to receive', ok: true, message: `${config.imap.host} accepts the login` }];
      for (const folder of [...config.imap.folders, ...(config.sentFolder ? [config.sentFolder] : [])]) {
        const status = await client.status(folder, { messages: true }).catch(() => false as const);
        const message = status ? `${status.messages ?? 0} letters` : 'There is no such folder';
        steps.push({ name: `Folder ${folder}`, ok: status !== false, message });
      }
      return steps;
    } finally {
      await client.logout().catch(() => client.close());
    }
  } catch (error) {
    return [{ name: 'Sign in to receive', ok: false, message: imapTrouble(error, config.imap).words }];
  }
}

async function testSending({ config }: ConnectedChannel<EmailConfig>) {
  if (!config.smtp) return [{ name: 'Send', ok: false, message: 'No SMTP server is set: nothing can be sent' }];
  const pool = makePool(config);
  try {
    await pool.verify();
    return [{ name: 'Sign in to send', ok: true, message: `${config.smtp.host} is ready to send` }];
  } catch (error) {
    return [{ name: 'Sign in to send', ok: false, message: smtpTrouble(error, config).message }];
  } finally {
    pool.close();
  }
}
