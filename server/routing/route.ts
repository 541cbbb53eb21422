import { presentFor } from '../absence/standsIn.ts';
import { notify } from '../alerts/notify.ts';
import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import type { Reactor } from '../jobs/handlers.ts';
import { newId } from '../lib/id.ts';
import { lockThread, placeOf, readSummary, type SummaryRow } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';
import { readCandidates } from './candidates.ts';
import { choose } from './choose.ts';
import { readRouting, routingKey } from './settings.ts';

/**
 * Finds somebody for a thread that is nobody's, or that somebody absent has: the client's owner, or who stands in; else,
 * when routing is on, by place, skill, room and load. Why is in the event, for all to see.
 */
export const route: Reactor = async ({ db, clock }, event) => {
  const { threadId } = event;
  if (threadId === null) return;
  // Most messages need nobody found: one statement says so.
  const [open] = await db.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM thread t JOIN client c ON c.id = t."clientId"
    WHERE t.id = ${threadId}::uuid AND t.status = 'open' AND t."mergedIntoId" IS NULL AND NOT t.historical
      AND CASE WHEN t."assigneeId" IS NULL
        THEN c."ownerId" IS NOT NULL OR coalesce((SELECT value->>'mode' FROM setting WHERE key = ${routingKey}), 'off') <> 'off'
        ELSE EXISTS (SELECT 1 FROM absence a WHERE a."userId" = t."assigneeId" AND a."startedAt" IS NOT NULL AND a."endedAt" IS NULL) END`;
  if (open === undefined) return;
  await transact(db, (tx) => findSomebody(tx, threadId, clock.now()));
};

async function findSomebody(tx: Tx, threadId: string, now: Date): Promise<void> {
  await lockThread(tx, threadId);
  const thread = await readSummary(tx, threadId);
  if (thread === null || thread.status !== 'open' || thread.mergedIntoId !== null) return;
  const client = await tx.client.findUniqueOrThrow({
    where: { id: thread.clientId },
    select: { ownerId: true, level: true, companyId: true, language: true },
  });
  if (thread.assigneeId !== null) {
    const instead = await presentFor(tx, thread.assigneeId, client);
    if (instead === thread.assigneeId) return;
    if (instead !== null) return give(tx, thread, instead, 'substitute', now);
  }
  if (client.ownerId !== null) {
    const owner = await presentFor(tx, client.ownerId, client);
    if (owner !== null && owner !== thread.assigneeId)
      return give(tx, thread, owner, owner === client.ownerId ? 'owner' : 'substitute', now);
  }
  if (thread.assigneeId === null) await byLoad(tx, thread, client.language, now);
}

/** By place, skill, room and load, when routing is on and a person is wanted. */
async function byLoad(tx: Tx, thread: SummaryRow, language: string | null, now: Date): Promise<void> {
  const settings = await readRouting(tx);
  if (settings.mode === 'off' || thread.botState === 'bot' || thread.waitingSince === null) return;
  // One choice at a time: two threads at once do not both go to the one who was free.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('parley routing'))`;
  const passed = await tx.threadOffer.findMany({
    where: { threadId: thread.id, outcome: 'passedOn' },
    select: { userId: true },
  });
  const candidates = await readCandidates(tx, now);
  const wants = [
    ...(language === null ? [] : [`language:${language.toLowerCase().split('-')[0] ?? ''}`]),
    ...thread.tags.map((tag) => `topic:${tag}`),
  ];
  const work = {
    storeId: thread.storeId,
    teamId: thread.teamId,
    wants,
    weight: 1,
    passedBy: passed.map((offer) => offer.userId),
  };
  const choice = choose(work, candidates, settings.mode);
  if (choice.userId === null) return;
  const takeBy = settings.takeWithinMs === null ? null : new Date(now.getTime() + settings.takeWithinMs);
  await tx.threadOffer.create({
    data: {
      id: newId(now.getTime()),
      threadId: thread.id,
      userId: choice.userId,
      why: choice.why,
      offeredAt: now,
      takeBy,
    },
  });
  await tx.routingProfile.upsert({
    where: { userId: choice.userId },
    create: { userId: choice.userId, lastGivenAt: now },
    update: { lastGivenAt: now },
  });
  await give(tx, thread, choice.userId, choice.why, now);
}

async function give(tx: Tx, thread: SummaryRow, userId: string, why: string, now: Date): Promise<void> {
  await tx.thread.update({ where: { id: thread.id }, data: { assigneeId: userId, updatedAt: now } });
  const cause = `threadGiven:${thread.id}:${userId}:${thread.waitingSince?.toISOString() ?? ''}`;
  const data = { clientName: thread.clientName, subject: thread.subject || thread.preview, why };
  // An owner finds a client's new thread in the inbox, as always.
  if (why !== 'owner') await notify(tx, [userId], { kind: 'threadGiven', cause, threadId: thread.id, data }, now);
  await tellThread(tx, 'thread.assigned', thread.id, now, { before: placeOf(thread), patch: { why } });
}

/** Offers that nobody looked at in time go to the next, and the queue is tried again; run by the schedule. */
export async function sweepRouting(db: Db, now: Date): Promise<void> {
  const late = await db.threadOffer.findMany({ where: { outcome: null, takeBy: { lte: now } }, take: 200 });
  for (const offer of late)
    await transact(db, async (tx) => {
      await lockThread(tx, offer.threadId);
      const thread = await readSummary(tx, offer.threadId);
      const read = await tx.threadRead.findUnique({
        where: { threadId_userId: { threadId: offer.threadId, userId: offer.userId } },
      });
      const taken =
        thread === null || thread.waitingSince === null || (read !== null && read.readAt >= offer.offeredAt);
      const elsewhere = thread !== null && thread.assigneeId !== offer.userId;
      const outcome = elsewhere ? 'withdrawn' : taken ? 'taken' : 'passedOn';
      const claimed = await tx.threadOffer.updateMany({ where: { id: offer.id, outcome: null }, data: { outcome } });
      if (claimed.count === 0 || outcome !== 'passedOn' || thread === null) return;
      await tx.thread.update({ where: { id: thread.id }, data: { assigneeId: null, updatedAt: now } });
      await tellThread(tx, 'thread.assigned', thread.id, now, {
        before: placeOf(thread),
        patch: { why: 'not taken in time' },
      });
      await findSomebody(tx, thread.id, now);
    });
  if ((await readRouting(db)).mode === 'off') return;
  const queue = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM thread WHERE "waitingSince" IS NOT NULL AND "mergedIntoId" IS NULL AND "assigneeId" IS NULL AND status = 'open' ORDER BY "waitingSince", id LIMIT 50`;
  for (const { id } of queue) await transact(db, (tx) => findSomebody(tx, id, now));
}
