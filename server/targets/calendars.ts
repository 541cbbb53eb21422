import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { meaning, notFound } from '../errors.ts';
import { record } from '../events/record.ts';
import { newId } from '../lib/id.ts';
import type { Calendar, EditCalendar, HolderKind } from './schema.ts';

/** Working hours as they are set, by whom they belong to. */

export async function listCalendars(db: Db): Promise<Calendar[]> {
  const rows = await db.calendar.findMany({ orderBy: [{ holderKind: 'asc' }, { name: 'asc' }] });
  return rows.map(present);
}

/** Sets the hours of the company (holderId null), a store, a team or a person. @throws AppError 422 when there is no such holder */
export async function putCalendar(
  db: Db,
  holderKind: HolderKind,
  holderId: string | null,
  hours: EditCalendar,
  now: Date,
): Promise<Calendar> {
  const row = await transact(db, async (tx) => {
    if (holderId !== null) {
      const where = { where: { id: holderId }, select: { id: true } };
      const holder =
        holderKind === 'store'
          ? await tx.store.findUnique(where)
          : holderKind === 'team'
            ? await tx.team.findUnique(where)
            : await tx.user.findUnique(where);
      if (holder === null) throw meaning('calendar.holder', 'There is nobody whose hours these could be.', 'holderId');
    }
    const before = await tx.calendar.findFirst({ where: { holderKind, holderId } });
    const data = { ...hours, week: hours.week as object, exceptions: hours.exceptions as object };
    const after =
      before === null
        ? await tx.calendar.create({ data: { id: newId(now.getTime()), holderKind, holderId, ...data } })
        : await tx.calendar.update({ where: { id: before.id }, data });
    await record(tx, { type: 'targets.changed', at: now, ids: { calendarId: after.id } });
    return after;
  });
  return present(row);
}

export async function removeCalendar(
  db: Db,
  holderKind: HolderKind,
  holderId: string | null,
  now: Date,
): Promise<void> {
  await transact(db, async (tx) => {
    const gone = await tx.calendar.deleteMany({ where: { holderKind, holderId } });
    if (gone.count === 0) throw notFound('calendar');
    await record(tx, { type: 'targets.changed', at: now });
  });
}

type Row = Awaited<ReturnType<Db['calendar']['findMany']>>[number];

function present(row: Row): Calendar {
  return {
    id: row.id,
    holderKind: row.holderKind as HolderKind,
    holderId: row.holderId,
    name: row.name,
    timezone: row.timezone,
    week: row.week as Calendar['week'],
    holidays: row.holidays,
    exceptions: row.exceptions as Calendar['exceptions'],
  };
}
