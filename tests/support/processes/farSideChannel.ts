import { type ChannelAdapter, type InboundMessage, SendError } from '../../../server/channels/channel.ts';
import { adapters } from '../../../server/channels/registry.ts';
import type { EmailConfig } from '../../../server/channels/schema.ts';
import { pause } from '../../../server/lib/lines.ts';

/** A letter as the far side keeps it, and a message of ours as it came there; JSON over HTTP. */
export interface FarLetter {
  uid: number;
  from: string;
  subject: string;
  text: string;
  messageId: string;
  references: string[];
  at: string;
}
export interface FarSent {
  text: string;
  externalId: string;
  repeated: boolean;
}

/** Where the far side listens: the process's environment is the only thing a killed process gets again. */
const farSide = process.env.FAR_SIDE_URL ?? '';
const lookEveryMs = 40;

/** Reads like a mailbox (a cursor by uid, a batch at a time) and sends to a sink that survives us. */
const channel: ChannelAdapter<EmailConfig> = {
  kind: 'email',
  undoWindowMs: 0,
  receive({ id }, host) {
    const stopping = new AbortController();
    const loop = async () => {
      while (!stopping.signal.aborted) {
        try {
          const cursor = (await host.cursor(id, 'INBOX')) as { uid: number } | null;
          const letters = await letterAfter(cursor?.uid ?? 0);
          const last = letters.at(-1);
          if (last !== undefined) {
            await host.ingest(id, {
              messages: letters.map(received),
              cursor: { name: 'INBOX', position: { uid: last.uid } },
            });
            continue;
          }
        } catch {
          // The far side or the database is away; the next look tells.
        }
        await pause(lookEveryMs, stopping.signal);
      }
    };
    const running = loop();
    return {
      async stop() {
        stopping.abort();
        await running;
      },
    };
  },
  async send(_channel, message) {
    const sent: FarSent = { text: message.text, externalId: message.externalId, repeated: message.repeated };
    const answer = await fetch(`${farSide}/sent`, { method: 'POST', body: JSON.stringify(sent) }).catch(() => null);
    if (answer?.ok !== true) throw new SendError('The far side is away');
    return { externalId: null };
  },
  test: () => Promise.resolve([]),
};

async function letterAfter(uid: number): Promise<FarLetter[]> {
  return (await (await fetch(`${farSide}/letters?after=${uid}`)).json()) as FarLetter[];
}

function received(letter: FarLetter): InboundMessage {
  return {
    externalId: `1:${letter.uid}`,
    from: [{ kind: 'email', value: letter.from, verified: true }],
    to: [{ kind: 'email', value: 'shop@parley.example', verified: false }],
    cc: [],
    subject: letter.subject,
    text: letter.text,
    rest: null,
    html: null,
    attachments: [],
    messageId: letter.messageId,
    references: letter.references,
    threadToken: null,
    arrivedAt: new Date(letter.at),
    classification: 'person',
    detail: null,
    raw: Buffer.from(`Message-ID: ${letter.messageId}\r\n\r\n${letter.text}\r\n`),
    historical: false,
  };
}

Object.assign(adapters, { email: channel });
