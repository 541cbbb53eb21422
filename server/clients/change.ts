import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { conflict, meaning, notFound } from '../errors.ts';
import { record } from '../events/record.ts';
import { newId } from '../lib/id.ts';
import { tellThread } from '../threads/tell.ts';
import type { Viewer } from '../users/viewer.ts';
import { needClient, readClient } from './read.ts';
import type { Client } from './schema.ts';

export interface ClientEdit {
  name?: string | undefined;
  level?: 'key' | 'vip' | 'usual' | undefined;
  ownerId?: string | null | undefined;
  company?: string | null | undefined;
  language?: string | null | undefined;
  note?: string | undefined;
  /** What the writer of `note` had before them. */
  baseNote?: string | undefined;
}

/** @throws AppError 409 with the note that a colleague wrote since `baseNote` */
export async function editClient(
  db: Db,
  viewer: Viewer,
  clientId: string,
  input: ClientEdit,
  now: Date,
): Promise<Client> {
  return transact(db, async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM client WHERE id = ${clientId}::uuid FOR UPDATE`;
    const before = await readClient(tx, viewer, clientId);
    const { company, baseNote, ...plain } = input;
    if (plain.note !== undefined && baseNote !== undefined && ![baseNote, plain.note].includes(before.note))
      throw conflict('client.noteChanged', 'A colleague has changed the note meanwhile.', { note: before.note });
    if (plain.ownerId != null && (await tx.user.findUnique({ where: { id: plain.ownerId } })) === null)
      throw meaning('user.unknown', 'There is no such colleague.', 'ownerId');
    const companyId =
      company === undefined
        ? undefined
        : company === null || company.trim() === ''
          ? null
          : await companyNamed(tx, company.trim(), now);
    const fields = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
    await tx.client.update({
      where: { id: clientId },
      data: { ...fields, ...(companyId === undefined ? {} : { companyId }), updatedAt: now },
    });
    await record(tx, { type: 'client.changed', at: now, clientId, actorId: viewer.userId });
    // Lists show the name and level in every open thread of theirs.
    if (plain.name !== undefined || plain.level !== undefined || company !== undefined)
      await tellThreads(tx, clientId, viewer.userId, now);
    return readClient(tx, viewer, clientId);
  });
}

async function companyNamed(tx: Tx, name: string, now: Date): Promise<string> {
  const known = await tx.company.findFirst({ where: { name: { equals: name, mode: 'insensitive' } } });
  if (known !== null) return known.id;
  const id = newId(now.getTime());
  await tx.company.create({ data: { id, name, createdAt: now } });
  return id;
}

const threadsTold = 200;

async function tellThreads(tx: Tx, clientId: string, actorId: string, now: Date): Promise<void> {
  const threads = await tx.thread.findMany({
    where: { clientId, mergedIntoId: null },
    orderBy: { lastMessageAt: 'desc' },
    take: threadsTold,
    select: { id: true },
  });
  for (const { id } of threads) await tellThread(tx, 'client.changed', id, now, { actorId });
}

/** The other client's identities and threads become this one's. Answers the merge's id; undoMergeClients takes it back. */
export async function mergeClients(
  db: Db,
  viewer: Viewer,
  clientId: string,
  otherId: string,
  now: Date,
): Promise<{ id: string }> {
  if (clientId === otherId) throw meaning('merge.itself', 'A client cannot be merged with itself.', 'otherId');
  return transact(db, async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM client WHERE id IN (${clientId}::uuid, ${otherId}::uuid) ORDER BY id FOR UPDATE`;
    await readClient(tx, viewer, clientId);
    await readClient(tx, viewer, otherId);
    const both = await tx.client.findMany({ where: { id: { in: [clientId, otherId] } } });
    if (both.some((row) => row.mergedIntoId !== null))
      throw conflict('merge.already', 'One of them is already merged into another client.');
    const identities = await tx.$queryRaw<
      { id: string }[]
    >`UPDATE identity SET "clientId" = ${clientId}::uuid WHERE "clientId" = ${otherId}::uuid RETURNING id`;
    const threads = await tx.$queryRaw<
      { id: string }[]
    >`UPDATE thread SET "clientId" = ${clientId}::uuid WHERE "clientId" = ${otherId}::uuid RETURNING id`;
    const promises = await tx.$queryRaw<
      { id: string }[]
    >`UPDATE promise SET "clientId" = ${clientId}::uuid WHERE "clientId" = ${otherId}::uuid RETURNING id`;
    const calls = await tx.$queryRaw<
      { id: string }[]
    >`UPDATE call SET "clientId" = ${clientId}::uuid WHERE "clientId" = ${otherId}::uuid RETURNING id`;
    await tx.client.update({ where: { id: otherId }, data: { mergedIntoId: clientId, updatedAt: now } });
    const [identityIds, threadIds, promiseIds, callIds] = [identities, threads, promises, calls].map((rows) =>
      rows.map((row) => row.id),
    );
    const moved = { identityIds, threadIds, promiseIds, callIds };
    const proposed = await tx.clientMerge.findFirst({
      where: {
        state: 'proposed',
        OR: [
          { clientId, otherId },
          { clientId: otherId, otherId: clientId },
        ],
      },
    });
    const id = proposed?.id ?? newId(now.getTime());
    const done = { clientId, otherId, state: 'done', moved, byUserId: viewer.userId, doneAt: now };
    await tx.clientMerge.upsert({
      where: { id },
      create: { id, reason: 'hand', createdAt: now, ...done },
      update: done,
    });
    await record(tx, { type: 'client.merged', at: now, clientId, actorId: viewer.userId, ids: { otherId } });
    for (const thread of threads) await tellThread(tx, 'client.merged', thread.id, now, { actorId: viewer.userId });
    return { id };
  });
}

/** Who has what was this client's: the client themselves, or at the end of all merges whom they were merged into. */
async function holderOf(tx: Tx, clientId: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE way AS (
      SELECT id, "mergedIntoId" FROM client WHERE id = ${clientId}::uuid
      UNION SELECT c.id, c."mergedIntoId" FROM client c JOIN way ON c.id = way."mergedIntoId")
    SELECT id FROM way WHERE "mergedIntoId" IS NULL`;
  return row?.id ?? clientId;
}

/** Undoes a merge, or refuses a proposed one for good. What moved goes back from where it is by now, when that client was merged on. */
export async function undoMergeClients(
  db: Db,
  viewer: Viewer,
  clientId: string,
  mergeId: string,
  now: Date,
): Promise<void> {
  await transact(db, async (tx) => {
    const merge = await tx.clientMerge.findUnique({ where: { id: mergeId } });
    if (merge === null || ![merge.clientId, merge.otherId].includes(clientId)) throw notFound('merge');
    const holder = await holderOf(tx, merge.clientId);
    await tx.$executeRaw`SELECT 1 FROM client WHERE id = ANY(${[holder, merge.clientId, merge.otherId]}::uuid[]) ORDER BY id FOR UPDATE`;
    if ((await holderOf(tx, merge.clientId)) !== holder)
      throw conflict('merge.already', 'One of them is already merged into another client.');
    await readClient(tx, viewer, clientId);
    if (merge.state === 'proposed') {
      await needClient(tx, viewer, merge.clientId === clientId ? merge.otherId : merge.clientId);
      await tx.clientMerge.update({
        where: { id: mergeId },
        data: { state: 'refused', byUserId: viewer.userId, undoneAt: now },
      });
      for (const id of [merge.clientId, merge.otherId])
        await record(tx, { type: 'client.changed', at: now, clientId: id, actorId: viewer.userId });
      return;
    }
    if (merge.state !== 'done') return;
    const moved = merge.moved as Partial<Record<'identityIds' | 'threadIds' | 'promiseIds' | 'callIds', string[]>>;
    await tx.client.update({ where: { id: merge.otherId }, data: { mergedIntoId: null, updatedAt: now } });
    await tx.identity.updateMany({
      where: { id: { in: moved.identityIds ?? [] }, clientId: holder },
      data: { clientId: merge.otherId },
    });
    await tx.clientPromise.updateMany({
      where: { id: { in: moved.promiseIds ?? [] }, clientId: holder },
      data: { clientId: merge.otherId },
    });
    await tx.call.updateMany({
      where: { id: { in: moved.callIds ?? [] }, clientId: holder },
      data: { clientId: merge.otherId },
    });
    const back = await tx.thread.findMany({
      where: { id: { in: moved.threadIds ?? [] }, clientId: holder },
      select: { id: true },
    });
    await tx.thread.updateMany({ where: { id: { in: back.map((row) => row.id) } }, data: { clientId: merge.otherId } });
    await tx.clientMerge.update({ where: { id: mergeId }, data: { state: 'undone', undoneAt: now } });
    for (const id of new Set([holder, merge.clientId, merge.otherId]))
      await record(tx, { type: 'client.changed', at: now, clientId: id, actorId: viewer.userId });
    for (const thread of back) await tellThread(tx, 'client.changed', thread.id, now, { actorId: viewer.userId });
  });
}
