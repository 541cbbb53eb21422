import { notify, supervisorsOf } from '../alerts/notify.ts';
import { readClient } from '../clients/read.ts';
import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { conflict, meaning, notFound } from '../errors.ts';
import { record } from '../events/record.ts';
import { newId } from '../lib/id.ts';
import { placeOf, readSummary } from '../threads/rows.ts';
import { needThread } from '../threads/visibility.ts';
import type { Viewer } from '../users/viewer.ts';
import { type PromiseRow, presentPromise, readPromise } from './read.ts';
import { remindAt } from './remind.ts';
import type { ClientPromise, EditPromise, NewPromise, PromiseKind } from './schema.ts';

/** Promises to clients: made, moved, settled; reminded of and found late by the schedule. */

/** @throws AppError 422 when it has no due time, or a tell-me-when-back names no product */
export async function makePromise(db: Db, viewer: Viewer, input: NewPromise, now: Date): Promise<ClientPromise> {
  const thread = input.threadId === undefined ? null : await needThread(db, viewer, input.threadId);
  const clientId = thread?.clientId ?? (await readClient(db, viewer, input.clientId ?? '')).id;
  const dueAt = dueOf(input, now);
  if (input.kind === 'tellWhenBack') {
    if (input.productId === undefined) throw meaning('promise.product', 'Which product is awaited?', 'productId');
  } else if (dueAt === null) throw meaning('promise.due', 'By when is it promised?', 'dueAt');
  if (dueAt !== null && dueAt < now) throw meaning('promise.past', 'Promise a time to come.', 'dueAt');
  return transact(db, async (tx) => {
    if (input.clientKey !== undefined) {
      const before = await tx.repeatKey.findUnique({
        where: { actor_key: { actor: viewer.userId, key: input.clientKey } },
      });
      if (before !== null) return presentPromise(await needPromise(tx, before.resultId), now);
    }
    const ownerId = input.ownerId ?? viewer.userId;
    await needColleague(tx, ownerId);
    const id = newId(now.getTime());
    await tx.clientPromise.create({
      data: {
        id,
        clientId,
        threadId: thread?.mergedIntoId ?? thread?.id ?? null,
        kind: input.kind,
        text: input.text,
        ownerId,
        storeId: input.storeId ?? null,
        productId: input.productId ?? null,
        dueAt,
        remindAt: remindAt(input.kind, dueAt, now),
        createdById: viewer.userId,
        createdAt: now,
      },
    });
    if (input.clientKey !== undefined)
      await tx.repeatKey.create({
        data: { actor: viewer.userId, key: input.clientKey, resultId: id, createdAt: now },
      });
    return tellPromise(tx, id, viewer.userId, now);
  });
}

/** Moves it, gives it to a colleague, or changes its words. Only while it is open. */
export async function changePromise(
  db: Db,
  viewer: Viewer,
  id: string,
  input: EditPromise,
  now: Date,
): Promise<ClientPromise> {
  return transact(db, async (tx) => {
    const row = await lockPromise(tx, viewer, id);
    if (row.state !== 'open') throw conflict('promise.settled', 'It is settled already.', { state: row.state });
    const dueAt = input.dueAt === undefined ? row.dueAt : new Date(input.dueAt);
    if (input.dueAt !== undefined && dueAt !== null && dueAt < now)
      throw meaning('promise.past', 'Promise a time to come.', 'dueAt');
    if (input.ownerId !== undefined) await needColleague(tx, input.ownerId);
    await tx.clientPromise.update({
      where: { id },
      data: {
        ...(input.text === undefined ? {} : { text: input.text }),
        ...(input.ownerId === undefined ? {} : { ownerId: input.ownerId, handedFromId: null }),
        ...(input.dueAt === undefined
          ? {}
          : { dueAt, remindAt: remindAt(row.kind as PromiseKind, dueAt, now), lateSince: null }),
      },
    });
    return tellPromise(tx, id, viewer.userId, now);
  });
}

/** Kept, broken or cancelled, with what came of it. Settling it again the same way changes nothing. */
export async function settlePromise(
  db: Db,
  viewer: Viewer,
  id: string,
  to: { state: 'kept' | 'broken' | 'cancelled'; outcome?: string | undefined },
  now: Date,
): Promise<ClientPromise> {
  return transact(db, async (tx) => {
    const row = await lockPromise(tx, viewer, id);
    if (row.state === to.state) return presentPromise(row, now);
    if (row.state !== 'open') throw conflict('promise.settled', 'It is settled already.', { state: row.state });
    await tx.clientPromise.update({
      where: { id },
      data: {
        state: to.state,
        outcome: to.outcome ?? null,
        settledAt: now,
        settledById: viewer.userId,
        remindAt: null,
      },
    });
    return tellPromise(tx, id, viewer.userId, now);
  });
}

/** It was settled by mistake: open again. */
export async function reopenPromise(db: Db, viewer: Viewer, id: string, now: Date): Promise<ClientPromise> {
  return transact(db, async (tx) => {
    const row = await lockPromise(tx, viewer, id);
    if (row.state === 'open') return presentPromise(row, now);
    await tx.clientPromise.update({
      where: { id },
      data: {
        state: 'open',
        outcome: null,
        settledAt: null,
        settledById: null,
        remindAt: row.dueAt !== null && row.dueAt > now ? remindAt(row.kind as PromiseKind, row.dueAt, now) : null,
      },
    });
    return tellPromise(tx, id, viewer.userId, now);
  });
}

const batchSize = 200;

/** Reminds owners of what is due soon, and tells them and their supervisors of what is late; run by the schedule. */
export async function sweepPromises(db: Db, now: Date): Promise<number> {
  const due = await db.$queryRaw<{ id: string }[]>`
    (SELECT id FROM promise WHERE state = 'open' AND "remindAt" <= ${now}::timestamptz LIMIT ${batchSize})
    UNION (SELECT id FROM promise WHERE state = 'open' AND "lateSince" IS NULL AND "dueAt" <= ${now}::timestamptz LIMIT ${batchSize})`;
  for (const { id } of due) await transact(db, (tx) => remindOf(tx, id, now));
  return due.length;
}

/** Reminds of one promise, or finds it late. Needs a transaction. */
export async function remindOf(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM promise WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await readPromise(tx, id);
  if (row === null || row.state !== 'open' || row.dueAt === null) return;
  const late = row.dueAt <= now;
  const due = row.remindAt !== null && row.remindAt <= now;
  if (!(due || (late && row.lateSince === null))) return;
  await tx.clientPromise.update({
    where: { id },
    data: { ...(due ? { remindAt: null } : {}), ...(late ? { lateSince: row.dueAt } : {}) },
  });
  const owner = row.ownerId === null ? [] : [row.ownerId];
  const key = `${id}:${row.dueAt.toISOString()}`;
  const data = {
    promiseId: id,
    kind: row.kind,
    text: row.text,
    clientName: row.clientName,
    dueAt: row.dueAt.toISOString(),
  };
  if (due && !late)
    await notify(tx, owner, { kind: 'promiseDue', cause: `promiseDue:${key}`, threadId: row.threadId, data }, now);
  if (late) {
    const people = [...owner, ...(await supervisorsOf(tx, row.storeId))];
    await notify(tx, people, { kind: 'promiseLate', cause: `promiseLate:${key}`, threadId: row.threadId, data }, now);
  }
  await tellPromise(tx, id, null, now);
}

/** Records that a promise changed, with what it is now. Call it last in the transaction. */
export async function tellPromise(tx: Tx, id: string, actorId: string | null, now: Date): Promise<ClientPromise> {
  const row = await needPromise(tx, id);
  const thread = row.threadId === null ? null : await readSummary(tx, row.threadId);
  await record(tx, {
    type: 'promise.changed',
    at: now,
    threadId: row.threadId,
    clientId: row.clientId,
    actorId,
    ids: { promiseId: id },
    patch: { promise: presentPromise(row, now) },
    // Without a thread it is known to who owes it, and to those who may know every client.
    scope: { thread: thread === null ? { assigneeId: row.ownerId, teamId: null, storeId: null } : placeOf(thread) },
  });
  return presentPromise(row, now);
}

function dueOf(input: NewPromise, now: Date): Date | null {
  if (input.dueAt !== undefined) return new Date(input.dueAt);
  return input.dueInMs === undefined ? null : new Date(now.getTime() + input.dueInMs);
}

async function needPromise(tx: Tx, id: string): Promise<PromiseRow> {
  const row = await readPromise(tx, id);
  if (row === null) throw notFound('promise');
  return row;
}

/** A promise whose thread, or whose client, the viewer may see; locked. */
export async function lockPromise(tx: Tx, viewer: Viewer, id: string): Promise<PromiseRow> {
  await tx.$executeRaw`SELECT 1 FROM promise WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await needPromise(tx, id);
  const own =
    row.ownerId === viewer.userId ||
    row.createdById === viewer.userId ||
    (row.storeId !== null && viewer.storeIds.includes(row.storeId));
  if (!own && row.threadId !== null) await needThread(tx, viewer, row.threadId);
  else if (!own) await readClient(tx, viewer, row.clientId);
  return row;
}

async function needColleague(tx: Tx, id: string): Promise<void> {
  const user = await tx.user.findFirst({ where: { id, deactivatedAt: null }, select: { id: true } });
  if (user === null) throw meaning('user.unknown', 'There is no such colleague.', 'ownerId');
}
