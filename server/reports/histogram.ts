import { Prisma } from '../db/client.ts';
import type { Reader } from '../db/tx.ts';
import type { Columns } from './columns.ts';
import { type Part, readParts } from './days.ts';
import { resolutions } from './facts.ts';
import { inTimeBit, lateBit, targetedBit, waitMeasures } from './gather.ts';
import type { Figures, Grouping, ResponseFilter } from './schema.ts';
import { type Seconds, Tally } from './seconds.ts';
import type { Span } from './span.ts';
import { type Keys, keysOf, walk, wholeKey, wide } from './walk.ts';

/** Figures of answered waits. A median of medians is no median: so whole seconds are counted a key, of any days together. */

/** Upper ends of the distribution's steps, in seconds; the last step has none. */
export const distributionSteps = [60, 300, 900, 3600, 4 * 3600, 86_400, 3 * 86_400] as const;

/** What a report says of a span: figures a key, all together, and how many took how long. */
export interface Told {
  rows: Map<string, Figures>;
  total: Figures;
  distribution: number[];
}

/** Everything a report needs of a span, read once. */
export async function readTold(reader: Reader, by: Grouping, span: Span, filter: ResponseFilter): Promise<Told> {
  const tallies = await tally(await readParts(reader, 'waits', span), by, filter);
  const whole = tallies.get(wholeKey) ?? new Tally();
  // A wait has one key of a grouping, so all together are its keys' sum; it may have several topics, and is counted once beside them.
  if (by !== 'tag') for (const one of tallies.values()) whole.addAll(one);
  tallies.delete(wholeKey);
  return { rows: figuresOf(tallies), total: whole.figures(), distribution: whole.took.steps(distributionSteps) };
}

const figuresOf = (tallies: Map<string, Tally>) =>
  new Map([...tallies].filter(([, one]) => one.took.n > 0).map(([key, one]) => [key, one.figures()]));

/** Kinds of waits: a measure with its bits. */
const kindsOfWaits = 2 * lateBit;

/** What waits come to a key; by topic all together besides, under `wholeKey`. */
async function tally(parts: readonly Part[], by: Grouping, filter: ResponseFilter): Promise<Map<string, Tally>> {
  const tallies = new Map<string, Tally>();
  const wanted = Uint8Array.from({ length: kindsOfWaits }, (_, bits) => {
    const measure = waitMeasures[bits & 3];
    return (filter.measure === 'all' ? measure !== 'resolution' : measure === filter.measure) ? 1 : 0;
  });
  await walk(parts, filter, (columns) => {
    const [kind, late] = [wide(columns, 'kind'), wide(columns, 'late')];
    const took = wide(columns, filter.time === 'clock' ? 'clock' : 'working');
    const keys = by === 'hour' || by === 'weekday' ? askedKeys(columns, by) : keysOf(columns, by);
    const known = keys.names.map((key) => {
      const one = tallies.get(key) ?? new Tally();
      tallies.set(key, one);
      return one;
    });
    const counted: Counted = {
      keys,
      took: known.map((one) => one.took),
      late: known.map((one) => one.late),
      times: new Float64Array(known.length * kindsOfWaits),
    };
    return (rows, count) => {
      if (keys.all === undefined) countByOne(counted, { rows, count, kind, wanted, took, late });
      else countByAll(counted, { rows, count, kind, wanted, took, late });
      known.forEach((one, key) => {
        for (let bits = 0; bits < kindsOfWaits; bits++) {
          const some = counted.times[key * kindsOfWaits + bits] ?? 0;
          if (bits & targetedBit) one.targeted += some;
          if (bits & inTimeBit) one.inTime += some;
        }
      });
    };
  });
  return tallies;
}

/** Where waits are counted: a place a key, and how many of each kind beside. */
interface Counted {
  keys: Keys;
  took: readonly Seconds[];
  late: readonly Seconds[];
  times: Float64Array;
}

/** The waits that are looked at, and their columns. */
interface Read {
  rows: Uint32Array;
  count: number;
  kind: Uint32Array;
  wanted: Uint8Array;
  took: Uint32Array;
  late: Uint32Array;
}

/**
 * Waits of one key each. Nothing is called and nothing is made for most of them: half a million, or five, are read while
 * somebody waits.
 */
function countByOne({ keys, took: tookBy, late: lateBy, times }: Counted, read: Read): void {
  const { rows, count, kind, wanted, took, late } = read;
  const { by, places } = keys;
  const [tookIn, lateIn] = [tookBy.map((one) => one.room(0)), lateBy.map((one) => one.room(0))];
  const [tookTo, lateTo] = [Uint32Array.from(tookBy, (one) => one.n), Uint32Array.from(lateBy, (one) => one.n)];
  const roomIn = (all: readonly Seconds[], key: number, at: number): Uint32Array => {
    const one = all[key] as Seconds;
    one.n = at;
    return one.room(at + 1);
  };
  for (let index = 0; index < count; index++) {
    const row = rows[index] as number;
    const bits = kind[row] as number;
    if (wanted[bits] === 0) continue;
    const key = places[by[row] as number] as number;
    (times[key * kindsOfWaits + bits] as number)++;
    const at = tookTo[key] as number;
    if (at === (tookIn[key] as Uint32Array).length) tookIn[key] = roomIn(tookBy, key, at);
    (tookIn[key] as Uint32Array)[at] = took[row] as number;
    tookTo[key] = at + 1;
    if ((bits & lateBit) === 0) continue;
    const lateAt = lateTo[key] as number;
    if (lateAt === (lateIn[key] as Uint32Array).length) lateIn[key] = roomIn(lateBy, key, lateAt);
    (lateIn[key] as Uint32Array)[lateAt] = (late[row] as number) - 1;
    lateTo[key] = lateAt + 1;
  }
  tookBy.forEach((one, key) => {
    one.n = tookTo[key] ?? 0;
  });
  lateBy.forEach((one, key) => {
    one.n = lateTo[key] ?? 0;
  });
}

/** Waits of several keys each. */
function countByAll({ keys, took: tookBy, late: lateBy, times }: Counted, read: Read): void {
  const { rows, count, kind, wanted, took, late } = read;
  const { by, places, all = [] } = keys;
  for (let index = 0; index < count; index++) {
    const row = rows[index] as number;
    const bits = kind[row] as number;
    if (wanted[bits] === 0) continue;
    for (const key of all[places[by[row] as number] as number] ?? []) {
      (times[key * kindsOfWaits + bits] as number)++;
      tookBy[key]?.add(took[row] as number);
      if (bits & lateBit) lateBy[key]?.add((late[row] as number) - 1);
    }
  }
}

/** Keys by the hour or weekday of the question. */
function askedKeys(columns: Columns, by: 'hour' | 'weekday'): Keys {
  const names = Array.from({ length: by === 'hour' ? 24 : 8 }, (_, place) =>
    by === 'hour' ? String(place).padStart(2, '0') : String(place),
  );
  const places = Uint32Array.from({ length: 8 * 24 }, (_, cell) => (by === 'hour' ? cell % 24 : Math.floor(cell / 24)));
  return { names, by: wide(columns, 'hour'), places };
}

const columnsOf: Record<Grouping, Prisma.Sql> = {
  user: Prisma.sql`coalesce(r."userId"::text, 'none')`,
  team: Prisma.sql`coalesce(r."teamId"::text, 'none')`,
  store: Prisma.sql`coalesce(r."storeId"::text, 'none')`,
  channel: Prisma.sql`r."channelId"::text`,
  hour: Prisma.sql`lpad(r."askedHour"::text, 2, '0')`,
  weekday: Prisma.sql`r."askedWeekday"::text`,
  level: Prisma.sql`r.level::text`,
  tag: Prisma.sql`tagged.tag`,
};

/** One row a tag of the wait; `none` for a wait without. */
export const taggedJoin = Prisma.sql`CROSS JOIN LATERAL unnest(CASE WHEN r.tags = '{}' THEN ARRAY['none'] ELSE r.tags END) AS tagged(tag)`;
export const keyOf = (by: Grouping): Prisma.Sql => columnsOf[by];

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
