import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { conflict, meaning, notFound } from '../errors.ts';
import { newId, newToken } from '../lib/id.ts';
import type { Viewer } from '../users/viewer.ts';
import { type MovedDraft, moveDrafts, returnDrafts } from './drafts.ts';
import { recount } from './recount.ts';
import { lockThread } from './rows.ts';
import { tellThread } from './tell.ts';
import { needThread } from './visibility.ts';

/** Merging and splitting threads. Messages move; a row remembers which, so that each can be undone. */

/** The other thread's messages come into this one; the other closes and points here. Answers the merge's id. */
export async function mergeThreads(
  db: Db,
  viewer: Viewer,
  threadId: string,
  otherId: string,
  now: Date,
): Promise<{ id: string }> {
  if (threadId === otherId) throw meaning('merge.itself', 'A thread cannot be merged with itself.', 'otherId');
  return transact(db, async (tx) => {
    for (const id of [threadId, otherId].sort()) await lockThread(tx, id);
    const thread = await needThread(tx, viewer, threadId);
    const other = await needThread(tx, viewer, otherId);
    if (thread.mergedIntoId !== null || other.mergedIntoId !== null)
      throw conflict('merge.already', 'One of them is already merged into another thread.');
    if (thread.clientId !== other.clientId)
      throw meaning('merge.clients', 'They belong to two clients; merge the clients first.', 'otherId');
    const moved = await tx.$queryRaw<
      { id: string }[]
    >`UPDATE message SET "threadId" = ${threadId}::uuid WHERE "threadId" = ${otherId}::uuid RETURNING id`;
    await tx.delivery.updateMany({ where: { threadId: otherId }, data: { threadId } });
    const before = await tx.thread.findUniqueOrThrow({
      where: { id: otherId },
      select: { status: true, assigneeId: true, closedAt: true, closedById: true, snoozedUntil: true },
    });
    // What had been merged into the other comes along, and goes back with it.
    const along = await tx.$queryRaw<{ id: string }[]>`
      UPDATE thread SET "mergedIntoId" = ${threadId}::uuid WHERE "mergedIntoId" = ${otherId}::uuid RETURNING id`;
    const drafts = await moveDrafts(tx, otherId, threadId, now);
    const id = newId(now.getTime());
    await tx.threadMove.create({
      data: {
        id,
        kind: 'merge',
        threadId,
        otherId,
        messageIds: moved.map((row) => row.id),
        before: { thread: before, along: along.map((row) => row.id), drafts } as object,
        byUserId: viewer.userId,
        createdAt: now,
      },
    });
    await tx.thread.update({
      where: { id: otherId },
      data: {
        status: 'closed',
        mergedIntoId: threadId,
        closedAt: now,
        closedById: viewer.userId,
        waitingSince: null,
        dueAt: null,
        updatedAt: now,
      },
    });
    if (before.status === 'open')
      await tx.thread.update({ where: { id: threadId }, data: { status: 'open', closedAt: null, closedById: null } });
    await recount(tx, threadId);
    await recount(tx, otherId);
    await tellThread(tx, 'thread.merged', otherId, now, { actorId: viewer.userId, ids: { intoId: threadId } });
    await tellThread(tx, 'thread.merged', threadId, now, { actorId: viewer.userId, ids: { otherId } });
    return { id };
  });
}

/** These messages become a thread of their own. Answers the split's id; the new thread is in `threadId`. */
export async function splitThread(
  db: Db,
  viewer: Viewer,
  threadId: string,
  messageIds: string[],
  now: Date,
): Promise<{ id: string; threadId: string }> {
  return transact(db, async (tx) => {
    await lockThread(tx, threadId);
    const thread = await needThread(tx, viewer, threadId);
    const rows = await tx.message.findMany({
      where: { threadId, id: { in: messageIds } },
      orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
    });
    const there = new Set(rows.map((row) => row.id));
    const missing = messageIds.findIndex((id) => !there.has(id));
    if (missing >= 0) throw meaning('split.unknown', 'This message is not in the thread.', `messageIds.${missing}`);
    if (rows.length === thread.messageCount) throw meaning('split.all', 'At least one message stays.', 'messageIds');
    const first = rows[0];
    const id = newId(now.getTime());
    const newThreadId = newId(now.getTime());
    await tx.thread.create({
      data: {
        id: newThreadId,
        clientId: thread.clientId,
        subject: first?.subject ?? thread.subject,
        // No subject to match by: a later letter under the old subject belongs to the old thread.
        normalSubject: '',
        status: 'open',
        assigneeId: thread.assigneeId,
        teamId: thread.teamId,
        storeId: thread.storeId,
        channelId: first?.channelId ?? thread.channelId,
        channelKind: first?.channelKind ?? thread.channelKind,
        token: newToken(12),
        lastMessageAt: now,
        createdAt: now,
        updatedAt: now,
      },
    });
    await tx.message.updateMany({ where: { id: { in: messageIds } }, data: { threadId: newThreadId } });
    await tx.delivery.updateMany({ where: { messageId: { in: messageIds } }, data: { threadId: newThreadId } });
    await tx.threadMove.create({
      data: {
        id,
        kind: 'split',
        threadId,
        otherId: newThreadId,
        messageIds,
        before: {},
        byUserId: viewer.userId,
        createdAt: now,
      },
    });
    await recount(tx, threadId);
    await recount(tx, newThreadId);
    await tellThread(tx, 'thread.opened', newThreadId, now, { actorId: viewer.userId });
    await tellThread(tx, 'thread.split', threadId, now, { actorId: viewer.userId, ids: { otherId: newThreadId } });
    return { id, threadId: newThreadId };
  });
}

/**
 * Undoes a merge or a split: the messages that moved go back, from where they are by now when that thread was merged on; what
 * was written since stays where it is.
 */
export async function undoMove(
  db: Db,
  viewer: Viewer,
  threadId: string,
  moveId: string,
  kind: 'merge' | 'split',
  now: Date,
): Promise<void> {
  await transact(db, async (tx) => {
    const move = await tx.threadMove.findUnique({ where: { id: moveId } });
    if (move === null || move.kind !== kind || move.threadId !== threadId) throw notFound(kind);
    const [holder, otherHolder] = [await holderOf(tx, threadId), await holderOf(tx, move.otherId)];
    for (const id of [...new Set([holder, otherHolder, threadId, move.otherId])].sort()) await lockThread(tx, id);
    await needThread(tx, viewer, threadId);
    const claimed = await tx.threadMove.updateMany({ where: { id: moveId, undoneAt: null }, data: { undoneAt: now } });
    if (claimed.count === 0) return;
    const [from, to] = kind === 'merge' ? [holder, move.otherId] : [otherHolder, holder];
    if (from !== to) {
      await tx.message.updateMany({ where: { id: { in: move.messageIds }, threadId: from }, data: { threadId: to } });
      await tx.delivery.updateMany({
        where: { messageId: { in: move.messageIds }, threadId: from },
        data: { threadId: to },
      });
    }
    if (kind === 'merge') {
      const before = move.before as unknown as BeforeMerge;
      await restore(tx, move.otherId, holder, before);
      await returnDrafts(tx, holder, move.otherId, before.drafts ?? [], now);
      await closeIfUndone(tx, move.otherId, now);
    } else if (otherHolder === move.otherId) await closeEmpty(tx, move.otherId, holder, now);
    const touched = new Set([holder, from, move.otherId]);
    for (const id of touched) await recount(tx, id);
    for (const id of touched)
      await tellThread(tx, kind === 'merge' ? 'thread.split' : 'thread.merged', id, now, {
        actorId: viewer.userId,
        ids: id === move.otherId ? (kind === 'split' ? { intoId: holder } : {}) : { otherId: move.otherId },
      });
  });
}

/** Which thread has the messages of this one: itself, or the one it was merged into. */
async function holderOf(tx: Tx, threadId: string): Promise<string> {
  const { mergedIntoId } = await tx.thread.findUniqueOrThrow({
    where: { id: threadId },
    select: { mergedIntoId: true },
  });
  return mergedIntoId ?? threadId;
}

/** A thread that was split off, merged on and emptied by the split's undoing does not come back when the merge is undone too. */
async function closeIfUndone(tx: Tx, threadId: string, now: Date): Promise<void> {
  const split = await tx.threadMove.findFirst({
    where: { kind: 'split', otherId: threadId, undoneAt: { not: null } },
    select: { threadId: true },
  });
  if (split !== null) await closeEmpty(tx, threadId, await holderOf(tx, split.threadId), now);
}

/** How a thread was before it was merged away, and which were merged into it. */
interface BeforeMerge {
  thread: Record<string, unknown>;
  along: string[];
  /** Absent in merges of earlier versions. */
  drafts?: MovedDraft[];
}

async function restore(tx: Tx, threadId: string, holder: string, { thread, along }: BeforeMerge): Promise<void> {
  await tx.thread.update({ where: { id: threadId }, data: { mergedIntoId: null, ...thread } });
  await tx.thread.updateMany({ where: { id: { in: along }, mergedIntoId: holder }, data: { mergedIntoId: threadId } });
}

/** A thread whose split was undone stays only if something was written in it since. */
async function closeEmpty(tx: Tx, threadId: string, intoId: string, now: Date): Promise<void> {
  const left = await tx.message.count({ where: { threadId } });
  if (left > 0) return;
  await tx.thread.update({
    where: { id: threadId },
    data: { status: 'closed', mergedIntoId: intoId, closedAt: now, waitingSince: null, dueAt: null },
  });
}
