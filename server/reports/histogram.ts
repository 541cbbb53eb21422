import { Prisma } from '../db/client.ts';
import type { Reader } from '../db/tx.ts';
import type { Figures, Grouping, ResponseFilter } from './schema.ts';

/**
 * Figures of answered waits. A median of medians is no median: so whole seconds are counted (a histogram), from sealed days
 * and, where a day is not sealed or a filter crosses the groupings, from the waits themselves. Both give the same figures.
 */

export interface Span {
  from: Date;
  to: Date;
}

export const dayMs = 24 * 60 * 60_000;

/** `all` is one row for everything. */
export type By = Grouping | 'all';

/** Whole seconds and their counts, of sealed days and of waits alike. */
function merged(by: By, span: Span, sealed: Date[], filter: ResponseFilter): Prisma.Sql {
  return Prisma.sql`fact AS (${factHistogram(by, span, sealed, filter)}), day AS (${dayHistogram(by, sealed, filter)}),
    h AS (SELECT key, time, s, sum(n)::bigint AS n, sum(targeted)::bigint AS targeted, sum(within)::bigint AS within
      FROM (SELECT * FROM fact UNION ALL SELECT * FROM day) AS both_kinds GROUP BY key, time, s)`;
}

/** Upper ends of the distribution's steps, in seconds; the last step has none. */
export const distributionSteps = [60, 300, 900, 3600, 4 * 3600, 86_400, 3 * 86_400] as const;

/** How many took how long, a number a step. */
export async function readDistribution(reader: Reader, span: Span, filter: ResponseFilter): Promise<number[]> {
  const sealed = isPlain(filter) ? await sealedWithin(reader, span) : [];
  const rows = await reader.$queryRaw<{ step: number; n: number }[]>`
    WITH ${merged('all', span, sealed, filter)}
    SELECT width_bucket(s, ${[...distributionSteps]}::int[])::int AS step, sum(n)::float8 AS n FROM h WHERE time <> 'late' GROUP BY 1`;
  const counts = new Map(rows.map((row) => [row.step, row.n]));
  return [...distributionSteps, 0].map((_, step) => counts.get(step) ?? 0);
}

/** Whether sealed days can answer: a filter crosses the groupings. */
function isPlain(filter: ResponseFilter): boolean {
  const crossing = [filter.user, filter.team, filter.store, filter.channel, filter.level, filter.tag];
  return crossing.every((value) => value === undefined);
}

/** Figures a key of `by`. */
export async function readFigures(
  reader: Reader,
  by: By,
  span: Span,
  filter: ResponseFilter,
): Promise<Map<string, Figures>> {
  const sealed = isPlain(filter) ? await sealedWithin(reader, span) : [];
  const source = Prisma.sql`WITH ${merged(by, span, sealed, filter)},
    c AS (SELECT key, time, s, targeted, within, n, sum(n) OVER (PARTITION BY key, time ORDER BY s) AS upto, sum(n) OVER (PARTITION BY key, time) AS total FROM h)`;
  const rows = await reader.$queryRaw<HistogramRow[]>`
    ${source}
    SELECT key, time, max(total)::float8 AS n, sum(targeted)::float8 AS targeted, sum(within)::float8 AS within,
      min(s) FILTER (WHERE upto > floor(0.5 * (total - 1))) AS "medianLow", min(s) FILTER (WHERE upto > ceil(0.5 * (total - 1))) AS "medianHigh",
      min(s) FILTER (WHERE upto > floor(0.9 * (total - 1))) AS "p90Low", min(s) FILTER (WHERE upto > ceil(0.9 * (total - 1))) AS "p90High"
    FROM c GROUP BY key, time`;
  const figures = new Map<string, Figures>();
  for (const row of rows) if (row.time !== 'late') figures.set(row.key, presentFigures(row));
  for (const row of rows) {
    const known = figures.get(row.key);
    if (row.time === 'late' && known !== undefined)
      figures.set(row.key, { ...known, late: row.n, lateMsMedian: between(row.medianLow, row.medianHigh, 0.5, row.n) });
  }
  return figures;
}

export const noFigures: Figures = {
  n: 0,
  medianMs: null,
  p90Ms: null,
  withinTarget: null,
  late: 0,
  lateMsMedian: null,
};

interface HistogramRow {
  key: string;
  time: 'clock' | 'working' | 'late';
  n: number;
  targeted: number;
  within: number;
  medianLow: number;
  medianHigh: number;
  p90Low: number;
  p90High: number;
}

function presentFigures(row: HistogramRow): Figures {
  return {
    n: row.n,
    medianMs: between(row.medianLow, row.medianHigh, 0.5, row.n),
    p90Ms: between(row.p90Low, row.p90High, 0.9, row.n),
    withinTarget: row.targeted === 0 ? null : row.within / row.targeted,
    late: 0,
    lateMsMedian: null,
  };
}

/** The continuous percentile of `n` whole seconds whose neighbours are known (as PostgreSQL's percentile_cont), in milliseconds. */
function between(low: number, high: number, p: number, n: number): number {
  const place = p * (n - 1);
  return Math.round((low + (high - low) * (place - Math.floor(place))) * 1000);
}

/** Sealed days (UTC) that lie whole in the span. */
async function sealedWithin(reader: Reader, span: Span): Promise<Date[]> {
  const first = new Date(Math.ceil(span.from.getTime() / dayMs) * dayMs);
  const last = new Date(Math.floor(span.to.getTime() / dayMs) * dayMs - dayMs);
  if (last < first) return [];
  const rows = await reader.sealedDay.findMany({ where: { day: { gte: first, lte: last } }, orderBy: { day: 'asc' } });
  return rows.map((row) => row.day);
}

const columns: Record<By, Prisma.Sql> = {
  user: Prisma.sql`coalesce(r."userId"::text, 'none')`,
  team: Prisma.sql`coalesce(r."teamId"::text, 'none')`,
  store: Prisma.sql`coalesce(r."storeId"::text, 'none')`,
  channel: Prisma.sql`r."channelId"::text`,
  hour: Prisma.sql`lpad(r."askedHour"::text, 2, '0')`,
  weekday: Prisma.sql`r."askedWeekday"::text`,
  level: Prisma.sql`r.level::text`,
  tag: Prisma.sql`tagged.tag`,
  all: Prisma.sql`'all'`,
};

/** One row a tag of the wait; `none` for a wait without. */
export const taggedJoin = Prisma.sql`CROSS JOIN LATERAL unnest(CASE WHEN r.tags = '{}' THEN ARRAY['none'] ELSE r.tags END) AS tagged(tag)`;
export const keyOf = (by: By): Prisma.Sql => columns[by];

/** Matters brought to their end, as rows like answered waits; hours and weekdays of their beginning in UTC. */
export const resolutions = Prisma.sql`(SELECT id, "threadId", "clientId", id AS "messageId", 'resolution' AS measure, "startedAt" AS "askedAt", "closedAt" AS "answeredAt", "userId", NULL::uuid AS "forUserId",
  "storeId", "teamId", "channelId", "channelKind", level, tags, extract(hour FROM "startedAt" AT TIME ZONE 'UTC')::int AS "askedHour", extract(isodow FROM "startedAt" AT TIME ZONE 'UTC')::int AS "askedWeekday",
  "clockMs", "workingMs", "policyId", "targetMs", "lateMs" FROM resolution)`;

/** What is counted: answered waits, or solved matters. */
export function factsOf(filter: Pick<ResponseFilter, 'measure'>): Prisma.Sql {
  return filter.measure === 'resolution' ? resolutions : Prisma.sql`response`;
}

function factHistogram(by: By, span: Span, sealed: Date[], filter: ResponseFilter): Prisma.Sql {
  const ms = filter.time === 'clock' ? Prisma.sql`r."clockMs"` : Prisma.sql`r."workingMs"`;
  const gaps = gapsBetween(span, sealed);
  const within =
    gaps.length === 0
      ? Prisma.sql`FALSE`
      : Prisma.sql`(${Prisma.join(
          gaps.map(
            (gap) => Prisma.sql`r."answeredAt" >= ${gap.from}::timestamptz AND r."answeredAt" < ${gap.to}::timestamptz`,
          ),
          ' OR ',
        )})`;
  return Prisma.sql`
    SELECT ${columns[by]} AS key, v.time, floor(v.ms / 1000)::int AS s, count(*) AS n, count(r."targetMs") AS targeted, count(*) FILTER (WHERE r."lateMs" = 0) AS within
    FROM ${factsOf(filter)} r ${by === 'tag' ? taggedJoin : Prisma.empty}
    CROSS JOIN LATERAL (VALUES (${filter.time}, ${ms}), ('late', CASE WHEN r."lateMs" > 0 THEN r."lateMs" END)) AS v(time, ms)
    WHERE v.ms IS NOT NULL AND ${within} AND ${matching(filter)}
    GROUP BY 1, 2, 3`;
}

function dayHistogram(by: By, sealed: Date[], filter: ResponseFilter): Prisma.Sql {
  const measures = filter.measure === 'all' ? ['first', 'next'] : [filter.measure];
  return Prisma.sql`
    SELECT g.key, g.time, u.s, u.n, CASE WHEN u.place = 1 THEN g.targeted ELSE 0 END AS targeted, CASE WHEN u.place = 1 THEN g.within ELSE 0 END AS within
    FROM response_histogram g CROSS JOIN LATERAL unnest(g.seconds, g.counts) WITH ORDINALITY AS u(s, n, place)
    WHERE g.by = ${by} AND g.time = ANY(ARRAY[${filter.time}, 'late']) AND g.measure = ANY(${measures}::text[])
      AND g.day = ANY(${sealed.map((day) => day.toISOString().slice(0, 10))}::date[])`;
}

/** The parts of a span that no sealed day covers. */
export function gapsBetween(span: Span, sealed: readonly Date[]): Span[] {
  const gaps: Span[] = [];
  let from = span.from.getTime();
  for (const day of sealed) {
    if (day.getTime() > from) gaps.push({ from: new Date(from), to: day });
    from = day.getTime() + dayMs;
  }
  if (from < span.to.getTime()) gaps.push({ from: new Date(from), to: span.to });
  return gaps;
}

/** The filter's conditions on `r`, without its period. */
export function matching(filter: ResponseFilter): Prisma.Sql {
  const wanted: Prisma.Sql[] = [];
  if (filter.measure !== 'all') wanted.push(Prisma.sql`r.measure = ${filter.measure}`);
  if (filter.user !== undefined) wanted.push(Prisma.sql`r."userId" = ${filter.user}::uuid`);
  if (filter.team !== undefined) wanted.push(Prisma.sql`r."teamId" = ${filter.team}::uuid`);
  if (filter.store !== undefined) wanted.push(Prisma.sql`r."storeId" = ${filter.store}::uuid`);
  if (filter.channel !== undefined) wanted.push(Prisma.sql`r."channelId" = ${filter.channel}::uuid`);
  if (filter.level !== undefined) wanted.push(Prisma.sql`r.level = ${filter.level}::"ClientLevel"`);
  if (filter.tag !== undefined) wanted.push(Prisma.sql`r.tags @> ARRAY[${filter.tag}]::text[]`);
  return wanted.length === 0 ? Prisma.sql`TRUE` : Prisma.join(wanted, ' AND ');
}
