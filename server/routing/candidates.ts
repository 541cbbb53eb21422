import type { Reader } from '../db/tx.ts';
import { weekHours } from '../targets/calendar.ts';
import { isWorking } from '../targets/clock.ts';
import type { EditCalendar } from '../targets/schema.ts';
import type { Candidate } from './choose.ts';

interface Row {
  userId: string;
  storeIds: string[];
  teamIds: string[];
  skills: string[] | null;
  capacity: number | null;
  weights: Record<string, number> | null;
  lastGivenAt: Date | null;
  state: string | null;
  absent: boolean;
  open: Record<string, number> | null;
  shifts: EditCalendar | null;
}

const usualCapacity = 10;

/** Everybody who works here, as routing sees them at `now`: on shift by their own hours, when they have any. */
export async function readCandidates(reader: Reader, now: Date): Promise<Candidate[]> {
  const rows = await reader.$queryRaw<Row[]>`
    SELECT u.id AS "userId", ARRAY(SELECT "storeId"::text FROM user_store WHERE "userId" = u.id) AS "storeIds",
      ARRAY(SELECT "teamId"::text FROM team_member WHERE "userId" = u.id) AS "teamIds", r.skills, r.capacity, r.weights, r."lastGivenAt", p.state,
      EXISTS (SELECT 1 FROM absence a WHERE a."userId" = u.id AND a."startedAt" IS NOT NULL AND a."endedAt" IS NULL) AS absent,
      (SELECT jsonb_object_agg(kind, n) FROM (SELECT t."channelKind"::text AS kind, count(*)::int AS n FROM thread t
        WHERE t."assigneeId" = u.id AND t.status = 'open' AND t."mergedIntoId" IS NULL GROUP BY 1) AS o) AS open,
      (SELECT jsonb_build_object('timezone', c.timezone, 'week', c.week, 'holidays', c.holidays, 'exceptions', c.exceptions)
        FROM calendar c WHERE c."holderKind" = 'user' AND c."holderId" = u.id) AS shifts
    FROM "user" u LEFT JOIN routing_profile r ON r."userId" = u.id LEFT JOIN presence_span p ON p."userId" = u.id AND p."toAt" IS NULL
    WHERE u."deactivatedAt" IS NULL`;
  return rows.map((row) => ({
    userId: row.userId,
    storeIds: row.storeIds,
    teamIds: row.teamIds,
    skills: row.skills ?? [],
    load: Object.entries(row.open ?? {}).reduce((sum, [kind, n]) => sum + n * (row.weights?.[kind] ?? 1), 0),
    capacity: row.capacity ?? usualCapacity,
    here: row.state === 'available' && !row.absent && (row.shifts === null || isWorking(weekHours(row.shifts), now)),
    lastGivenAt: row.lastGivenAt,
  }));
}
