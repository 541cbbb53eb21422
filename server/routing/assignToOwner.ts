import { transact } from '../db/tx.ts';
import type { Reactor } from '../jobs/handlers.ts';
import { lockThread, placeOf, readSummary } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';

/** A client who has an owner gets the owner: an open thread that is nobody's goes to them. */
export const assignToOwner: Reactor = async ({ db, clock }, event) => {
  const { threadId } = event;
  if (threadId === null) return;
  const [wanted] = await db.$queryRaw<{ ownerId: string }[]>`
    SELECT c."ownerId" FROM thread t JOIN client c ON c.id = t."clientId" JOIN "user" u ON u.id = c."ownerId"
    WHERE t.id = ${threadId}::uuid AND t."assigneeId" IS NULL AND t.status = 'open' AND u."deactivatedAt" IS NULL`;
  if (wanted === undefined) return;
  await transact(db, async (tx) => {
    await lockThread(tx, threadId);
    const before = await readSummary(tx, threadId);
    if (before === null || before.assigneeId !== null || before.status !== 'open') return;
    const now = clock.now();
    await tx.thread.update({ where: { id: threadId }, data: { assigneeId: wanted.ownerId, updatedAt: now } });
    await tellThread(tx, 'thread.assigned', threadId, now, { before: placeOf(before), patch: { why: 'owner' } });
  });
};
