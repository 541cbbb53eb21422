import type { ImapFlow } from 'imapflow';
import type { ChannelHost, ConnectedChannel, Receiver } from '../../channel.ts';
import type { EmailConfig } from '../../schema.ts';
import { catchUp, fullPace, type Pace, StoringFailed, triesOf } from './catchUp.ts';
import { imapTrouble, openImap } from './connection.ts';

/** The net below IDLE: every folder is looked at this often whatever the server announces. */
const pollEveryMs = 60_000;
/** The same where the server knows no IDLE. */
const pollWithoutIdleMs = 10_000;

/** How long the receiver waits between two tries. */
export interface Patience {
  /** After each failure in a row; the last for all further ones. */
  pausesMs: readonly number[];
  /** After a refused login, which is not hurried: providers lock accounts out. */
  pauseForPersonMs: number;
}
const patience: Patience = { pausesMs: [1_000, 2_000, 5_000, 10_000, 30_000, 60_000], pauseForPersonMs: 5 * 60_000 };

/**
 * Receives a mailbox until it is stopped: one loop that connects, catches up with every folder, and then waits for news
 * by IDLE with a poll as a net. An outage of any length ends in the same catching up; trouble is told in the channel's health and
 * tried again.
 */
export function watchMailbox(
  channel: ConnectedChannel<EmailConfig>,
  host: ChannelHost,
  waits: Patience = patience,
): Receiver {
  const stopping = new AbortController();
  const loop = run(channel, host, stopping.signal, waits);
  return {
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}

async function run(
  channel: ConnectedChannel<EmailConfig>,
  host: ChannelHost,
  signal: AbortSignal,
  { pausesMs, pauseForPersonMs }: Patience,
): Promise<void> {
  let failures = 0;
  const pace = fullPace();
  while (!signal.aborted) {
    pace.made = false;
    try {
      await session(channel, host, signal, pace);
    } catch (error) {
      if (signal.aborted) return;
      if (pace.made) failures = 0;
      const trouble =
        error instanceof StoringFailed
          ? { needsPerson: false, words: error.message }
          : imapTrouble(error, channel.config.imap ?? { host: '', port: 0 });
      const pause = trouble.needsPerson ? pauseForPersonMs : (pausesMs[failures] ?? pausesMs.at(-1) ?? pollEveryMs);
      failures = Math.min(failures + 1, pausesMs.length);
      host.log.warn({ channelId: channel.id, error: String(error) }, 'a mailbox cannot be read; trying again');
      await tell(host, channel.id, {
        state: trouble.needsPerson ? 'failed' : 'retrying',
        error: trouble.words + wordsOf(pace),
      });
      await wait(pause, signal);
    }
  }
}

/** Which letter it is, when it is always the same. */
function wordsOf(pace: Pace): string {
  const { stuck } = pace;
  if (stuck === null || stuck.tries < 2) return '';
  return ` It hangs up at the letter with UID ${stuck.uid}, ${stuck.tries} times so far; after ${triesOf(pace)} it is held back, and the others are read.`;
}

/** One connection, until it breaks (throws) or the receiver is stopped (returns). */
async function session(
  channel: ConnectedChannel<EmailConfig>,
  host: ChannelHost,
  signal: AbortSignal,
  pace: Pace,
): Promise<void> {
  const client = await openImap(channel.config, signal);
  const ear: Ear = { heard: false, wake: () => undefined };
  client.on('exists', () => {
    ear.heard = true;
    ear.wake();
  });
  client.once('close', () => ear.wake());
  try {
    const folders = channel.config.imap?.folders ?? ['INBOX'];
    while (!signal.aborted) {
      ear.heard = false;
      await lookAt(client, channel, host, folders, signal, pace);
      // The first folder is the one that is idled on: open it again when others were looked at.
      if (folders.length > 1) await client.mailboxOpen(folders[0] ?? 'INBOX', { readOnly: true });
      if (!ear.heard) await news(client, ear, signal);
      if (!client.usable && !signal.aborted) throw closed();
    }
  } finally {
    client.close();
  }
}

/** What the server announces is heard from the start, so that nothing said during the last look is missed. */
interface Ear {
  heard: boolean;
  wake: () => void;
}

async function lookAt(
  client: ImapFlow,
  channel: ConnectedChannel<EmailConfig>,
  host: ChannelHost,
  folders: string[],
  signal: AbortSignal,
  pace: Pace,
): Promise<void> {
  let remoteCount = 0;
  for (const folder of folders) {
    const looked = await catchUp(client, channel, host, folder, () => !signal.aborted, pace);
    remoteCount += looked.remoteCount;
  }
  pace.made = true;
  await tell(host, channel.id, { state: 'ok', lastCheckedAt: host.now(), remoteCount, error: null });
}

/** Resolves when the server announces a letter, when it is time to look anyway, when the connection ends, or at a stop. */
async function news(client: ImapFlow, ear: Ear, signal: AbortSignal): Promise<void> {
  const canIdle = client.capabilities.has('IDLE');
  await new Promise<void>((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      ear.wake = () => undefined;
      resolve();
    };
    const timer = setTimeout(end, canIdle ? pollEveryMs : pollWithoutIdleMs);
    ear.wake = end;
    signal.addEventListener('abort', end, { once: true });
    if (ear.heard || signal.aborted || !client.usable) end();
    else if (canIdle) client.idle().catch(reject);
  });
}

function closed(): Error {
  return Object.assign(new Error('the connection was closed'), { code: 'NoConnection' });
}

async function tell(host: ChannelHost, channelId: string, report: Parameters<ChannelHost['health']>[1]): Promise<void> {
  await host
    .health(channelId, report)
    .catch((error) => host.log.warn({ channelId, error: String(error) }, 'health could not be told'));
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
