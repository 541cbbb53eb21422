import type { Db } from '../db/client.ts';
import type { Tx } from '../db/tx.ts';
import { record } from '../events/record.ts';
import { newId } from '../lib/id.ts';
import { weekHours } from '../targets/calendar.ts';
import type { EditCalendar } from '../targets/schema.ts';
import { daysOf } from './days.ts';
import type { PresenceDay, PresenceState } from './schema.ts';

/** Whether somebody is there to be given work, as they say themselves; kept as stretches, which they see as their supervisor does. */

/** Ends the present stretch and begins the next; the same state again changes nothing. */
export async function setPresence(tx: Tx, userId: string, state: PresenceState, now: Date): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "user" WHERE id = ${userId}::uuid FOR UPDATE`;
  const current = await tx.presenceSpan.findFirst({ where: { userId, toAt: null } });
  if (current?.state === state) return;
  if (current !== null) await tx.presenceSpan.update({ where: { id: current.id }, data: { toAt: now } });
  await tx.presenceSpan.create({ data: { id: newId(now.getTime()), userId, state, fromAt: now } });
  await record(tx, { type: 'presence.changed', at: now, actorId: userId, ids: { userId }, patch: { userId, state } });
}

/** Everybody who works here, with what they last said. */
export async function listPresence(
  db: Db,
): Promise<{ userId: string; name: string; state: PresenceState; since: string | null; absent: boolean }[]> {
  const rows = await db.$queryRaw<
    { userId: string; name: string; state: PresenceState | null; since: Date | null; absent: boolean }[]
  >`
    SELECT u.id AS "userId", u.name, p.state, p."fromAt" AS since,
      EXISTS (SELECT 1 FROM absence a WHERE a."userId" = u.id AND a."startedAt" IS NOT NULL AND a."endedAt" IS NULL) AS absent
    FROM "user" u LEFT JOIN presence_span p ON p."userId" = u.id AND p."toAt" IS NULL WHERE u."deactivatedAt" IS NULL ORDER BY u.name`;
  return rows.map((row) => ({ ...row, state: row.state ?? 'off', since: row.since?.toISOString() ?? null }));
}

export async function presenceOf(db: Db, userId: string, span: { from: Date; to: Date }) {
  const rows = await db.presenceSpan.findMany({
    where: { userId, fromAt: { lt: span.to }, OR: [{ toAt: null }, { toAt: { gt: span.from } }] },
    orderBy: { fromAt: 'asc' },
    take: 5000,
  });
  return rows.map((row) => ({
    state: row.state as PresenceState,
    fromAt: row.fromAt.toISOString(),
    toAt: row.toAt?.toISOString() ?? null,
  }));
}

/** A person's days beside their shifts; without shifts of their own no day has one. */
export async function presenceDays(
  db: Db,
  userId: string,
  span: { from: Date; to: Date },
  now: Date,
): Promise<{ timezone: string; days: PresenceDay[] }> {
  const [spans, own, company] = await Promise.all([
    presenceOf(db, userId, span),
    db.calendar.findFirst({ where: { holderKind: 'user', holderId: userId } }),
    db.calendar.findFirst({ where: { holderKind: 'company' } }),
  ]);
  const none: EditCalendar = {
    name: '',
    timezone: company?.timezone ?? 'UTC',
    week: [[], [], [], [], [], [], []],
    holidays: [],
    exceptions: [],
  };
  const hours = weekHours(own === null ? none : (own as unknown as EditCalendar));
  const stretches = spans.map((part) => ({
    state: part.state,
    from: Date.parse(part.fromAt),
    to: part.toAt === null ? now.getTime() : Date.parse(part.toAt),
  }));
  return { timezone: hours.timezone, days: daysOf(hours, stretches, span, now) };
}
