import { Prisma } from '../db/client.ts';
import type { Reader } from '../db/tx.ts';
import type { SubstituteGroup } from './schema.ts';

/** Who is away now, and for whom. An absence is on from the moment the schedule began it until it ended it. */

/** The absent owner for whom `userId` stands in with this client; null when they act for themselves. */
export async function standsInFor(reader: Reader, clientId: string, userId: string): Promise<string | null> {
  const [row] = await reader.$queryRaw<{ userId: string }[]>`
    SELECT a."userId" FROM client c JOIN absence a ON a."userId" = c."ownerId"
    WHERE c.id = ${clientId}::uuid AND a."userId" <> ${userId}::uuid AND a."startedAt" IS NOT NULL AND a."endedAt" IS NULL
      AND (a."substituteId" = ${userId}::uuid OR a.groups @> jsonb_build_array(jsonb_build_object('substituteId', ${userId}::text)))
    ORDER BY a."fromAt" DESC LIMIT 1`;
  return row?.userId ?? null;
}

/** A colleague whom somebody stands in for now: their places and role are the substitute's too. */
export interface Absent {
  userId: string;
  role: 'consultant' | 'manager' | 'supervisor' | 'admin';
  storeIds: string[];
  teamIds: string[];
}

/** A column with the {@link Absent} colleagues of the user `u`, as JSON. */
export const absentColleagues = Prisma.sql`
  (SELECT coalesce(jsonb_agg(jsonb_build_object('userId', o.id, 'role', o.role,
      'storeIds', ARRAY(SELECT "storeId" FROM user_store WHERE "userId" = o.id), 'teamIds', ARRAY(SELECT "teamId" FROM team_member WHERE "userId" = o.id))), '[]')
    FROM absence a JOIN "user" o ON o.id = a."userId"
    WHERE a."startedAt" IS NOT NULL AND a."endedAt" IS NULL AND a."userId" <> u.id
      AND (a."substituteId" = u.id OR a.groups @> jsonb_build_array(jsonb_build_object('substituteId', u.id::text))))`;

/** How many substitutes are asked in turn before nobody is found. */
const chainLimit = 5;

/**
 * Who is here in the place of `userId` for this client: themselves when they are, else the substitute, or the substitute's
 * substitute. Null: nobody is.
 */
export async function presentFor(
  reader: Reader,
  userId: string,
  client: { level: string; companyId: string | null },
): Promise<string | null> {
  let current = userId;
  for (let step = 0; step < chainLimit; step++) {
    const [away] = await reader.$queryRaw<{ substituteId: string | null; groups: SubstituteGroup[] }[]>`
      SELECT "substituteId", groups FROM absence
      WHERE "userId" = ${current}::uuid AND "startedAt" IS NOT NULL AND "endedAt" IS NULL ORDER BY "fromAt" DESC LIMIT 1`;
    if (away === undefined) {
      const here = await reader.user.findFirst({ where: { id: current, deactivatedAt: null }, select: { id: true } });
      return here === null ? null : current;
    }
    const next = substituteOf(away, client);
    if (next === null) return null;
    current = next;
  }
  return null;
}

/** The substitute that an absence names for a client. */
export function substituteOf(
  absence: { substituteId: string | null; groups: readonly SubstituteGroup[] },
  client: { level: string; companyId: string | null },
): string | null {
  const group = absence.groups.find(
    (item) =>
      (item.level === undefined || item.level === client.level) &&
      (item.companyId === undefined || item.companyId === client.companyId),
  );
  return group?.substituteId ?? absence.substituteId;
}
