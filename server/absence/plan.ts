import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { conflict, forbidden, meaning, notFound } from '../errors.ts';
import { record } from '../events/record.ts';
import { newId } from '../lib/id.ts';
import type { Viewer } from '../users/viewer.ts';
import { begin, finish } from './handOver.ts';
import { present } from './read.ts';
import type { Absence, NewAbsence } from './schema.ts';

/** Absences as they are planned and ended; handOver.ts does what they bring about. */

/** Plans an absence; one that begins now is on at once. @throws AppError 403 for a colleague's without the right to */
export async function planAbsence(
  db: Db,
  viewer: Viewer,
  input: NewAbsence,
  mayForOthers: boolean,
  now: Date,
): Promise<Absence> {
  const userId = input.userId === 'me' ? viewer.userId : input.userId;
  if (userId !== viewer.userId && !mayForOthers) throw forbidden('Your role may plan your own absence only.');
  const fromAt = input.fromAt === undefined ? now : new Date(input.fromAt);
  const untilAt = input.untilAt === undefined ? null : new Date(input.untilAt);
  if (untilAt !== null && (untilAt <= fromAt || untilAt <= now))
    throw meaning('absence.period', 'It ends before it begins, or has ended.', 'untilAt');
  return transact(db, async (tx) => {
    const ids = [...new Set([input.substituteId, ...input.groups.map((group) => group.substituteId)])];
    for (const id of ids) if (id !== undefined) await needSubstitute(tx, id, userId);
    await needSubstitute(tx, userId, null);
    const other = await tx.absence.findFirst({
      where: {
        userId,
        endedAt: null,
        ...(untilAt === null ? {} : { fromAt: { lt: untilAt } }),
        OR: [{ untilAt: null }, { untilAt: { gt: fromAt } }],
      },
    });
    if (other !== null)
      throw conflict('absence.overlaps', 'There is an absence at that time already.', { id: other.id });
    const id = newId(now.getTime());
    await tx.absence.create({
      data: {
        id,
        userId,
        fromAt,
        untilAt,
        reason: input.reason,
        substituteId: input.substituteId ?? null,
        groups: input.groups as object,
        note: input.note,
        createdById: viewer.userId,
        createdAt: now,
      },
    });
    if (fromAt <= now) await begin(tx, id, now);
    else await record(tx, { type: 'absence.changed', at: now, actorId: viewer.userId, ids: { absenceId: id, userId } });
    return present(await tx.absence.findUniqueOrThrow({ where: { id } }), now);
  });
}

export async function changeAbsence(
  db: Db,
  viewer: Viewer,
  id: string,
  input: { untilAt?: string | null | undefined; note?: string | undefined },
  mayForOthers: boolean,
  now: Date,
): Promise<Absence> {
  return transact(db, async (tx) => {
    const row = await needOwn(tx, viewer, id, mayForOthers);
    if (row.endedAt !== null) throw conflict('absence.over', 'It is over.');
    const untilAt = input.untilAt == null ? null : new Date(input.untilAt);
    if (untilAt !== null && untilAt <= now) throw meaning('absence.period', 'Choose a time to come.', 'untilAt');
    const after = await tx.absence.update({
      where: { id },
      data: {
        ...(input.untilAt === undefined ? {} : { untilAt }),
        ...(input.note === undefined ? {} : { note: input.note }),
      },
    });
    await record(tx, {
      type: 'absence.changed',
      at: now,
      actorId: viewer.userId,
      ids: { absenceId: id, userId: row.userId },
    });
    return present(after, now);
  });
}

/** Back at once, or not going at all. */
export async function endAbsence(db: Db, viewer: Viewer, id: string, mayForOthers: boolean, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    const row = await needOwn(tx, viewer, id, mayForOthers);
    if (row.endedAt === null) await finish(tx, id, now);
  });
}

async function needOwn(tx: Tx, viewer: Viewer, id: string, mayForOthers: boolean) {
  await tx.$executeRaw`SELECT 1 FROM absence WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.absence.findUnique({ where: { id } });
  if (row === null) throw notFound('absence');
  if (row.userId !== viewer.userId && !mayForOthers) throw forbidden();
  return row;
}

async function needSubstitute(tx: Tx, id: string, absentId: string | null): Promise<void> {
  if (id === absentId) throw meaning('absence.self', 'Nobody stands in for themselves.', 'substituteId');
  const user = await tx.user.findFirst({ where: { id, deactivatedAt: null }, select: { id: true } });
  if (user === null) throw meaning('user.unknown', 'There is no such colleague.', 'substituteId');
}
