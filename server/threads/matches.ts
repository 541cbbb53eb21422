import { type Db, Prisma } from '../db/client.ts';

/** So many of the newest messages tell how common words are. */
const probed = 2000;
/** In so many of them: common enough to be met again and again on the way back in time. */
const commonFrom = 20;
/** The furthest way back that a common word is looked for. */
const windowMost = 20_000;

/**
 * The newest `most` messages with the words, not after `before`: a query of `id`, `threadId` and `receivedAt`. A rare word
 * is found by its index; to collect and sort all of a common one's would take longer the older the store is, so it is met
 * on the way back from the newest. The planner does not know one from the other.
 */
export async function newestMatches(
  db: Db,
  words: Prisma.Sql,
  most: number,
  before: string | null = null,
): Promise<Prisma.Sql> {
  const until = before === null ? Prisma.sql`TRUE` : Prisma.sql`"receivedAt" <= ${before}::timestamptz`;
  const window = (rows: number) =>
    Prisma.sql`(SELECT id, "threadId", "receivedAt", search FROM message WHERE ${until} ORDER BY "receivedAt" DESC LIMIT ${rows}) AS newest`;
  const [found] = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM ${window(probed)} WHERE search @@ ${words}`;
  const common = found?.n ?? 0;
  const from =
    common < commonFrom
      ? Prisma.sql`message WHERE ${until} AND`
      : Prisma.sql`${window(Math.min(windowMost, Math.ceil((most * probed) / common)))} WHERE`;
  return Prisma.sql`SELECT id, "threadId", "receivedAt" FROM ${from} search @@ ${words} ORDER BY "receivedAt" DESC LIMIT ${most}`;
}
