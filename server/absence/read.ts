import type { Db } from '../db/client.ts';
import { forbidden, notFound } from '../errors.ts';
import type { Viewer } from '../users/viewer.ts';
import type { Absence, AbsenceSummary, SubstituteGroup } from './schema.ts';

type Row = Awaited<ReturnType<Db['absence']['findMany']>>[number];

export function present(row: Row, now: Date): Absence {
  return {
    id: row.id,
    userId: row.userId,
    fromAt: row.fromAt.toISOString(),
    untilAt: row.untilAt?.toISOString() ?? null,
    reason: row.reason,
    substituteId: row.substituteId,
    groups: row.groups as SubstituteGroup[],
    note: row.note,
    state: row.endedAt !== null ? 'past' : row.startedAt === null && row.fromAt > now ? 'coming' : 'now',
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

/** Everybody sees who is away; newest first. */
export async function listAbsences(
  db: Db,
  viewer: Viewer,
  query: { user?: string | undefined; state: 'coming' | 'now' | 'past' | 'all' },
  now: Date,
): Promise<Absence[]> {
  const rows = await db.absence.findMany({
    where: query.user === undefined ? {} : { userId: query.user === 'me' ? viewer.userId : query.user },
    orderBy: { fromAt: 'desc' },
    take: 500,
  });
  return rows.map((row) => present(row, now)).filter((item) => query.state === 'all' || item.state === query.state);
}

/** The hand-over, and what happened meanwhile: for who is away, who stands in, and supervisors. */
export async function readAbsence(
  db: Db,
  viewer: Viewer,
  id: string,
  mayForOthers: boolean,
  now: Date,
): Promise<AbsenceSummary> {
  const row = await db.absence.findUnique({ where: { id } });
  if (row === null) throw notFound('absence');
  const groups = row.groups as SubstituteGroup[];
  const concerned = [row.userId, row.substituteId, ...groups.map((group) => group.substituteId)];
  if (!mayForOthers && !concerned.includes(viewer.userId)) throw forbidden();
  const moved = row.handedOver as { threads?: Record<string, string>; promises?: Record<string, string> };
  const since = row.startedAt ?? row.fromAt;
  const until = row.endedAt ?? now;
  const threads = await db.$queryRaw<
    {
      threadId: string;
      clientName: string;
      subject: string;
      status: string;
      waitingSince: Date | null;
      assigneeId: string | null;
    }[]
  >`
    SELECT t.id AS "threadId", c.name AS "clientName", coalesce(nullif(t.subject, ''), t.preview) AS subject, t.status::text AS status, t."waitingSince", t."assigneeId"
    FROM thread t JOIN client c ON c.id = t."clientId"
    WHERE t.id = ANY(${Object.keys(moved.threads ?? {})}::uuid[]) OR t.status <> 'closed' AND t."mergedIntoId" IS NULL AND (t."assigneeId" = ${row.userId}::uuid
      OR c."ownerId" = ${row.userId}::uuid AND t."createdAt" >= ${since}::timestamptz)
    ORDER BY t."waitingSince" NULLS LAST, t."lastMessageAt" DESC LIMIT 300`;
  const promises = await db.$queryRaw<
    { id: string; clientName: string; kind: string; text: string; dueAt: Date | null; state: string }[]
  >`
    SELECT p.id, c.name AS "clientName", p.kind, p.text, p."dueAt", p.state FROM promise p JOIN client c ON c.id = p."clientId"
    WHERE p.id = ANY(${Object.keys(moved.promises ?? {})}::uuid[]) OR p.state = 'open' AND (p."ownerId" = ${row.userId}::uuid OR p."handedFromId" = ${row.userId}::uuid)
      OR c."ownerId" = ${row.userId}::uuid AND p."createdAt" >= ${since}::timestamptz AND p."createdAt" <= ${until}::timestamptz
    ORDER BY p."dueAt" NULLS LAST LIMIT 300`;
  const [answered] = await db.$queryRaw<{ n: number; medianMs: number | null }[]>`
    SELECT count(*)::int AS n, percentile_cont(0.5) WITHIN GROUP (ORDER BY "clockMs") AS "medianMs" FROM response
    WHERE "forUserId" = ${row.userId}::uuid AND "answeredAt" >= ${since}::timestamptz AND "answeredAt" <= ${until}::timestamptz`;
  return {
    ...present(row, now),
    threads: threads.map((thread) => ({ ...thread, waitingSince: thread.waitingSince?.toISOString() ?? null })),
    promises: promises.map((promise) => ({ ...promise, dueAt: promise.dueAt?.toISOString() ?? null })),
    meanwhile: {
      answered: answered?.n ?? 0,
      medianMs: answered?.medianMs == null ? null : Math.round(answered.medianMs),
      promisesKept: promises.filter((promise) => promise.state === 'kept').length,
      waitingNow: threads.filter((thread) => thread.waitingSince !== null).length,
    },
  };
}
