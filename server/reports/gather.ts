import { Prisma } from '../db/client.ts';
import type { Reader } from '../db/tx.ts';
import { Builder, type Columns, quarterOf } from './columns.ts';
import { deedsIn, waitsIn } from './facts.ts';
import { deeds } from './schema.ts';
import type { Span } from './span.ts';

/** The two families of facts: how long clients waited, and what was done. A report reads one of them. */
export type Family = 'waits' | 'deeds';

/** A wait is of a measure, with a target or without, in time or not: the bits of its kind. */
export const waitMeasures = ['first', 'next', 'resolution'] as const;
export const targetedBit = 4;
export const inTimeBit = 8;
export const lateBit = 16;

/** What is done, by name; a rating is one of its score. */
export const deedKinds = [...deeds, 'score1', 'score2', 'score3', 'score4', 'score5'] as const;

type Place = [
  matter: string,
  team: string | null,
  store: string | null,
  channel: string | null,
  level: string | null,
  tags: string[],
];

/** A quarter-hour since 1970. */
const quarter = (at: Prisma.Sql) => Prisma.sql`floor(extract(epoch FROM ${at}) / 900)::int`;
const seconds = (ms: Prisma.Sql) => Prisma.sql`floor(${ms} / 1000)::int`;

/**
 * The facts of a span as columns, from the rows. One row comes back: the database packs them, because a hundred thousand rows
 * take longer to carry than to count.
 * @param matters only of these threads, and of what has none by its own id
 */
export async function gather(
  reader: Reader,
  family: Family,
  span: Span,
  matters: readonly string[] | null = null,
): Promise<Columns> {
  const isWaits = family === 'waits';
  const at = isWaits ? Prisma.sql`"answeredAt"` : Prisma.sql`at`;
  const more = isWaits
    ? Prisma.sql`int4send(array_position(${[...waitMeasures]}::text[], measure) - 1 + CASE WHEN "targetMs" IS NULL THEN 0 ELSE ${targetedBit}::int END
          + CASE WHEN "lateMs" = 0 THEN ${inTimeBit}::int WHEN "lateMs" > 0 THEN ${lateBit}::int ELSE 0 END)
        || int4send("askedWeekday"::int * 24 + "askedHour"::int) || int4send(${quarter(at)} - ${quarter(Prisma.sql`"askedAt"`)})
        || int4send(${seconds(Prisma.sql`"clockMs"`)}) || int4send(${seconds(Prisma.sql`"workingMs"`)})
        || int4send(CASE WHEN "lateMs" > 0 THEN ${seconds(Prisma.sql`"lateMs"`)} + 1 ELSE 0 END)`
    : Prisma.sql`int4send(array_position(${[...deedKinds]}::text[], CASE what WHEN 'rated' THEN 'score' || n ELSE what END) - 1)`;
  const facts = isWaits ? waitsIn(span, matters) : deedsIn(span, matters);
  const [row] = await reader.$queryRaw<
    { places: Place[] | null; people: string[] | null; packed: Uint8Array | null }[]
  >`
    WITH ranked AS MATERIALIZED (
      SELECT f.*, dense_rank() OVER (ORDER BY matter, "teamId", "storeId", "channelId", level, tags)::int AS scope, dense_rank() OVER (ORDER BY "userId" NULLS FIRST)::int AS person
      FROM (${facts}) AS f)
    SELECT (SELECT json_agg(json_build_array(matter, "teamId", "storeId", "channelId", level, coalesce(tags, '{}')) ORDER BY scope) FROM (SELECT DISTINCT ON (scope) * FROM ranked ORDER BY scope) AS place) AS places,
      (SELECT json_agg("userId" ORDER BY person) FROM (SELECT DISTINCT ON (person) person, "userId" FROM ranked ORDER BY person) AS somebody) AS people,
      (SELECT string_agg(int4send(scope) || int4send(person) || int4send(${quarter(at)}) || ${more}, ''::bytea) FROM ranked) AS packed`;
  const builder = new Builder(quarterOf(span.from), isWaits ? waitMeasures : deedKinds);
  const scopes = (row?.places ?? []).map(([matter, team, store, channel, level, tags]) =>
    builder.scope({ matter, team, store, channel, level, tags }),
  );
  const people = (row?.people ?? []).map((id) => builder.name(id));
  const packed = row?.packed ?? new Uint8Array(0);
  const words = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const width = isWaits ? 9 : 4;
  for (let place = 0; place < packed.byteLength; place += 4 * width) {
    const word = (column: number) => (column < width ? words.getInt32(place + 4 * column) : 0);
    builder.add({
      scope: scopes[word(0) - 1] ?? 0,
      user: people[word(1) - 1] ?? 0,
      at: word(2),
      kind: word(3),
      hour: word(4),
      asked: word(5),
      clock: word(6),
      working: word(7),
      late: word(8),
    });
  }
  return builder.build();
}
