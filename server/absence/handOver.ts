import { notify } from '../alerts/notify.ts';
import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { record } from '../events/record.ts';
import { setPresence } from '../presence/presence.ts';
import { tellPromise } from '../promises/keep.ts';
import { lockThread, placeOf, readSummary } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';
import { presentFor } from './standsIn.ts';

/** What an absence brings about: the work goes to the substitutes as it begins, and what is left of it comes back as it ends. */

/** What moved, so that it can come back: thread or promise id -> who had it meanwhile. */
interface HandedOver {
  threads: Record<string, string>;
  promises: Record<string, string>;
}

/** Begins and ends absences whose time has come; run by the schedule. */
export async function sweepAbsences(db: Db, now: Date): Promise<number> {
  const due = await db.absence.findMany({
    where: {
      endedAt: null,
      OR: [{ startedAt: null, fromAt: { lte: now } }, { untilAt: { lte: now } }],
    },
    select: { id: true },
    orderBy: { fromAt: 'asc' },
    take: 100,
  });
  for (const { id } of due)
    await transact(db, async (tx) => {
      await tx.$executeRaw`SELECT 1 FROM absence WHERE id = ${id}::uuid FOR UPDATE`;
      const row = await tx.absence.findUniqueOrThrow({ where: { id } });
      if (row.endedAt !== null) return;
      if (row.startedAt === null && row.fromAt <= now && (row.untilAt === null || row.untilAt > now))
        await begin(tx, id, now);
      else if (row.untilAt !== null && row.untilAt <= now) await finish(tx, id, now);
    });
  return due.length;
}

/** It is on: open threads and promises go to who stands in for each client. Needs a transaction. */
export async function begin(tx: Tx, id: string, now: Date): Promise<void> {
  const absence = await tx.absence.update({ where: { id }, data: { startedAt: now } });
  const moved: HandedOver = { threads: {}, promises: {} };
  const threads = await tx.$queryRaw<{ id: string; level: string; companyId: string | null }[]>`
    SELECT t.id, c.level::text AS level, c."companyId" FROM thread t JOIN client c ON c.id = t."clientId"
    WHERE t."assigneeId" = ${absence.userId}::uuid AND t.status <> 'closed' AND t."mergedIntoId" IS NULL ORDER BY t.id`;
  for (const thread of threads) {
    const to = await presentFor(tx, absence.userId, thread);
    if (to === null) continue;
    moved.threads[thread.id] = to;
    await give(tx, thread.id, to, 'absence', now);
  }
  const promises = await tx.$queryRaw<{ id: string; level: string; companyId: string | null }[]>`
    SELECT p.id, c.level::text AS level, c."companyId" FROM promise p JOIN client c ON c.id = p."clientId"
    WHERE p."ownerId" = ${absence.userId}::uuid AND p.state = 'open' AND (p."dueAt" IS NULL OR ${absence.untilAt}::timestamptz IS NULL OR p."dueAt" < ${absence.untilAt}::timestamptz)`;
  for (const promise of promises) {
    const to = await presentFor(tx, absence.userId, promise);
    if (to === null) continue;
    moved.promises[promise.id] = to;
    await tx.clientPromise.update({ where: { id: promise.id }, data: { ownerId: to, handedFromId: absence.userId } });
    await tellPromise(tx, promise.id, null, now);
  }
  await tx.absence.update({ where: { id }, data: { handedOver: moved as object } });
  await setPresence(tx, absence.userId, 'off', now);
  const substitutes = await tellSubstitutes(tx, id, now);
  const person = await tx.user.findUniqueOrThrow({ where: { id: absence.userId }, select: { name: true } });
  for (const to of substitutes) {
    const data = {
      absenceId: id,
      userId: absence.userId,
      name: person.name,
      threads: Object.values(moved.threads).filter((other) => other === to).length,
      promises: Object.values(moved.promises).filter((other) => other === to).length,
      note: absence.note,
    };
    await notify(tx, [to], { kind: 'absence', cause: `absence:${id}`, data }, now);
  }
}

/** It is over: what is still open comes back, and the one who returns learns what happened. Needs a transaction. */
export async function finish(tx: Tx, id: string, now: Date): Promise<void> {
  const absence = await tx.absence.update({ where: { id }, data: { endedAt: now } });
  if (absence.startedAt === null) {
    await record(tx, { type: 'absence.changed', at: now, ids: { absenceId: id, userId: absence.userId } });
    return;
  }
  // Also what came meanwhile: open threads of their own clients that the substitutes hold.
  const threads = await tx.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM thread t JOIN client c ON c.id = t."clientId" LEFT JOIN LATERAL (SELECT ${JSON.stringify(absence.handedOver)}::jsonb -> 'threads' ->> t.id::text AS to) h ON TRUE
    WHERE t.status <> 'closed' AND t."mergedIntoId" IS NULL AND t."assigneeId" IS NOT NULL AND t."assigneeId" <> ${absence.userId}::uuid
      AND (t."assigneeId"::text = h.to OR c."ownerId" = ${absence.userId}::uuid
        AND (t."assigneeId" = ${absence.substituteId}::uuid OR ${JSON.stringify(absence.groups)}::jsonb @> jsonb_build_array(jsonb_build_object('substituteId', t."assigneeId"::text))))
    ORDER BY t.id`;
  for (const thread of threads) await give(tx, thread.id, absence.userId, 'return', now);
  const promises = await tx.clientPromise.findMany({
    where: { handedFromId: absence.userId, state: 'open' },
    select: { id: true },
  });
  for (const promise of promises) {
    await tx.clientPromise.update({ where: { id: promise.id }, data: { ownerId: absence.userId, handedFromId: null } });
    await tellPromise(tx, promise.id, null, now);
  }
  await tellSubstitutes(tx, id, now);
  const answered = await tx.response.count({
    where: { forUserId: absence.userId, answeredAt: { gte: absence.startedAt } },
  });
  const data = { absenceId: id, threads: threads.length, promises: promises.length, answered };
  await notify(tx, [absence.userId], { kind: 'welcomeBack', cause: `welcomeBack:${id}`, data }, now);
}

async function give(tx: Tx, threadId: string, userId: string, why: string, now: Date): Promise<void> {
  await lockThread(tx, threadId);
  const before = await readSummary(tx, threadId);
  if (before === null || before.assigneeId === userId) return;
  await tx.thread.update({ where: { id: threadId }, data: { assigneeId: userId, updatedAt: now } });
  await tellThread(tx, 'thread.assigned', threadId, now, {
    before: placeOf(before),
    patch: { why, forUserId: before.assigneeId },
  });
}

/** Their rights change: their sockets begin anew. Answers who they are. */
async function tellSubstitutes(tx: Tx, absenceId: string, now: Date): Promise<string[]> {
  const row = await tx.absence.findUniqueOrThrow({ where: { id: absenceId } });
  const groups = row.groups as { substituteId: string }[];
  const ids = new Set([
    ...(row.substituteId === null ? [] : [row.substituteId]),
    ...groups.map((group) => group.substituteId),
  ]);
  for (const userId of ids) await record(tx, { type: 'user.changed', at: now, ids: { userId } });
  await record(tx, { type: 'absence.changed', at: now, ids: { absenceId, userId: row.userId } });
  return [...ids];
}
