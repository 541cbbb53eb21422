import { type Db, Prisma } from '../db/client.ts';
import type { FoundMessage } from '../search/schema.ts';
import type { Viewer } from '../users/viewer.ts';
import { newestMatches } from './matches.ts';
import { visibleTo } from './visibility.ts';

/** Newest matches that are looked at before what a consultant may not see is left out. */
const lookedAt = 1000;
const excerpt = 'StartSel="", StopSel="", MaxFragments=1, MaxWords=34, MinWords=16';

/** Messages with the words, of threads the viewer may see, newest first, over the whole history. */
export async function searchMessages(db: Db, viewer: Viewer, q: string, limit: number): Promise<FoundMessage[]> {
  const wanted = wordQuery(q);
  if (wanted === null) return [];
  const hits = await newestMatches(db, wanted, viewer.role === 'consultant' ? lookedAt : limit);
  const rows = await db.$queryRaw<(Omit<FoundMessage, 'at'> & { at: Date })[]>`
    WITH hit AS MATERIALIZED (
      ${hits}
    ), shown AS (
      SELECT hit.id, c.name AS "clientName", t.subject FROM hit
      JOIN thread t ON t.id = hit."threadId" JOIN client c ON c.id = t."clientId"
      WHERE ${visibleTo(viewer)} ORDER BY hit."receivedAt" DESC LIMIT ${limit}
    )
    SELECT m.id, m."threadId", shown."clientName", coalesce(nullif(m.subject, ''), shown.subject) AS subject,
      m."authorName" AS author, m.direction, m."channelKind", m."receivedAt" AS at,
      ts_headline('simple', left(m.text, 20000), ${wanted}, ${excerpt}) AS text
    FROM shown JOIN message m ON m.id = shown.id ORDER BY m."receivedAt" DESC`;
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/**
 * All words, the last one as it is being typed; quotes and minus signs mean what they do in web searches. Null when there
 * is no word in it.
 */
function wordQuery(q: string): Prisma.Sql | null {
  if (/["]|(^|\s)-\S/.test(q)) return Prisma.sql`websearch_to_tsquery('simple', plain_words(${q}))`;
  const words = q.normalize('NFC').match(/[\p{L}\p{M}\p{N}_.@+-]*[\p{L}\p{N}]/gu) ?? [];
  const last = words.pop();
  if (last === undefined) return null;
  // A word like `a.b@c` is one lexeme to PostgreSQL only when it parses it itself; a prefix is given quoted.
  const prefix = Prisma.sql`to_tsquery('simple', quote_literal(plain_words(${last})) || ':*')`;
  // One that is several to PostgreSQL (Chinese, Japanese) is looked for as it stands.
  const whole = words.map((word) => Prisma.sql`phraseto_tsquery('simple', plain_words(${word}))`);
  return Prisma.sql`(${Prisma.join([...whole, prefix], ' && ')})`;
}
