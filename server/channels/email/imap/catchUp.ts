import { setImmediate as breathe } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import type { Batch, ChannelHost, ConnectedChannel } from '../../channel.ts';
import type { EmailConfig } from '../../schema.ts';
import { maxLetterBytes } from '../mime/limits.ts';
import { takeIn } from '../takeIn.ts';
import { fetchUids, searchUids } from './ask.ts';
import { accountOf, firstPosition, type Position, placeOf, storedPosition, wholeSecond } from './position.ts';

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
}

export const fullPace = (): Pace => ({ letters: lettersAtOnce, made: false });

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
  const uids = await newUids(client, position);
  let read = 0;
  let older: Promise<unknown> = Promise.resolve();
  let storing: Promise<unknown> = Promise.resolve();
  try {
    for await (const heads of batches(client, uids, pace)) {
      if (!alive()) break;
      const place = placeOf(account, folder, uidValidity);
      const batch = await readBatch(client, channel, host, place, heads);
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
    if (!(error instanceof StoringFailed)) pace.letters = Math.max(1, Math.floor(pace.letters / 4));
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
    await host.ingest(channelId, batch, after);
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

async function* batches(client: ImapFlow, uids: number[], pace: Pace): AsyncGenerator<Head[]> {
  for (let start = 0; start < uids.length; ) {
    const some = uids.slice(start, start + pace.letters * headsALetter);
    start += some.length;
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
