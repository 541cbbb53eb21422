import { readClient } from '../clients/read.ts';
import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { conflict, forbidden, notFound } from '../errors.ts';
import { newId } from '../lib/id.ts';
import { forgetResponse } from '../reports/recordResponse.ts';
import { recount } from '../threads/reply.ts';
import { lockThread } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';
import { needThread } from '../threads/visibility.ts';
import type { Viewer } from '../users/viewer.ts';
import type { Call, LoggedCall } from './schema.ts';
import { rewriteTalk, writeTalk } from './talk.ts';
import { tellCall } from './tell.ts';

/** A call that somebody made or took. In a thread it stands in its flow, and a talk answers who waited there. */
export async function logCall(db: Db, viewer: Viewer, name: string, input: LoggedCall, now: Date): Promise<Call> {
  const id = newId(now.getTime());
  return transact(db, async (tx) => {
    const thread = input.threadId === undefined ? null : await needThread(tx, viewer, input.threadId);
    const clientId = thread?.clientId ?? input.clientId ?? '';
    await readClient(tx, viewer, clientId);
    const known = await tx.identity.findFirst({ where: { clientId, kind: 'phone' }, orderBy: { createdAt: 'asc' } });
    const phone = known?.value ?? '';
    const { direction, talked, note } = input;
    const messageId =
      thread === null
        ? null
        : await writeTalk(
            tx,
            thread.id,
            { id: viewer.userId, name },
            { channelId: null, phone, note, talked, at: now, now },
          );
    await tx.call.create({
      data: {
        id,
        direction,
        state: talked ? 'ended' : 'missed',
        phone,
        clientId,
        threadId: thread?.id ?? null,
        messageId,
        userId: viewer.userId,
        startedAt: now,
        answeredAt: talked ? now : null,
        endedAt: now,
        note,
        createdAt: now,
      },
    });
    return tellCall(tx, id, now);
  });
}

/**
 * What was said in a call, by who talked: it stands on the call, and in the flow of the client's thread where there is one.
 * @throws AppError 409 while it rings, or when nobody took it
 */
export async function noteCall(
  db: Db,
  viewer: Viewer,
  name: string,
  id: string,
  note: string,
  now: Date,
): Promise<Call> {
  return transact(db, async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM call WHERE id = ${id}::uuid FOR UPDATE`;
    const call = await tx.call.findUnique({ where: { id } });
    if (call === null) throw notFound('call');
    if (call.userId !== viewer.userId) throw forbidden();
    if (call.answeredAt === null) throw conflict('call.notTaken', 'Nobody talked in this call.');
    const said = { channelId: call.channelId, phone: call.phone, note, talked: true, at: call.answeredAt, now };
    let { threadId, messageId } = call;
    if (threadId !== null && messageId !== null) await rewriteTalk(tx, threadId, messageId, said);
    else if (call.clientId !== null && note !== '') {
      threadId = await openThreadOf(tx, call.clientId);
      if (threadId !== null) messageId = await writeTalk(tx, threadId, { id: viewer.userId, name }, said);
    }
    await tx.call.update({ where: { id }, data: { note, threadId, messageId } });
    return tellCall(tx, id, now);
  });
}

/** Where a client's matter goes on now; null when nothing is open. */
async function openThreadOf(tx: Tx, clientId: string): Promise<string | null> {
  const thread = await tx.thread.findFirst({
    where: { clientId, status: { not: 'closed' }, mergedIntoId: null },
    orderBy: { lastMessageAt: 'desc' },
    select: { id: true },
  });
  return thread?.id ?? null;
}

/** Takes a call back that was logged by hand: by who logged it; whoever it answered waits again. */
export async function dropCall(db: Db, viewer: Viewer, id: string, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    const call = await tx.call.findUnique({ where: { id } });
    if (call === null || call.channelId !== null) throw notFound('call');
    if (call.userId !== viewer.userId) throw forbidden();
    await tellCall(tx, id, now, true);
    await tx.call.delete({ where: { id } });
    if (call.threadId === null || call.messageId === null) return;
    await lockThread(tx, call.threadId);
    await forgetResponse(tx, call.messageId);
    await tx.message.deleteMany({ where: { id: call.messageId } });
    await recount(tx, call.threadId);
    await tellThread(tx, 'delivery.undone', call.threadId, now, {
      actorId: viewer.userId,
      ids: { messageId: call.messageId },
    });
  });
}
