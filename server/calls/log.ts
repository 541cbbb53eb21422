import { readClient } from '../clients/read.ts';
import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { conflict, forbidden, notFound } from '../errors.ts';
import { newId } from '../lib/id.ts';
import { forgetResponse } from '../reports/recordResponse.ts';
import { recount } from '../threads/recount.ts';
import { lockThread } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';
import { needThread } from '../threads/visibility.ts';
import { maySeeThread, type Viewer } from '../users/viewer.ts';
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
    let { messageId } = call;
    let threadId = call.threadId === null ? null : await standingThread(tx, call.threadId);
    if (threadId !== null && messageId !== null) await rewriteTalk(tx, threadId, messageId, said);
    else if (call.clientId !== null && note !== '') {
      threadId = await openThreadOf(tx, viewer, call.clientId);
      if (threadId !== null) messageId = await writeTalk(tx, threadId, { id: viewer.userId, name }, said);
    }
    await tx.call.update({ where: { id }, data: { note, threadId, messageId } });
    return tellCall(tx, id, now);
  });
}

/** The thread itself, or the one it was merged into. */
async function standingThread(tx: Tx, id: string): Promise<string> {
  const thread = await tx.thread.findUnique({ where: { id }, select: { mergedIntoId: true } });
  return thread?.mergedIntoId ?? id;
}

/** Where a client's matter goes on now, as far as the viewer sees it; null when nothing is open. */
async function openThreadOf(tx: Tx, viewer: Viewer, clientId: string): Promise<string | null> {
  const threads = await tx.thread.findMany({
    where: { clientId, status: { not: 'closed' }, mergedIntoId: null },
    orderBy: { lastMessageAt: 'desc' },
    select: { id: true, assigneeId: true, teamId: true, storeId: true },
    take: 20,
  });
  return threads.find((thread) => maySeeThread(viewer, thread))?.id ?? null;
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
