import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import type { Log } from '../lib/log.ts';
import { addJob } from './add.ts';

/** A process that has not renewed its lease for this long is taken for dead. */
export const leaseMs = 15_000;
export const renewEveryMs = 3_000;

/** Takes, or renews, a lease; false while another process holds it. Real time: it is about processes, not business. */
export async function holdLease(db: Db, name: string, owner: string, detail: unknown = []): Promise<boolean> {
  const held = await db.$executeRaw`
    INSERT INTO lease (name, owner, detail, "expiresAt") VALUES (${name}, ${owner}, ${JSON.stringify(detail)}::jsonb, clock_timestamp() + ${leaseMs} * interval '1 millisecond')
    ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, detail = excluded.detail, "expiresAt" = excluded."expiresAt"
    WHERE lease.owner = excluded.owner OR lease."expiresAt" < clock_timestamp()`;
  return held > 0;
}

export async function dropLeases(db: Db, owner: string): Promise<void> {
  await db.lease.deleteMany({ where: { owner } });
}

/** What a process is sending at this moment; a row in state `sending` that is in no living process's set was cut off. */
export type UnderWay = ReadonlySet<string>;

/**
 * Takes over from dead processes: unlocks their jobs and gives their half-sent deliveries back to be repeated, marked so.
 * Their channels free themselves, being leases too. One transaction: dying in the middle of it changes nothing.
 * @param alone no other process can be alive (the embedded database is this process's own): do not wait for expiry
 */
export async function takeOver(db: Db, self: string, log: Log, underWay: UnderWay, alone = false): Promise<void> {
  const dead = await transact(db, async (tx) => {
    const gone = await tx.$queryRaw<{ owner: string }[]>`
      DELETE FROM lease WHERE name LIKE 'process:%' AND owner <> ${self} AND (${alone} OR "expiresAt" < clock_timestamp()) RETURNING owner`;
    if (alone) await tx.$executeRaw`DELETE FROM lease WHERE owner <> ${self}`;
    await unlockJobs(tx, alone);
    await dropReplaced(tx);
    await returnHalfSent(tx, self, underWay, alone);
    return gone;
  });
  for (const { owner } of dead)
    log[alone ? 'info' : 'warn']({ process: owner }, 'a process is gone; its jobs and deliveries were taken over');
}

/**
 * What this process could not end before it goes: its deliveries are repeated, marked so, and the jobs of its workers are free
 * for whoever comes next.
 */
export async function giveBack(db: Db, self: string, workerIds: readonly string[]): Promise<void> {
  await transact(db, async (tx) => {
    await tx.$executeRaw`SELECT graphile_worker.force_unlock_workers(${[...workerIds]}::text[])`;
    await returnHalfSent(tx, self, new Set(), false);
  });
}

/** Jobs locked by a worker that no living process names, for longer than a process may take to name it. */
async function unlockJobs(tx: Tx, alone: boolean): Promise<void> {
  await tx.$executeRaw`
    SELECT graphile_worker.force_unlock_workers(array_agg(locked.worker)) FROM (
      SELECT DISTINCT j.locked_by AS worker FROM graphile_worker.jobs j
      WHERE j.locked_by IS NOT NULL AND (${alone} OR j.locked_at < clock_timestamp() - ${leaseMs} * interval '1 millisecond')
        AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.name LIKE 'process:%' AND l.detail ? j.locked_by)
    ) AS locked HAVING count(*) > 0`;
}

/** Tasks whose jobs have a key as long as nothing has replaced them. */
const keyed = [
  'deliver',
  'followUp',
  'answerByBot',
  'suggest',
  'callWebhook',
  'carryAlert',
  'keepCopy',
  'fillVectors',
  'mailReport',
];

/**
 * A job that is replaced while it runs loses its key and may not be tried again: its successor does the work. When its process
 * died in the middle it would stay in the table for ever.
 */
async function dropReplaced(tx: Tx): Promise<void> {
  await tx.$queryRaw`
    SELECT count(*)::int AS dropped FROM graphile_worker.complete_jobs(ARRAY(
      SELECT id FROM graphile_worker.jobs WHERE key IS NULL AND locked_by IS NULL AND attempts >= max_attempts AND last_error IS NULL
        AND task_identifier = ANY(${keyed}::text[])))`;
}

/** Deliveries that nobody is sending any more: their process is gone, or could not write down what became of them. */
async function returnHalfSent(tx: Tx, self: string, underWay: UnderWay, alone: boolean): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE delivery d SET state = 'retry', repeated = TRUE, "claimedBy" = NULL
    WHERE d.state = 'sending' AND CASE WHEN d."claimedBy" = ${self} THEN NOT d.id = ANY(${[...underWay]}::uuid[])
      ELSE ${alone} OR NOT EXISTS (SELECT 1 FROM lease l WHERE l.name = 'process:' || d."claimedBy") END
    RETURNING d.id`;
  for (const { id } of rows) await addJob(tx, 'deliver', { deliveryId: id }, { key: `deliver:${id}` });
}
