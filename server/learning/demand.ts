import { type Db, Prisma } from '../db/client.ts';
import type { Demand } from './schema.ts';

const rowsShown = 200;
/** A question that fits more products than this was about none in particular. */
const mostProducts = 4;

/**
 * What was asked for, what of it was out of stock, and what was offered instead, by product, store or week (from Monday, UTC).
 * A thread that asks for the same thing twice counts once.
 */
export async function readDemand(
  db: Db,
  span: { from: Date; to: Date },
  by: 'product' | 'store' | 'week',
  storeId: string | undefined,
): Promise<Demand> {
  const key =
    by === 'product'
      ? Prisma.sql`p.id::text`
      : by === 'store'
        ? Prisma.sql`coalesce(c."storeId"::text, 'none')`
        : Prisma.sql`to_char(date_trunc('week', c."createdAt" AT TIME ZONE 'UTC'), 'YYYY-MM-DD')`;
  const label = by === 'product' ? Prisma.sql`p.name` : by === 'store' ? Prisma.sql`s.name` : Prisma.sql`NULL::text`;
  const rows = await db.$queryRaw<(Demand['rows'][number] & { label: string | null })[]>`
    WITH asked AS (
      SELECT ${key} AS key, ${label} AS label, coalesce(c."threadId", c.id)::text || p.id::text AS asker, c."outOfStock" AS out, c."offeredIds" AS offered
      FROM consult c JOIN product p ON p.id = ANY(c."productIds") LEFT JOIN store s ON s.id = c."storeId"
      WHERE c."createdAt" >= ${span.from}::timestamptz AND c."createdAt" < ${span.to}::timestamptz
        AND cardinality(c."productIds") BETWEEN 1 AND ${mostProducts} AND (${storeId ?? null}::uuid IS NULL OR c."storeId" = ${storeId ?? null}::uuid)
    ), instead AS (
      SELECT key, name, row_number() OVER (PARTITION BY key ORDER BY n DESC, name) AS place FROM (
        SELECT a.key, o.name, count(DISTINCT a.asker) AS n FROM asked a JOIN product o ON o.id = ANY(a.offered) WHERE a.out GROUP BY a.key, o.name) AS counted
    )
    SELECT key, coalesce(max(label), key) AS label, count(DISTINCT asker)::int AS asked,
      (count(DISTINCT asker) FILTER (WHERE out))::int AS "outOfStock",
      (count(DISTINCT asker) FILTER (WHERE out AND cardinality(offered) > 0))::int AS offered,
      ARRAY(SELECT name FROM instead i WHERE i.key = asked.key AND i.place <= 3 ORDER BY i.place) AS instead
    FROM asked GROUP BY key ORDER BY ${by === 'week' ? Prisma.sql`key DESC` : Prisma.sql`"outOfStock" DESC, asked DESC, key`} LIMIT ${rowsShown}`;
  return { from: span.from.toISOString(), to: span.to.toISOString(), rows };
}
