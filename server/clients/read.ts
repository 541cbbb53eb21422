import { type Db, Prisma } from '../db/client.ts';
import type { Reader } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import { byTime, decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import { escapeLike } from '../threads/list.ts';
import { visibleTo } from '../threads/visibility.ts';
import type { Viewer } from '../users/viewer.ts';
import type { Client, ClientSummary, Identity, TimelineItem } from './schema.ts';

type IdentityRow = {
  id: string;
  kind: Identity['kind'];
  value: string;
  name: string;
  verifiedAt: Date | null;
  flaggedAt: Date | null;
  flagReason: string | null;
  ratingsStoppedAt: Date | null;
};

const presentIdentity = (row: IdentityRow): Identity => ({
  id: row.id,
  kind: row.kind,
  value: row.value,
  name: row.name,
  verifiedAt: row.verifiedAt?.toISOString() ?? null,
  flaggedAt: row.flaggedAt?.toISOString() ?? null,
  flagReason: row.flagReason,
  ratingsStoppedAt: row.ratingsStoppedAt?.toISOString() ?? null,
});

/** Whether the viewer may know the client: managers all, consultants those of threads they may see. */
export async function maySeeClient(reader: Reader, viewer: Viewer, clientId: string): Promise<boolean> {
  if (viewer.role !== 'consultant') return true;
  const [seen] = await reader.$queryRaw<{ ok: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM thread t WHERE t."clientId" = ${clientId}::uuid AND ${visibleTo(viewer)}) OR EXISTS (SELECT 1 FROM client WHERE id = ${clientId}::uuid AND "ownerId" = ${viewer.userId}::uuid) AS ok`;
  return seen?.ok === true;
}

/** A client that the viewer may know; any other is one that does not exist. */
export async function needClient(reader: Reader, viewer: Viewer, clientId: string): Promise<void> {
  if (!(await maySeeClient(reader, viewer, clientId))) throw notFound('client');
}

/** The same as a condition on `client` rows. */
function mayKnow(viewer: Viewer, row: Prisma.Sql): Prisma.Sql {
  if (viewer.role !== 'consultant') return Prisma.sql`TRUE`;
  return Prisma.sql`(${row}."ownerId" = ${viewer.userId}::uuid OR EXISTS (SELECT 1 FROM thread t WHERE t."clientId" = ${row}.id AND ${visibleTo(viewer)}))`;
}

export async function readClient(reader: Reader, viewer: Viewer, clientId: string): Promise<Client> {
  await needClient(reader, viewer, clientId);
  const row = await reader.client.findUnique({
    where: { id: clientId },
    include: { company: true, identities: { orderBy: { createdAt: 'asc' } } },
  });
  if (row === null) throw notFound('client');
  const merges = await reader.$queryRaw<
    {
      id: string;
      otherId: string;
      otherName: string;
      reason: string;
      state: string;
      doneAt: Date | null;
      clientId: string;
    }[]
  >`
    SELECT m.id, o.id AS "otherId", o.name AS "otherName", m.reason, m.state, m."doneAt", m."clientId"
    FROM client_merge m JOIN client o ON o.id = CASE WHEN m."clientId" = ${clientId}::uuid THEN m."otherId" ELSE m."clientId" END
      AND (m.state = 'done' OR ${mayKnow(viewer, Prisma.sql`o`)})
    WHERE ${clientId}::uuid IN (m."clientId", m."otherId") AND m.state IN ('proposed', 'done') ORDER BY m."createdAt"`;
  return {
    id: row.id,
    name: row.name,
    level: row.level,
    ownerId: row.ownerId,
    company: row.company === null ? null : { id: row.company.id, name: row.company.name },
    language: row.language,
    note: row.note,
    identities: row.identities.map(presentIdentity),
    proposedMerges: merges
      .filter((merge) => merge.state === 'proposed')
      .map(({ id, otherId, otherName, reason }) => ({ id, otherId, otherName, reason })),
    merges: merges
      .filter((merge) => merge.state === 'done' && merge.clientId === clientId && merge.doneAt !== null)
      .map(({ id, otherId, otherName, doneAt }) => ({
        id,
        otherId,
        otherName,
        doneAt: (doneAt ?? new Date(0)).toISOString(),
      })),
    createdAt: row.createdAt.toISOString(),
  };
}

/** Clients by name or address, newest first. */
export async function listClients(
  db: Db,
  viewer: Viewer,
  query: { limit: number; cursor?: string | undefined; q?: string | undefined },
): Promise<Page<ClientSummary>> {
  const after = decodeCursor(query.cursor, byTime);
  const wanted = [Prisma.sql`c."mergedIntoId" IS NULL`];
  if (viewer.role === 'consultant') wanted.push(mayKnow(viewer, Prisma.sql`c`));
  const q = query.q?.trim().toLowerCase() ?? '';
  if (q !== '') {
    const begins = `${escapeLike(q)}%`;
    wanted.push(Prisma.sql`c.id IN (
      SELECT id FROM client WHERE lower(name) LIKE ${begins}
      UNION SELECT id FROM client WHERE to_tsvector('simple', plain_words(name)) @@ to_tsquery('simple', plain_words(${wordBeginnings(q)}))
      UNION SELECT "clientId" FROM identity WHERE lower(value) LIKE ${begins})`);
  }
  if (after !== null) wanted.push(Prisma.sql`(c."createdAt", c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const ids = await db.$queryRaw<{ id: string; createdAt: Date }[]>`
    SELECT c.id, c."createdAt" FROM client c WHERE ${Prisma.join(wanted, ' AND ')} ORDER BY c."createdAt" DESC, c.id DESC LIMIT ${query.limit + 1}`;
  const page = pageFrom(ids, query.limit, (row) => [row.createdAt.toISOString(), row.id]);
  const rows = await db.client.findMany({
    where: { id: { in: page.rows.map((row) => row.id) } },
    include: { company: true, identities: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const items = page.rows.flatMap(({ id }): ClientSummary[] => {
    const row = byId.get(id);
    if (row === undefined) return [];
    return [
      {
        id,
        name: row.name,
        level: row.level,
        ownerId: row.ownerId,
        company: row.company === null ? null : { id: row.company.id, name: row.company.name },
        identities: row.identities.map(presentIdentity),
        createdAt: row.createdAt.toISOString(),
      },
    ];
  });
  return { items, nextCursor: page.nextCursor };
}

/** Every word of it as the beginning of one, in tsquery's own signs; '' finds nothing. */
function wordBeginnings(q: string): string {
  return (q.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((word) => `'${word}':*`).join(' & ');
}

/** What was said with a client over all channels, newest first; only of threads the viewer may see. */
export async function readTimeline(
  db: Db,
  viewer: Viewer,
  clientId: string,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<TimelineItem>> {
  await needClient(db, viewer, clientId);
  const after = decodeCursor(query.cursor, byTime);
  const older =
    after === null
      ? Prisma.sql`TRUE`
      : Prisma.sql`(m."receivedAt", m.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const rows = await db.$queryRaw<
    {
      id: string;
      at: Date;
      threadId: string;
      subject: string;
      channelKind: TimelineItem['channelKind'];
      direction: 'inbound' | 'outbound' | 'note';
      author: string;
      text: string;
    }[]
  >`
    SELECT m.id, m."receivedAt" AS at, m."threadId", t.subject, m."channelKind", m.direction, m."authorName" AS author, left(m.text, 300) AS text
    FROM message m JOIN thread t ON t.id = m."threadId"
    WHERE t."clientId" = ${clientId}::uuid AND ${visibleTo(viewer)} AND ${older}
    ORDER BY m."receivedAt" DESC, m.id DESC LIMIT ${query.limit + 1}`;
  const page = pageFrom(rows, query.limit, (row) => [row.at.toISOString(), row.id]);
  return {
    items: page.rows.map((row) => ({
      ...row,
      at: row.at.toISOString(),
      kind: row.direction === 'note' ? 'note' : 'message',
    })),
    nextCursor: page.nextCursor,
  };
}
