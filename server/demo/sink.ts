import type { AddressInfo, Server } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A letter that Parley sent to one of the demo's clients. */
export interface SunkLetter {
  to: string[];
  from: string;
  replyTo: string | null;
  subject: string;
  text: string;
  messageId: string;
  references: string[];
  /** All of them, names in lower case. */
  headers: { key: string; value: string }[];
  attachments: { name: string; content: Uint8Array }[];
  at: Date;
}

/** The far side of outgoing mail: takes every letter, keeps the last ones and tells who waits for them. */
export interface Sink {
  smtpPort: number;
  letters: SunkLetter[];
  onLetter(listener: (letter: SunkLetter) => void): void;
  close(): Promise<void>;
}

const KEPT_LETTERS = 500;
const CLOSE_LIMIT_MS = 200;

/** Starts the sink on loopback; port 0 is chosen by the system. */
export async function startSink(port: number): Promise<Sink> {
  const letters: SunkLetter[] = [];
  const listeners: ((letter: SunkLetter) => void)[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    // Pooled connections of the sender stay open; nobody is waited for.
    closeTimeout: CLOSE_LIMIT_MS,
    onAuth: (_auth, _session, done) => done(null, { user: 'demo' }),
    onData: (stream, session, done) => {
      take(
        stream,
        session.envelope.rcptTo.map(({ address }) => address),
      ).then(
        (letter) => {
          letters.push(letter);
          letters.splice(0, letters.length - KEPT_LETTERS);
          for (const listener of listeners) listener(letter);
          done();
        },
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  const smtpPort = await listen(smtp.server as unknown as Server, port);
  return {
    smtpPort,
    letters,
    onLetter: (listener) => {
      listeners.push(listener);
    },
    close: async () => {
      await new Promise<void>((resolve) => smtp.close(resolve));
    },
  };
}

async function take(stream: AsyncIterable<Uint8Array>, to: string[]): Promise<SunkLetter> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  const mail = await PostalMime.parse(Buffer.concat(parts));
  return {
    to,
    from: mail.from?.address ?? '',
    replyTo: mail.replyTo?.[0]?.address ?? null,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    messageId: mail.messageId ?? '',
    references: (mail.references ?? '').split(/\s+/).filter(Boolean),
    headers: mail.headers.map(({ key, value }) => ({ key, value })),
    attachments: mail.attachments.map(({ filename, content }) => ({
      name: filename ?? '',
      content: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
    })),
    at: new Date(),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
