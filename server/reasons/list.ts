import { notify, supervisorsOf } from '../alerts/notify.ts';
import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import { newId } from '../lib/id.ts';
import { needThread } from '../threads/visibility.ts';
import type { Viewer } from '../users/viewer.ts';
import type { Reason, ThreadReason } from './schema.ts';

/** So many complaints about one model within thirty days raise an alert. */
export const complaintsLimit = 3;
const windowMs = 30 * 24 * 60 * 60_000;

export async function listReasons(db: Db): Promise<Reason[]> {
  const rows = await db.reason.findMany({
    where: { retiredAt: null },
    orderBy: [{ kind: 'asc' }, { position: 'asc' }],
  });
  return rows.map(({ id, kind, label, words }) => ({ id, kind: kind as Reason['kind'], label, words }));
}

/** The list as it is to be; what it leaves out is retired, and stays in the reports. */
export async function saveReasons(db: Db, items: Reason[], now: Date): Promise<Reason[]> {
  await transact(db, async (tx) => {
    const kept = items.flatMap((item) => (item.id === undefined ? [] : [item.id]));
    await tx.reason.updateMany({ where: { id: { notIn: kept }, retiredAt: null }, data: { retiredAt: now } });
    for (const [position, { id, ...data }] of items.entries()) {
      if (id === undefined) await tx.reason.create({ data: { id: newId(now.getTime()), ...data, position } });
      else await tx.reason.updateMany({ where: { id }, data: { ...data, position, retiredAt: null } });
    }
  });
  return listReasons(db);
}

export async function threadReasons(db: Db, viewer: Viewer, threadId: string): Promise<ThreadReason[]> {
  await needThread(db, viewer, threadId);
  return db.$queryRaw<ThreadReason[]>`
    SELECT r.id AS "reasonId", r.kind, r.label, tr.state, tr."productId" FROM thread_reason tr JOIN reason r ON r.id = tr."reasonId"
    WHERE tr."threadId" = ${threadId}::uuid ORDER BY r.kind, r.position`;
}

/** A person's word on a reason; the third confirmed complaint about one model in thirty days alarms the supervisors. */
export async function settleThreadReason(
  db: Db,
  viewer: Viewer,
  threadId: string,
  reasonId: string,
  to: { state: 'confirmed' | 'refused'; productId: string | null },
  now: Date,
): Promise<void> {
  await transact(db, async (tx) => {
    const thread = await needThread(tx, viewer, threadId);
    const reason = await tx.reason.findUnique({ where: { id: reasonId } });
    if (reason === null) throw notFound('reason');
    const data = { state: to.state, productId: to.productId, at: now, byUserId: viewer.userId };
    await tx.threadReason.upsert({
      where: { threadId_reasonId: { threadId, reasonId } },
      create: { threadId, reasonId, ...data },
      update: data,
    });
    if (reason.kind === 'dissatisfaction' && to.state === 'confirmed' && to.productId !== null)
      await alarm(tx, to.productId, thread.storeId, now);
  });
}

async function alarm(tx: Tx, productId: string, storeId: string | null, now: Date): Promise<void> {
  const since = new Date(now.getTime() - windowMs);
  const [found] = await tx.$queryRaw<{ model: string; name: string; n: number }[]>`
    WITH about AS (SELECT coalesce("groupSku", sku) AS model, name FROM product WHERE id = ${productId}::uuid)
    SELECT about.model, about.name, count(DISTINCT tr."threadId")::int AS n FROM about
    JOIN product p ON coalesce(p."groupSku", p.sku) = about.model
    JOIN thread_reason tr ON tr."productId" = p.id AND tr.state = 'confirmed' AND tr.at >= ${since}::timestamptz
    JOIN reason r ON r.id = tr."reasonId" AND r.kind = 'dissatisfaction' GROUP BY 1, 2`;
  if (found === undefined || found.n < complaintsLimit) return;
  const cause = `complaints:${found.model}:${Math.floor(now.getTime() / windowMs)}`;
  const data = { name: found.name, n: found.n, model: found.model };
  await notify(tx, await supervisorsOf(tx, storeId), { kind: 'complaints', cause, data }, now);
}
