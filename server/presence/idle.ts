import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { setPresence } from './presence.ts';

/** Whose last screen closed so long ago is away, until they say otherwise. */
export const awayAfterMs = 10 * 60_000;

/**
 * Marks as away who said that they are here and has closed every screen since. Whoever never had a screen open (a key of
 * the API) says for themselves. Call `work` again and again; what it remembers is this process's own.
 */
export function watchIdle(db: Db, here: { userIds(): string[] }): { work(now: Date): Promise<number> } {
  const lastSeen = new Map<string, number>();
  return {
    async work(now) {
      for (const id of here.userIds()) lastSeen.set(id, now.getTime());
      const gone = [...lastSeen].filter(([, at]) => now.getTime() - at >= awayAfterMs).map(([id]) => id);
      for (const id of gone) lastSeen.delete(id);
      if (gone.length === 0) return 0;
      const rows = await db.presenceSpan.findMany({
        where: { userId: { in: gone }, toAt: null, state: { in: ['available', 'busy'] } },
        select: { userId: true },
      });
      for (const { userId } of rows) await transact(db, (tx) => setPresence(tx, userId, 'away', now));
      return rows.length;
    },
  };
}
