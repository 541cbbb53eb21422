import { type Tx, transact } from '../db/tx.ts';
import { addJob } from '../jobs/add.ts';
import { lockThread } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';
import { type Claimed, claimedColumns } from './claim.ts';
import { compose } from './compose.ts';
import type { DeliverTools } from './deliver.ts';

/** Workers that keep copies at most; a mailbox that hangs holds one of them, and no delivery. */
const copyQueues = 2;
/** About half an hour of tries. */
const copyTries = 8;

/** Has the copy of a message that is out be kept, by a job. Needs the transaction that settles it. */
export async function addCopy(tx: Tx, { id, channelId }: Claimed): Promise<void> {
  const queue = `copies${Number.parseInt(channelId.slice(-4), 16) % copyQueues}`;
  await addJob(tx, 'keepCopy', { deliveryId: id }, { key: `copy:${id}`, queue, maxAttempts: copyTries });
}

const shownAtMost = 500;
/** What a message that is out says when its copy could not be kept. */
const copyLacks = 'It was sent, but no copy of it could be put into the folder of sent letters:';

/**
 * Puts a message that went out among the account's own sent letters. Work of its own: whatever becomes of it, the message is
 * sent. It is tried some times; at the last one the message says what is lacking. @throws while it is to be tried again
 */
export async function keepCopy(
  tools: Pick<DeliverTools, 'db' | 'files' | 'clock' | 'log' | 'keepCopy' | 'unsubscribe'>,
  deliveryId: string,
  lastTry: boolean,
): Promise<void> {
  const [sent] = await tools.db.$queryRaw<Claimed[]>`
    SELECT ${claimedColumns} FROM delivery d WHERE d.id = ${deliveryId}::uuid`;
  if (sent === undefined) return;
  try {
    await tools.keepCopy(sent.channelId, await compose(tools, sent));
  } catch (error) {
    if (!lastTry) throw error;
    const words = error instanceof Error ? error.message : String(error);
    tools.log.warn({ deliveryId, error: words }, 'a sent letter could not be copied to its folder');
    await sayCopyLacks(tools, sent, `${copyLacks} ${words}`.slice(0, shownAtMost));
  }
}

async function sayCopyLacks(
  { db, clock }: Pick<DeliverTools, 'db' | 'clock'>,
  sent: Claimed,
  error: string,
): Promise<void> {
  const now = clock.now();
  await transact(db, async (tx) => {
    await lockThread(tx, sent.threadId);
    const [row] = await tx.$queryRaw<{ state: string; dueAt: Date }[]>`
      UPDATE delivery SET error = ${error}, "updatedAt" = ${now}::timestamptz
      WHERE id = ${sent.id}::uuid AND state IN ('sent', 'delivered', 'read') AND error IS NULL RETURNING state::text, "dueAt"`;
    if (row === undefined) return;
    const { messageId, attempts, repeated } = sent;
    await tellThread(tx, 'delivery.changed', sent.threadId, now, {
      ids: { messageId },
      patch: { delivery: { messageId, state: row.state, attempts, error, dueAt: row.dueAt.toISOString(), repeated } },
    });
  });
}
