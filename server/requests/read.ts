import { type Db, Prisma } from '../db/client.ts';
import type { Reader } from '../db/tx.ts';
import { byTime, decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import { visibleTo } from '../threads/visibility.ts';
import type { Viewer } from '../users/viewer.ts';
import type { ColleagueRequest, ListedRequest, RequestQuery } from './schema.ts';

export interface RequestRow {
  id: string;
  threadId: string;
  clientName: string;
  text: string;
  askedById: string;
  toUserId: string | null;
  toTeamId: string | null;
  toStoreId: string | null;
  to: string;
  dueAt: Date | null;
  answer: string | null;
  answeredById: string | null;
  createdAt: Date;
  answeredAt: Date | null;
  cancelledAt: Date | null;
  lateSince: Date | null;
}

const columns = Prisma.sql`q.id, q."threadId", c.name AS "clientName", q.text, q."askedById", q."toUserId", q."toTeamId", q."toStoreId",
  coalesce(u.name, te.name, s.name, '') AS "to", q."dueAt", q.answer, q."answeredById", q."createdAt", q."answeredAt", q."cancelledAt", q."lateSince"`;
const tables = Prisma.sql`request q JOIN thread t ON t.id = q."threadId" JOIN client c ON c.id = t."clientId"
  LEFT JOIN "user" u ON u.id = q."toUserId" LEFT JOIN team te ON te.id = q."toTeamId" LEFT JOIN store s ON s.id = q."toStoreId"`;

export function presentRequest(row: RequestRow, now: Date): ColleagueRequest {
  const { cancelledAt, lateSince: _, ...rest } = row;
  return {
    ...rest,
    state: row.answeredAt !== null ? 'answered' : cancelledAt !== null ? 'cancelled' : 'open',
    late: row.dueAt !== null && cancelledAt === null && row.dueAt < (row.answeredAt ?? now),
    dueAt: row.dueAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
  };
}

export async function readRequest(reader: Reader, id: string): Promise<RequestRow | null> {
  const [row] = await reader.$queryRaw<RequestRow[]>`SELECT ${columns} FROM ${tables} WHERE q.id = ${id}::uuid`;
  return row ?? null;
}

/** A thread's requests, newest first. */
export async function requestsOf(reader: Reader, threadId: string): Promise<RequestRow[]> {
  return reader.$queryRaw<
    RequestRow[]
  >`SELECT ${columns} FROM ${tables} WHERE q."threadId" = ${threadId}::uuid ORDER BY q."createdAt" DESC, q.id DESC LIMIT 200`;
}

/** Questions to colleagues, the last asked first; those that are late have the longest late first. */
export async function listRequests(
  db: Db,
  viewer: Viewer,
  query: RequestQuery,
  now: Date,
): Promise<Page<ListedRequest>> {
  const box = {
    me: askedOf(viewer),
    mine: Prisma.sql`q."askedById" = ${viewer.userId}::uuid`,
    all: Prisma.sql`(${visibleTo(viewer)} OR ${askedOf(viewer)})`,
  }[query.box];
  const state = {
    open: Prisma.sql`q."answeredAt" IS NULL AND q."cancelledAt" IS NULL`,
    answered: Prisma.sql`q."answeredAt" IS NOT NULL`,
    cancelled: Prisma.sql`q."cancelledAt" IS NOT NULL`,
    all: Prisma.sql`TRUE`,
  }[query.state];
  const late = query.due === 'late';
  const wanted = [box, state, ...placedIn(query)];
  if (late)
    wanted.push(Prisma.sql`q."dueAt" < ${now}::timestamptz AND q."answeredAt" IS NULL AND q."cancelledAt" IS NULL`);
  const order = late ? Prisma.sql`q."dueAt"` : Prisma.sql`q."createdAt"`;
  const after = decodeCursor(query.cursor, byTime);
  if (after !== null)
    wanted.push(
      Prisma.sql`(${order}, q.id) ${late ? Prisma.sql`>` : Prisma.sql`<`} (${after[0]}::timestamptz, ${after[1]}::uuid)`,
    );
  const direction = late ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const rows = await db.$queryRaw<(RequestRow & { mayOpen: boolean })[]>`
    SELECT ${columns}, coalesce(${visibleTo(viewer)}, FALSE) AS "mayOpen" FROM ${tables}
    WHERE ${Prisma.join(wanted, ' AND ')} ORDER BY ${order} ${direction}, q.id ${direction} LIMIT ${query.limit + 1}`;
  const page = pageFrom(rows, query.limit, (row) => [
    ((late ? row.dueAt : null) ?? row.createdAt).toISOString(),
    row.id,
  ]);
  return {
    items: page.rows.map(({ mayOpen, ...row }) => ({ ...presentRequest(row, now), mayOpen })),
    nextCursor: page.nextCursor,
  };
}

/** Conditions on the thread `t` that a question was asked in. */
function placedIn({ store, team, channel, user }: RequestQuery): Prisma.Sql[] {
  const wanted: Prisma.Sql[] = [];
  if (store !== undefined) wanted.push(Prisma.sql`t."storeId" = ${store}::uuid`);
  if (team !== undefined) wanted.push(Prisma.sql`t."teamId" = ${team}::uuid`);
  if (channel !== undefined) wanted.push(Prisma.sql`t."channelId" = ${channel}::uuid`);
  if (user !== undefined)
    wanted.push(user === 'none' ? Prisma.sql`t."assigneeId" IS NULL` : Prisma.sql`t."assigneeId" = ${user}::uuid`);
  return wanted;
}

function askedOf(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`(q."toUserId" = ${viewer.userId}::uuid OR q."toTeamId" = ANY(${[...viewer.teamIds]}::uuid[]) OR q."toStoreId" = ANY(${[...viewer.storeIds]}::uuid[]))`;
}

/** Whether a request was put to this viewer, in person or by team or store. */
export function isAsked(viewer: Viewer, row: Pick<RequestRow, 'toUserId' | 'toTeamId' | 'toStoreId'>): boolean {
  return (
    row.toUserId === viewer.userId ||
    (row.toTeamId !== null && viewer.teamIds.includes(row.toTeamId)) ||
    (row.toStoreId !== null && viewer.storeIds.includes(row.toStoreId))
  );
}
