import { type Db, Prisma } from '../db/client.ts';
import type { Reader } from '../db/tx.ts';
import { byTime, decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import { loadHours } from '../targets/rules.ts';
import { readParts } from './days.ts';
import { deedsIn } from './facts.ts';
import { deedKinds } from './gather.ts';
import { labelsOf } from './responseTimes.ts';
import {
  type Work,
  type WorkCounts,
  type WorkDrill,
  type WorkFact,
  type WorkFigure,
  type WorkFilter,
  type WorkGrouping,
  type WorkQuery,
  workFigures,
} from './schema.ts';
import type { Cell } from './sheet.ts';
import { type Span, spanBefore, spanOf } from './span.ts';
import { keysOf, walk, wholeKey, wide } from './walk.ts';

const keys: Record<WorkGrouping, Prisma.Sql> = {
  user: Prisma.sql`coalesce(f."userId"::text, 'none')`,
  team: Prisma.sql`coalesce(f."teamId"::text, 'none')`,
  store: Prisma.sql`coalesce(f."storeId"::text, 'none')`,
  channel: Prisma.sql`coalesce(f."channelId"::text, 'none')`,
  level: Prisma.sql`coalesce(f.level::text, 'none')`,
  tag: Prisma.sql`tagged.tag`,
};
const taggedJoin = Prisma.sql`CROSS JOIN LATERAL unnest(CASE WHEN f.tags = '{}' THEN ARRAY['none'] ELSE f.tags END) AS tagged(tag)`;

/** What was done in a period, a row a key. */
export async function readWork(db: Db, query: WorkQuery, now: Date): Promise<Work> {
  const span = spanOf(query, now);
  const compare = query.compare === '1';
  const [{ rows, total }, earlier, labels] = await Promise.all([
    countWork(db, query.by, span, query),
    compare ? countWork(db, query.by, spanBefore(span), query) : null,
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
        before: earlier === null ? null : (earlier.rows.get(key) ?? {}),
      })),
    total,
    before: earlier?.total ?? null,
  };
}

/** Counts a key of `by`, and all together. */
export async function countWork(
  reader: Reader,
  by: WorkGrouping,
  span: Span,
  filter: WorkFilter,
): Promise<{ rows: Map<string, WorkCounts>; total: WorkCounts }> {
  const counted = new Map<string, Float64Array>();
  const total = new Float64Array(deedKinds.length);
  await walk(await readParts(reader, 'deeds', span), filter, (columns) => {
    const kind = wide(columns, 'kind');
    const keysFor = keysOf(columns, by);
    const kinds = columns.kinds.length;
    // Of this part by places, a row a key: added to the whole by name when it is through.
    const counts = new Float64Array(keysFor.names.length * kinds);
    const whole = new Float64Array(kinds);
    return (rows, count) => {
      const { by: column, places, all } = keysFor;
      for (let index = 0; index < count; index++) {
        const row = rows[index] ?? 0;
        const what = kind[row] ?? 0;
        const value = column[row] ?? 0;
        whole[what] = (whole[what] ?? 0) + 1;
        if (all === undefined) {
          const cell = (places[value] ?? 0) * kinds + what;
          counts[cell] = (counts[cell] ?? 0) + 1;
        } else
          for (const key of all[places[value] ?? 0] ?? [])
            counts[key * kinds + what] = (counts[key * kinds + what] ?? 0) + 1;
      }
      columns.kinds.forEach((name, what) => {
        const known = deedKinds.indexOf(name as (typeof deedKinds)[number]);
        total[known] = (total[known] ?? 0) + (whole[what] ?? 0);
        keysFor.names.forEach((key, place) => {
          const times = counts[place * kinds + what] ?? 0;
          if (times === 0 || key === wholeKey) return;
          const sums = counted.get(key) ?? new Float64Array(deedKinds.length);
          counted.set(key, sums);
          sums[known] = (sums[known] ?? 0) + times;
        });
      });
    };
  });
  return {
    rows: new Map(
      [...counted]
        .map(([key, sums]) => [key, countsOf(sums)] as const)
        .filter(([, sums]) => Object.keys(sums).length > 0),
    ),
    total: countsOf(total),
  };
}

/** Sums by name; a rating is counted, and adds its score. */
function countsOf(sums: Float64Array): WorkCounts {
  const counts: WorkCounts = {};
  deedKinds.forEach((kind, at) => {
    const n = sums[at] ?? 0;
    if (n === 0) return;
    const score = /^score(\d)$/.exec(kind)?.[1];
    if (score === undefined) counts[kind as WorkFigure] = n;
    else {
      counts.rated = (counts.rated ?? 0) + n;
      counts.scoreSum = (counts.scoreSum ?? 0) + n * Number(score);
    }
  });
  return counts;
}

/** The threads behind a figure, newest first. */
export async function listWork(db: Db, query: WorkDrill, now: Date): Promise<Page<WorkFact>> {
  const before = decodeCursor(query.cursor, byTime);
  const wanted = [Prisma.sql`f.what = ${query.what === 'scoreSum' ? 'rated' : query.what}`, ...matching(query)];
  if (query.by !== undefined && query.key !== undefined) wanted.push(Prisma.sql`${keys[query.by]} = ${query.key}`);
  if (query.weekday !== undefined || query.hour !== undefined) {
    const { timezone } = await loadHours(db);
    const local = Prisma.sql`(f.at AT TIME ZONE ${timezone})`;
    if (query.weekday !== undefined) wanted.push(Prisma.sql`extract(isodow FROM ${local}) = ${query.weekday}::int`);
    if (query.hour !== undefined) wanted.push(Prisma.sql`extract(hour FROM ${local}) = ${query.hour}::int`);
  }
  if (before !== null) wanted.push(Prisma.sql`(f.at, f."threadId") < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  const rows = await db.$queryRaw<(Omit<WorkFact, 'at'> & { at: Date })[]>`
    SELECT f.at, f."threadId", c.name AS "clientName", coalesce(nullif(t.subject, ''), t.preview) AS subject, f."userId"
    FROM (${deedsIn(spanOf(query, now))}) f ${query.by === 'tag' ? taggedJoin : Prisma.empty} JOIN thread t ON t.id = f."threadId" JOIN client c ON c.id = t."clientId"
    WHERE ${Prisma.join(wanted, ' AND ')} ORDER BY f.at DESC, f."threadId" DESC LIMIT ${query.limit + 1}`;
  const page = pageFrom(rows, query.limit, (row) => [row.at.toISOString(), row.threadId]);
  return { items: page.rows.map((row) => ({ ...row, at: row.at.toISOString() })), nextCursor: page.nextCursor };
}

export function workTable(report: Work): Cell[][] {
  // What was suggested is told by how much of it was used, the sum of scores by their mean.
  const names = workFigures.filter((name) => name !== 'suggested' && name !== 'scoreSum');
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

/** The filter's conditions on `f`. */
function matching(filter: WorkFilter): Prisma.Sql[] {
  const wanted: Prisma.Sql[] = [];
  if (filter.user !== undefined) wanted.push(Prisma.sql`f."userId" = ${filter.user}::uuid`);
  if (filter.team !== undefined) wanted.push(Prisma.sql`f."teamId" = ${filter.team}::uuid`);
  if (filter.store !== undefined) wanted.push(Prisma.sql`f."storeId" = ${filter.store}::uuid`);
  if (filter.channel !== undefined) wanted.push(Prisma.sql`f."channelId" = ${filter.channel}::uuid`);
  if (filter.level !== undefined) wanted.push(Prisma.sql`f.level = ${filter.level}::"ClientLevel"`);
  if (filter.tag !== undefined) wanted.push(Prisma.sql`f.tags @> ARRAY[${filter.tag}]::text[]`);
  return wanted;
}
