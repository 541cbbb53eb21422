import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
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

/**
 * Takes over from dead processes: unlocks their jobs and gives their half-sent deliveries back to be repeated, marked so.
 * Their channels free themselves, being leases too.
 * @param alone no other process can be alive (the embedded database is this process's own): do not wait for expiry
 */
export async function takeOver(db: Db, self: string, log: Log, alone = false): Promise<void> {
  const dead = await db.$queryRaw<{ name: string; owner: string; detail: unknown }[]>`
    DELETE FROM lease WHERE name LIKE 'process:%' AND owner <> ${self} AND (${alone} OR "expiresAt" < clock_timestamp()) RETURNING name, owner, detail`;
  if (alone) await db.$executeRaw`DELETE FROM lease WHERE owner <> ${self}`;
  for (const process of dead) {
    const workers = Array.isArray(process.detail)
      ? process.detail.filter((id): id is string => typeof id === 'string')
      : [];
    log.warn({ process: process.owner }, 'a process is gone; taking over its jobs and deliveries');
    if (workers.length > 0) await db.$executeRaw`SELECT graphile_worker.force_unlock_workers(${workers}::text[])`;
  }
  await returnHalfSent(db, self, alone);
}

/** Deliveries that a process without a lease was sending. */
async function returnHalfSent(db: Db, self: string, alone: boolean): Promise<void> {
  await transact(db, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      UPDATE delivery d SET state = 'retry', repeated = TRUE, "claimedBy" = NULL
      WHERE d.state = 'sending' AND d."claimedBy" <> ${self}
        AND (${alone} OR NOT EXISTS (SELECT 1 FROM lease l WHERE l.name = 'process:' || d."claimedBy"))
      RETURNING d.id`;
    for (const { id } of rows) await addJob(tx, 'deliver', { deliveryId: id }, { key: `deliver:${id}` });
  });
}
