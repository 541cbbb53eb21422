import { Prisma } from '../db/client.ts';
import type { Reader } from '../db/tx.ts';
import type { VisitorMessage, VisitorThread } from './schema.ts';

/** Whose history: a visitor of one chat, as their token and the shop's signature prove them. */
export interface VisitorScope {
  channelId: string;
  /** Value of the `visitor` identity: this browser. */
  visitorId: string;
  /** Value of the `shopUser` identity of who is logged in at the shop. */
  shopUser: string | null;
  /** Makes the address of a file that the visitor may open. */
  fileAddress(attachmentId: string): string;
}

/** A thread of the visitor with what their screen says about it. */
export interface OwnThread {
  id: string;
  clientId: string;
  status: 'open' | 'snoozed' | 'closed';
  botState: 'off' | 'bot' | 'waiting' | 'person';
  assigneeId: string | null;
  storeId: string | null;
  waitingSince: Date | null;
  firstResponseAt: Date | null;
}

const pageSize = 40;
/** Conversations of one visitor that their chat reaches back over. */
const threadsKept = 50;

/**
 * The visitor's threads, newest first: those in which this browser wrote by this chat, and for a signed shop user those
 * in which they did from any browser. Other threads of the same client (letters, say) are not the visitor's to see.
 */
export async function ownThreads(
  reader: Reader,
  { channelId, visitorId, shopUser }: VisitorScope,
): Promise<OwnThread[]> {
  return reader.$queryRaw<OwnThread[]>`
    SELECT t.id, t."clientId", t.status, t."botState", t."assigneeId", t."storeId", t."waitingSince", t."firstResponseAt"
    FROM thread t JOIN identity i ON i."clientId" = t."clientId"
      AND ((i.kind = 'visitor' AND i.value = ${visitorId}) OR (i.kind = 'shopUser' AND i.value = ${shopUser}))
    WHERE t."mergedIntoId" IS NULL
      AND EXISTS (SELECT 1 FROM message m WHERE m."threadId" = t.id AND m."channelId" = ${channelId}::uuid AND m.direction = 'inbound'
        AND (i.kind = 'shopUser' OR m."authorAddress" IN (${visitorId}, ${shopUser})))
    GROUP BY t.id
    ORDER BY t."lastMessageAt" DESC LIMIT ${threadsKept}`;
}

/** The newest page of the visitor's messages, as one conversation; null when they have not written yet. */
export async function readHistory(
  reader: Reader,
  scope: VisitorScope,
  threads: OwnThread[],
): Promise<VisitorThread | null> {
  const [current] = threads;
  if (current === undefined) return null;
  return { id: current.id, status: current.status, ...(await readPage(reader, scope, threads, null)) };
}

/** Messages before one of the visitor's own; nothing when that one is not theirs. */
export async function readPage(
  reader: Reader,
  scope: VisitorScope,
  threads: OwnThread[],
  before: string | null,
): Promise<{ messages: VisitorMessage[]; hasMore: boolean }> {
  const ids = threads.map((thread) => thread.id);
  const older =
    before === null
      ? Prisma.sql`TRUE`
      : Prisma.sql`(m."receivedAt", m.id) < (SELECT "receivedAt", id FROM message WHERE id = ${before}::uuid AND "threadId" = ANY(${ids}::uuid[]))`;
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT m.id FROM message m LEFT JOIN delivery d ON d."messageId" = m.id
    WHERE m."threadId" = ANY(${ids}::uuid[]) AND ${visible(scope.channelId)} AND ${older}
    ORDER BY m."receivedAt" DESC, m.id DESC LIMIT ${pageSize + 1}`;
  const page = rows.slice(0, pageSize).reverse();
  return {
    messages: await present(
      reader,
      scope,
      page.map((row) => row.id),
    ),
    hasMore: rows.length > pageSize,
  };
}

/** One message as the visitor may see it; null when they may not (a note, a letter, not sent yet). */
export async function readOne(reader: Reader, scope: VisitorScope, messageId: string): Promise<VisitorMessage | null> {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT m.id FROM message m LEFT JOIN delivery d ON d."messageId" = m.id
    WHERE m.id = ${messageId}::uuid AND ${visible(scope.channelId)}`;
  const [message] = await present(
    reader,
    scope,
    rows.map((row) => row.id),
  );
  return message ?? null;
}

/** What was said by this chat; ours once it has gone out, or has gone on as a letter. */
function visible(channelId: string): Prisma.Sql {
  return Prisma.sql`m."channelId" = ${channelId}::uuid AND (m.direction = 'inbound'
    OR (m.direction = 'outbound' AND (d.id IS NULL OR d.state IN ('sent', 'delivered', 'read') OR d."channelId" <> m."channelId")))`;
}

async function present(reader: Reader, scope: VisitorScope, ids: string[]): Promise<VisitorMessage[]> {
  if (ids.length === 0) return [];
  const rows = await reader.message.findMany({
    where: { id: { in: ids } },
    include: { attachments: { orderBy: { id: 'asc' } }, delivery: { select: { channelId: true } } },
  });
  const seen = await readByStaff(reader, [...new Set(rows.map((row) => row.threadId))]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id): VisitorMessage[] => {
    const row = byId.get(id);
    if (row === undefined) return [];
    const inbound = row.direction === 'inbound';
    const seenAt = seen.get(row.threadId);
    const readAt = inbound ? (seenAt !== undefined && seenAt >= row.receivedAt ? seenAt : null) : row.readAt;
    return [
      {
        id: row.id,
        threadId: row.threadId,
        clientKey: inbound ? row.externalId : null,
        direction: inbound ? 'inbound' : 'outbound',
        author: { kind: row.authorKind, name: inbound ? '' : row.authorName },
        text: row.text,
        attachments: row.attachments.map((file) => ({
          id: file.id,
          name: file.name,
          type: file.type,
          sizeBytes: file.sizeBytes,
          url: scope.fileAddress(file.id),
        })),
        sources: sourcesOf(row.citations),
        via: row.delivery !== null && row.delivery.channelId !== row.channelId ? 'email' : 'chat',
        sentAt: row.receivedAt.toISOString(),
        readAt: readAt?.toISOString() ?? null,
      },
    ];
  });
}

/** When somebody of ours last had each thread on the screen. */
async function readByStaff(reader: Reader, threadIds: string[]): Promise<Map<string, Date>> {
  const rows = await reader.threadRead.groupBy({
    by: ['threadId'],
    where: { threadId: { in: threadIds } },
    _max: { readAt: true },
  });
  return new Map(rows.flatMap((row) => (row._max.readAt === null ? [] : [[row.threadId, row._max.readAt] as const])));
}

/** Title and age of what an answer stands on; ids and quotes stay with us. */
function sourcesOf(citations: unknown): VisitorMessage['sources'] {
  if (!Array.isArray(citations)) return [];
  return citations.flatMap((citation: { title?: unknown; asOf?: unknown }) =>
    typeof citation.title === 'string'
      ? [{ title: citation.title, asOf: typeof citation.asOf === 'string' ? citation.asOf : null }]
      : [],
  );
}
