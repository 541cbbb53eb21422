import type { Db } from '../db/client.ts';
import type { Page } from '../lib/wire.ts';
import { visibleTo } from '../threads/visibility.ts';
import type { Viewer } from '../users/viewer.ts';

/**
 * The same list for whom it is about: a thread that they may open no more (it went to another store since) stays counted, so that the
 * list has as many as the figure, and nothing of it is told.
 */
export async function onlyOpen<
  Item extends { threadId: string; clientName: string; subject: string; messageId?: string },
>(
  db: Db,
  viewer: Viewer,
  page: Page<Item>,
): Promise<Page<Omit<Item, 'threadId' | 'messageId'> & { threadId: string | null }>> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM thread t WHERE t.id = ANY(${page.items.map((item) => item.threadId)}::uuid[]) AND ${visibleTo(viewer)}`;
  const open = new Set(rows.map((row) => row.id));
  return {
    ...page,
    items: page.items.map((item) =>
      open.has(item.threadId)
        ? item
        : {
            ...item,
            threadId: null,
            clientName: '',
            subject: '',
            ...(item.messageId === undefined ? {} : { messageId: null }),
          },
    ),
  };
}
