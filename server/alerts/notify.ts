import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import type { Db } from '../db/client.ts';
import { type Reader, type Tx, transact } from '../db/tx.ts';
import { record } from '../events/record.ts';
import { addJob } from '../jobs/add.ts';
import { newId } from '../lib/id.ts';
import type { NotificationKind } from './schema.ts';

/** What somebody is to be told. */
export interface Alert {
  kind: NotificationKind;
  /** What brought it about, once and for all: the same cause never tells a user twice. */
  cause: string;
  threadId?: string | null;
  /** What the screen needs to say it in its own language. */
  data?: Record<string, unknown>;
}

/** Tells users once each; in their quiet hours it waits until these are over. Needs a transaction. Answers how many are new. */
export async function notify(tx: Tx, userIds: readonly string[], alert: Alert, now: Date): Promise<number> {
  const unique = [...new Set(userIds)];
  if (unique.length === 0) return 0;
  const users = await tx.user.findMany({
    where: { id: { in: unique }, deactivatedAt: null },
    select: { id: true, preferences: true },
  });
  let made = 0;
  for (const user of users) {
    const showAt = quietUntil(user.preferences, now) ?? now;
    const [row] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO notification (id, "userId", kind, cause, "threadId", data, "createdAt", "showAt", "toldAt")
      VALUES (${newId(now.getTime())}::uuid, ${user.id}::uuid, ${alert.kind}, ${alert.cause}, ${alert.threadId ?? null}::uuid, ${JSON.stringify(alert.data ?? {})}::jsonb,
        ${now}::timestamptz, ${showAt}::timestamptz, ${showAt > now ? null : now}::timestamptz)
      ON CONFLICT ("userId", cause) DO NOTHING RETURNING id`;
    if (row === undefined) continue;
    made++;
    if (showAt <= now) await tell(tx, row.id, user.id, alert, now);
  }
  return made;
}

/** Tells what quiet hours held back; run by the schedule. */
export async function tellHeldBack(db: Db, now: Date): Promise<void> {
  const due = await db.notification.findMany({ where: { toldAt: null, showAt: { lte: now } }, take: 500 });
  for (const row of due) {
    await transact(db, async (tx) => {
      const claimed = await tx.notification.updateMany({ where: { id: row.id, toldAt: null }, data: { toldAt: now } });
      if (claimed.count === 0) return;
      const alert = {
        kind: row.kind as NotificationKind,
        cause: row.cause,
        threadId: row.threadId,
        data: row.data as Record<string, unknown>,
      };
      await tell(tx, row.id, row.userId, alert, now);
    });
  }
}

/** The supervisors whom a place concerns: of its store, or of no store in particular; without any, the admins. */
export async function supervisorsOf(reader: Reader, storeId: string | null): Promise<string[]> {
  const rows = await reader.$queryRaw<{ id: string; role: string }[]>`
    SELECT u.id, u.role::text FROM "user" u
    WHERE u."deactivatedAt" IS NULL AND (u.role = 'admin' OR u.role = 'supervisor' AND (
      ${storeId}::uuid IS NULL OR NOT EXISTS (SELECT 1 FROM user_store s WHERE s."userId" = u.id)
      OR EXISTS (SELECT 1 FROM user_store s WHERE s."userId" = u.id AND s."storeId" = ${storeId}::uuid)))`;
  const supervisors = rows.filter((row) => row.role === 'supervisor');
  return (supervisors.length > 0 ? supervisors : rows).map((row) => row.id);
}

async function tell(tx: Tx, id: string, userId: string, alert: Alert, now: Date): Promise<void> {
  await record(tx, {
    type: 'notification.made',
    at: now,
    ids: { notificationId: id, ...(alert.threadId ? { aboutThreadId: alert.threadId } : {}) },
    patch: { notification: { id, kind: alert.kind, threadId: alert.threadId ?? null, data: alert.data ?? {} } },
    scope: { userId },
  });
  await addJob(tx, 'carryAlert', { notificationId: id }, { key: `carryAlert:${id}` });
}

const quietHours = z.object({
  quietHours: z.object({ from: z.string(), to: z.string(), timezone: z.string() }).nullish(),
});

/** When the quiet hours that `now` falls into are over; null outside of them. They may go over midnight. */
export function quietUntil(preferences: unknown, now: Date): Date | null {
  const quiet = quietHours.safeParse(preferences).data?.quietHours;
  if (!quiet || !IANAZone.isValidZone(quiet.timezone)) return null;
  const local = DateTime.fromJSDate(now, { zone: quiet.timezone });
  const clock = local.toFormat('HH:mm');
  const within =
    quiet.from <= quiet.to ? quiet.from <= clock && clock < quiet.to : clock >= quiet.from || clock < quiet.to;
  if (!within || quiet.from === quiet.to) return null;
  const [hour = 0, minute = 0] = quiet.to.split(':').map(Number);
  const end = local.set({ hour, minute, second: 0, millisecond: 0 });
  return (end > local ? end : end.plus({ days: 1 })).toJSDate();
}
