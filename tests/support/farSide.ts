import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FarLetter, FarSent } from './processes/farSideChannel.ts';

/** A mailbox and a sink that outlive every Parley process of a test. */
export interface FarSide {
  url: string;
  /** What can be read now; a test adds to it. */
  letters: FarLetter[];
  /** All that arrived, in order. */
  sent: FarSent[];
  /** Runs after a message arrived, before its sender is told so: where a process may be killed. */
  onSent: (sent: FarSent) => void;
  /** It has the message, and does not say so while this is true. */
  hold: boolean;
  close(): Promise<void>;
}

const batch = 50;

export async function startFarSide(): Promise<FarSide> {
  const side: FarSide = {
    url: '',
    letters: [],
    sent: [],
    onSent: () => undefined,
    hold: false,
    close: async () => undefined,
  };
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '', 'http://far.side');
    if (url.pathname === '/letters') {
      const after = Number(url.searchParams.get('after'));
      res.end(JSON.stringify(side.letters.filter((letter) => letter.uid > after).slice(0, batch)));
      return;
    }
    let body = '';
    req.on('data', (chunk) => {
      body += chunk;
    });
    req.on('end', () => {
      const sent = JSON.parse(body) as FarSent;
      side.sent.push(sent);
      side.onSent(sent);
      const answer = () => (side.hold ? setTimeout(answer, 50) : res.end());
      answer();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  side.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  side.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return side;
}

/** Letters `from` to `to` (uids): clients who begin matters and answer in them. */
export function farLetters(from: number, to: number, clients: number): FarLetter[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const uid = from + index;
    const client = uid % clients;
    const matter = Math.floor(uid / clients);
    const before = uid - clients;
    return {
      uid,
      from: `client${client}@far.example`,
      subject: matter % 3 === 0 ? `Matter ${client} of ${matter}` : `Re: Matter ${client} of ${matter - (matter % 3)}`,
      text: `Letter ${uid}`,
      messageId: `<letter-${uid}@far.example>`,
      references: matter % 3 === 0 || before < 1 ? [] : [`<letter-${before}@far.example>`],
      at: new Date().toISOString(),
    };
  });
}
