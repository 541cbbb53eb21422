import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What a scripted SMTP server answers to a command; `null` closes the line, `'silence'` says nothing. */
export type Answer = string | null | 'silence';

/** A far side that misbehaves on purpose: each command is answered as the script says, others as usual. */
export interface SmtpScript {
  port: number;
  /** Commands and letters as they came. */
  letters: string[];
  answers: Partial<Record<'greeting' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'dot', Answer>>;
  /** What it answers at RCPT for an address of its own. */
  recipients: Record<string, string>;
  /** Whom each letter was for, as RCPT named them. */
  envelopes: string[][];
  close(): Promise<void>;
}

export async function startSmtpScript(answers: SmtpScript['answers'] = {}): Promise<SmtpScript> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    let body: string | null = null;
    let rest = '';
    let to: string[] = [];
    const say = (word: keyof SmtpScript['answers'], usual: string) => {
      const answer = script.answers[word] === undefined ? usual : script.answers[word];
      if (answer === null) socket.destroy();
      else if (answer !== 'silence' && answer !== undefined) socket.write(`${answer}\r\n`);
    };
    say('greeting', '220 script');
    socket.on('data', (bytes) => {
      rest += bytes.toString('latin1');
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (body !== null) {
          if (line === '.') {
            script.letters.push(body);
            script.envelopes.push(to);
            to = [];
            body = null;
            say('dot', '250 stored');
          } else body += `${line.replace(/^\./, '')}\r\n`;
          continue;
        }
        const word = line.slice(0, 4).toUpperCase();
        if (word === 'EHLO') say('EHLO', '250-script\r\n250 DSN');
        else if (word === 'MAIL') say('MAIL', '250 ok');
        else if (word === 'RCPT') {
          const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
          const own = script.recipients[address];
          if (own === undefined) {
            say('RCPT', '250 ok');
            if (script.answers.RCPT === undefined) to.push(address);
          } else socket.write(`${own}\r\n`);
        } else if (word === 'DATA') {
          say('DATA', '354 go on');
          if (script.answers.DATA === undefined) body = '';
        } else if (word === 'QUIT') socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const script: SmtpScript = {
    port: (server.address() as AddressInfo).port,
    letters: [],
    recipients: {},
    envelopes: [],
    answers,
    close() {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return script;
}
