import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { forbidden, meaning } from '../errors.ts';
import type { EventType } from '../events/catalogue.ts';
import { setClock } from '../targets/setClock.ts';
import type { Viewer } from '../users/viewer.ts';
import { recount } from './recount.ts';
import { lockThread, placeOf, presentSummary, type SummaryRow } from './rows.ts';
import type { ThreadSummary } from './schema.ts';
import { tellThread } from './tell.ts';
import { lockHolder } from './visibility.ts';

/**
 * What can be done to a thread as a whole. Each is one transaction, repeatable: doing it again changes and tells nothing. Done to
 * one that was merged away meanwhile, it is done to the one that holds its messages.
 */

/** Gives the thread to a user (null takes it from everybody) or a team. */
export async function assignThread(
  db: Db,
  viewer: Viewer,
  threadId: string,
  to: { userId?: string | null; teamId?: string | null },
  mayAssignOthers: boolean,
  now: Date,
): Promise<ThreadSummary> {
  if (to.userId !== undefined && to.userId !== null && to.userId !== viewer.userId && !mayAssignOthers)
    throw forbidden('Your role may take threads, not give them to others.');
  return change(db, viewer, threadId, 'thread.assigned', now, async (tx, thread) => {
    if (typeof to.userId === 'string') {
      const user = await tx.user.findFirst({ where: { id: to.userId, deactivatedAt: null } });
      if (user === null) throw meaning('user.unknown', 'There is no such colleague.', 'userId');
    }
    if (typeof to.teamId === 'string' && (await tx.team.findUnique({ where: { id: to.teamId } })) === null)
      throw meaning('team.unknown', 'There is no such team.', 'teamId');
    const assigneeId = to.userId === undefined ? thread.assigneeId : to.userId;
    const teamId = to.teamId === undefined ? thread.teamId : to.teamId;
    if (assigneeId === thread.assigneeId && teamId === thread.teamId) return false;
    await tx.thread.update({ where: { id: thread.id }, data: { assigneeId, teamId, updatedAt: now } });
    return true;
  });
}

export async function closeThread(db: Db, viewer: Viewer, threadId: string, now: Date): Promise<ThreadSummary> {
  return change(db, viewer, threadId, 'thread.closed', now, async (tx, thread) => {
    if (thread.status === 'closed') return false;
    await tx.thread.update({
      where: { id: thread.id },
      data: {
        status: 'closed',
        closedAt: now,
        closedById: viewer.userId,
        snoozedUntil: null,
        waitingSince: null,
        dueAt: null,
        updatedAt: now,
      },
    });
    return true;
  });
}

/** Opens it again; a client who was never answered waits again, since then. */
export async function reopenThread(db: Db, viewer: Viewer, threadId: string, now: Date): Promise<ThreadSummary> {
  return change(db, viewer, threadId, 'thread.reopened', now, async (tx, thread) => {
    if (thread.status === 'open') return false;
    await tx.thread.update({
      where: { id: thread.id },
      data: { status: 'open', closedAt: null, closedById: null, snoozedUntil: null, updatedAt: now },
    });
    await recount(tx, thread.id);
    return true;
  });
}

export async function snoozeThread(
  db: Db,
  viewer: Viewer,
  threadId: string,
  until: Date,
  now: Date,
): Promise<ThreadSummary> {
  if (until <= now) throw meaning('snooze.past', 'Snooze until a time to come.', 'until');
  return change(db, viewer, threadId, 'thread.snoozed', now, async (tx, thread) => {
    await tx.thread.update({
      where: { id: thread.id },
      data: { status: 'snoozed', snoozedUntil: until, closedAt: null, closedById: null, updatedAt: now },
    });
    return true;
  });
}

/** Threads whose snooze is over open again; run by the schedule. Answers how many. */
export async function wakeSnoozed(db: Db, now: Date): Promise<number> {
  const due = await db.thread.findMany({
    where: { status: 'snoozed', snoozedUntil: { lte: now } },
    select: { id: true },
    take: 200,
  });
  for (const { id } of due) {
    await transact(db, async (tx) => {
      await lockThread(tx, id);
      const changed = await tx.thread.updateMany({
        where: { id, status: 'snoozed', snoozedUntil: { lte: now } },
        data: { status: 'open', snoozedUntil: null, updatedAt: now },
      });
      if (changed.count === 0) return;
      await recount(tx, id);
      await tellThread(tx, 'thread.reopened', id, now, { patch: { woke: true } });
    });
  }
  return due.length;
}

const tagLimit = 50;
/** The longest tag, in characters. */
export const tagLength = 60;

export async function tagThread(
  db: Db,
  viewer: Viewer,
  threadId: string,
  tag: string,
  on: boolean,
  now: Date,
): Promise<ThreadSummary> {
  const name = tag.normalize('NFC').trim().toLowerCase();
  if (name === '' || name.length > tagLength)
    throw meaning('tag.invalid', `A tag has 1 to ${tagLength} characters.`, 'tag', { max: tagLength });
  return change(db, viewer, threadId, 'thread.tagged', now, async (tx, thread) => {
    if (thread.tags.includes(name) === on) return false;
    if (on && thread.tags.length >= tagLimit)
      throw meaning('tag.tooMany', `A thread has at most ${tagLimit} tags.`, 'tag', { max: tagLimit });
    const tags = on ? [...thread.tags, name] : thread.tags.filter((other) => other !== name);
    await tx.thread.update({ where: { id: thread.id }, data: { tags, updatedAt: now } });
    return true;
  });
}

/** Hands the thread to the bot, or takes it from it. */
export async function setBot(db: Db, viewer: Viewer, threadId: string, on: boolean, now: Date): Promise<ThreadSummary> {
  return change(db, viewer, threadId, 'thread.botChanged', now, async (tx, thread) => {
    const botState = on ? 'bot' : 'person';
    if (thread.botState === botState) return false;
    await tx.thread.update({ where: { id: thread.id }, data: { botState, botReason: null, updatedAt: now } });
    return true;
  });
}

async function change(
  db: Db,
  viewer: Viewer,
  threadId: string,
  type: EventType,
  now: Date,
  work: (tx: Tx, thread: SummaryRow) => Promise<boolean>,
): Promise<ThreadSummary> {
  return transact(db, async (tx) => {
    const thread = await lockHolder(tx, viewer, threadId);
    if (!(await work(tx, thread))) return presentSummary(thread);
    await setClock(tx, thread.id);
    return presentSummary(
      await tellThread(tx, type, thread.id, now, { actorId: viewer.userId, before: placeOf(thread) }),
    );
  });
}
