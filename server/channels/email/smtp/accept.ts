import type { Dns } from '../../../lib/dns.ts';
import type { ChannelHost } from '../../channel.ts';
import { emailConfig } from '../../schema.ts';
import { inProcessBytes } from '../mime/limits.ts';
import { takeIn } from '../takeIn.ts';
import { refusal } from './refuse.ts';
import { type Caller, checkLetter, type Findings } from './sender.ts';
import { type Spool, SpoolError, type Spooled } from './spool.ts';

/** A letter behind DATA. */
export interface Arriving {
  stream: AsyncIterable<Uint8Array>;
  /** RCPT TO, all of them taken. */
  to: string[];
  caller: Caller;
  /** It comes from a mail server of the shop's own, which has checked it. */
  isRelay: boolean;
  secure: boolean;
}

/** Tells the sender that some recipients did not get a letter that was taken; sent by the mailbox of a channel that did. */
export type Reporter = (
  channelId: string,
  undelivered: { sender: string; recipients: string[]; arrivedAt: Date; headers: string },
) => Promise<void>;

interface Tools {
  name: string;
  dns: Dns;
  spool: Spool;
  host: ChannelHost;
  report: Reporter;
}

/**
 * Stores the letter in every mailbox it was sent to; resolves when all are durable. While it comes in it is on disk, and
 * large letters are read one at a time, so that many senders at once cost no memory.
 *
 * @throws refusals of SMTP: for good when no recipient is left or it is too large, for now when there is no room
 */
export async function accept(letter: Arriving, tools: Tools): Promise<void> {
  const spooled = await tools.spool.take(letter.stream).catch((error: unknown) => {
    if (!(error instanceof SpoolError)) throw error;
    throw error.why === 'tooLarge'
      ? refusal(552, '5.3.4 The letter is larger than 60 MB')
      : refusal(452, '4.3.1 No room for it now, try again later');
  });
  try {
    // A stranger of whom nothing could be found out is no relay: what they write of themselves proves nothing.
    const findings = letter.isRelay
      ? null
      : ((await checkLetter(spooled.path, letter.caller, tools.dns, tools.name)) ?? nothingFound);
    await (spooled.bytes > inProcessBytes
      ? oneAtATime(() => store(letter, spooled, findings, tools))
      : store(letter, spooled, findings, tools));
  } finally {
    await spooled.remove();
  }
}

const nothingFound: Findings = { found: {}, fromDomain: null, headers: '' };

let last: Promise<unknown> = Promise.resolve();

function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work, work);
  last = turn;
  return turn;
}

async function store(letter: Arriving, spooled: Spooled, findings: Findings | null, tools: Tools): Promise<void> {
  const { host } = tools;
  const channels = new Map<string, { envelopeTo: string[]; authservId: string | undefined }>();
  const lost: string[] = [];
  for (const address of letter.to) {
    const found = await host.recipients(address);
    if (found.length === 0) lost.push(address);
    for (const { channelId, authservId } of found) {
      const { envelopeTo = [] } = channels.get(channelId) ?? {};
      channels.set(channelId, { envelopeTo: [...envelopeTo, address.toLowerCase()], authservId });
    }
  }
  if (channels.size === 0) throw refusal(550, '5.1.1 No such mailbox here');
  const body = await spooled.read();
  const above = trace(letter, findings, tools);
  const headers = headersOf(body);
  const isDated = /^(message-id|date):/im.test(headers);
  const externalId = `smtp:${spooled.digest}${isDated ? '' : `:${Math.floor(host.now().getTime() / repeatedWithinMs)}`}`;
  for (const [channelId, { envelopeTo, authservId }] of channels) {
    const [address = '', ...aliases] = envelopeTo.map((one) => one.replace(/\+[^@]*@/, '@'));
    const raw = Buffer.concat([Buffer.from(deliveredTo(envelopeTo) + above), body]);
    const taken = await takeIn(raw, {
      channel: { config: emailConfig.parse({ address, aliases, authservId }) },
      host,
      externalId,
      arrivedAt: host.now(),
      historical: false,
      envelopeTo,
      ...(findings ? { findings } : {}),
    });
    await host.ingest(
      channelId,
      'message' in taken ? { messages: [taken.message] } : { messages: [], quarantined: [taken.quarantined] },
    );
  }
  const [teller] = channels.keys();
  // Who is not surely the sender would be a stranger that gets a report about somebody else's letter.
  const isSender = letter.isRelay || findings?.found.spf === 'pass';
  if (lost.length > 0 && teller !== undefined && isSender && letter.caller.from !== '')
    await tools
      .report(teller, { sender: letter.caller.from, recipients: lost, arrivedAt: host.now(), headers })
      .catch((error) => host.log.warn({ error: String(error) }, 'a sender could not be told of a lost mailbox'));
}

/** A sender that did not hear our answer sends the same bytes again, within minutes. */
const repeatedWithinMs = 10 * 60_000;
const headerBytes = 64 * 1024;

/** Two letters of people differ in their headers; a device may write the same words each time, and each is a letter. */
function headersOf(body: Buffer): string {
  return (
    body
      .subarray(0, headerBytes)
      .toString('latin1')
      .split(/\r?\n\r?\n/, 1)[0] ?? ''
  );
}

const plain = (text: string) => text.replace(/[^\x21-\x7e]/g, '');

/** To whom of this mailbox it came, so that the letter itself tells it when it is read again. Other mailboxes stay untold. */
function deliveredTo(addresses: string[]): string {
  return addresses.map((address) => `Delivered-To: ${plain(address)}\r\n`).join('');
}

/** What a receiver writes above a letter (RFC 5321 4.4). */
function trace({ caller, secure }: Arriving, findings: Findings | null, { name, host }: Tools): string {
  const by = `by ${name} with ESMTP${secure ? 'S' : ''}; ${host.now().toUTCString().replace('GMT', '+0000')}`;
  const received = `Received: from ${plain(caller.helo)} ([${plain(caller.ip)}])\r\n ${by}\r\n`;
  return `Return-Path: <${plain(caller.from)}>\r\n${findings?.headers ?? ''}${received}`;
}
