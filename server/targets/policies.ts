import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import { record } from '../events/record.ts';
import { newId } from '../lib/id.ts';
import type { DatedPolicy } from './aim.ts';
import { presentPolicy } from './rules.ts';
import type { NewPolicy, Policy } from './schema.ts';

/** Targets as they are set. A change never rewrites a version: it ends it and begins the next, for waits that begin from then on. */

/** The versions valid now; with `history` all of them, newest first. */
export async function listPolicies(db: Db, history: boolean): Promise<Policy[]> {
  const rows = await db.targetPolicy.findMany({
    where: history ? {} : { validUntil: null },
    orderBy: history ? [{ validFrom: 'desc' }] : [{ position: 'asc' }, { validFrom: 'asc' }],
  });
  return rows.map((row) => presentPolicy(row as unknown as DatedPolicy));
}

export async function makePolicy(db: Db, userId: string, policy: NewPolicy, now: Date): Promise<Policy> {
  return transact(db, (tx) => begin(tx, newId(now.getTime()), userId, policy, now));
}

/** @throws AppError 404 when no such policy is valid now */
export async function changePolicy(
  db: Db,
  userId: string,
  seriesId: string,
  policy: NewPolicy,
  now: Date,
): Promise<Policy> {
  return transact(db, async (tx) => {
    await end(tx, seriesId, now);
    return begin(tx, seriesId, userId, policy, now);
  });
}

export async function endPolicy(db: Db, seriesId: string, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    await end(tx, seriesId, now);
    await record(tx, { type: 'targets.changed', at: now, ids: { seriesId } });
  });
}

async function end(tx: Tx, seriesId: string, now: Date): Promise<void> {
  const ended = await tx.targetPolicy.updateMany({ where: { seriesId, validUntil: null }, data: { validUntil: now } });
  if (ended.count === 0) throw notFound('target');
}

async function begin(tx: Tx, seriesId: string, userId: string, policy: NewPolicy, now: Date): Promise<Policy> {
  const row = await tx.targetPolicy.create({
    data: {
      ...policy,
      escalations: policy.escalations as object,
      id: newId(now.getTime()),
      seriesId,
      validFrom: now,
      createdById: userId,
    },
  });
  await record(tx, { type: 'targets.changed', at: now, actorId: userId, ids: { policyId: row.id, seriesId } });
  return presentPolicy(row as unknown as DatedPolicy);
}
