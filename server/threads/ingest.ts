import type { Batch, InboundMessage, IngestOutcome, NotForUs, Quarantined } from '../channels/channel.ts';
import { maskSecrets } from '../consult/maskSecrets.ts';
import type { Db } from '../db/client.ts';
import { isCollision, isTransient, type Tx, transact } from '../db/tx.ts';
import type { Clock } from '../lib/clock.ts';
import { type Files, layOut, type NewFile } from '../lib/files.ts';
import type { Log } from '../lib/log.ts';
import { loadRules } from '../targets/rules.ts';
import { claimReceipts, knownReceipts, moveCursor } from './ingestSql.ts';
import { followNumbers } from './renumbered.ts';
import { type Claimed, type StoredFiles, storeAll } from './store.ts';

/** The channel as ingest needs it. */
export interface IngestChannel {
  id: string;
  kind: 'email' | 'telegram' | 'chat' | 'phone';
  targetMs: number | null;
  teamId: string | null;
  storeId: string | null;
  botMode: string;
}

export interface IngestTools {
  db: Db;
  files: Files;
  clock: Clock;
  log: Log;
  channel(id: string): Promise<IngestChannel>;
}

const noFiles: StoredFiles = { rawKey: null, digest: null, attachmentKeys: [], attachmentDigests: [] };
/** How far a far side's clock may be ahead of ours. */
const clockSkewMs = 10 * 60_000;
export const quarantineReasonLength = 500;

/**
 * The way in: stores a batch in one transaction, the channel's cursor with it. Repeating a batch, in this process or in
 * several at once, stores nothing twice. Answers what became of each item, in the order given.
 *
 * A message that the database refuses is quarantined and the rest of its batch is stored; only a failure of the database
 * itself is thrown, and then nothing has moved.
 *
 * @param after the batch before, when that is still being stored: the files are made durable meanwhile, and when it fails
 *   this one fails with it, so that no cursor passes what was not stored
 */
export async function ingest(
  tools: IngestTools,
  channelId: string,
  given: Batch,
  after?: Promise<unknown>,
): Promise<IngestOutcome[]> {
  const channel = await tools.channel(channelId);
  const batch = withPossibleTimes(given, tools.clock.now());
  const files = await keepFiles(tools, channelId, batch);
  await after;
  const store = (way: Way) => transact(tools.db, (tx) => storeBatch(tx, tools, channel, batch, files, way));
  try {
    return await store('together');
  } catch (error) {
    if (!(await canReach(tools.db))) throw error;
    // One of them cannot be stored: again, each under a savepoint of its own.
    tools.log.warn(
      { channelId, error: String(error) },
      'a batch could not be stored as one; storing its messages one by one',
    );
    return store('apart').catch(async (still: unknown) => {
      if (!(await canReach(tools.db))) throw still;
      return store('lastly');
    });
  }
}

/**
 * How a batch is stored: as one; or each message under a savepoint of its own, one that only met another transaction being
 * tried again; or, when that goes on, each as it is: a row that is always there already is a fault of the message.
 */
type Way = 'together' | 'apart' | 'lastly';

/** A far side's clock may be absurd: an arrival outside of history or in the future counts as now. */
function withPossibleTimes(batch: Batch, now: Date): Batch {
  const possible = (at: Date) => (at.getTime() > 0 && at.getTime() <= now.getTime() + clockSkewMs ? at : now);
  return {
    ...batch,
    messages: batch.messages.map((message) => ({ ...message, arrivedAt: possible(message.arrivedAt) })),
    ignored: (batch.ignored ?? []).map((item) => ({ ...item, arrivedAt: possible(item.arrivedAt) })),
    quarantined: (batch.quarantined ?? []).map((item) => ({ ...item, arrivedAt: possible(item.arrivedAt) })),
  };
}

async function canReach(db: Db): Promise<boolean> {
  return db.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  );
}

/**
 * Originals and attachments are durable before the transaction, under keys that a repetition writes again. The content makes
 * the key: whoever repeats an id with other files, as a visitor can, changes nothing that is stored.
 */
async function keepFiles(tools: IngestTools, channelId: string, batch: Batch): Promise<Map<string, StoredFiles>> {
  const items = new Map(
    // Of two of one id the first counts, as it does when they are stored.
    [...batch.messages, ...(batch.quarantined ?? []), ...(batch.ignored ?? [])]
      .reverse()
      .map((item) => [item.externalId, item]),
  );
  const files: NewFile[] = [];
  const keep = (folder: string, contents: Uint8Array[]) => {
    const { files: made, laid } = layOut(`${folder}/${channelId}`, contents);
    files.push(...made);
    return laid.values();
  };
  const kept = [...items.values()].map((item) => ({
    externalId: item.externalId,
    raw: [item.raw ?? hiddenIn(item)].filter((raw) => raw !== null),
    attachments: 'attachments' in item ? item.attachments.map(({ content }) => content) : [],
  }));
  const raws = keep(
    'raw',
    kept.flatMap(({ raw }) => raw),
  );
  const attached = keep(
    'in',
    kept.flatMap(({ attachments }) => attachments),
  );
  await tools.files.putAll(files);
  return new Map(
    kept.map(({ externalId, raw, attachments }) => {
      const original = raw.map(() => raws.next().value)[0];
      const laid = attachments.map(() => attached.next().value);
      return [
        externalId,
        {
          rawKey: original?.key ?? null,
          digest: original?.digest ?? null,
          attachmentKeys: laid.map((one) => one?.key ?? ''),
          attachmentDigests: laid.map((one) => one?.digest ?? ''),
        },
      ];
    }),
  );
}

/** Where a channel keeps no original, the words are the original of what is hidden in them. */
function hiddenIn(item: InboundMessage | Quarantined | NotForUs): Uint8Array | null {
  if (!('text' in item) || maskSecrets(item.text) === item.text) return null;
  return new TextEncoder().encode(item.text);
}

async function storeBatch(
  tx: Tx,
  tools: IngestTools,
  channel: IngestChannel,
  batch: Batch,
  files: Map<string, StoredFiles>,
  way: Way,
): Promise<IngestOutcome[]> {
  const quarantined = batch.quarantined ?? [];
  const ignored = batch.ignored ?? [];
  const items = [...batch.messages, ...quarantined, ...ignored];
  const claims = items.map((item) => ({
    externalId: item.externalId,
    arrivedAt: item.arrivedAt,
    rawKey: files.get(item.externalId)?.rawKey ?? null,
    digest: files.get(item.externalId)?.digest ?? null,
  }));
  const claimedIds = items.length === 0 ? new Set<string>() : await claimReceipts(tx, channel.id, claims);
  const { fresh, counted } = await withoutRenumbered(tx, channel.id, batch, claims, claimedIds);
  const outcomes = new Map<string, IngestOutcome>();

  for (const item of quarantined) {
    if (fresh.has(item.externalId))
      outcomes.set(item.externalId, await putAside(tx, channel.id, item.externalId, 'quarantined', item.reason));
  }
  for (const item of ignored) {
    if (fresh.has(item.externalId) && !outcomes.has(item.externalId))
      outcomes.set(item.externalId, await putAside(tx, channel.id, item.externalId, 'ignored', item.reason));
  }
  // Nothing of ours was brought by what is not for us.
  const notOurs = [...outcomes.values()].filter(({ outcome }) => outcome === 'ignored').length;
  const claimed = batch.messages
    .filter((message, index) => fresh.has(message.externalId) && isFirst(batch.messages, index))
    .filter((message) => !outcomes.has(message.externalId))
    .map((message) => ({ message, files: files.get(message.externalId) ?? noFiles }));
  const work = { now: tools.clock.now(), channel, rules: await loadRules(tx, { policies: true }) };
  const isOthers = way === 'lastly' ? isCollision : isTransient;
  const stored =
    way === 'together'
      ? await storeAll(tx, work, claimed)
      : await storeEach(tx, tools.log, channel.id, claimed, isOthers, (one) => storeAll(tx, work, [one]));
  for (const outcome of stored) outcomes.set(outcome.externalId, outcome);
  for (const flag of batch.flags ?? []) await flagAddress(tx, flag, tools.clock.now());
  if (batch.cursor !== undefined) await moveCursor(tx, channel.id, batch.cursor, claimedIds.size - counted - notOurs);

  const known =
    items.length === fresh.size
      ? []
      : await knownReceipts(
          tx,
          channel.id,
          items.map((item) => item.externalId),
        );
  return items.map((item) => {
    const outcome = outcomes.get(item.externalId);
    if (outcome !== undefined) return outcome;
    const before = known.find((row) => row.externalId === item.externalId);
    return {
      externalId: item.externalId,
      outcome: 'duplicate',
      messageId: before?.messageId ?? null,
      threadId: before?.threadId ?? null,
    };
  });
}

/** What was claimed and is to be stored; and how much of it the channel had before its far side gave it new ids. */
async function withoutRenumbered(
  tx: Tx,
  channelId: string,
  { quarantined = [], wasHere }: Batch,
  claims: readonly { externalId: string; arrivedAt: Date; digest: string | null }[],
  claimed: ReadonlySet<string>,
): Promise<{ fresh: Set<string>; counted: number }> {
  if (wasHere === undefined || claimed.size === 0) return { fresh: new Set(claimed), counted: 0 };
  const reasons = new Map(quarantined.map((item) => [item.externalId, item.reason]));
  const numbered = claims
    .filter(({ externalId }) => claimed.has(externalId))
    .map((claim) => ({ ...claim, reason: reasons.get(claim.externalId) ?? null }));
  const { moved, counted } = await followNumbers(tx, channelId, numbered, wasHere);
  return { fresh: new Set([...claimed].filter((externalId) => !moved.has(externalId))), counted };
}

/** A batch may hold one thing twice. */
function isFirst(messages: readonly InboundMessage[], index: number): boolean {
  return messages.findIndex((one) => one.externalId === messages[index]?.externalId) === index;
}

/** Each under a savepoint of its own: one that the database refuses is quarantined, and the others are stored. */
async function storeEach(
  tx: Tx,
  log: Log,
  channelId: string,
  claimed: Claimed[],
  isOthers: (error: unknown) => boolean,
  store: (one: Claimed) => Promise<IngestOutcome[]>,
): Promise<IngestOutcome[]> {
  const outcomes: IngestOutcome[] = [];
  for (const one of claimed) {
    const { externalId } = one.message;
    await tx.$executeRaw`SAVEPOINT one`;
    try {
      outcomes.push(...(await store(one)));
      await tx.$executeRaw`RELEASE SAVEPOINT one`;
    } catch (error) {
      // Another process was faster or in the way: no fault of the message.
      if (isOthers(error)) throw error;
      await tx.$executeRaw`ROLLBACK TO SAVEPOINT one`;
      log.error({ channelId, externalId, error: String(error) }, 'a message could not be stored; it is in quarantine');
      const reason = `It could not be stored: ${error instanceof Error ? error.message : String(error)}`;
      outcomes.push(await putAside(tx, channelId, externalId, 'quarantined', reason));
    }
  }
  return outcomes;
}

/** What becomes no message keeps its receipt, with the reason. */
async function putAside(
  tx: Tx,
  channelId: string,
  externalId: string,
  outcome: 'quarantined' | 'ignored',
  reason: string,
): Promise<IngestOutcome> {
  await tx.$executeRaw`
    UPDATE receipt SET outcome = ${outcome}, reason = ${reason.replaceAll('\u0000', '').slice(0, quarantineReasonLength)}
    WHERE "channelId" = ${channelId}::uuid AND "externalId" = ${externalId}`;
  return { externalId, outcome, messageId: null, threadId: null };
}

/** An address that can no longer be written to, or can again. */
async function flagAddress(tx: Tx, flag: NonNullable<Batch['flags']>[number], now: Date): Promise<void> {
  const { kind, value } = flag.address;
  await tx.identity.updateMany({
    where: { kind, value },
    data: { flaggedAt: flag.reason === null ? null : now, flagReason: flag.reason },
  });
}
