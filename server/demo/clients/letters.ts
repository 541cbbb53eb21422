import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { Sink, SunkLetter } from '../sink.ts';
import type { Correspondent } from './person.ts';

/** Who writes letters, and to which of our addresses. */
export interface LetterWriter {
  name: string;
  address: string;
  store: string;
  subject: string;
}

/** A person with a mail program: letters go to Parley's SMTP receiver, answers are found in the sink. */
export function letterWriter(writer: LetterWriter, smtpPort: number, sink: Sink): Correspondent {
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, ignoreTLS: true });
  const listeners: ((text: string) => void)[] = [];
  let last: SunkLetter | null = null;
  let gone = false;
  sink.onLetter((letter) => {
    if (gone || !letter.to.includes(writer.address) || !sameMatter(letter, writer)) return;
    last = letter;
    for (const listener of listeners) listener(letter.text);
  });
  return {
    say: async (text) => {
      const answered = last;
      await transport.sendMail({
        from: { name: writer.name, address: writer.address },
        to: answered?.replyTo ?? writer.store,
        subject: answered ? `Re: ${writer.subject}` : writer.subject,
        text: answered ? `${text}\n\n${quotation(answered)}` : text,
        messageId: `<${randomUUID()}@${writer.address.split('@')[1]}>`,
        ...(answered
          ? { inReplyTo: answered.messageId, references: [...answered.references, answered.messageId] }
          : {}),
      });
    },
    onAnswer: (listener) => {
      listeners.push(listener);
    },
    leave: () => {
      gone = true;
      transport.close();
    },
  };
}

function sameMatter(letter: SunkLetter, { subject }: LetterWriter): boolean {
  return letter.subject.replace(/^(re|fwd?|aw):\s*/i, '') === subject;
}

function quotation({ at, from, text }: SunkLetter): string {
  const quoted = text.split('\n').map((line) => `> ${line}`);
  return `On ${at.toUTCString()}, ${from} wrote:\n${quoted.join('\n')}`;
}
