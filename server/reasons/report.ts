import { type Db, Prisma } from '../db/client.ts';
import { byTime, decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import type { Narrowed, WorkFact } from '../reports/schema.ts';
import type { Cell } from '../reports/sheet.ts';
import { type Span, spanBefore } from '../reports/span.ts';
import type { Reason, ReasonDrill, ReasonGrouping, ReasonReport } from './schema.ts';

/** What each grouping reads besides the reason itself. */
const groupings = {
  reason: { key: Prisma.sql`r.id::text`, label: Prisma.sql`r.label`, from: Prisma.empty },
  product: {
    key: Prisma.sql`coalesce(p."groupSku", p.sku, 'none')`,
    label: Prisma.sql`coalesce(p.name, 'none')`,
    from: Prisma.sql`LEFT JOIN product p ON p.id = tr."productId"`,
  },
  store: {
    key: Prisma.sql`coalesce(s.id::text, 'none')`,
    label: Prisma.sql`coalesce(s.name, 'none')`,
    from: Prisma.sql`LEFT JOIN store s ON s.id = t."storeId"`,
  },
  user: {
    key: Prisma.sql`coalesce(u.id::text, 'none')`,
    label: Prisma.sql`coalesce(u.name, 'none')`,
    from: Prisma.sql`LEFT JOIN "user" u ON u.id = t."assigneeId"`,
  },
} as const;

/** Confirmed reasons and what they are grouped and narrowed by; threads are only read where they are asked of. */
function told(
  columns: (of: (typeof groupings)[ReasonGrouping]) => Prisma.Sql,
  { kind, by }: { kind: Reason['kind']; by: ReasonGrouping },
  span: Span,
  narrowed: Narrowed,
  withThread: boolean,
): Prisma.Sql {
  const wanted = [
    Prisma.sql`tr.state = 'confirmed' AND r.kind = ${kind} AND tr.at >= ${span.from}::timestamptz AND tr.at < ${span.to}::timestamptz`,
  ];
  if (narrowed.user !== undefined) wanted.push(Prisma.sql`t."assigneeId" = ${narrowed.user}::uuid`);
  if (narrowed.team !== undefined) wanted.push(Prisma.sql`t."teamId" = ${narrowed.team}::uuid`);
  if (narrowed.store !== undefined) wanted.push(Prisma.sql`t."storeId" = ${narrowed.store}::uuid`);
  if (narrowed.channel !== undefined) wanted.push(Prisma.sql`t."channelId" = ${narrowed.channel}::uuid`);
  if (narrowed.level !== undefined) wanted.push(Prisma.sql`c.level = ${narrowed.level}::"ClientLevel"`);
  if (narrowed.tag !== undefined) wanted.push(Prisma.sql`t.tags @> ARRAY[${narrowed.tag}]::text[]`);
  const placed = withThread || by === 'store' || by === 'user' || wanted.length > 1;
  const threads = Prisma.sql`JOIN thread t ON t.id = tr."threadId" JOIN client c ON c.id = t."clientId"`;
  return Prisma.sql`
    SELECT ${columns(groupings[by])} FROM thread_reason tr JOIN reason r ON r.id = tr."reasonId" ${placed ? threads : Prisma.empty} ${groupings[by].from}
    WHERE ${Prisma.join(wanted, ' AND ')}`;
}

/** Confirmed reasons of a period, most frequent first, beside the period before, and a count a UTC day. */
export async function reportReasons(
  db: Db,
  span: Span,
  kind: Reason['kind'],
  by: ReasonGrouping,
  narrowed: Narrowed = {},
): Promise<ReasonReport> {
  const both = { from: spanBefore(span).from, to: span.to };
  const columns = ({ key, label }: (typeof groupings)[ReasonGrouping]) =>
    Prisma.sql`${key} AS key, ${label} AS label, tr.at`;
  const counted = await db.$queryRaw<{ key: string; label: string; day: string; n: number; before: number }[]>`
    SELECT key, max(label) AS label, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, count(*) FILTER (WHERE at >= ${span.from}::timestamptz)::int AS n,
      count(*) FILTER (WHERE at < ${span.from}::timestamptz)::int AS before
    FROM (${told(columns, { kind, by }, both, narrowed, false)}) AS told GROUP BY key, 3`;
  const keyed = new Map<string, { key: string; label: string; n: number; before: number }>();
  const days = new Map<string, number>();
  for (const row of counted) {
    const sum = keyed.get(row.key) ?? { key: row.key, label: row.label, n: 0, before: 0 };
    keyed.set(row.key, { ...sum, n: sum.n + row.n, before: sum.before + row.before });
    if (row.n > 0) days.set(row.day, (days.get(row.day) ?? 0) + row.n);
  }
  const rows = [...keyed.values()].sort((a, b) => b.n - a.n || a.label.localeCompare(b.label));
  const all = rows.reduce((sum, row) => sum + row.n, 0);
  let upTo = 0;
  return {
    rows: rows.map((row) => {
      upTo += row.n;
      return { ...row, share: all === 0 ? 0 : row.n / all, upTo: all === 0 ? 0 : upTo / all };
    }),
    days: [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, n]) => ({ day, n })),
  };
}

/** The threads behind a row, newest first. */
export async function listReasonThreads(db: Db, span: Span, query: ReasonDrill): Promise<Page<WorkFact>> {
  const before = decodeCursor(query.cursor, byTime);
  const wanted = [Prisma.sql`told.key = ${query.key}`];
  if (before !== null)
    wanted.push(Prisma.sql`(told.at, told."threadId") < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  const columns = ({ key }: (typeof groupings)[ReasonGrouping]) =>
    Prisma.sql`tr.at, ${key} AS key, t.id AS "threadId", t."assigneeId" AS "userId", c.name AS "clientName", coalesce(nullif(t.subject, ''), t.preview) AS subject`;
  const rows = await db.$queryRaw<(Omit<WorkFact, 'at'> & { at: Date })[]>`
    SELECT at, "threadId", "clientName", subject, "userId" FROM (${told(columns, query, span, query, true)}) AS told
    WHERE ${Prisma.join(wanted, ' AND ')} ORDER BY at DESC, "threadId" DESC LIMIT ${query.limit + 1}`;
  const page = pageFrom(rows, query.limit, (row) => [row.at.toISOString(), row.threadId]);
  return { items: page.rows.map((row) => ({ ...row, at: row.at.toISOString() })), nextCursor: page.nextCursor };
}

export function reasonTable({ rows }: ReasonReport, by: ReasonGrouping): Cell[][] {
  return [
    [by, 'key', 'n', 'before', 'share', 'up_to'],
    ...rows.map((row) => [
      row.label,
      row.key,
      row.n,
      row.before,
      Number(row.share.toFixed(4)),
      Number(row.upTo.toFixed(4)),
    ]),
  ];
}
