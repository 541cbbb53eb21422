import { type Db, Prisma } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { byTime, decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import type { Notification } from './schema.ts';

/** What a user was told, newest first; what quiet hours hold back is not in it yet. */
export async function listNotifications(
  db: Db,
  userId: string,
  query: { limit: number; cursor?: string | undefined; unread: boolean },
  now: Date,
): Promise<Page<Notification>> {
  const after = decodeCursor(query.cursor, byTime);
  const older =
    after === null ? Prisma.sql`TRUE` : Prisma.sql`("showAt", id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const rows = await db.$queryRaw<
    {
      id: string;
      kind: Notification['kind'];
      threadId: string | null;
      data: Record<string, unknown>;
      showAt: Date;
      readAt: Date | null;
    }[]
  >`
    SELECT id, kind, "threadId", data, "showAt", "readAt" FROM notification
    WHERE "userId" = ${userId}::uuid AND "showAt" <= ${now}::timestamptz AND (${!query.unread} OR "readAt" IS NULL) AND ${older}
    ORDER BY "showAt" DESC, id DESC LIMIT ${query.limit + 1}`;
  const page = pageFrom(rows, query.limit, (row) => [row.showAt.toISOString(), row.id]);
  return {
    items: page.rows.map(({ showAt, readAt, ...row }) => ({
      ...row,
      createdAt: showAt.toISOString(),
      readAt: readAt?.toISOString() ?? null,
    })),
    nextCursor: page.nextCursor,
  };
}

/** Marks one of a user's notifications, or with null all of them, as read. */
export async function readNotifications(db: Db, userId: string, id: string | null, now: Date): Promise<void> {
  const marked = await db.notification.updateMany({
    where: { userId, readAt: null, showAt: { lte: now }, ...(id === null ? {} : { id }) },
    data: { readAt: now },
  });
  if (id !== null && marked.count === 0 && (await db.notification.count({ where: { id, userId } })) === 0)
    throw notFound('notification');
}
