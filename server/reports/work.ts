import { type Db, Prisma } from '../db/client.ts';
import type { Reader, Tx } from '../db/tx.ts';
import { byTime, decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import { dayMs, gapsBetween, type Span } from './histogram.ts';
import { labelsOf, spanOf } from './responseTimes.ts';
import type {
  Work,
  WorkCounts,
  WorkDrill,
  WorkFact,
  WorkFigure,
  WorkFilter,
  WorkGrouping,
  WorkQuery,
} from './schema.ts';
import type { Cell } from './sheet.ts';

/**
 * What was done, counted: each figure is a kind of fact with its time, person and place. Sealed days are read from their
 * counts, the rest, and whatever a filter crosses, from the facts; both come from the same statement.
 */
function facts({ from, to }: Span): Prisma.Sql {
  const during = (at: Prisma.Sql) => Prisma.sql`${at} >= ${from}::timestamptz AND ${at} < ${to}::timestamptz`;
  const place = Prisma.sql`t."teamId", t."storeId", t."channelId", c.level, t.tags, t.id AS "threadId"`;
  const of = (on: Prisma.Sql) =>
    Prisma.sql`JOIN thread t ON t.id = ${on} AND NOT t.historical JOIN client c ON c.id = t."clientId"`;
  return Prisma.sql`
    SELECT m."receivedAt" AS at, CASE WHEN m.direction = 'inbound' THEN 'received' WHEN m."authorKind" = 'bot' THEN 'byBot' ELSE 'answered' END AS what, 1 AS n,
      m."authorUserId" AS "userId", ${place} FROM message m ${of(Prisma.sql`m."threadId"`)}
      WHERE ${during(Prisma.sql`m."receivedAt"`)} AND m.direction <> 'note' AND m."channelKind" IS DISTINCT FROM 'phone' AND (m.direction = 'inbound' AND m.classification = 'person' OR m.direction = 'outbound' AND m."authorKind" IN ('user', 'bot'))
    UNION ALL SELECT t."createdAt", 'opened', 1, NULL::uuid, ${place} FROM client c JOIN thread t ON t."clientId" = c.id AND NOT t.historical WHERE ${during(Prisma.sql`t."createdAt"`)}
    UNION ALL SELECT s."closedAt", 'closed', 1, s."userId", s."teamId", s."storeId", s."channelId", s.level, s.tags, s."threadId" FROM resolution s WHERE ${during(Prisma.sql`s."closedAt"`)}
    UNION ALL SELECT s."reopenedAt", 'reopened', 1, s."userId", s."teamId", s."storeId", s."channelId", s.level, s.tags, s."threadId" FROM resolution s WHERE ${during(Prisma.sql`s."reopenedAt"`)}
    UNION ALL SELECT e.at, 'transfers', 1, (e.scope #>> '{before,assigneeId}')::uuid, ${place} FROM event e ${of(Prisma.sql`e."threadId"`)}
      WHERE e.type = 'thread.assigned' AND ${during(Prisma.sql`e.at`)} AND e.scope #>> '{before,assigneeId}' IS NOT NULL AND e.scope #>> '{thread,assigneeId}' IS NOT NULL AND e.scope #>> '{before,assigneeId}' <> e.scope #>> '{thread,assigneeId}'
    UNION ALL SELECT e.at, 'handovers', 1, NULL::uuid, ${place} FROM event e ${of(Prisma.sql`e."threadId"`)}
      WHERE e.type = 'thread.botChanged' AND ${during(Prisma.sql`e.at`)} AND e.patch #>> '{thread,botState}' = 'waiting'
    UNION ALL SELECT k."createdAt", 'consults', 1, k."userId", t."teamId", coalesce(k."storeId", t."storeId"), t."channelId", c.level, coalesce(t.tags, '{}'), t.id
      FROM consult k LEFT JOIN thread t ON t.id = k."threadId" LEFT JOIN client c ON c.id = t."clientId" WHERE ${during(Prisma.sql`k."createdAt"`)} AND k.by = 'user'
    UNION ALL SELECT g."outcomeAt", CASE WHEN g.outcome = 'dismissed' THEN 'suggested' ELSE 'suggestionsUsed' END, 1, g."outcomeById", ${place} FROM suggestion g ${of(Prisma.sql`g."threadId"`)}
      WHERE ${during(Prisma.sql`g."outcomeAt"`)} AND g.outcome IS NOT NULL
    UNION ALL SELECT p."settledAt", CASE WHEN p.state = 'kept' AND (p."dueAt" IS NULL OR p."settledAt" <= p."dueAt") THEN 'promisesKept' ELSE 'promisesMissed' END, 1, p."settledById",
      t."teamId", coalesce(p."storeId", t."storeId"), t."channelId", c.level, coalesce(t.tags, '{}'), t.id
      FROM promise p JOIN client c ON c.id = p."clientId" LEFT JOIN thread t ON t.id = p."threadId" WHERE ${during(Prisma.sql`p."settledAt"`)} AND p.state IN ('kept', 'broken')
    UNION ALL SELECT k."startedAt", CASE WHEN k."answeredAt" IS NULL THEN 'missedCalls' ELSE 'calls' END, 1, k."userId", t."teamId", coalesce(t."storeId", h."storeId"), coalesce(k."channelId", t."channelId"), c.level, coalesce(t.tags, '{}'), t.id
      FROM call k LEFT JOIN thread t ON t.id = k."threadId" LEFT JOIN client c ON c.id = k."clientId" LEFT JOIN channel h ON h.id = k."channelId"
      WHERE ${during(Prisma.sql`k."startedAt"`)} AND k.state <> 'ringing'
    UNION ALL SELECT a."answeredAt", x.what, x.n, a."userId", a."teamId", a."storeId", a."channelId", a.level, a.tags, a."threadId"
      FROM rating a CROSS JOIN LATERAL (VALUES ('rated', 1), ('scoreSum', a.score::int)) AS x(what, n) WHERE ${during(Prisma.sql`a."answeredAt"`)} AND a.score IS NOT NULL`;
}

const keys: Record<WorkGrouping | 'all', Prisma.Sql> = {
  user: Prisma.sql`coalesce(f."userId"::text, 'none')`,
  team: Prisma.sql`coalesce(f."teamId"::text, 'none')`,
  store: Prisma.sql`coalesce(f."storeId"::text, 'none')`,
  channel: Prisma.sql`coalesce(f."channelId"::text, 'none')`,
  level: Prisma.sql`coalesce(f.level::text, 'none')`,
  tag: Prisma.sql`tagged.tag`,
  all: Prisma.sql`'all'`,
};
const taggedJoin = Prisma.sql`CROSS JOIN LATERAL unnest(CASE WHEN f.tags = '{}' THEN ARRAY['none'] ELSE f.tags END) AS tagged(tag)`;

/** What was done in a period, a row a key. */
export async function readWork(db: Db, query: WorkQuery, now: Date): Promise<Work> {
  const span = spanOf(query, now);
  const earlier = { from: new Date(2 * span.from.getTime() - span.to.getTime()), to: span.from };
  const compare = query.compare === '1';
  const nothing = new Map<string, WorkCounts>();
  const [rows, total, before, totalBefore, labels] = await Promise.all([
    countWork(db, query.by, span, query),
    countWork(db, 'all', span, query),
    compare ? countWork(db, query.by, earlier, query) : nothing,
    compare ? countWork(db, 'all', earlier, query) : nothing,
    labelsOf(db, query.by),
  ]);
  const busy = (counts: WorkCounts | undefined) => (counts?.answered ?? 0) * 1e6 + (counts?.received ?? 0);
  return {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    by: query.by,
    rows: [...rows.keys()]
      .sort((a, b) => busy(rows.get(b)) - busy(rows.get(a)) || a.localeCompare(b))
      .map((key) => ({
        key,
        label: labels.get(key) ?? key,
        counts: rows.get(key) ?? {},
        before: compare ? (before.get(key) ?? {}) : null,
      })),
    total: total.get('all') ?? {},
    before: compare ? (totalBefore.get('all') ?? {}) : null,
  };
}

/** Counts a key of `by`, from sealed days where no filter crosses them, and from the facts of the rest. */
export async function countWork(
  reader: Reader,
  by: WorkGrouping | 'all',
  span: Span,
  filter: WorkFilter,
): Promise<Map<string, WorkCounts>> {
  const wanted = matching(filter);
  const sealed = wanted === null ? await countedDays(reader, span) : [];
  const gaps = gapsBetween(span, sealed);
  const parts = gaps.map(
    (gap) => Prisma.sql`
      SELECT ${keys[by]} AS key, f.what, f.n FROM (${facts(gap)}) f ${by === 'tag' ? taggedJoin : Prisma.empty} WHERE ${wanted ?? Prisma.sql`TRUE`}`,
  );
  parts.push(Prisma.sql`
    SELECT d.key, d.what, d.n FROM day_count d WHERE d.by = ${by} AND d.day = ANY(${sealed.map((day) => day.toISOString().slice(0, 10))}::date[])`);
  const rows = await reader.$queryRaw<{ key: string; what: WorkFigure; n: number }[]>`
    SELECT key, what, sum(n)::float8 AS n FROM (${Prisma.join(parts, ' UNION ALL ')}) AS counted GROUP BY key, what`;
  const found = new Map<string, WorkCounts>();
  for (const { key, what, n } of rows) found.set(key, { ...found.get(key), [what]: n });
  return found;
}

async function countedDays(reader: Reader, span: Span): Promise<Date[]> {
  const first = new Date(Math.ceil(span.from.getTime() / dayMs) * dayMs);
  const last = new Date(Math.floor(span.to.getTime() / dayMs) * dayMs - dayMs);
  if (last < first) return [];
  const rows = await reader.sealedDay.findMany({ where: { day: { gte: first, lte: last } }, orderBy: { day: 'asc' } });
  return rows.map((row) => row.day);
}

/** Counts a day for good; in the transaction that seals it. */
export async function sealCounts(tx: Tx, day: string, span: Span): Promise<void> {
  await tx.$executeRaw`DELETE FROM day_count WHERE day = ${day}::date`;
  await tx.$executeRaw`
    INSERT INTO day_count (day, by, key, what, n)
    SELECT ${day}::date, d.by, d.key, f.what, sum(f.n)::int FROM (${facts(span)}) f
    CROSS JOIN LATERAL (
      VALUES ('user', ${keys.user}), ('team', ${keys.team}), ('store', ${keys.store}), ('channel', ${keys.channel}), ('level', ${keys.level}), ('all', 'all')
      UNION ALL SELECT 'tag', unnest(CASE WHEN f.tags = '{}' THEN ARRAY['none'] ELSE f.tags END)
    ) AS d(by, key)
    GROUP BY d.by, d.key, f.what`;
}

/** The threads behind a figure, newest first. */
export async function listWork(db: Db, query: WorkDrill, now: Date): Promise<Page<WorkFact>> {
  const before = decodeCursor(query.cursor, byTime);
  const wanted = [Prisma.sql`f.what = ${query.what}`, matching(query) ?? Prisma.sql`TRUE`];
  if (query.by !== undefined && query.key !== undefined) wanted.push(Prisma.sql`${keys[query.by]} = ${query.key}`);
  if (before !== null) wanted.push(Prisma.sql`(f.at, f."threadId") < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  const rows = await db.$queryRaw<(Omit<WorkFact, 'at'> & { at: Date })[]>`
    SELECT f.at, f."threadId", c.name AS "clientName", coalesce(nullif(t.subject, ''), t.preview) AS subject, f."userId"
    FROM (${facts(spanOf(query, now))}) f ${query.by === 'tag' ? taggedJoin : Prisma.empty} JOIN thread t ON t.id = f."threadId" JOIN client c ON c.id = t."clientId"
    WHERE ${Prisma.join(wanted, ' AND ')} ORDER BY f.at DESC, f."threadId" DESC LIMIT ${query.limit + 1}`;
  const page = pageFrom(rows, query.limit, (row) => [row.at.toISOString(), row.threadId]);
  return { items: page.rows.map((row) => ({ ...row, at: row.at.toISOString() })), nextCursor: page.nextCursor };
}

export function workTable(report: Work): Cell[][] {
  const names: WorkFigure[] = [
    'received',
    'answered',
    'byBot',
    'opened',
    'closed',
    'reopened',
    'transfers',
    'handovers',
    'consults',
    'suggestionsUsed',
    'promisesKept',
    'promisesMissed',
    'calls',
    'missedCalls',
    'rated',
  ];
  return [
    [report.by, 'key', ...names, 'score'],
    ...report.rows.map(({ label, key, counts }) => [
      label,
      key,
      ...names.map((name) => counts[name] ?? 0),
      counts.rated === undefined ? null : Number(((counts.scoreSum ?? 0) / counts.rated).toFixed(2)),
    ]),
  ];
}

/** The filter's conditions on `f`; null without any. */
function matching(filter: WorkFilter): Prisma.Sql | null {
  const wanted: Prisma.Sql[] = [];
  if (filter.user !== undefined) wanted.push(Prisma.sql`f."userId" = ${filter.user}::uuid`);
  if (filter.team !== undefined) wanted.push(Prisma.sql`f."teamId" = ${filter.team}::uuid`);
  if (filter.store !== undefined) wanted.push(Prisma.sql`f."storeId" = ${filter.store}::uuid`);
  if (filter.channel !== undefined) wanted.push(Prisma.sql`f."channelId" = ${filter.channel}::uuid`);
  if (filter.level !== undefined) wanted.push(Prisma.sql`f.level = ${filter.level}::"ClientLevel"`);
  if (filter.tag !== undefined) wanted.push(Prisma.sql`f.tags @> ARRAY[${filter.tag}]::text[]`);
  return wanted.length === 0 ? null : Prisma.join(wanted, ' AND ');
}
