import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../db/client.ts';
import type { Reader } from '../db/tx.ts';

/**
 * What open transactions wrote is seen by nobody until they end. The days are sealed behind a mark: whoever writes behind it after it
 * was raised tells so (triggers of the migration report_mark), and whoever began to write before is waited for. Nobody waits for the
 * sealing: a transaction that stays open only leaves it to a later turn, and reports read the rows meanwhile.
 */

/** The tables that the triggers are on; whoever writes in one holds its lock from before the trigger reads the mark to the end. */
const tables = '{message,thread,client,channel,response,resolution,rating,call,consult,promise,suggestion,event}';
const patienceMs = 2_000;
const lookMs = 20;

/** From now on all that is written behind `upTo` is told. It never goes back. */
export async function raiseMark(db: Db, upTo: Date): Promise<void> {
  await db.$executeRaw`INSERT INTO report_mark (id, "upTo") VALUES (1, ${upTo}::timestamptz)
    ON CONFLICT (id) DO UPDATE SET "upTo" = excluded."upTo" WHERE report_mark."upTo" < excluded."upTo"`;
}

/** Waits for those who write now, not for who begins later; false when one of them takes too long. */
export async function writersGone(reader: Reader): Promise<boolean> {
  const began = performance.now();
  let open = await writers(reader);
  while (open.size > 0 && performance.now() - began < patienceMs) {
    await pause(lookMs);
    const now = await writers(reader);
    open = new Set([...open].filter((writer) => now.has(writer)));
  }
  return open.size === 0;
}

/** The open transactions of this database that wrote in one of the tables, or are about to. */
async function writers(reader: Reader): Promise<Set<string>> {
  const rows = await reader.$queryRaw<{ writer: string }[]>`
    SELECT DISTINCT virtualtransaction AS writer FROM pg_locks
    WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND relation = ANY(${tables}::regclass[])
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  return new Set(rows.map((row) => row.writer));
}
