import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { addJob } from '../jobs/add.ts';
import { answerRetried } from './outcome.ts';
import { lockThread } from './rows.ts';
import { tellThread } from './tell.ts';

/** A person asks to try a failed delivery again, now. */
export async function retryDelivery(db: Db, messageId: string, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    const [held] = await tx.$queryRaw<
      { threadId: string }[]
    >`SELECT "threadId" FROM delivery WHERE "messageId" = ${messageId}::uuid`;
    if (held === undefined) return;
    await lockThread(tx, held.threadId);
    const [row] = await tx.$queryRaw<{ id: string; threadId: string }[]>`
      UPDATE delivery SET state = 'retry', attempts = 0, "dueAt" = ${now}::timestamptz, error = NULL, "updatedAt" = ${now}::timestamptz
      WHERE "messageId" = ${messageId}::uuid AND state IN ('failed', 'retry') RETURNING id, "threadId"`;
    if (row === undefined) return;
    await answerRetried(tx, row.threadId, messageId, now);
    await addJob(tx, 'deliver', { deliveryId: row.id }, { key: `deliver:${row.id}` });
    await tellThread(tx, 'delivery.changed', row.threadId, now, {
      ids: { messageId },
      patch: { delivery: { messageId, state: 'retry', error: null, dueAt: now.toISOString() } },
    });
  });
}
