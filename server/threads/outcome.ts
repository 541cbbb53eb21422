import type { Tx } from '../db/tx.ts';
import { forgetResponse, recordResponse } from '../reports/recordResponse.ts';
import { recount } from './recount.ts';
import { tellThread } from './tell.ts';

/** An answer that did not reach the client is none: they wait on, since when they wrote. Needs the thread locked. */
export async function answerFailed(tx: Tx, threadId: string, messageId: string): Promise<void> {
  await forgetResponse(tx, messageId);
  await recount(tx, threadId);
}

/** A person sends it once more: it counts as their answer from now on; one for later counts when it is out. Needs the thread locked. */
export async function answerRetried(tx: Tx, threadId: string, messageId: string, now: Date): Promise<void> {
  const answer = await uncounted(tx, messageId);
  if (answer !== null && !answer.forLater)
    await recordResponse(tx, threadId, { messageId, userId: answer.userId, answeredAt: now });
  await recount(tx, threadId);
}

/** An answer that was written for later is out: now it answers whoever waits. Needs the thread locked. */
export async function answerReleased(tx: Tx, threadId: string, messageId: string, now: Date): Promise<void> {
  const answer = await uncounted(tx, messageId);
  if (answer === null || !answer.forLater) return;
  await recordResponse(tx, threadId, { messageId, userId: answer.userId, answeredAt: now });
  // Whoever wrote again since it was written waits on for that.
  await recount(tx, threadId);
  await tellThread(tx, 'message.released', threadId, now, { actorId: answer.userId, ids: { messageId } });
}

/** A person's answer that has ended no wait yet. */
async function uncounted(tx: Tx, messageId: string): Promise<{ userId: string; forLater: boolean } | null> {
  const [message] = await tx.$queryRaw<{ userId: string; forLater: boolean }[]>`
    SELECT "authorUserId" AS "userId", "sentAt" > "createdAt" AS "forLater" FROM message
    WHERE id = ${messageId}::uuid AND direction = 'outbound' AND "authorKind" = 'user' AND "authorUserId" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM response WHERE "messageId" = message.id)`;
  return message ?? null;
}
