import { type Db, Prisma } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { dayMs, packed, resolutions } from './histogram.ts';
import { sealMoments } from './volume.ts';
import { sealCounts } from './work.ts';

/** A day is sealed so long after its end: what a late transaction of that day wrote is in it. */
const graceMs = 60 * 60_000;
const daysAtOnce = 60;

/** Counts days that are over into histograms, so that long reports read days and not waits. Run by the schedule. Answers how many. */
export async function sealDays(db: Db, now: Date): Promise<number> {
  const end = new Date(Math.floor((now.getTime() - graceMs) / dayMs) * dayMs);
  const days = await db.$queryRaw<{ day: string }[]>`
    SELECT to_char(d, 'YYYY-MM-DD') AS day
    FROM generate_series((SELECT date_trunc('day', least((SELECT min("answeredAt") FROM response), (SELECT min("closedAt") FROM resolution), (SELECT min("receivedAt") FROM message WHERE direction <> 'note')) AT TIME ZONE 'UTC')), (${end}::timestamptz AT TIME ZONE 'UTC') - interval '1 day', interval '1 day') AS d
    WHERE NOT EXISTS (SELECT 1 FROM sealed_day s WHERE s.day = d::date) ORDER BY d LIMIT ${daysAtOnce}`;
  for (const { day } of days) await seal(db, day, now);
  return days.length;
}

async function seal(db: Db, day: string, now: Date): Promise<void> {
  const from = new Date(day);
  const to = new Date(from.getTime() + dayMs);
  const within = (at: Prisma.Sql) => Prisma.sql`${at} >= ${from}::timestamptz AND ${at} < ${to}::timestamptz`;
  const columns = Prisma.sql`measure, "answeredAt", "userId", "teamId", "storeId", "channelId", level, tags, "askedHour", "askedWeekday", "clockMs", "workingMs", "targetMs", "lateMs"`;
  const waits = Prisma.sql`SELECT ${columns} FROM response WHERE ${within(Prisma.sql`"answeredAt"`)}`;
  const matters = Prisma.sql`SELECT ${columns} FROM ${resolutions} AS solved WHERE ${within(Prisma.sql`"answeredAt"`)}`;
  await transact(db, async (tx) => {
    await tx.$executeRaw`INSERT INTO sealed_day (day, "sealedAt") VALUES (${day}::date, ${now}::timestamptz) ON CONFLICT (day) DO UPDATE SET "sealedAt" = excluded."sealedAt"`;
    await tx.$executeRaw`DELETE FROM response_histogram WHERE day = ${day}::date`;
    await tx.$executeRaw`
      INSERT INTO response_histogram (day, by, key, measure, time, packed, targeted, within)
      SELECT ${day}::date, by, key, measure, time, ${packed}, sum(targeted)::int, sum(within)::int
      FROM (
        SELECT d.by, d.key, r.measure, v.time, floor(v.ms / 1000)::int AS s, count(*)::int AS n, count(r."targetMs")::int AS targeted,
          (count(*) FILTER (WHERE r."lateMs" = 0))::int AS within
        FROM (${waits} UNION ALL ${matters}) r
        CROSS JOIN LATERAL (
          VALUES ('user', coalesce(r."userId"::text, 'none')), ('team', coalesce(r."teamId"::text, 'none')), ('store', coalesce(r."storeId"::text, 'none')),
            ('channel', r."channelId"::text), ('hour', lpad(r."askedHour"::text, 2, '0')), ('weekday', r."askedWeekday"::text), ('level', r.level::text), ('all', 'all')
          UNION ALL SELECT 'tag', unnest(CASE WHEN r.tags = '{}' THEN ARRAY['none'] ELSE r.tags END)
        ) AS d(by, key)
        CROSS JOIN LATERAL (VALUES ('clock', r."clockMs"), ('working', r."workingMs"), ('late', CASE WHEN r."lateMs" > 0 THEN r."lateMs" END)) AS v(time, ms)
        WHERE r."answeredAt" >= ${from}::timestamptz AND r."answeredAt" < ${to}::timestamptz AND v.ms IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5
      ) AS counted
      GROUP BY by, key, measure, time`;
    await sealCounts(tx, day, { from, to });
    await sealMoments(tx, day, { from, to });
  });
}
