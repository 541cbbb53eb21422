import { Prisma } from '../db/client.ts';
import type { Span } from './span.ts';

/**
 * What is counted, as it stands in the rows: every report, and every sealed day, comes from these statements.
 */

/** Matters brought to their end, as rows like answered waits; hours and weekdays are of their beginning. */
export const resolutions = Prisma.sql`(SELECT id, "threadId", "clientId", id AS "messageId", 'resolution' AS measure, "startedAt" AS "askedAt", "closedAt" AS "answeredAt", "userId", NULL::uuid AS "forUserId",
  "storeId", "teamId", "channelId", "channelKind", level, tags, "startedHour" AS "askedHour", "startedWeekday" AS "askedWeekday",
  "clockMs", "workingMs", "policyId", "targetMs", "lateMs" FROM resolution)`;

/** Answered waits and solved matters that ended in a span. @param matters only of these threads */
export function waitsIn({ from, to }: Span, matters: readonly string[] | null = null): Prisma.Sql {
  const columns = Prisma.sql`"threadId" AS matter, measure, "askedAt", "answeredAt", "userId", "teamId", "storeId", "channelId", level, tags, "askedHour", "askedWeekday", "clockMs", "workingMs", "targetMs", "lateMs"`;
  const wanted = (at: Prisma.Sql) =>
    Prisma.sql`${at} >= ${from}::timestamptz AND ${at} < ${to}::timestamptz ${matters === null ? Prisma.empty : Prisma.sql`AND "threadId" = ANY(${[...matters]}::uuid[])`}`;
  return Prisma.sql`
    SELECT ${columns} FROM response WHERE ${wanted(Prisma.sql`"answeredAt"`)}
    UNION ALL SELECT ${columns} FROM ${resolutions} AS solved WHERE ${wanted(Prisma.sql`"answeredAt"`)}`;
}

/**
 * What was done in a span: each figure is a kind of fact with its time, person and place. Clients' messages and new threads are
 * whose the thread is. `n` is 1, or the score of a rating.
 * @param matters only of these threads, and of what has none by its own id
 */
export function deedsIn({ from, to }: Span, matters: readonly string[] | null = null): Prisma.Sql {
  const during = (at: Prisma.Sql) => Prisma.sql`${at} >= ${from}::timestamptz AND ${at} < ${to}::timestamptz`;
  const ofThread = (id: Prisma.Sql) =>
    matters === null ? Prisma.sql`TRUE` : Prisma.sql`${id} = ANY(${[...matters]}::uuid[])`;
  const ofEither = (threadId: Prisma.Sql, id: Prisma.Sql) =>
    matters === null
      ? Prisma.sql`TRUE`
      : Prisma.sql`(${ofThread(threadId)} OR ${threadId} IS NULL AND ${ofThread(id)})`;
  const place = Prisma.sql`t."teamId", t."storeId", t."channelId", c.level, t.tags, t.id AS "threadId", t.id AS matter`;
  const of = (on: Prisma.Sql) =>
    Prisma.sql`JOIN thread t ON t.id = ${on} AND NOT t.historical JOIN client c ON c.id = t."clientId"`;
  return Prisma.sql`
    SELECT m."receivedAt" AS at, CASE WHEN m.direction = 'inbound' THEN 'received' WHEN m."authorKind" = 'bot' THEN 'byBot' ELSE 'answered' END AS what, 1 AS n,
      CASE WHEN m.direction = 'inbound' THEN t."assigneeId" ELSE m."authorUserId" END AS "userId", ${place} FROM message m ${of(Prisma.sql`m."threadId"`)}
      WHERE ${during(Prisma.sql`m."receivedAt"`)} AND m.direction <> 'note' AND m."channelKind" IS DISTINCT FROM 'phone' AND (m.direction = 'inbound' AND m.classification = 'person' OR m.direction = 'outbound' AND m."authorKind" IN ('user', 'bot')) AND ${ofThread(Prisma.sql`m."threadId"`)}
    UNION ALL SELECT t."createdAt", 'opened', 1, t."assigneeId", ${place} FROM client c JOIN thread t ON t."clientId" = c.id AND NOT t.historical WHERE ${during(Prisma.sql`t."createdAt"`)} AND ${ofThread(Prisma.sql`t.id`)}
    UNION ALL SELECT s."closedAt", 'closed', 1, s."userId", s."teamId", s."storeId", s."channelId", s.level, s.tags, s."threadId", s."threadId" FROM resolution s WHERE ${during(Prisma.sql`s."closedAt"`)} AND ${ofThread(Prisma.sql`s."threadId"`)}
    UNION ALL SELECT s."reopenedAt", 'reopened', 1, s."userId", s."teamId", s."storeId", s."channelId", s.level, s.tags, s."threadId", s."threadId" FROM resolution s WHERE ${during(Prisma.sql`s."reopenedAt"`)} AND ${ofThread(Prisma.sql`s."threadId"`)}
    UNION ALL SELECT e.at, 'transfers', 1, (e.scope #>> '{before,assigneeId}')::uuid, ${place} FROM event e ${of(Prisma.sql`e."threadId"`)}
      WHERE e.type = 'thread.assigned' AND ${during(Prisma.sql`e.at`)} AND e.scope #>> '{before,assigneeId}' IS NOT NULL AND e.scope #>> '{thread,assigneeId}' IS NOT NULL AND e.scope #>> '{before,assigneeId}' <> e.scope #>> '{thread,assigneeId}' AND ${ofThread(Prisma.sql`e."threadId"`)}
    UNION ALL SELECT e.at, 'handovers', 1, NULL::uuid, ${place} FROM event e ${of(Prisma.sql`e."threadId"`)}
      WHERE e.type = 'thread.botChanged' AND ${during(Prisma.sql`e.at`)} AND e.patch #>> '{thread,botState}' = 'waiting' AND ${ofThread(Prisma.sql`e."threadId"`)}
    UNION ALL SELECT k."createdAt", 'consults', 1, k."userId", t."teamId", coalesce(k."storeId", t."storeId"), t."channelId", c.level, coalesce(t.tags, '{}'), t.id, coalesce(k."threadId", k.id)
      FROM consult k LEFT JOIN thread t ON t.id = k."threadId" LEFT JOIN client c ON c.id = t."clientId" WHERE ${during(Prisma.sql`k."createdAt"`)} AND k.by = 'user' AND ${ofEither(Prisma.sql`k."threadId"`, Prisma.sql`k.id`)}
    UNION ALL SELECT g."outcomeAt", CASE WHEN g.outcome = 'dismissed' THEN 'suggested' ELSE 'suggestionsUsed' END, 1, g."outcomeById", ${place} FROM suggestion g ${of(Prisma.sql`g."threadId"`)}
      WHERE ${during(Prisma.sql`g."outcomeAt"`)} AND g.outcome IS NOT NULL AND ${ofThread(Prisma.sql`g."threadId"`)}
    UNION ALL SELECT p."settledAt", CASE WHEN p.state = 'kept' AND (p."dueAt" IS NULL OR p."settledAt" <= p."dueAt") THEN 'promisesKept' ELSE 'promisesMissed' END, 1, p."settledById",
      t."teamId", coalesce(p."storeId", t."storeId"), t."channelId", c.level, coalesce(t.tags, '{}'), t.id, coalesce(p."threadId", p.id)
      FROM promise p JOIN client c ON c.id = p."clientId" LEFT JOIN thread t ON t.id = p."threadId" WHERE ${during(Prisma.sql`p."settledAt"`)} AND p.state IN ('kept', 'broken') AND ${ofEither(Prisma.sql`p."threadId"`, Prisma.sql`p.id`)}
    UNION ALL SELECT k."startedAt", CASE WHEN k."answeredAt" IS NULL THEN 'missedCalls' ELSE 'calls' END, 1, k."userId", t."teamId", coalesce(t."storeId", h."storeId"), coalesce(k."channelId", t."channelId"), c.level, coalesce(t.tags, '{}'), t.id, coalesce(k."threadId", k.id)
      FROM call k LEFT JOIN thread t ON t.id = k."threadId" LEFT JOIN client c ON c.id = k."clientId" LEFT JOIN channel h ON h.id = k."channelId"
      WHERE ${during(Prisma.sql`k."startedAt"`)} AND k.state <> 'ringing' AND ${ofEither(Prisma.sql`k."threadId"`, Prisma.sql`k.id`)}
    UNION ALL SELECT a."answeredAt", 'rated', a.score::int, a."userId", a."teamId", a."storeId", a."channelId", a.level, a.tags, a."threadId", a."threadId"
      FROM rating a WHERE ${during(Prisma.sql`a."answeredAt"`)} AND a.score IS NOT NULL AND ${ofThread(Prisma.sql`a."threadId"`)}`;
}
