import { Prisma } from '../db/client.ts';
import type { Tx } from '../db/tx.ts';
import { setClock } from '../targets/setClock.ts';

/** A message of ours that the client has, or is about to: not one that failed, and not one for later that is not out yet. */
const reaches = (ours: Prisma.Sql) => Prisma.sql`NOT EXISTS (SELECT 1 FROM delivery d WHERE d."messageId" = ${ours}.id
  AND (d.state = 'failed' OR d.state IN ('pending', 'sending', 'retry') AND ${ours}."sentAt" > ${ours}."createdAt"))`;

/** Counters and clock of a thread from its messages: after an undo, a merge or a split. Needs the thread locked. */
export async function recount(tx: Tx, threadId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE thread t SET
      "messageCount" = s.n, "lastMessageAt" = coalesce(s."lastAt", t."lastMessageAt"), "lastInboundAt" = s."lastInbound",
      "lastMessageId" = l.id, "lastDirection" = coalesce(l.direction, t."lastDirection"), preview = coalesce(left(l.text, 160), ''),
      "firstResponseAt" = (SELECT min("sentAt") FROM message m WHERE "threadId" = ${threadId}::uuid AND direction = 'outbound' AND "authorKind" = 'user'
        AND "receivedAt" >= t."firstInboundAt" AND ${reaches(Prisma.sql`m`)}),
      "waitingSince" = CASE WHEN t.status = 'closed' OR t.historical OR t."botState" = 'bot' THEN NULL ELSE w.since END
    FROM (SELECT count(*)::int AS n, max("receivedAt") AS "lastAt", max("receivedAt") FILTER (WHERE direction = 'inbound' AND classification = 'person') AS "lastInbound"
          FROM message WHERE "threadId" = ${threadId}::uuid) s
    LEFT JOIN LATERAL (SELECT id, direction, text FROM message WHERE "threadId" = ${threadId}::uuid ORDER BY "receivedAt" DESC, id DESC LIMIT 1) l ON TRUE
    LEFT JOIN LATERAL (
      SELECT min("receivedAt") AS since FROM message m WHERE m."threadId" = ${threadId}::uuid AND direction = 'inbound' AND classification = 'person' AND detail ->> 'closing' IS NULL
        AND "createdAt" > coalesce((SELECT max("createdAt") FROM message ours WHERE "threadId" = ${threadId}::uuid AND direction = 'outbound' AND "authorKind" = 'user'
          AND ${reaches(Prisma.sql`ours`)}), '-infinity')
    ) w ON TRUE
    WHERE t.id = ${threadId}::uuid`;
  await setClock(tx, threadId);
}
