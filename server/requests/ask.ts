import { notify, supervisorsOf } from '../alerts/notify.ts';
import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { conflict, meaning, notFound } from '../errors.ts';
import { newId } from '../lib/id.ts';
import { put, type ReplyTools } from '../threads/reply.ts';
import { lockThread, readSummary } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';
import { lockHolder, needThread } from '../threads/visibility.ts';
import type { Viewer } from '../users/viewer.ts';
import { isAsked, presentRequest, type RequestRow, readRequest, requestsOf } from './read.ts';
import type { ColleagueRequest, NewRequest } from './schema.ts';

/** Questions to colleagues inside a thread. They have a clock of their own; the client's clock keeps running. */

/** Puts a question to a colleague, a team or a store. @throws AppError 422 when there is no such one */
export async function askColleague(
  db: Db,
  viewer: Viewer,
  askedId: string,
  input: NewRequest,
  now: Date,
): Promise<ColleagueRequest> {
  const dueAt =
    input.dueAt !== undefined
      ? new Date(input.dueAt)
      : input.dueInMs === undefined
        ? null
        : new Date(now.getTime() + input.dueInMs);
  return transact(db, async (tx) => {
    const { id: threadId } = await lockHolder(tx, viewer, askedId);
    const to = {
      toUserId: input.toUserId ?? null,
      toTeamId: input.toTeamId ?? null,
      toStoreId: input.toStoreId ?? null,
    };
    const people = await peopleOf(tx, to);
    const id = newId(now.getTime());
    await tx.colleagueRequest.create({
      data: { id, threadId, text: input.text, askedById: viewer.userId, ...to, dueAt, createdAt: now },
    });
    const row = await tellRequest(tx, id, viewer.userId, now);
    const others = people.filter((userId) => userId !== viewer.userId);
    const data = { ...dataOf(row), byMail: input.byMail };
    await notify(tx, others, { kind: 'requestAsked', cause: `requestAsked:${id}`, threadId, data }, now);
    return presentRequest(row, now);
  });
}

/** The answer lands in the thread as a note by who answered; whoever was asked may, also without seeing the thread. */
export async function answerRequest(
  tools: ReplyTools,
  viewer: Viewer,
  name: string,
  id: string,
  text: string,
): Promise<ColleagueRequest> {
  const now = tools.clock.now();
  return transact(tools.db, async (tx) => {
    const row = await lockRequest(tx, id);
    if (!isAsked(viewer, row)) await needThread(tx, viewer, row.threadId);
    if (row.answeredAt !== null) throw conflict('request.answered', 'It is answered already.', { answer: row.answer });
    if (row.cancelledAt !== null) throw conflict('request.cancelled', 'The question was taken back.');
    const thread = await readSummary(tx, row.threadId);
    if (thread === null) throw notFound('thread');
    const noteId = await put(
      tx,
      tools,
      thread,
      { kind: 'user', viewer, name },
      { kind: 'note', text, attachmentIds: [] },
    );
    return presentRequest(await settle(tx, row, viewer.userId, { id: noteId, text }, now), now);
  });
}

/**
 * The same by a letter that is a note already. A question that is settled meanwhile stays as it is, and one that came back
 * without a word is open still.
 */
export async function answerByLetter(
  tx: Tx,
  id: string,
  userId: string,
  note: { id: string; text: string },
  now: Date,
): Promise<void> {
  if (note.text.trim() === '') return;
  const row = await lockRequest(tx, id);
  if (row.answeredAt === null && row.cancelledAt === null) await settle(tx, row, userId, note, now);
}

async function settle(
  tx: Tx,
  { id, threadId, askedById }: RequestRow,
  userId: string,
  note: { id: string; text: string },
  now: Date,
): Promise<RequestRow> {
  await tx.colleagueRequest.update({
    where: { id },
    data: { answer: note.text, answeredById: userId, answeredAt: now, noteId: note.id },
  });
  const answered = await tellRequest(tx, id, userId, now);
  const assigneeId = (await readSummary(tx, threadId))?.assigneeId ?? null;
  const people = [askedById, ...(assigneeId === null ? [] : [assigneeId])].filter((one) => one !== userId);
  await notify(
    tx,
    people,
    { kind: 'requestAnswered', cause: `requestAnswered:${id}`, threadId, data: dataOf(answered) },
    now,
  );
  return answered;
}

export async function cancelRequest(db: Db, viewer: Viewer, id: string, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    const row = await lockRequest(tx, id);
    await needThread(tx, viewer, row.threadId);
    if (row.answeredAt !== null || row.cancelledAt !== null) return;
    await tx.colleagueRequest.update({ where: { id }, data: { cancelledAt: now } });
    await tellRequest(tx, id, viewer.userId, now);
  });
}

export async function threadRequests(db: Db, viewer: Viewer, threadId: string, now: Date): Promise<ColleagueRequest[]> {
  await needThread(db, viewer, threadId);
  return (await requestsOf(db, threadId)).map((row) => presentRequest(row, now));
}

/** Requests whose time passed without an answer; run by the schedule. */
export async function sweepRequests(db: Db, now: Date): Promise<number> {
  const due = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM request WHERE "answeredAt" IS NULL AND "cancelledAt" IS NULL AND "lateSince" IS NULL AND "dueAt" <= ${now}::timestamptz LIMIT 200`;
  for (const { id } of due)
    await transact(db, async (tx) => {
      const row = await lockRequest(tx, id);
      if (row.answeredAt !== null || row.cancelledAt !== null || row.lateSince !== null) return;
      await tx.colleagueRequest.update({ where: { id }, data: { lateSince: row.dueAt } });
      const late = await tellRequest(tx, id, null, now);
      const thread = await readSummary(tx, row.threadId);
      const people = [
        row.askedById,
        ...(await peopleOf(tx, row)),
        ...(await supervisorsOf(tx, thread?.storeId ?? null)),
      ];
      await notify(
        tx,
        people,
        { kind: 'requestLate', cause: `requestLate:${id}`, threadId: row.threadId, data: dataOf(late) },
        now,
      );
    });
  return due.length;
}

async function tellRequest(tx: Tx, id: string, actorId: string | null, now: Date): Promise<RequestRow> {
  const row = await readRequest(tx, id);
  if (row === null) throw notFound('request');
  const open = (await requestsOf(tx, row.threadId)).filter(
    (other) => other.answeredAt === null && other.cancelledAt === null,
  );
  await tellThread(tx, 'request.changed', row.threadId, now, {
    actorId,
    ids: { requestId: id },
    patch: {
      request: presentRequest(row, now),
      waitsFor: open.map((other) => ({ requestId: other.id, to: other.to, dueAt: other.dueAt?.toISOString() ?? null })),
    },
  });
  return row;
}

async function lockRequest(tx: Tx, id: string): Promise<RequestRow> {
  const found = await readRequest(tx, id);
  if (found === null) throw notFound('request');
  await lockThread(tx, found.threadId);
  await tx.$executeRaw`SELECT 1 FROM request WHERE id = ${id}::uuid FOR UPDATE`;
  return (await readRequest(tx, id)) ?? found;
}

async function peopleOf(
  tx: Tx,
  to: { toUserId: string | null; toTeamId: string | null; toStoreId: string | null },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT u.id FROM "user" u WHERE u."deactivatedAt" IS NULL AND (u.id = ${to.toUserId}::uuid
      OR EXISTS (SELECT 1 FROM team_member m WHERE m."userId" = u.id AND m."teamId" = ${to.toTeamId}::uuid)
      OR EXISTS (SELECT 1 FROM user_store s WHERE s."userId" = u.id AND s."storeId" = ${to.toStoreId}::uuid))`;
  if (rows.length === 0) throw meaning('request.nobody', 'There is nobody there who could answer.', 'toUserId');
  return rows.map((row) => row.id);
}

function dataOf(row: RequestRow): Record<string, unknown> {
  return {
    requestId: row.id,
    text: row.text.slice(0, 300),
    to: row.to,
    clientName: row.clientName,
    dueAt: row.dueAt?.toISOString() ?? null,
  };
}
