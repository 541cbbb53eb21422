import { type Db, Prisma } from '../db/client.ts';
import type { Reader } from '../db/tx.ts';
import { byTime, decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import type { Narrowed } from '../reports/schema.ts';
import { visibleTo } from '../threads/visibility.ts';
import type { Viewer } from '../users/viewer.ts';
import type { ClientPromise, PromiseQuery, PromiseReport } from './schema.ts';

export interface PromiseRow {
  id: string;
  clientId: string;
  clientName: string;
  threadId: string | null;
  kind: string;
  text: string;
  ownerId: string | null;
  handedFromId: string | null;
  storeId: string | null;
  storeName: string | null;
  productId: string | null;
  productName: string | null;
  confirmBy: Date | null;
  confirmedAt: Date | null;
  confirmedById: string | null;
  confirmMs: number | null;
  contact: string | null;
  language: string | null;
  dueAt: Date | null;
  state: string;
  outcome: string | null;
  createdById: string | null;
  createdAt: Date;
  settledAt: Date | null;
  settledById: string | null;
  remindAt: Date | null;
  lateSince: Date | null;
}

const columns = Prisma.sql`p.id, p."clientId", c.name AS "clientName", p."threadId", p.kind, p.text, p."ownerId", p."handedFromId", p."storeId", p."productId",
  p."dueAt", p.state, p.outcome, p."createdById", p."createdAt", p."settledAt", p."settledById", p."remindAt", p."lateSince",
  p."confirmBy", p."confirmedAt", p."confirmedById", p."confirmMs", p.contact, p.language, s.name AS "storeName", pr.name AS "productName"`;

const tables = Prisma.sql`promise p JOIN client c ON c.id = p."clientId" LEFT JOIN store s ON s.id = p."storeId" LEFT JOIN product pr ON pr.id = p."productId"`;

export async function readPromise(reader: Reader, id: string): Promise<PromiseRow | null> {
  const [row] = await reader.$queryRaw<PromiseRow[]>`SELECT ${columns} FROM ${tables} WHERE p.id = ${id}::uuid`;
  return row ?? null;
}

/** A promise as the wire carries it; late when its time passed before it was kept, or passes while it is open. */
export function presentPromise(row: PromiseRow, now: Date): ClientPromise {
  const { remindAt: _, lateSince: __, language: ___, ...rest } = row;
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    ...rest,
    kind: row.kind as ClientPromise['kind'],
    state: row.state as ClientPromise['state'],
    late: row.dueAt !== null && row.state !== 'cancelled' && row.dueAt < (row.settledAt ?? now),
    dueAt: iso(row.dueAt),
    confirmBy: iso(row.confirmBy),
    confirmedAt: iso(row.confirmedAt),
    createdAt: row.createdAt.toISOString(),
    settledAt: iso(row.settledAt),
  };
}

/** What has no due time (tell me when it is back) comes last. */
const never = new Date('9999-12-31T00:00:00.000Z');
const dayMs = 24 * 60 * 60_000;

/** Promises, the next due first, of the settled ones the last; a consultant sees the own ones, those of the own stores and of visible threads. */
export async function listPromises(
  db: Db,
  viewer: Viewer,
  query: PromiseQuery,
  now: Date,
): Promise<Page<ClientPromise>> {
  const wanted: Prisma.Sql[] = [
    Prisma.sql`(p."ownerId" = ${viewer.userId}::uuid OR p."createdById" = ${viewer.userId}::uuid OR p."storeId" = ANY(${[...viewer.storeIds]}::uuid[]) OR CASE WHEN t.id IS NULL THEN ${viewer.role !== 'consultant'} ELSE ${visibleTo(viewer)} END)`,
  ];
  const settled = query.state === 'settled';
  if (settled) wanted.push(Prisma.sql`p.state <> 'open' AND p."settledAt" IS NOT NULL`);
  else if (query.state !== 'all') wanted.push(Prisma.sql`p.state = ${query.state}`);
  // A hold is any of the store's people's until it is confirmed.
  if (query.owner === 'me')
    wanted.push(
      Prisma.sql`(p."ownerId" = ${viewer.userId}::uuid OR p."confirmBy" IS NOT NULL AND p."confirmedAt" IS NULL AND p."storeId" = ANY(${[...viewer.storeIds]}::uuid[]))`,
    );
  else if (query.owner !== undefined) wanted.push(Prisma.sql`p."ownerId" = ${query.owner}::uuid`);
  if (query.client !== undefined) wanted.push(Prisma.sql`p."clientId" = ${query.client}::uuid`);
  if (query.thread !== undefined) wanted.push(Prisma.sql`p."threadId" = ${query.thread}::uuid`);
  if (query.kind !== undefined) wanted.push(Prisma.sql`p.kind = ${query.kind}`);
  if (query.store !== undefined) wanted.push(Prisma.sql`coalesce(p."storeId", t."storeId") = ${query.store}::uuid`);
  if (query.team !== undefined) wanted.push(Prisma.sql`t."teamId" = ${query.team}::uuid`);
  if (query.channel !== undefined) wanted.push(Prisma.sql`t."channelId" = ${query.channel}::uuid`);
  if (query.due !== undefined) wanted.push(Prisma.sql`p."dueAt" < ${dueBefore(query.due, now)}::timestamptz`);
  const order = settled ? Prisma.sql`p."settledAt"` : Prisma.sql`coalesce(p."dueAt", ${never}::timestamptz)`;
  const after = decodeCursor(query.cursor, byTime);
  if (after !== null)
    wanted.push(
      Prisma.sql`(${order}, p.id) ${settled ? Prisma.sql`<` : Prisma.sql`>`} (${after[0]}::timestamptz, ${after[1]}::uuid)`,
    );
  const direction = settled ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const rows = await db.$queryRaw<PromiseRow[]>`
    SELECT ${columns} FROM ${tables} LEFT JOIN thread t ON t.id = p."threadId"
    WHERE ${Prisma.join(wanted, ' AND ')} ORDER BY ${order} ${direction}, p.id ${direction} LIMIT ${query.limit + 1}`;
  const page = pageFrom(rows, query.limit, (row) => [
    ((settled ? row.settledAt : row.dueAt) ?? never).toISOString(),
    row.id,
  ]);
  return { items: page.rows.map((row) => presentPromise(row, now)), nextCursor: page.nextCursor };
}

function dueBefore(due: NonNullable<PromiseQuery['due']>, now: Date): Date {
  if (due === 'late') return now;
  if (due === 'today') return new Date(now.getTime() + dayMs);
  if (due === 'week') return new Date(now.getTime() + 7 * dayMs);
  return new Date(due);
}

/** Promises that were due in a period, credited to who settled them, else to their owner. */
export async function reportPromises(
  db: Db,
  span: { from: Date; to: Date },
  by: 'user' | 'kind',
  now: Date,
  only: Narrowed = {},
): Promise<PromiseReport> {
  const key = by === 'user' ? Prisma.sql`coalesce(p."settledById", p."ownerId")::text` : Prisma.sql`p.kind`;
  const rows = await db.$queryRaw<PromiseReport['rows'][number][]>`
    SELECT coalesce(k.key, 'none') AS key, coalesce(max(u.name), k.key, 'none') AS label, count(*)::int AS made,
      (count(*) FILTER (WHERE k.state = 'kept' AND k."settledAt" <= k."dueAt"))::int AS kept,
      (count(*) FILTER (WHERE k.state = 'kept' AND k."settledAt" > k."dueAt"))::int AS "keptLate",
      (count(*) FILTER (WHERE k.state = 'broken'))::int AS broken, (count(*) FILTER (WHERE k.state = 'open'))::int AS open,
      (count(*) FILTER (WHERE k.state = 'cancelled'))::int AS cancelled,
      ((count(*) FILTER (WHERE k.state = 'kept' AND k."settledAt" <= k."dueAt"))::float8
        / nullif(count(*) FILTER (WHERE k.state IN ('kept', 'broken') OR k.state = 'open' AND k."dueAt" < ${now}::timestamptz), 0)) AS "keptRate",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY k."confirmMs") AS "confirmMedianMs"
    FROM (SELECT ${key} AS key, p.* FROM promise p JOIN client c ON c.id = p."clientId" LEFT JOIN thread t ON t.id = p."threadId"
      WHERE p."dueAt" >= ${span.from}::timestamptz AND p."dueAt" < ${span.to}::timestamptz AND ${placedIn(only)}) k
    LEFT JOIN "user" u ON u.id::text = k.key GROUP BY k.key ORDER BY made DESC, 1`;
  return { from: span.from.toISOString(), to: span.to.toISOString(), rows };
}

/** A promise `p` of a client `c`, and of a thread `t` where there is one. */
function placedIn(only: Narrowed): Prisma.Sql {
  const wanted = [Prisma.sql`TRUE`];
  if (only.user !== undefined) wanted.push(Prisma.sql`coalesce(p."settledById", p."ownerId") = ${only.user}::uuid`);
  if (only.store !== undefined) wanted.push(Prisma.sql`coalesce(p."storeId", t."storeId") = ${only.store}::uuid`);
  if (only.team !== undefined) wanted.push(Prisma.sql`t."teamId" = ${only.team}::uuid`);
  if (only.channel !== undefined) wanted.push(Prisma.sql`t."channelId" = ${only.channel}::uuid`);
  if (only.level !== undefined) wanted.push(Prisma.sql`c.level = ${only.level}::"ClientLevel"`);
  if (only.tag !== undefined) wanted.push(Prisma.sql`t.tags @> ARRAY[${only.tag}]::text[]`);
  return Prisma.join(wanted, ' AND ');
}
