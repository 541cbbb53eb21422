import type { Db } from '../db/client.ts';
import { byTime, decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import type { RecentConsult } from './schema.ts';

/** A user's own consults, newest first; those of the bot and of suggestions in threads are not among them. */
export async function recentConsults(
  db: Db,
  userId: string,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<RecentConsult>> {
  const after = decodeCursor(query.cursor, byTime);
  const rows = await db.consult.findMany({
    where: {
      userId,
      threadId: null,
      ...(after === null
        ? {}
        : {
            OR: [
              { createdAt: { lt: new Date(after[0] ?? 0) } },
              { createdAt: new Date(after[0] ?? 0), id: { lt: after[1] ?? '' } },
            ],
          }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: query.limit + 1,
  });
  const page = pageFrom(rows, query.limit, (row) => [row.createdAt.toISOString(), row.id]);
  return {
    items: page.rows.map((row) => ({
      id: row.id,
      question: row.question,
      storeId: row.storeId,
      text: (row.answer as { answer?: { text?: string } | null }).answer?.text ?? null,
      abstained: row.abstained,
      tookMs: row.tookMs,
      lastedMs: row.lastedMs,
      createdAt: row.createdAt.toISOString(),
    })),
    nextCursor: page.nextCursor,
  };
}
