import { Prisma } from '../db/client.ts';
import type { Reader } from '../db/tx.ts';
import { Counted, figuresOf } from './counted.ts';
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

/** Upper ends of the distribution's steps, in seconds; the last step has none. */
export const distributionSteps = [60, 300, 900, 3600, 4 * 3600, 86_400, 3 * 86_400] as const;

/** What a report says of a span: figures a key, all together, and how many took how long. */
export interface Told {
  rows: Map<string, Figures>;
  total: Figures;
  distribution: number[];
}

/** Everything a report needs of a span, read once. A wait has one key of a grouping, so all together are its keys' sum; not of topics. */
export async function readTold(reader: Reader, by: By, span: Span, filter: ResponseFilter): Promise<Told> {
  const [keyed, whole] = await Promise.all([
    readCounted(reader, by, span, filter),
    by === 'tag' ? readCounted(reader, 'all', span, filter) : null,
  ]);
  const all = whole?.get('all') ?? { took: new Counted(), late: new Counted() };
  if (whole === null)
    for (const { took, late } of keyed.values()) {
      all.took.addAll(took);
      all.late.addAll(late);
    }
  const { seconds, counts } = all.took.merged();
  const distribution = [...distributionSteps, 0].map(() => 0);
  let step = 0;
  seconds.forEach((second, at) => {
    while (step < distributionSteps.length && second >= (distributionSteps[step] ?? 0)) step++;
    distribution[step] = (distribution[step] ?? 0) + (counts[at] ?? 0);
  });
  return {
    rows: presentAll(keyed),
    total: all.took.n === 0 ? noFigures : figuresOf(all.took, all.late.isEmpty ? undefined : all.late),
    distribution,
  };
}

/** Figures a key of `by`. */
export async function readFigures(
  reader: Reader,
  by: By,
  span: Span,
  filter: ResponseFilter,
): Promise<Map<string, Figures>> {
  return presentAll(await readCounted(reader, by, span, filter));
}

export const noFigures: Figures = {
  n: 0,
  medianMs: null,
  p90Ms: null,
  withinTarget: null,
  late: 0,
  lateMsMedian: null,
};

type Keyed = Map<string, { took: Counted; late: Counted }>;

function presentAll(keyed: Keyed): Map<string, Figures> {
  return new Map(
    [...keyed]
      .filter(([, { took }]) => !took.isEmpty)
      .map(([key, { took, late }]) => [key, figuresOf(took, late.isEmpty ? undefined : late)]),
  );
}

/** Whole seconds and their counts a key, of sealed days and of waits alike. */
async function readCounted(reader: Reader, by: By, span: Span, filter: ResponseFilter): Promise<Keyed> {
  const sealed = isPlain(filter) ? await sealedWithin(reader, span) : [];
  const rows = await reader.$queryRaw<
    { key: string; time: string; packed: Uint8Array; targeted: number; within: number }[]
  >`${factHistogram(by, span, sealed, filter)} UNION ALL ${dayHistogram(by, sealed, filter)}`;
  const keyed: Keyed = new Map();
  for (const row of rows) {
    const known = keyed.get(row.key) ?? { took: new Counted(), late: new Counted() };
    keyed.set(row.key, known);
    known[row.time === 'late' ? 'late' : 'took'].add(row.packed, row.targeted, row.within);
  }
  return keyed;
}

/** Whether sealed days can answer: a filter crosses the groupings. */
function isPlain(filter: ResponseFilter): boolean {
  const crossing = [filter.user, filter.team, filter.store, filter.channel, filter.level, filter.tag];
  return crossing.every((value) => value === undefined);
}

/** Sealed days (UTC) that lie whole in the span. */
export async function sealedWithin(reader: Reader, span: Span): Promise<Date[]> {
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
    SELECT key, time, ${packed}, sum(targeted)::float8 AS targeted, sum(within)::float8 AS within
    FROM (
      SELECT ${columns[by]} AS key, v.time, floor(v.ms / 1000)::int AS s, count(*)::int AS n, count(r."targetMs") AS targeted, count(*) FILTER (WHERE r."lateMs" = 0) AS within
      FROM ${factsOf(filter)} r ${by === 'tag' ? taggedJoin : Prisma.empty}
      CROSS JOIN LATERAL (VALUES (${filter.time}, ${ms}), ('late', CASE WHEN r."lateMs" > 0 THEN r."lateMs" END)) AS v(time, ms)
      WHERE v.ms IS NOT NULL AND ${within} AND ${matching(filter)}
      GROUP BY 1, 2, 3
    ) AS counted GROUP BY key, time`;
}

/** Seconds and counts in a row of bytes: 32-bit pairs, ascending (Counted). */
export const packed = Prisma.sql`string_agg(int4send(s) || int4send(n), ''::bytea ORDER BY s) AS packed`;

function dayHistogram(by: By, sealed: Date[], filter: ResponseFilter): Prisma.Sql {
  const measures = filter.measure === 'all' ? ['first', 'next'] : [filter.measure];
  return Prisma.sql`
    SELECT g.key, g.time, g.packed, g.targeted::float8, g.within::float8 FROM response_histogram g
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
