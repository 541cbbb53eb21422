import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { lockThread } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';

/** The visitor's screen showed our messages up to this one; staff see it as read. Repeating it changes nothing. */
export async function markReadByVisitor(
  db: Db,
  where: { channelId: string; threadIds: string[] },
  messageId: string,
  now: Date,
): Promise<void> {
  await transact(db, async (tx) => {
    const [last] = await tx.$queryRaw<{ threadId: string; receivedAt: Date }[]>`
      SELECT "threadId", "receivedAt" FROM message WHERE id = ${messageId}::uuid AND "channelId" = ${where.channelId}::uuid
        AND "threadId" = ANY(${where.threadIds}::uuid[]) AND direction = 'outbound'`;
    if (last === undefined) return;
    await lockThread(tx, last.threadId);
    const read = await tx.$queryRaw<{ id: string }[]>`
      UPDATE message SET "readAt" = ${now}::timestamptz
      WHERE "threadId" = ${last.threadId}::uuid AND "channelId" = ${where.channelId}::uuid AND direction = 'outbound'
        AND "readAt" IS NULL AND ("receivedAt", id) <= (${last.receivedAt}::timestamptz, ${messageId}::uuid)
      RETURNING id`;
    if (read.length === 0) return;
    const ids = read.map((row) => row.id);
    const deliveries = await tx.$queryRaw<{ messageId: string }[]>`
      UPDATE delivery SET state = 'read', "updatedAt" = ${now}::timestamptz
      WHERE "messageId" = ANY(${ids}::uuid[]) AND "channelId" = ${where.channelId}::uuid AND state IN ('sent', 'delivered')
      RETURNING "messageId"`;
    await tellThread(tx, 'message.read', last.threadId, now, {
      ids: { messageId },
      patch: { messageIds: ids, deliveredIds: deliveries.map((row) => row.messageId), readAt: now.toISOString() },
    });
  });
}

/** A message of ours has come to a screen of the visitor's. */
export async function markShown(db: Db, messageId: string, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    const [row] = await tx.$queryRaw<{ threadId: string; attempts: number; dueAt: Date; repeated: boolean }[]>`
      UPDATE delivery d SET state = 'delivered', "updatedAt" = ${now}::timestamptz FROM message m
      WHERE d."messageId" = ${messageId}::uuid AND m.id = d."messageId" AND m."channelId" = d."channelId" AND d.state = 'sent'
      RETURNING d."threadId", d.attempts, d."dueAt", d.repeated`;
    if (row === undefined) return;
    const { threadId, attempts, dueAt, repeated } = row;
    await tellThread(tx, 'delivery.changed', threadId, now, {
      ids: { messageId },
      patch: {
        delivery: { messageId, state: 'delivered', attempts, error: null, dueAt: dueAt.toISOString(), repeated },
      },
    });
  });
}
