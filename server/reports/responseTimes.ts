import { type Db, Prisma } from '../db/client.ts';
import { decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import { loadHours } from '../targets/rules.ts';
import { factsOf, keyOf, matching, readTold, taggedJoin } from './histogram.ts';
import type { AnsweredWait, DrillQuery, Grouping, ResponseFilter, ResponseQuery, ResponseTimes } from './schema.ts';
import { noFigures } from './seconds.ts';
import type { Cell } from './sheet.ts';
import { spanBefore, spanOf } from './span.ts';

/** How fast clients were answered in a period, a row a key. */
export async function readResponseTimes(db: Db, query: ResponseQuery, now: Date): Promise<ResponseTimes> {
  const span = spanOf(query, now);
  const compare = query.compare === '1';
  const [{ rows, total, distribution }, before, labels, { timezone }] = await Promise.all([
    readTold(db, query.by, span, query),
    compare ? readTold(db, query.by, spanBefore(span), query) : null,
    labelsOf(db, query.by),
    loadHours(db),
  ]);
  const keys = [...rows.keys()].sort((a, b) =>
    query.by === 'hour' || query.by === 'weekday'
      ? a.localeCompare(b)
      : (rows.get(b)?.n ?? 0) - (rows.get(a)?.n ?? 0) || a.localeCompare(b),
  );
  return {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    by: query.by,
    measure: query.measure,
    time: query.time,
    timezone,
    rows: keys.map((key) => ({
      key,
      label: labels.get(key) ?? key,
      ...(rows.get(key) ?? noFigures),
      before: before === null ? null : (before.rows.get(key) ?? noFigures),
    })),
    total,
    before: before?.total ?? null,
    distribution,
  };
}

/** What people call the keys of a grouping. */
export async function labelsOf(db: Db, by: Grouping): Promise<Map<string, string>> {
  const named = { id: true, name: true } as const;
  const rows =
    by === 'user'
      ? await db.user.findMany({ select: named })
      : by === 'team'
        ? await db.team.findMany({ select: named })
        : by === 'store'
          ? await db.store.findMany({ select: named })
          : by === 'channel'
            ? await db.channel.findMany({ select: named })
            : [];
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** The same as a table for a spreadsheet; times in seconds. */
export function tableOf(report: ResponseTimes): Cell[][] {
  const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);
  return [
    [report.by, 'key', 'n', 'median_s', 'p90_s', 'within_target', 'late', 'late_median_s'],
    ...report.rows.map((row) => [
      row.label,
      row.key,
      row.n,
      seconds(row.medianMs),
      seconds(row.p90Ms),
      row.withinTarget === null ? null : Number(row.withinTarget.toFixed(4)),
      row.late,
      seconds(row.lateMsMedian),
    ]),
  ];
}

/** The answered waits behind a figure, with their threads. */
export async function listWaits(db: Db, query: DrillQuery, now: Date): Promise<Page<AnsweredWait>> {
  const span = spanOf(query, now);
  const ms = query.time === 'clock' ? Prisma.sql`r."clockMs"` : Prisma.sql`r."workingMs"`;
  const order = {
    newest: Prisma.sql`extract(epoch FROM r."answeredAt")::float8`,
    longest: ms,
    latest: Prisma.sql`coalesce(r."lateMs", 0)`,
  }[query.sort];
  const wanted = [
    Prisma.sql`r."answeredAt" >= ${span.from}::timestamptz AND r."answeredAt" < ${span.to}::timestamptz`,
    matching(query satisfies ResponseFilter),
  ];
  if (query.late === '1') wanted.push(Prisma.sql`r."lateMs" > 0`);
  if (query.by !== undefined && query.key !== undefined) wanted.push(Prisma.sql`${keyOf(query.by)} = ${query.key}`);
  const after = decodeCursor(query.cursor, ['number', 'id']);
  if (after !== null) wanted.push(Prisma.sql`(${order}, r.id) < (${Number(after[0])}::float8, ${after[1]}::uuid)`);
  const rows = await db.$queryRaw<
    (Omit<AnsweredWait, 'askedAt' | 'answeredAt'> & { askedAt: Date; answeredAt: Date; place: number })[]
  >`
    SELECT r.id, r."threadId", r."messageId", c.name AS "clientName", coalesce(nullif(t.subject, ''), t.preview) AS subject, r.measure, r."askedAt", r."answeredAt",
      r."userId", r."forUserId", r."channelId", r."storeId", r."clockMs", r."workingMs", r."targetMs", r."lateMs", ${order} AS place
    FROM ${factsOf(query)} r JOIN thread t ON t.id = r."threadId" JOIN client c ON c.id = t."clientId" ${query.by === 'tag' ? taggedJoin : Prisma.empty}
    WHERE ${Prisma.join(wanted, ' AND ')} ORDER BY ${order} DESC, r.id DESC LIMIT ${query.limit + 1}`;
  const page = pageFrom(rows, query.limit, (row) => [String(row.place), row.id]);
  return {
    items: page.rows.map(({ place: _, ...row }) => ({
      ...row,
      askedAt: row.askedAt.toISOString(),
      answeredAt: row.answeredAt.toISOString(),
    })),
    nextCursor: page.nextCursor,
  };
}
