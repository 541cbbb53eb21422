import { type Db, Prisma } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import { record } from '../events/record.ts';
import { byTime, decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import type { Viewer } from '../users/viewer.ts';
import { presentMessages } from './present.ts';
import { replyChannels } from './recipients.ts';
import { presentSummary } from './rows.ts';
import type { Message, Thread } from './schema.ts';
import { needThread } from './visibility.ts';

/** A thread with what its header and side panel need. */
export async function readThread(db: Db, viewer: Viewer, threadId: string): Promise<Thread> {
  const row = await needThread(db, viewer, threadId);
  const [extra, read, siblings, moves, channels] = await Promise.all([
    db.thread.findUniqueOrThrow({ where: { id: threadId }, select: { botReason: true, firstResponseAt: true } }),
    db.threadRead.findUnique({ where: { threadId_userId: { threadId, userId: viewer.userId } } }),
    db.thread.findMany({
      where: { clientId: row.clientId, id: { not: threadId }, status: { not: 'closed' }, mergedIntoId: null },
      orderBy: { lastMessageAt: 'desc' },
      take: 10,
      select: { id: true, subject: true, preview: true, channelKind: true, lastMessageAt: true },
    }),
    db.threadMove.findMany({ where: { threadId, undoneAt: null }, orderBy: { createdAt: 'desc' }, take: 20 }),
    replyChannels(db, row),
  ]);
  return {
    ...presentSummary(row),
    readAt: read?.readAt.toISOString() ?? null,
    botReason: extra.botReason,
    firstResponseAt: extra.firstResponseAt?.toISOString() ?? null,
    replyChannels: channels,
    siblings: siblings.map((sibling) => ({
      id: sibling.id,
      subject: sibling.subject || sibling.preview,
      channelKind: sibling.channelKind,
      lastMessageAt: sibling.lastMessageAt.toISOString(),
    })),
    moves: moves.map((move) => ({
      id: move.id,
      kind: move.kind as 'merge' | 'split',
      otherId: move.otherId,
      byUserId: move.byUserId,
      createdAt: move.createdAt.toISOString(),
    })),
  };
}

/** Messages of a thread: newest first, older with the cursor; with `after`, what came since that message, oldest first. */
export async function listMessages(
  db: Db,
  viewer: Viewer,
  threadId: string,
  query: { limit: number; cursor?: string | undefined; after?: string | undefined },
): Promise<Page<Message>> {
  await needThread(db, viewer, threadId);
  if (query.after !== undefined) {
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT m.id FROM message m, (SELECT "createdAt", id FROM message WHERE id = ${query.after}::uuid) seen
      WHERE m."threadId" = ${threadId}::uuid AND (m."createdAt", m.id) > (seen."createdAt", seen.id)
      ORDER BY m."createdAt", m.id LIMIT ${query.limit}`;
    return {
      items: await presentMessages(
        db,
        rows.map((row) => row.id),
      ),
      nextCursor: null,
    };
  }
  const before = decodeCursor(query.cursor, byTime);
  const older =
    before === null
      ? Prisma.sql`TRUE`
      : Prisma.sql`("receivedAt", id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`;
  const rows = await db.$queryRaw<{ id: string; receivedAt: Date }[]>`
    SELECT id, "receivedAt" FROM message WHERE "threadId" = ${threadId}::uuid AND ${older}
    ORDER BY "receivedAt" DESC, id DESC LIMIT ${query.limit + 1}`;
  const page = pageFrom(rows, query.limit, (row) => [row.receivedAt.toISOString(), row.id]);
  return {
    items: await presentMessages(
      db,
      page.rows.map((row) => row.id),
    ),
    nextCursor: page.nextCursor,
  };
}

/** The user has read the thread up to now; only their own screens learn of it. */
export async function markRead(db: Db, viewer: Viewer, threadId: string, now: Date): Promise<void> {
  await needThread(db, viewer, threadId);
  await transact(db, async (tx: Tx) => {
    await tx.threadRead.upsert({
      where: { threadId_userId: { threadId, userId: viewer.userId } },
      create: { threadId, userId: viewer.userId, readAt: now },
      update: { readAt: now },
    });
    await record(tx, {
      type: 'thread.read',
      at: now,
      threadId,
      actorId: viewer.userId,
      patch: { readAt: now.toISOString() },
      scope: { userId: viewer.userId },
    });
  });
}

/** A message whose thread the viewer may see, with the key of its original. */
export async function needMessage(
  db: Db,
  viewer: Viewer,
  messageId: string,
): Promise<{ id: string; threadId: string; rawKey: string | null; channelKind: string | null }> {
  const row = await db.message.findUnique({
    where: { id: messageId },
    select: { id: true, threadId: true, rawKey: true, channelKind: true },
  });
  if (row === null) throw notFound('message');
  await needThread(db, viewer, row.threadId);
  return row;
}
