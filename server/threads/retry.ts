import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { addJob } from '../jobs/add.ts';
import { tellThread } from './tell.ts';

/** A person asks to try a failed delivery again, now. */
export async function retryDelivery(db: Db, messageId: string, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    const [row] = await tx.$queryRaw<{ id: string; threadId: string }[]>`
      UPDATE delivery SET state = 'retry', "dueAt" = ${now}::timestamptz, error = NULL, "updatedAt" = ${now}::timestamptz
      WHERE "messageId" = ${messageId}::uuid AND state IN ('failed', 'retry') RETURNING id, "threadId"`;
    if (row === undefined) return;
    await addJob(tx, 'deliver', { deliveryId: row.id }, { key: `deliver:${row.id}` });
    await tellThread(tx, 'delivery.changed', row.threadId, now, {
      ids: { messageId },
      patch: { delivery: { messageId, state: 'retry', error: null, dueAt: now.toISOString() } },
    });
  });
}
