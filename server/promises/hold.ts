import { DateTime } from 'luxon';
import { BOT_WORDS } from '../bot/words/spoken.ts';
import type { BotWords } from '../bot/words/table.ts';
import { storeDay } from '../catalogue/hours.ts';
import { moment } from '../consult/answer/facts.ts';
import { say } from '../consult/phrases/table.ts';
import { answerLanguage } from '../consult/understand/lexicon.ts';
import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import type { Deps } from '../deps.ts';
import { conflict, meaning } from '../errors.ts';
import { workingBetween } from '../targets/clock.ts';
import { loadHours } from '../targets/rules.ts';
import { put } from '../threads/reply.ts';
import { lockThread, readSummary } from '../threads/rows.ts';
import type { Viewer } from '../users/viewer.ts';
import { lockPromise, remindOf, tellPromise } from './keep.ts';
import { type PromiseRow, readPromise } from './read.ts';
import type { ClientPromise, Confirmation } from './schema.ts';

type Tools = Pick<Deps, 'db' | 'reply'>;

/** Without opening hours a thing is kept this long. */
const keptForMs = 24 * 60 * 60_000;

/**
 * The store says whether it keeps the thing. Either way the client is told on their channel, in their language.
 * @throws AppError 409 when it is confirmed or settled already, 422 for what needs no confirmation
 */
export async function confirmHold(
  { db, reply }: Tools,
  viewer: Viewer,
  id: string,
  { keeps, until, words }: Confirmation,
  now: Date,
): Promise<ClientPromise> {
  return transact(db, async (tx) => {
    const row = await lockPromise(tx, viewer, id);
    if (row.kind !== 'hold') throw meaning('promise.noHold', 'Only a hold is confirmed.', 'id');
    if (row.state !== 'open') throw conflict('promise.settled', 'It is settled already.', { state: row.state });
    if (row.confirmedAt !== null) throw conflict('promise.confirmed', 'It is confirmed already.', {});
    const dueAt = until === undefined ? await keptUntil(tx, row.storeId, now) : new Date(until);
    if (dueAt <= now) throw meaning('promise.past', 'Promise a time to come.', 'until');
    const hours = (await loadHours(tx)).hoursAt({ teamId: null, storeId: row.storeId });
    const confirmMs = workingBetween(hours, row.createdAt, now);
    await tx.clientPromise.update({
      where: { id },
      data: keeps
        ? { confirmedAt: now, confirmedById: viewer.userId, confirmMs, dueAt, remindAt: null, lateSince: null }
        : {
            confirmMs,
            state: 'broken',
            outcome: words ?? null,
            settledAt: now,
            settledById: viewer.userId,
            remindAt: null,
          },
    });
    const said = await wordsFor(tx, row, (w) => (keeps ? w.holdYes : w.holdNo), dueAt, now);
    await tellClient(tx, reply, row, words ? `${said} ${words}` : said);
    return tellPromise(tx, id, viewer.userId, now);
  });
}

const batchSize = 100;

/** Tells clients of holds that were not confirmed in time, once, and of those whose time is over; run by the schedule. */
export async function sweepHolds({ db, reply }: Tools, now: Date): Promise<number> {
  const due = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM promise WHERE kind = 'hold' AND state = 'open' AND "confirmBy" IS NOT NULL AND "dueAt" <= ${now}::timestamptz
      AND ("confirmedAt" IS NOT NULL OR "lateSince" IS NULL) LIMIT ${batchSize}`;
  for (const { id } of due)
    await transact(db, async (tx) => {
      await tx.$executeRaw`SELECT 1 FROM promise WHERE id = ${id}::uuid FOR UPDATE`;
      const row = await readPromise(tx, id);
      if (row?.state !== 'open' || row.dueAt === null || row.dueAt > now) return;
      if (row.confirmedAt === null) {
        if (row.lateSince !== null) return;
        await tellClient(tx, reply, row, await wordsFor(tx, row, (w) => w.holdUnanswered, row.dueAt, now));
        await remindOf(tx, id, now);
        return;
      }
      await tx.clientPromise.update({
        where: { id },
        data: { state: 'cancelled', outcome: 'expired', settledAt: now, remindAt: null },
      });
      await tellClient(tx, reply, row, await wordsFor(tx, row, (w) => w.holdOver, row.dueAt, now));
      await tellPromise(tx, id, null, now);
    });
  return due.length;
}

/** Closing time of the store's next open day after today. */
async function keptUntil(tx: Tx, storeId: string | null, now: Date): Promise<Date> {
  const store = storeId === null ? null : await tx.store.findUnique({ where: { id: storeId } });
  if (store !== null)
    for (let ahead = 1; ahead <= 14; ahead++) {
      const day = storeDay(store, now, ahead);
      const last = day?.open.at(-1);
      if (day === null || last === undefined) continue;
      const midnight = DateTime.fromISO(day.date, { zone: store.timezone });
      const [hour = 0, minute = 0] = last.to.split(':').map(Number);
      return midnight.plus({ hours: hour, minutes: minute }).toJSDate();
    }
  return new Date(now.getTime() + keptForMs);
}

async function wordsFor(
  tx: Tx,
  row: PromiseRow,
  choose: (words: BotWords) => string,
  time: Date,
  now: Date,
): Promise<string> {
  const language = answerLanguage(row.language ?? 'en');
  const store = row.storeId === null ? null : await tx.store.findUnique({ where: { id: row.storeId } });
  return say(choose(BOT_WORDS[language]), {
    store: store?.name ?? '',
    product: row.productName ?? row.text,
    time: moment(time, now, store?.timezone ?? 'UTC', language),
  });
}

/** What becomes of a promise, told in its thread. After a person has spoken there it is not the bot who tells. */
export async function tellClient(tx: Tx, reply: Deps['reply'], row: PromiseRow, text: string): Promise<void> {
  if (row.threadId === null) return;
  await lockThread(tx, row.threadId);
  const thread = await readSummary(tx, row.threadId);
  if (thread === null) return;
  const name = BOT_WORDS[answerLanguage(row.language ?? 'en')].name;
  const kind = thread.botState === 'person' ? ('system' as const) : ('bot' as const);
  await put(tx, reply, thread, { kind, name }, { kind: 'reply', text, attachmentIds: [], citations: [] });
}

/** Open holds of a thread's client for the same thing: asking twice makes one. */
export async function holdOf(reader: Db | Tx, threadId: string, productId: string): Promise<string | null> {
  const row = await reader.clientPromise.findFirst({
    where: { threadId, productId, kind: 'hold', state: 'open' },
    select: { id: true },
  });
  return row?.id ?? null;
}
