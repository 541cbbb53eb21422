import type { Tx } from '../db/tx.ts';

/** What an alert that went out by mail is about. */
export interface AnsweredAlert {
  threadId: string;
  /** The question that was asked, when it was one. */
  requestId: string | null;
}

const ownMessageId = /^<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/;

/**
 * The alert that a colleague's letter answers, by the Message-IDs it names: an alert's letter has its id for one. Only who
 * was told can answer. Null when it answers none that is about a thread.
 */
export async function alertAnswered(
  tx: Tx,
  userId: string,
  references: readonly string[],
): Promise<AnsweredAlert | null> {
  const ids = references.flatMap((reference) => ownMessageId.exec(reference)?.[1] ?? []);
  if (ids.length === 0) return null;
  const [row] = await tx.$queryRaw<AnsweredAlert[]>`
    SELECT coalesce(t."mergedIntoId", t.id) AS "threadId", CASE WHEN n.kind = 'requestAsked' THEN n.data->>'requestId' END AS "requestId"
    FROM notification n JOIN thread t ON t.id = n."threadId" WHERE n.id = ANY(${ids}::uuid[]) AND n."userId" = ${userId}::uuid
    ORDER BY n.kind = 'requestAsked' DESC, n."createdAt" DESC LIMIT 1`;
  return row ?? null;
}

/** An absence note comes within minutes; mail servers that wait with it do so for some days. */
const automaticWithinMs = 7 * 24 * 60 * 60_000;

/**
 * The alert about a thread that was mailed to a colleague last: what an automatic answer is to that names none.
 * Null when there was none for a week.
 */
export async function lastAlertMailed(tx: Tx, userId: string, now: Date): Promise<AnsweredAlert | null> {
  const since = new Date(now.getTime() - automaticWithinMs);
  const [row] = await tx.$queryRaw<AnsweredAlert[]>`
    SELECT coalesce(t."mergedIntoId", t.id) AS "threadId", NULL AS "requestId"
    FROM notification n JOIN thread t ON t.id = n."threadId"
    WHERE n."userId" = ${userId}::uuid AND n."mailedAt" > ${since}::timestamptz
    ORDER BY n."mailedAt" DESC LIMIT 1`;
  return row ?? null;
}
