import type { Db } from '../db/client.ts';
import type { ChannelHealth } from './schema.ts';

/** The cursor that tells how many messages a channel had brought before its receipts begin. */
export const broughtBefore = 'before';

/** How a channel is, both ways: one that receives and cannot send is not well. */
export async function readHealth(db: Db, row: { id: string; pausedAt: Date | null }): Promise<ChannelHealth> {
  const [health, storedCount, quarantined, ignored, waiting] = await Promise.all([
    db.channelHealth.findUnique({ where: { channelId: row.id } }),
    countStored(db, row.id),
    db.receipt.count({ where: { channelId: row.id, outcome: 'quarantined' } }),
    db.receipt.count({ where: { channelId: row.id, outcome: 'ignored' } }),
    // The one that is being tried just now has not gone out either.
    db.delivery.count({ where: { channelId: row.id, state: { in: ['sending', 'retry'] } } }),
  ]);
  const received = (health?.state as ChannelHealth['state']) ?? 'connecting';
  const sendFailingSince = health?.sendFailingSince ?? null;
  const cannotSend = sendFailingSince !== null && (received === 'ok' || received === 'connecting');
  return {
    state: row.pausedAt !== null ? 'paused' : cannotSend ? 'retrying' : received,
    lastReceivedAt: health?.lastReceivedAt?.toISOString() ?? null,
    lastCheckedAt: health?.lastCheckedAt?.toISOString() ?? null,
    remoteCount: health?.remoteCount ?? null,
    storedCount,
    quarantined,
    ignored,
    failingSince: (cannotSend ? sendFailingSince : health?.failingSince)?.toISOString() ?? null,
    error: (cannotSend ? health?.sendError : health?.error) ?? null,
    sending: { failingSince: sendFailingSince?.toISOString() ?? null, error: health?.sendError ?? null, waiting },
  };
}

/** What came by a channel: cursors count it as they pass; where there are none, its receipts and calls do. */
async function countStored(db: Db, channelId: string): Promise<number> {
  const cursors = await db.channelCursor.findMany({
    where: { channelId, storedCount: { gt: 0 } },
    select: { name: true, storedCount: true },
  });
  const sum = (of: typeof cursors) => of.reduce((total, cursor) => total + cursor.storedCount, 0);
  const before = sum(cursors.filter((cursor) => cursor.name === broughtBefore));
  const passed = sum(cursors) - before;
  if (passed > 0) return before + passed;
  const [receipts, calls] = await Promise.all([
    db.receipt.count({ where: { channelId, outcome: 'stored' } }),
    db.call.count({ where: { channelId } }),
  ]);
  return before + receipts + calls;
}
