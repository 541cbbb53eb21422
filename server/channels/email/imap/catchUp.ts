import { setImmediate as breathe } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import type { Batch, ChannelHost, ConnectedChannel } from '../../channel.ts';
import type { EmailConfig } from '../../schema.ts';
import { maxLetterBytes } from '../mime/limits.ts';
import { takeIn } from '../takeIn.ts';
import { fetchUids, searchUids } from './ask.ts';
import {
  accountOf,
  firstPosition,
  isEarlierLife,
  type Position,
  placeOf,
  storedPosition,
  wholeSecond,
} from './position.ts';

/** Letters in one transaction. */
const lettersAtOnce = 250;
/** Bytes of originals held in memory for one batch; one larger letter makes a batch of its own. */
const bytesAtOnce = 16 * 1024 * 1024;
/** Sizes and dates that are asked for at once, for each letter of a batch. */
const headsALetter = 2;
/** Parsing gives way to everything else after this long. */
const sliceMs = 2;

/** How much is asked of a server at once: less of one that hangs up in the middle, so that each line brings something. */
export interface Pace {
  letters: number;
  /** A batch was stored over this line. */
  made: boolean;
  /** The one letter at which the server ended the line last, and how often in a row. */
  stuck: Stuck | null;
  /** Letters that were held back for it since the server gave one. */
  heldInARow: number;
}

interface Stuck {
  /** The folder in its present life; see {@link placeOf}. */
  place: string;
  uid: number;
  /** Null when not even that could be asked. */
  arrivedAt: Date | null;
  tries: number;
}

export const fullPace = (): Pace => ({ letters: lettersAtOnce, made: false, stuck: null, heldInARow: 0 });

/** What the receipt of a letter says at whose FETCH the server hangs up. */
export const hangsUp = 'hangs-up';
/** Tries at one letter alone, before it is held back. */
const triesAtOne = 8;

/**
 * How often one letter is tried before it is held back. Where letter after letter is refused it is rather the server that has
 * a trouble, which ends: each further one is given twice the time.
 */
export function triesOf(pace: Pace): number {
  return triesAtOne * 2 ** Math.min(pace.heldInARow, 4);
}

/**
 * Brings one folder up to date: reads everything above the cursor in batches, each stored in one transaction with the
 * cursor behind it, so that a break anywhere repeats a batch and loses nothing. While one batch is stored, the originals of
 * the next are made durable and the one after it is fetched and parsed. Opens the folder for reading only, so no flag changes.
 *
 * @param alive false stops between two batches
 * @param pace kept from one try to the next
 * @returns the number of letters that are in the folder for our period
 */
export async function catchUp(
  client: ImapFlow,
  channel: ConnectedChannel<EmailConfig>,
  host: ChannelHost,
  folder: string,
  alive: () => boolean,
  pace: Pace,
): Promise<{ read: number; remoteCount: number }> {
  const mailbox = await openFolder(client, folder);
  const uidValidity = mailbox.uidValidity.toString();
  const { imap } = channel.config;
  if (imap === undefined || imap === null) throw new Error('the channel has no mailbox');
  const account = accountOf(imap);
  const name = `imap:${account}:${folder}`;
  const known = storedPosition(await host.cursor(channel.id, name), uidValidity);
  let position = known ?? (await firstPosition(client, channel.config.history, channel.connectedAt));
  if (!known) await store(host, channel.id, { messages: [], cursor: { name, position } });
  const place = placeOf(account, folder, uidValidity);
  let uids = await newUids(client, position);
  let read = 0;
  const { stuck } = pace;
  if (stuck?.place === place && stuck.tries >= triesOf(pace)) {
    pace.stuck = null;
    // Deleted meanwhile, or behind others: then it is no longer what stands in the way.
    if (uids[0] === stuck.uid) {
      const arrivedAt = stuck.arrivedAt ?? host.now();
      position = { ...position, uid: stuck.uid };
      const quarantined = [{ externalId: `${place}:${stuck.uid}`, raw: null, reason: hangsUp, arrivedAt }];
      await store(host, channel.id, { messages: [], quarantined, cursor: { name, position } });
      host.log.warn(
        { channelId: channel.id, folder, uid: stuck.uid },
        'a letter is held back: the server hangs up at it',
      );
      uids = uids.slice(1);
      read = 1;
      pace.heldInARow += 1;
      pace.made = true;
    }
  }
  const asked: Asked = { uids: [], arrivedAt: null };
  let older: Promise<unknown> = Promise.resolve();
  let storing: Promise<unknown> = Promise.resolve();
  try {
    for await (const heads of batches(client, uids, pace, asked)) {
      if (!alive()) break;
      asked.uids = heads.map((head) => head.uid);
      asked.arrivedAt = heads[0]?.arrivedAt ?? null;
      const batch = await readBatch(client, channel, host, place, heads);
      asked.uids = [];
      if (batch.messages.length > 0) pace.heldInARow = 0;
      await older;
      older = storing;
      position = { ...position, uid: Math.max(position.uid, ...heads.map((head) => head.uid)) };
      storing = store(host, channel.id, { ...batch, cursor: { name, position } }, older);
      // A rejection is thrown where the next batch waits for it, and must not count as unhandled before.
      storing.catch(() => undefined);
      read += heads.length;
      pace.letters = Math.min(pace.letters * 2, lettersAtOnce);
      pace.made = true;
    }
  } catch (error) {
    if (!(error instanceof StoringFailed)) {
      pace.letters = Math.max(1, Math.floor(pace.letters / 4));
      const [uid] = asked.uids;
      if (uid !== undefined && asked.uids.length === 1 && alive()) {
        const before = pace.stuck?.place === place && pace.stuck.uid === uid ? pace.stuck : null;
        const arrivedAt = asked.arrivedAt ?? before?.arrivedAt ?? null;
        pace.stuck = { place, uid, arrivedAt, tries: (before?.tries ?? 0) + 1 };
      }
    }
    throw error;
  } finally {
    await storing;
  }
  const period = await searchUids(client, { uid: `${position.from}:*` });
  return { read, remoteCount: period.filter((uid) => uid >= position.from).length };
}

/** The letters are safe in their mailbox; it is our own side that cannot take them now. */
export class StoringFailed extends Error {}

async function store(host: ChannelHost, channelId: string, batch: Batch, after?: Promise<unknown>): Promise<void> {
  try {
    await host.ingest(channelId, { ...batch, wasHere: isEarlierLife }, after);
  } catch (error) {
    if (error instanceof StoringFailed) throw error;
    throw new StoringFailed(`Letters cannot be stored now: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Opens it read-only; a folder that is open already is only looked at again, which tells of new letters. */
async function openFolder(client: ImapFlow, folder: string) {
  if (client.mailbox && client.mailbox.path === folder) {
    await client.noop();
    return client.mailbox;
  }
  return client.mailboxOpen(folder, { readOnly: true });
}

/** `n:*` names the last letter also when it is below n, so the answer is filtered. */
async function newUids(client: ImapFlow, position: Position): Promise<number[]> {
  return (await searchUids(client, { uid: `${position.uid + 1}:*` })).filter((uid) => uid > position.uid);
}

interface Head {
  uid: number;
  sizeBytes: number;
  arrivedAt: Date;
}

/** What the server has been asked of and has not answered yet. */
interface Asked {
  uids: number[];
  arrivedAt: Date | null;
}

async function* batches(client: ImapFlow, uids: number[], pace: Pace, asked: Asked): AsyncGenerator<Head[]> {
  for (let start = 0; start < uids.length; ) {
    // One alone tells which letter it is that a server cannot give.
    const some = uids.slice(start, start + (pace.letters === 1 ? 1 : pace.letters * headsALetter));
    start += some.length;
    asked.uids = some;
    asked.arrivedAt = null;
    const found = await fetchUids(client, some, { size: true, internalDate: true });
    const heads = found
      .map(({ uid, size, internalDate }) => ({
        uid,
        sizeBytes: size ?? 0,
        arrivedAt: new Date(internalDate ?? Date.now()),
      }))
      .sort((a, b) => a.uid - b.uid);
    let batch: Head[] = [];
    let bytes = 0;
    for (const head of heads) {
      const full = batch.length >= pace.letters || (batch.length > 0 && bytes + head.sizeBytes > bytesAtOnce);
      if (full) {
        yield batch;
        batch = [];
        bytes = 0;
      }
      batch.push(head);
      bytes += head.sizeBytes;
    }
    if (batch.length > 0) yield batch;
  }
}

async function readBatch(
  client: ImapFlow,
  channel: ConnectedChannel<EmailConfig>,
  host: ChannelHost,
  place: string,
  heads: Head[],
): Promise<Batch> {
  const batch: Batch = { messages: [], quarantined: [] };
  const wanted = heads.filter((head) => head.sizeBytes <= maxLetterBytes);
  const sources = new Map<number, Buffer>();
  const answered = new Set<number>();
  if (wanted.length > 0) {
    const letters = await fetchUids(
      client,
      wanted.map((head) => head.uid),
      { source: true },
    );
    for (const { uid, source } of letters) {
      answered.add(uid);
      if (source) sources.set(uid, source);
    }
  }
  const connectedAt = wholeSecond(channel.connectedAt);
  let sliceStart = performance.now();
  for (const { uid, sizeBytes, arrivedAt } of heads) {
    const externalId = `${place}:${uid}`;
    const raw = sources.get(uid);
    if (raw) {
      const taken = await takeIn(raw, { channel, host, externalId, arrivedAt, historical: arrivedAt < connectedAt });
      if ('message' in taken) batch.messages.push(taken.message);
      else batch.quarantined?.push(taken.quarantined);
    } else if (sizeBytes > maxLetterBytes) {
      batch.quarantined?.push({ externalId, raw: null, reason: 'too-large', arrivedAt });
    }
    // It is there, and the server does not give it: kept as held back, and looked at by a person.
    else if (answered.has(uid)) batch.quarantined?.push({ externalId, raw: null, reason: 'no-content', arrivedAt });
    // Deleted between listing and fetching: there is nothing to store, and the cursor passes it.
    if (performance.now() - sliceStart > sliceMs) {
      await breathe();
      sliceStart = performance.now();
    }
  }
  return batch;
}
