import type { AddressInfo, Server } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { EmailConfig } from '../../server/channels/schema.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';

/** A client's letter to the shop. */
export interface FarLetter {
  from: string;
  subject: string;
  text: string;
  messageId: string;
  references: string[];
  at: Date;
}

/** A letter of ours as the clients' server took it. */
export interface FarReply {
  text: string;
  messageId: string;
}

/** What the clients' server does with a letter: takes it, asks to come again, or takes it and hangs up without a word. */
export type Manner = 'take' | 'later' | 'silent';

/** A mailbox at a real Dovecot and the clients' SMTP server, which both outlive every Parley process of a test. */
export interface FarMailbox {
  config: Pick<EmailConfig, 'address' | 'history' | 'allowInsecure' | 'imap' | 'smtp'>;
  deliver(letters: FarLetter[]): void;
  /** All that was taken, in order. */
  sent: FarReply[];
  /** Runs when a letter was taken, before its sender is told so: where a process may be killed. */
  onSent: () => void;
  /** It has the letter, and does not say so while this is true. */
  hold: boolean;
  /** What becomes of the next letter. */
  manner: () => Manner;
  /** Cuts every connection to the mailbox, and comes back. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const address = 'shop@parley.example';
/** Long enough for a process to be killed between the letter's arrival and the word that it did. */
const thinksForMs = 20;

export async function startFarMailbox(): Promise<FarMailbox> {
  const dovecot = await startDovecot();
  const sent: FarReply[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 200,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', async () => {
        const manner = far.manner();
        if (manner === 'later') return done(Object.assign(new Error('4.7.1 come again'), { responseCode: 451 }));
        const letter = await PostalMime.parse(Buffer.concat(parts));
        sent.push({ text: letter.text ?? '', messageId: letter.messageId ?? '' });
        far.onSent();
        const answer = () => {
          if (far.hold) setTimeout(answer, 2 * thinksForMs);
          else if (manner === 'silent') hangUp(session.id);
          else done();
        };
        setTimeout(answer, thinksForMs);
      });
    },
  });
  // A sender that is killed breaks its line.
  smtp.on('error', () => undefined);
  const sockets = new Map<string, () => void>();
  const hangUp = (id: string) => sockets.get(id)?.();
  // @types name no connection: its id is the session's.
  smtp.on('connect', (data: { id: string }) => {
    const one = [...(smtp as unknown as { connections: Set<Connection> }).connections].find(({ id }) => id === data.id);
    if (one !== undefined) sockets.set(data.id, () => one._socket.destroy());
  });
  const server = smtp.server as unknown as Server;
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const user = 'shop';
  const far: FarMailbox = {
    config: mailboxConfig(dovecot, user, (server.address() as AddressInfo).port),
    deliver: (letters) => {
      for (const letter of letters) dovecot.deliver(user, rfc822(letter), { at: letter.at });
    },
    sent,
    onSent: () => undefined,
    hold: false,
    manner: () => 'take',
    async restart() {
      await dovecot.stop();
      await dovecot.start();
    },
    async close() {
      await new Promise<void>((resolve) => smtp.close(resolve));
      await dovecot.remove();
    },
  };
  return far;
}

interface Connection {
  id: string;
  _socket: { destroy(): void };
}

function mailboxConfig(dovecot: Dovecot, user: string, smtpPort: number): FarMailbox['config'] {
  const server = { host: '127.0.0.1', secure: false, user, password: dovecot.password };
  return {
    address,
    history: 'all',
    allowInsecure: true,
    imap: { ...server, port: dovecot.port, folders: ['INBOX'] },
    smtp: { ...server, port: smtpPort, user: '', password: '' },
  };
}

function rfc822(letter: FarLetter): string {
  return [
    `From: ${letter.from}`,
    `To: ${address}`,
    `Subject: ${letter.subject}`,
    `Date: ${letter.at.toUTCString()}`,
    `Message-ID: ${letter.messageId}`,
    ...(letter.references.length > 0 ? [`References: ${letter.references.join(' ')}`] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    letter.text,
    '',
  ].join('\r\n');
}

/** Letters `from` to `to` (their numbers): clients who begin matters and answer in them. */
export function farLetters(from: number, to: number, clients: number): FarLetter[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const number = from + index;
    const client = number % clients;
    const matter = Math.floor(number / clients);
    const before = number - clients;
    return {
      from: `client${client}@far.example`,
      subject: matter % 3 === 0 ? `Matter ${client} of ${matter}` : `Re: Matter ${client} of ${matter - (matter % 3)}`,
      text: `Letter ${number}`,
      messageId: `<letter-${number}@far.example>`,
      references: matter % 3 === 0 || before < 1 ? [] : [`<letter-${before}@far.example>`],
      at: new Date(),
    };
  });
}
