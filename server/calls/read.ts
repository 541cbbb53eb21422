import { type Db, Prisma } from '../db/client.ts';
import type { Reader } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import { byTime, decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import { visibleTo } from '../threads/visibility.ts';
import type { Viewer } from '../users/viewer.ts';
import type { Call, CallQuery } from './schema.ts';

/** A call whose end nobody told is over after this long. */
const longestMs = 4 * 60 * 60_000;
/** How long one is asked what was said in a call that is over. */
const justOverMs = 15 * 60_000;

/** Calls that the viewer may know: in threads they see, and their own; newest first. */
export async function listCalls(db: Db, viewer: Viewer, query: CallQuery, now: Date): Promise<Page<Call>> {
  const before = decodeCursor(query.cursor, byTime);
  const wanted = [
    Prisma.sql`(k."userId" = ${viewer.userId}::uuid OR (t.id IS NOT NULL AND ${visibleTo(viewer)}) OR (t.id IS NULL AND ${inPlaceOf(viewer)}))`,
  ];
  if (query.client !== undefined) wanted.push(Prisma.sql`k."clientId" = ${query.client}::uuid`);
  if (query.thread !== undefined) wanted.push(Prisma.sql`k."threadId" = ${query.thread}::uuid`);
  if (query.state === 'missed') wanted.push(Prisma.sql`k.state = 'missed'`);
  if (query.state === 'now')
    wanted.push(Prisma.sql`k."channelId" IS NOT NULL AND (
      (k.state IN ('ringing', 'answered') AND k."startedAt" > ${new Date(now.getTime() - longestMs)}::timestamptz)
      OR (k.state = 'ended' AND k."userId" = ${viewer.userId}::uuid AND k.note = '' AND k."endedAt" > ${new Date(now.getTime() - justOverMs)}::timestamptz))`);
  if (before !== null) wanted.push(Prisma.sql`(k."startedAt", k.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  const rows = await readCalls(db, Prisma.join(wanted, ' AND '), query.limit + 1);
  const page = pageFrom(rows, query.limit, (row) => [row.startedAt, row.id]);
  return { items: page.rows, nextCursor: page.nextCursor };
}

/** A call without a thread: whoever sees all threads, the client's owner, and the people of the exchange's place may know. */
function inPlaceOf(viewer: Viewer): Prisma.Sql {
  if (viewer.role !== 'consultant') return Prisma.sql`TRUE`;
  return Prisma.sql`(c."ownerId" = ${viewer.userId}::uuid OR ch."teamId" = ANY(${[...viewer.teamIds]}::uuid[]) OR ch."storeId" = ANY(${[...viewer.storeIds]}::uuid[])
    OR (ch.id IS NOT NULL AND ch."teamId" IS NULL AND ch."storeId" IS NULL AND c."ownerId" IS NULL AND k."userId" IS NULL))`;
}

async function readCalls(reader: Reader, where: Prisma.Sql, limit: number): Promise<Call[]> {
  const rows = await reader.$queryRaw<
    (Omit<Call, 'startedAt' | 'answeredAt' | 'endedAt'> & {
      startedAt: Date;
      answeredAt: Date | null;
      endedAt: Date | null;
    })[]
  >`
    SELECT k.id, k.direction, k.state, k.phone, k."clientId", c.name AS "clientName", c.level AS "clientLevel", co.name AS "companyName", c."ownerId", k."threadId", k."messageId", k."userId", k."startedAt", k."answeredAt", k."endedAt", k.note
    FROM call k LEFT JOIN thread t ON t.id = k."threadId" LEFT JOIN client c ON c.id = k."clientId" LEFT JOIN company co ON co.id = c."companyId" LEFT JOIN channel ch ON ch.id = k."channelId"
    WHERE ${where} ORDER BY k."startedAt" DESC, k.id DESC LIMIT ${limit}`;
  return rows.map((row) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  }));
}

/** @throws AppError 404 */
export async function readCall(reader: Reader, id: string): Promise<Call> {
  const [call] = await readCalls(reader, Prisma.sql`k.id = ${id}::uuid`, 1);
  if (call === undefined) throw notFound('call');
  return call;
}
