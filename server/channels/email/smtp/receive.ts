import type { AddressInfo } from 'node:net';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Dns } from '../../../lib/dns.ts';
import { callerNetwork } from '../../../lib/proxies.ts';
import type { ChannelHost, Receiver } from '../../channel.ts';
import { maxLetterBytes } from '../mime/limits.ts';
import { accept, type Reporter } from './accept.ts';
import type { Certificate } from './certificate.ts';
import { refusal } from './refuse.ts';
import { type Caller, spfOf } from './sender.ts';
import { openSpool } from './spool.ts';

/** Letters of one far side in a minute; a mail server with more waits and tries again. */
const lettersAMinute = 600;
const recipientsALetter = 100;
/** A server that guesses addresses is sent away. */
const unknownRecipientsAtMost = 10;
const connectionsAtOnce = 200;
const connectionsOfOne = 20;
const idleForMs = 60_000;
/** Longest that a connection is kept; 60 MB over a slow line are through by then. */
const connectedForMs = 30 * 60_000;
/** A line of SMTP; addresses with their parameters have room in it. */
const lineChars = 4_096;
/** A certificate that was renewed is shown from then on. */
const renewCertificateMs = 3_600_000;

export interface SmtpReceiver extends Receiver {
  port: number;
}

export interface SmtpReceiverOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** The name it greets with. */
  name: string;
  /** Folder for letters that are being received. */
  spoolDir: string;
  /** @throws when it cannot be read */
  certificate(): Certificate;
  /** The shop's own mail servers: they forward, so what a stranger is asked is not asked of them. */
  isRelay(address: string): boolean;
  dns: Dns;
  /** Whether a server that must come again has done so. */
  mayCome(announced: { origin: string; from: string; to: string }): Promise<boolean>;
  report: Reporter;
}

/** What is known of one connection. */
interface Line {
  isRelay: boolean;
  network: string;
  unknown: number;
  spf: Promise<string>;
}

/**
 * Receives letters by SMTP for mailboxes that allow it. Known recipients only, so that it relays nothing; 250 is said
 * when the letter is durable, 451 when it could not be stored, so that the far side keeps and repeats it. The letter is
 * recognised by its bytes, so a repetition makes no second message.
 */
export async function receiveSmtp(options: SmtpReceiverOptions, host: ChannelHost): Promise<SmtpReceiver> {
  const limiter = new RateLimiterMemory({ points: lettersAMinute, duration: 60 });
  const spool = openSpool(options.spoolDir);
  const lines = new Map<string, Line>();
  const under = new Set<Promise<unknown>>();
  const lineOf = (session: SMTPServerSession): Line =>
    lines.get(session.id) ?? { isRelay: false, network: '', unknown: 0, spf: Promise.resolve('none') };
  const server = new SMTPServer({
    ...options.certificate(),
    name: options.name,
    banner: 'Parley',
    size: maxLetterBytes,
    maxClients: connectionsAtOnce,
    authOptional: true,
    disabledCommands: ['AUTH'],
    disableReverseLookup: true,
    socketTimeout: idleForMs,
    closeTimeout: 3_000,
    maxCommandLength: lineChars,
    logger: false,
    onConnect: (session, done) => {
      const network = callerNetwork(session.remoteAddress);
      const isRelay = options.isRelay(session.remoteAddress);
      const open = [...lines.values()].filter((line) => line.network === network).length;
      if (!isRelay && open >= connectionsOfOne) return done(refusal(421, '4.7.0 Too many connections from you'));
      lines.set(session.id, { isRelay, network, unknown: 0, spf: Promise.resolve('none') });
      done();
    },
    onClose: (session) => void lines.delete(session.id),
    onMailFrom: ({ address }, session, done) => {
      const line = lineOf(session);
      if (!line.isRelay) line.spf = spfOf(callerOf(session, address), options.dns, options.name);
      limiter.consume(line.network || session.remoteAddress).then(
        () => done(),
        () => done(refusal(421, '4.7.0 Too many letters, try again in a minute')),
      );
    },
    onRcptTo: ({ address }, session, done) => {
      recipient(address, session).then(
        () => done(),
        (error: Error & { responseCode?: number }) =>
          done(error.responseCode === undefined ? refusal(451, '4.3.0 Try again later') : error),
      );
    },
    onData: (stream, session, done) => {
      const { isRelay } = lineOf(session);
      const letter = {
        stream,
        to: session.envelope.rcptTo.map((one) => one.address),
        caller: callerOf(session, session.envelope.mailFrom ? session.envelope.mailFrom.address : ''),
        isRelay,
        secure: session.secure,
      };
      const accepted = accept(letter, { ...options, spool, host }).then(
        () => done(null, 'Stored'),
        (error: Error & { responseCode?: number }) => {
          if (error.responseCode === undefined)
            host.log.error({ error: String(error) }, 'a letter by SMTP could not be stored');
          done(
            error.responseCode === undefined ? refusal(451, '4.3.0 It could not be stored, try again later') : error,
          );
        },
      );
      under.add(accepted);
      void accepted.finally(() => under.delete(accepted));
    },
  });

  async function recipient(address: string, session: SMTPServerSession): Promise<void> {
    const line = lineOf(session);
    if (session.envelope.rcptTo.length >= recipientsALetter) throw refusal(452, '4.5.3 Too many recipients');
    const found = await host.recipients(address);
    if (found.length === 0) {
      line.unknown++;
      throw line.unknown >= unknownRecipientsAtMost
        ? refusal(421, '4.7.0 Too many unknown mailboxes')
        : refusal(550, '5.1.1 No such mailbox here');
    }
    if (line.isRelay) return;
    const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
    const spf = found.some((one) => one.spf === 'refuse' || one.greylist) ? await line.spf : 'none';
    if (spf === 'fail' && found.every((one) => one.spf === 'refuse'))
      throw refusal(
        550,
        `5.7.23 SPF: ${from.split('@').at(-1) || session.hostNameAppearsAs} does not let you send for it`,
      );
    if (!found.every((one) => one.greylist)) return;
    const origin = spf === 'pass' && from !== '' ? `@${from.split('@').at(-1)?.toLowerCase()}` : line.network;
    if (!(await options.mayCome({ origin, from, to: address })))
      throw refusal(451, '4.7.1 Greylisted, come again in a few minutes');
  }

  server.on('error', (error) => host.log.warn({ error: String(error) }, 'trouble at the SMTP receiver'));
  server.server.on('connection', (socket) => {
    const end = setTimeout(() => socket.destroy(), connectedForMs);
    end.unref();
    socket.once('close', () => clearTimeout(end));
  });
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port, options.host, () => resolve());
  });
  const renewal = setInterval(() => {
    try {
      server.updateSecureContext(options.certificate());
    } catch (error) {
      host.log.warn(
        { error: String(error) },
        'the certificate of the SMTP receiver cannot be read; the old one is shown',
      );
    }
  }, renewCertificateMs);
  renewal.unref();
  return {
    port: (server.server.address() as AddressInfo).port,
    async stop() {
      clearInterval(renewal);
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all(under);
    },
  };
}

function callerOf(session: SMTPServerSession, from: string): Caller {
  const helo = typeof session.hostNameAppearsAs === 'string' ? session.hostNameAppearsAs : '';
  return { ip: session.remoteAddress, helo, from };
}
