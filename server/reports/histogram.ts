import { Prisma } from '../db/client.ts';
import type { Reader } from '../db/tx.ts';
import { type Part, readParts } from './days.ts';
import { resolutions } from './facts.ts';
import { inTimeBit, lateBit, targetedBit, waitMeasures } from './gather.ts';
import type { Figures, Grouping, ResponseFilter } from './schema.ts';
import { noFigures, Tally } from './seconds.ts';
import type { Span } from './span.ts';
import { filled, type Keys, keysOf, walk } from './walk.ts';

/** Figures of answered waits. A median of medians is no median: so whole seconds are counted a key, of any days together. */

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

/** Everything a report needs of a span, read once. */
export async function readTold(reader: Reader, by: By, span: Span, filter: ResponseFilter): Promise<Told> {
  const parts = await readParts(reader, 'waits', span);
  const tallies = await tally(parts, by, filter);
  // A wait has one key of a grouping, so all together are its keys' sum; but it may have several topics.
  const all = (by === 'tag' ? await tally(parts, 'all', filter) : tallies).values();
  const whole = new Tally();
  for (const one of all) whole.addAll(one);
  const distribution = [...distributionSteps, 0].map(() => 0);
  let step = 0;
  whole.took.each((second, times) => {
    while (step < distributionSteps.length && second >= (distributionSteps[step] ?? 0)) step++;
    distribution[step] = (distribution[step] ?? 0) + times;
  });
  return { rows: figuresOf(tallies), total: whole.took.n === 0 ? noFigures : whole.figures(), distribution };
}

/** Figures a key of `by`. */
export async function readFigures(
  reader: Reader,
  by: By,
  span: Span,
  filter: ResponseFilter,
): Promise<Map<string, Figures>> {
  return figuresOf(await tally(await readParts(reader, 'waits', span), by, filter));
}

const figuresOf = (tallies: Map<string, Tally>) =>
  new Map([...tallies].filter(([, one]) => one.took.n > 0).map(([key, one]) => [key, one.figures()]));

async function tally(parts: readonly Part[], by: By, filter: ResponseFilter): Promise<Map<string, Tally>> {
  const tallies = new Map<string, Tally>();
  const measures = waitMeasures.map((measure) =>
    filter.measure === 'all' ? measure !== 'resolution' : measure === filter.measure,
  );
  await walk(parts, filter, (columns) => {
    const { facts, n } = columns;
    const [scope, kind, late] = [filled(facts.scope, n), filled(facts.kind, n), filled(facts.late, n)];
    const took = filled(filter.time === 'clock' ? facts.clock : facts.working, n);
    const asked = by === 'hour' || by === 'weekday';
    const keys = asked ? askedKeys(by) : keysOf(columns, by);
    const who = filled(asked ? facts.hour : facts.user, n);
    const known = keys.names.map((key) => {
      const one = tallies.get(key) ?? new Tally();
      tallies.set(key, one);
      return one;
    });
    const add = (key: number, row: number, bits: number) => {
      const one = known[key];
      if (one === undefined) return;
      one.took.add(took[row] ?? 0);
      if (bits & targetedBit) one.targeted++;
      if (bits & inTimeBit) one.inTime++;
      if (bits & lateBit) one.late.add((late[row] ?? 1) - 1);
    };
    return (rows, count) => {
      for (let index = 0; index < count; index++) {
        const row = rows[index] ?? 0;
        const bits = kind[row] ?? 0;
        if (measures[bits & 3] !== true) continue;
        const place = scope[row] ?? 0;
        if (keys.all === undefined) add(keys.of(place, who[row] ?? 0), row, bits);
        else for (const key of keys.all(place)) add(key, row, bits);
      }
    };
  });
  return tallies;
}

/** Keys by the hour or weekday of the question. */
function askedKeys(by: 'hour' | 'weekday'): Keys {
  return by === 'hour'
    ? { names: Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')), of: (_, asked) => asked % 24 }
    : { names: Array.from({ length: 8 }, (_, day) => String(day)), of: (_, asked) => Math.floor(asked / 24) };
}

const columnsOf: Record<By, Prisma.Sql> = {
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
export const keyOf = (by: By): Prisma.Sql => columnsOf[by];

/** What is listed: answered waits, or solved matters. */
export function factsOf(filter: Pick<ResponseFilter, 'measure'>): Prisma.Sql {
  return filter.measure === 'resolution' ? resolutions : Prisma.sql`response`;
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
