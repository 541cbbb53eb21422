import type { Tx } from '../db/tx.ts';
import { record } from '../events/record.ts';
import { readCall } from './read.ts';
import type { Call } from './schema.ts';

/**
 * Records how a call stands now, for who talks or is called, and for who sees the place of its thread or channel. Call it last in
 * the transaction. A call of nobody in particular is for everybody there.
 */
export async function tellCall(tx: Tx, id: string, now: Date, dropped = false): Promise<Call> {
  const call = await readCall(tx, id);
  const row = await tx.call.findUniqueOrThrow({ where: { id }, select: { channelId: true } });
  const thread =
    call.threadId === null
      ? null
      : await tx.thread.findUnique({
          where: { id: call.threadId },
          select: { assigneeId: true, teamId: true, storeId: true },
        });
  const channel =
    row.channelId === null
      ? null
      : await tx.channel.findUnique({ where: { id: row.channelId }, select: { teamId: true, storeId: true } });
  const place = thread ?? { assigneeId: null, teamId: channel?.teamId ?? null, storeId: channel?.storeId ?? null };
  const assigneeId = call.userId ?? place.assigneeId ?? call.ownerId;
  await record(tx, {
    type: 'call.changed',
    at: now,
    clientId: call.clientId,
    ids: { callId: id },
    patch: { call, dropped },
    scope: { thread: { ...place, assigneeId } },
  });
  // Who heard it ring without an addressee hears that it is taken or over; what they may see of it they ask.
  if (assigneeId !== null)
    await record(tx, {
      type: 'call.changed',
      at: now,
      ids: { callId: id },
      scope: { thread: { ...place, assigneeId: null } },
    });
  return call;
}
