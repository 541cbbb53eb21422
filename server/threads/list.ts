import { type Db, Prisma } from '../db/client.ts';
import { byTime, decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import type { Viewer } from '../users/viewer.ts';
import { newestMatches } from './matches.ts';
import { presentSummary, type SummaryRow, summaryColumns, summaryTables } from './rows.ts';
import type { ThreadCounts, ThreadQuery, ThreadRow } from './schema.ts';
import { visibleTo } from './visibility.ts';

/** One page of the inbox by keyset; last message first, or longest waiting first. */
export async function listThreads(db: Db, viewer: Viewer, query: ThreadQuery): Promise<Page<ThreadRow>> {
  const waiting = query.sort === 'waiting';
  const after = decodeCursor(query.cursor, byTime);
  const wanted = [Prisma.sql`t."mergedIntoId" IS NULL`, visibleTo(viewer), ...filters(viewer, query)];
  if (query.q !== undefined && query.q.trim() !== '')
    wanted.push(await matching(db, query.q, waiting ? null : (after?.[0] ?? null)));
  if (waiting) wanted.push(Prisma.sql`t."waitingSince" IS NOT NULL`);
  if (after !== null) {
    wanted.push(
      waiting
        ? Prisma.sql`(t."waitingSince", t.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`
        : Prisma.sql`(t."lastMessageAt", t.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
    );
  }
  const order = waiting ? Prisma.sql`t."waitingSince", t.id` : Prisma.sql`t."lastMessageAt" DESC, t.id DESC`;
  const rows = await db.$queryRaw<(SummaryRow & { readAt: Date | null })[]>`
    WITH shown AS MATERIALIZED (
      SELECT t.id FROM thread t WHERE ${Prisma.join(wanted, ' AND ')} ORDER BY ${order} LIMIT ${query.limit + 1}
    )
    SELECT ${summaryColumns}, r."readAt"
    FROM shown JOIN ${summaryTables} ON t.id = shown.id LEFT JOIN thread_read r ON r."threadId" = t.id AND r."userId" = ${viewer.userId}::uuid
    ORDER BY ${order}`;
  const page = pageFrom(rows, query.limit, (row) => [
    (waiting ? (row.waitingSince ?? row.lastMessageAt) : row.lastMessageAt).toISOString(),
    row.id,
  ]);
  return {
    items: page.rows.map((row) => ({ ...presentSummary(row), readAt: row.readAt?.toISOString() ?? null })),
    nextCursor: page.nextCursor,
  };
}

function filters(viewer: Viewer, query: ThreadQuery): Prisma.Sql[] {
  const wanted: Prisma.Sql[] = [];
  if (query.status !== 'all') wanted.push(Prisma.sql`t.status = ${query.status}::"ThreadStatus"`);
  if (query.assignee === 'none') wanted.push(Prisma.sql`t."assigneeId" IS NULL`);
  else if (query.assignee !== undefined)
    wanted.push(Prisma.sql`t."assigneeId" = ${query.assignee === 'me' ? viewer.userId : query.assignee}::uuid`);
  if (query.team !== undefined) wanted.push(Prisma.sql`t."teamId" = ${query.team}::uuid`);
  if (query.store !== undefined) wanted.push(Prisma.sql`t."storeId" = ${query.store}::uuid`);
  if (query.channel !== undefined) wanted.push(Prisma.sql`t."channelId" = ${query.channel}::uuid`);
  if (query.client !== undefined) wanted.push(Prisma.sql`t."clientId" = ${query.client}::uuid`);
  if (query.tag !== undefined) wanted.push(Prisma.sql`t.tags @> ARRAY[${query.tag}]::text[]`);
  return wanted;
}

/** Newest messages with the words whose threads a page is made of. */
const matchesAPage = 500;

/** Threads with the words in a message or the client's name; a thread last written in by `before` holds no later message. */
async function matching(db: Db, q: string, before: string | null): Promise<Prisma.Sql> {
  const hits = await newestMatches(
    db,
    Prisma.sql`websearch_to_tsquery('simple', plain_words(${q}))`,
    matchesAPage,
    before,
  );
  return Prisma.sql`t.id IN (
    WITH hit AS MATERIALIZED (${hits})
    SELECT "threadId" FROM hit
    UNION SELECT th.id FROM client cl JOIN thread th ON th."clientId" = cl.id WHERE lower(cl.name) LIKE ${`${escapeLike(q.toLowerCase())}%`})`;
}

/** LIKE's own signs taken literally. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}

/** Numbers on the tabs stop here; the screen writes "9,999+". A count of more would cost more than it tells. */
const countLimit = 9999;

export async function countThreads(db: Db, viewer: Viewer): Promise<ThreadCounts> {
  const count = (wanted: Prisma.Sql) =>
    Prisma.sql`(SELECT count(*)::int FROM (SELECT 1 FROM thread t WHERE t."mergedIntoId" IS NULL AND ${visibleTo(viewer)} AND ${wanted} LIMIT ${countLimit}) AS counted)`;
  const [row] = await db.$queryRaw<Omit<ThreadCounts, 'limit'>[]>`
    SELECT ${count(Prisma.sql`t.status = 'open' AND t."assigneeId" = ${viewer.userId}::uuid`)} AS mine,
      ${count(Prisma.sql`t.status = 'open' AND t."assigneeId" IS NULL`)} AS unassigned,
      ${count(Prisma.sql`t.status = 'open'`)} AS "all",
      ${count(Prisma.sql`t."waitingSince" IS NOT NULL`)} AS waiting`;
  return {
    mine: row?.mine ?? 0,
    unassigned: row?.unassigned ?? 0,
    all: row?.all ?? 0,
    waiting: row?.waiting ?? 0,
    limit: countLimit,
  };
}
