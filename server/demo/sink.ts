import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { escapeHtml } from '../channels/telegram/entities.ts';

/** A letter that Parley sent to one of the demo's clients. */
export interface SunkLetter {
  to: string[];
  from: string;
  replyTo: string | null;
  subject: string;
  text: string;
  messageId: string;
  references: string[];
  at: Date;
}

/** The far side of outgoing mail: takes every letter, shows the last ones on a page and tells who waits for them. */
export interface Sink {
  smtpPort: number;
  pageUrl: string;
  letters: SunkLetter[];
  onLetter(listener: (letter: SunkLetter) => void): void;
  close(): Promise<void>;
}

const KEPT_LETTERS = 500;

/** Starts the sink on loopback. Ports 0 are chosen by the system. */
export async function startSink(ports: { smtp: number; page: number }): Promise<Sink> {
  const letters: SunkLetter[] = [];
  const listeners: ((letter: SunkLetter) => void)[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
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
  const page = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', refresh: '5' }).end(pageOf(letters));
  });
  const smtpPort = await listen(smtp.server as unknown as Server, ports.smtp);
  const pagePort = await listen(page, ports.page);
  return {
    smtpPort,
    pageUrl: `http://localhost:${pagePort}/`,
    letters,
    onLetter: (listener) => {
      listeners.push(listener);
    },
    close: async () => {
      page.closeAllConnections();
      await new Promise((resolve) => page.close(resolve));
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
    at: new Date(),
  };
}

function pageOf(letters: SunkLetter[]): string {
  const items = [...letters].reverse().map(
    ({ to, from, subject, text, at }) =>
      `<article><h2>${escapeHtml(subject || '(no subject)')}</h2><p><b>${escapeHtml(from)}</b> to <b>${escapeHtml(to.join(', '))}</b>,
      <time>${at.toISOString()}</time></p><pre>${escapeHtml(text)}</pre></article>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Letters Parley sent</title>
<style>body{font:15px/1.5 system-ui;max-width:46rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
article{border-top:1px solid #8886;padding:.5rem 0}h1{font-size:1.3rem}h2{font-size:1rem;margin:.5rem 0 0}p{margin:0;opacity:.75}pre{white-space:pre-wrap;font:inherit}</style>
<h1>Letters Parley sent to the demo's clients</h1>${items.join('') || '<p>None yet. Answer a mail thread in the inbox.</p>'}</html>`;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
