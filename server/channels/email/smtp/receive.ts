import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { ChannelHost, Receiver } from '../../channel.ts';
import { emailConfig } from '../../schema.ts';
import { maxLetterBytes } from '../mime/limits.ts';
import { takeIn } from '../takeIn.ts';

/** Letters of one far side in a minute; a mail server with more waits and tries again. */
const lettersAMinute = 600;
const recipientsALetter = 100;
const clientsAtOnce = 200;
const idleForMs = 60_000;

export interface SmtpReceiver extends Receiver {
  port: number;
}

export interface SmtpReceiverOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** The name it greets with. */
  name: string;
}

/**
 * Receives letters by SMTP for mailboxes that allow it. Known recipients only, so that it relays nothing; 250 is said
 * when the letter is durable, 451 when it could not be stored, so that the far side keeps and repeats it. The letter is
 * recognised by its bytes, so a repetition makes no second message.
 */
export async function receiveSmtp(options: SmtpReceiverOptions, host: ChannelHost): Promise<SmtpReceiver> {
  const limiter = new RateLimiterMemory({ points: lettersAMinute, duration: 60 });
  const server = new SMTPServer({
    name: options.name,
    banner: 'Parley',
    size: maxLetterBytes,
    maxClients: clientsAtOnce,
    authOptional: true,
    // Its own certificate would be a sample that everybody has the key of.
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    socketTimeout: idleForMs,
    closeTimeout: 3_000,
    logger: false,
    onMailFrom: (_address, session, done) => {
      limiter.consume(session.remoteAddress).then(
        () => done(),
        () => done(refusal(421, '4.7.0 Too many letters, try again in a minute')),
      );
    },
    onRcptTo: ({ address }, session, done) => {
      if (session.envelope.rcptTo.length >= recipientsALetter) return done(refusal(452, '4.5.3 Too many recipients'));
      host.recipients(address).then(
        (found) => done(found.length > 0 ? undefined : refusal(550, '5.1.1 No such mailbox here')),
        () => done(refusal(451, '4.3.0 Try again later')),
      );
    },
    onData: (stream, session, done) => {
      accept(stream, session, host).then(
        () => done(null, 'Stored'),
        (error: Error & { responseCode?: number }) => {
          if (error.responseCode === undefined)
            host.log.error({ error: String(error) }, 'a letter by SMTP could not be stored');
          done(
            error.responseCode === undefined ? refusal(451, '4.3.0 It could not be stored, try again later') : error,
          );
        },
      );
    },
  });
  server.on('error', (error) => host.log.warn({ error: String(error) }, 'trouble at the SMTP receiver'));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port, options.host, () => resolve());
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Stores the letter in every mailbox it was sent to; resolves when all are durable. */
async function accept(stream: SMTPServerDataStream, session: SMTPServerSession, host: ChannelHost): Promise<void> {
  const body = await readAll(stream);
  const sender = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
  const raw = Buffer.concat([Buffer.from(`Return-Path: <${sender}>\r\n`), body]);
  const channels = new Map<string, { envelopeTo: string[]; authservId: string | undefined }>();
  for (const { address } of session.envelope.rcptTo) {
    for (const { channelId, authservId } of await host.recipients(address)) {
      const { envelopeTo = [] } = channels.get(channelId) ?? {};
      channels.set(channelId, { envelopeTo: [...envelopeTo, address.toLowerCase()], authservId });
    }
  }
  if (channels.size === 0) throw refusal(550, '5.1.1 No such mailbox here');
  const digest = createHash('sha256').update(body).digest('hex');
  const externalId = `smtp:${digest}${isDated(body) ? '' : `:${Math.floor(host.now().getTime() / repeatedWithinMs)}`}`;
  for (const [channelId, { envelopeTo, authservId }] of channels) {
    const [address = '', ...aliases] = envelopeTo.map((one) => one.replace(/\+[^@]*@/, '@'));
    const taken = await takeIn(raw, {
      channel: { config: emailConfig.parse({ address, aliases, authservId }) },
      host,
      externalId,
      arrivedAt: host.now(),
      historical: false,
      envelopeTo,
    });
    await host.ingest(
      channelId,
      'message' in taken ? { messages: [taken.message] } : { messages: [], quarantined: [taken.quarantined] },
    );
  }
}

/** A sender that did not hear our answer sends the same bytes again, within minutes. */
const repeatedWithinMs = 10 * 60_000;

/** Two letters of people differ in these; a device may write the same words each time, and each is a letter. */
function isDated(body: Buffer): boolean {
  return /^(message-id|date):/im.test(
    body
      .subarray(0, 64 * 1024)
      .toString('latin1')
      .split(/\r?\n\r?\n/, 1)[0] ?? '',
  );
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Read to the end all the same: SMTP has no other way to answer than after the last byte.
    if (bytes <= maxLetterBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (bytes > maxLetterBytes || stream.sizeExceeded) throw refusal(552, '5.3.4 The letter is larger than 60 MB');
  return Buffer.concat(chunks);
}

function refusal(responseCode: number, message: string): Error & { responseCode: number } {
  return Object.assign(new Error(message), { responseCode });
}
