import type { Tx } from '../db/tx.ts';
import { forgetResponse, recordResponse } from '../reports/recordResponse.ts';
import { recount } from './reply.ts';

/** An answer that did not reach the client is none: they wait on, since when they wrote. Needs the thread locked. */
export async function answerFailed(tx: Tx, threadId: string, messageId: string): Promise<void> {
  await forgetResponse(tx, messageId);
  await recount(tx, threadId);
}

/** A person sends it once more: it counts as their answer from now on. Needs the thread locked. */
export async function answerRetried(tx: Tx, threadId: string, messageId: string, now: Date): Promise<void> {
  const [message] = await tx.$queryRaw<{ userId: string | null }[]>`
    SELECT "authorUserId" AS "userId" FROM message WHERE id = ${messageId}::uuid AND direction = 'outbound' AND "authorKind" = 'user'
      AND NOT EXISTS (SELECT 1 FROM response WHERE "messageId" = message.id)`;
  if (message?.userId != null)
    await recordResponse(tx, threadId, { messageId, userId: message.userId, answeredAt: now });
  await recount(tx, threadId);
}
