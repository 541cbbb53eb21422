import { randomUUID } from 'node:crypto';
import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { Builder, type Columns, pack, quarterMs, quarterOf, scopesOf } from './columns.ts';
import { earliest, loadDays, type SealedDay, startOfDay } from './days.ts';
import { deedKinds, type Family, gather, waitMeasures } from './gather.ts';
import { dayMs, type Span } from './span.ts';
import { raiseMark, writersGone } from './writers.ts';

/**
 * Keeps the days of the reports as columns. The running day is sealed up to some minutes ago, what changed behind is mended, and
 * days that are not sealed yet (all of them, after an upgrade) follow, the newest first. Any process may be killed in it.
 */

/**
 * A quarter-hour is sealed so long after its end: what comes a little late need not be mended. That nothing is missed does not hang
 * on it: whatever is written behind the mark is told by the database (migration report_mark), and who wrote before is waited for.
 */
const graceMs = 20 * 60_000;
/** A turn that took so long leaves the rest to the next. */
const turnMs = 5_000;
/** Threads that are mended in one transaction. */
const mattersAtOnce = 300;
/** A day of a hundred thousand messages takes a few seconds, and on a machine that does much else a minute and more. */
const sealingMs = 10 * 60_000;
/** One process seals at a time; others leave it to that one. */
const sealLock = 7_210_451_007n;

const families: readonly Family[] = ['waits', 'deeds'];

/** Run by the schedule. Answers how many days were sealed or mended. */
export async function sealDays(db: Db, now: Date): Promise<number> {
  const began = performance.now();
  const upTo = new Date(Math.floor((now.getTime() - graceMs) / quarterMs) * quarterMs);
  let done = 0;
  const turn = async (step: () => Promise<number>) => {
    while (performance.now() - began < turnMs) {
      const days = await step();
      if (days === 0) break;
      done += days;
    }
  };
  await turn(() => mend(db));
  await raiseMark(db, upTo);
  // Waited for twice: the second time for those who changed a thread's place before they could see what the first ones wrote in it.
  if ((await writersGone(db)) && (await writersGone(db))) await turn(() => sealNext(db, upTo));
  return done;
}

/** In a transaction that only one process is in; 0 where another one is. */
function alone(db: Db, work: (tx: Tx) => Promise<number>): Promise<number> {
  const locked = async (tx: Tx) => {
    const [row] = await tx.$queryRaw<
      { mine: boolean }[]
    >`SELECT pg_try_advisory_xact_lock(${sealLock}::bigint) AS mine`;
    return row?.mine === true ? work(tx) : 0;
  };
  return transact(db, locked, 5, sealingMs);
}

/** Seals the newest day that is not, up to `upTo`. */
async function sealNext(db: Db, upTo: Date): Promise<number> {
  return alone(db, async (tx) => {
    const [next] = await tx.$queryRaw<{ day: Date; sealedTo: Date | null }[]>`
      SELECT d::date AS day, s."upTo" AS "sealedTo"
      FROM generate_series((SELECT date_trunc('day', least((SELECT min("answeredAt") FROM response), (SELECT min("closedAt") FROM resolution), (SELECT min("receivedAt") FROM message WHERE direction <> 'note')) AT TIME ZONE 'UTC')), (${upTo}::timestamptz AT TIME ZONE 'UTC'), interval '1 day') AS d
      LEFT JOIN report_day s ON s.day = d::date
      WHERE s.day IS NULL OR s."upTo" < least(${upTo}::timestamptz, (d + interval '1 day') AT TIME ZONE 'UTC') ORDER BY d DESC LIMIT 1`;
    if (next === undefined) return 0;
    const { day } = next;
    const span = {
      from: next.sealedTo ?? day,
      to: new Date(Math.min(upTo.getTime(), day.getTime() + dayMs)),
    };
    if (span.from >= span.to) return 0;
    const known = await tx.reportDay.findUnique({ where: { day }, select: { day: true, version: true, upTo: true } });
    await write(tx, { day, upTo: span.to }, async (family) => {
      const more = await gather(tx, family, span);
      const [before] = known === null ? [] : await loadDays(tx, family, [known]);
      return before === undefined ? [more] : [before.columns, more];
    });
    return 1;
  });
}

/** Takes the threads that changed out of their sealed days, and puts them in as they are now. */
async function mend(db: Db): Promise<number> {
  return alone(db, async (tx) => {
    const touched = await tx.reportTouched.findMany({ orderBy: { id: 'asc' }, take: mattersAtOnce });
    // Who changes a thread's place right now may not have seen what was written in it, and is seen by nobody yet.
    if (touched.length === 0 || !(await writersGone(tx))) return 0;
    const matters = [...new Set(touched.map((row) => row.matter))];
    const days = await tx.reportDay.findMany({
      where: { day: { gte: startOfDay(new Date(earliest(touched))) } },
      select: { day: true, version: true, upTo: true },
      orderBy: { day: 'asc' },
    });
    let mended = 0;
    const [first, last] = [days[0], days.at(-1)];
    if (first !== undefined && last !== undefined) {
      const facts = new Map<Family, Columns>();
      for (const family of families)
        facts.set(family, await gather(tx, family, { from: first.day, to: last.upTo }, matters));
      for (const day of days) if (await mendDay(tx, day, matters, facts)) mended++;
    }
    await tx.reportTouched.deleteMany({ where: { id: { in: touched.map((row) => row.id) } } });
    // Something was done even where no day held them.
    return Math.max(1, mended);
  });
}

/** Whether the day had anything of them. */
async function mendDay(
  tx: Tx,
  day: SealedDay,
  matters: readonly string[],
  facts: ReadonlyMap<Family, Columns>,
): Promise<boolean> {
  const parts = new Map<Family, Columns[]>();
  let changes = false;
  for (const family of families) {
    const [held] = await loadDays(tx, family, [day]);
    const fresh = facts.get(family);
    if (held === undefined || fresh === undefined) continue;
    const gone = scopesOf(held.columns, matters);
    const now = within(fresh, { from: day.day, to: day.upTo });
    if (gone.size > 0 || now.n > 0) changes = true;
    parts.set(family, [without(held.columns, gone), now]);
  }
  if (changes) await write(tx, day, async (family) => parts.get(family) ?? []);
  return changes;
}

/** The facts of a part of the span. */
function within(columns: Columns, span: Span): Columns {
  const [first, end] = [quarterOf(span.from), quarterOf(span.to)];
  const rows: number[] = [];
  for (let row = 0; row < columns.n; row++) {
    const quarter = columns.base + (columns.facts.at[row] ?? 0);
    if (quarter >= first && quarter < end) rows.push(row);
  }
  const builder = new Builder(first, columns.kinds);
  builder.addAll(columns, () => true, rows);
  return builder.build();
}

function without(columns: Columns, gone: ReadonlySet<number>): Columns {
  const builder = new Builder(columns.base, columns.kinds);
  builder.addAll(columns, (scope) => !gone.has(scope));
  return builder.build();
}

/** Writes a day, made of these parts, as a new version. */
async function write(
  tx: Tx,
  { day, upTo }: Pick<SealedDay, 'day' | 'upTo'>,
  partsOf: (family: Family) => Promise<Columns[]>,
): Promise<void> {
  const packed = { waits: new Uint8Array(0), deeds: new Uint8Array(0) };
  for (const family of families) {
    const builder = new Builder(quarterOf(day), family === 'waits' ? waitMeasures : deedKinds);
    for (const part of await partsOf(family)) builder.addAll(part, () => true);
    packed[family] = pack(builder.build());
  }
  const data = { version: randomUUID(), upTo, ...packed };
  await tx.reportDay.upsert({ where: { day }, create: { day, ...data }, update: data });
}
