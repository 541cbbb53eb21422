import type { Db } from '../db/client.ts';
import type { SilentClient } from './schema.ts';

const dayMs = 24 * 60 * 60_000;

/** How long a client of a level may be left alone; usual clients come by themselves. */
export const silenceMs = { key: 14 * dayMs, vip: 30 * dayMs } as const;

const atMost = 50;

/** An owner's clients to call or visit: by level and silence, without an open promise to them; the most overdue first. */
export async function listSilent(db: Db, ownerId: string, now: Date): Promise<SilentClient[]> {
  const rows = await db.$queryRaw<
    {
      clientId: string;
      name: string;
      level: 'key' | 'vip';
      companyName: string | null;
      lastAt: Date | null;
      since: Date;
    }[]
  >`
    WITH own AS (
      SELECT c.id, c.name, c.level, c."companyId", c."createdAt",
        (SELECT max(t."lastMessageAt") FROM thread t WHERE t."clientId" = c.id) AS "lastAt",
        (SELECT max(p."settledAt") FROM promise p WHERE p."clientId" = c.id AND p.state = 'kept' AND p.kind IN ('callBack', 'visit')) AS "metAt"
      FROM client c
      WHERE c."ownerId" = ${ownerId}::uuid AND c."mergedIntoId" IS NULL AND c.level IN ('key', 'vip')
        AND NOT EXISTS (SELECT 1 FROM promise p WHERE p."clientId" = c.id AND p.state = 'open')
        AND NOT EXISTS (SELECT 1 FROM thread t WHERE t."clientId" = c.id AND t."waitingSince" IS NOT NULL)
    ), due AS (
      SELECT own.*, co.name AS "companyName", greatest(coalesce(own."lastAt", own."createdAt"), own."metAt")
        + make_interval(secs => CASE own.level WHEN 'key' THEN ${silenceMs.key / 1000}::float8 ELSE ${silenceMs.vip / 1000}::float8 END) AS since
      FROM own LEFT JOIN company co ON co.id = own."companyId"
    )
    SELECT id AS "clientId", name, level::text AS level, "companyName", greatest("lastAt", "metAt") AS "lastAt", since FROM due
    WHERE since <= ${now}::timestamptz ORDER BY (level = 'key') DESC, since LIMIT ${atMost}`;
  return rows.map(({ since, lastAt, ...row }) => ({
    ...row,
    lastAt: lastAt?.toISOString() ?? null,
    dueSince: since.toISOString(),
  }));
}
