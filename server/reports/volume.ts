import { DateTime } from 'luxon';
import { type Db, Prisma } from '../db/client.ts';
import type { Reader, Tx } from '../db/tx.ts';
import { loadHours } from '../targets/rules.ts';
import { gapsBetween, type Span, sealedWithin } from './histogram.ts';
import type { Volume } from './schema.ts';

/**
 * What happened when, in quarter-hours: a local day of any time zone is a sum of them. Sealed days are read from their
 * counts, the rest from the rows; both come from the same statement. Of a wait its end decides the day.
 */
function moments({ from, to }: Span): Prisma.Sql {
  const during = (at: Prisma.Sql) => Prisma.sql`${at} >= ${from}::timestamptz AND ${at} < ${to}::timestamptz`;
  return Prisma.sql`
    SELECT what, date_bin('15 minutes', at, '2000-01-01T00:00:00Z') AS at, count(*)::int AS n
    FROM (
      SELECT m."receivedAt" AS at, CASE WHEN m.direction = 'inbound' THEN 'received' WHEN m."authorKind" = 'bot' THEN 'byBot' ELSE 'answered' END AS what
      FROM message m JOIN thread t ON t.id = m."threadId" AND NOT t.historical
      WHERE ${during(Prisma.sql`m."receivedAt"`)} AND m.direction <> 'note' AND m."channelKind" IS DISTINCT FROM 'phone'
        AND (m.direction = 'inbound' AND m.classification = 'person' OR m.direction = 'outbound' AND m."authorKind" IN ('user', 'bot'))
      UNION ALL SELECT "createdAt", 'opened' FROM thread WHERE NOT historical AND ${during(Prisma.sql`"createdAt"`)}
      UNION ALL SELECT "closedAt", 'closed' FROM resolution WHERE ${during(Prisma.sql`"closedAt"`)}
      UNION ALL SELECT v.at, v.what FROM response r CROSS JOIN LATERAL (VALUES (r."askedAt", 'waitBegan'), (r."answeredAt", 'waitEnded')) AS v(at, what)
        WHERE ${during(Prisma.sql`r."answeredAt"`)}
    ) AS happened GROUP BY 1, 2`;
}

/** Counts a day's moments for good; in the transaction that seals it. */
export async function sealMoments(tx: Tx, day: string, span: Span): Promise<void> {
  await tx.$executeRaw`DELETE FROM moment_count WHERE day = ${day}::date`;
  await tx.$executeRaw`INSERT INTO moment_count (day, what, at, n) SELECT ${day}::date, what, at, n FROM (${moments(span)}) AS m`;
}

/** The moments of a span, from sealed days and rows. */
async function momentsIn(reader: Reader, span: Span, whats: readonly string[]): Promise<Prisma.Sql> {
  const sealed = await sealedWithin(reader, span);
  const parts = gapsBetween(span, sealed).map(
    (gap) => Prisma.sql`SELECT what, at, n FROM (${moments(gap)}) AS m WHERE what = ANY(${[...whats]}::text[])`,
  );
  parts.push(Prisma.sql`
    SELECT what, at, n FROM moment_count WHERE what = ANY(${[...whats]}::text[]) AND day = ANY(${sealed.map((day) => day.toISOString().slice(0, 10))}::date[])`);
  return Prisma.join(parts, ' UNION ALL ');
}

const said = ['received', 'answered', 'byBot', 'opened', 'closed'] as const;
const waits = ['waitBegan', 'waitEnded'] as const;

/** How much was written and answered a local day, when clients write, and how many waited as each day ended. */
export async function readVolume(db: Db, span: Span, now: Date): Promise<Volume> {
  const { timezone } = await loadHours(db);
  const local = Prisma.sql`(at AT TIME ZONE ${timezone})`;
  // Who was answered after the span waited in it.
  const after = { from: span.from, to: new Date(Math.max(span.to.getTime(), now.getTime() + 1)) };
  const [happened, waited, open] = await Promise.all([
    momentsIn(db, span, said).then(
      (rows) => db.$queryRaw<{ day: string; weekday: number; hour: number; what: (typeof said)[number]; n: number }[]>`
        SELECT to_char(${local}, 'YYYY-MM-DD') AS day, extract(isodow FROM ${local})::int AS weekday, extract(hour FROM ${local})::int AS hour, what, sum(n)::float8 AS n
        FROM (${rows}) AS m GROUP BY 1, 2, 3, 4`,
    ),
    momentsIn(db, after, waits).then(
      (rows) => db.$queryRaw<{ day: string; n: number }[]>`
        SELECT to_char(${local}, 'YYYY-MM-DD') AS day, sum(CASE what WHEN 'waitBegan' THEN n ELSE -n END)::float8 AS n FROM (${rows}) AS m GROUP BY 1`,
    ),
    db.$queryRaw<{ day: string; n: number }[]>`
      SELECT to_char("waitingSince" AT TIME ZONE ${timezone}, 'YYYY-MM-DD') AS day, count(*)::float8 AS n
      FROM thread WHERE "waitingSince" IS NOT NULL AND "mergedIntoId" IS NULL GROUP BY 1`,
  ]);
  const days = localDays(span, timezone).map((day) => ({
    day,
    received: 0,
    answered: 0,
    byBot: 0,
    opened: 0,
    closed: 0,
    waitingAtEnd: 0,
  }));
  const byDay = new Map(days.map((day) => [day.day, day]));
  const heat = new Map<string, Volume['heat'][number]>();
  for (const { day, weekday, hour, what, n } of happened) {
    const row = byDay.get(day);
    if (row !== undefined) row[what] += n;
    if (what !== 'received') continue;
    const cell = heat.get(`${weekday} ${hour}`) ?? { weekday, hour, n: 0 };
    heat.set(`${weekday} ${hour}`, { ...cell, n: cell.n + n });
  }
  // Begun less ended, up to each day's end.
  const changes = [...waited, ...open].sort((a, b) => (a.day < b.day ? -1 : 1));
  let waiting = 0;
  let next = 0;
  for (const day of days) {
    for (; next < changes.length && (changes[next]?.day ?? '') <= day.day; next++) waiting += changes[next]?.n ?? 0;
    day.waitingAtEnd = waiting;
  }
  return {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    timezone,
    days,
    heat: [...heat.values()].sort((a, b) => a.weekday - b.weekday || a.hour - b.hour),
  };
}

/** The local days that a span touches. */
function localDays({ from, to }: Span, timezone: string): string[] {
  const last = DateTime.fromMillis(to.getTime() - 1, { zone: timezone }).startOf('day');
  const days: string[] = [];
  for (let day = DateTime.fromJSDate(from, { zone: timezone }).startOf('day'); day <= last; day = day.plus({ days: 1 }))
    days.push(day.toISODate() ?? '');
  return days;
}
