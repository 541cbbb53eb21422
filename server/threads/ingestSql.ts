import type { InboundMessage } from '../channels/channel.ts';
import type { Tx } from '../db/tx.ts';
import type { ClockRow } from '../targets/setClock.ts';
import type { Candidate } from './continue.ts';
import type { Waiting } from './waiting.ts';

/** The hand-written statements of the way in; each is one round trip. */

export interface KnownClient {
  id: string;
  name: string;
  level: 'key' | 'vip' | 'usual';
  companyName: string | null;
  ownerId: string | null;
}

/** Claims external ids for this transaction; another process's claim is waited for. Answers those that were new. */
export async function claimReceipts(
  tx: Tx,
  channelId: string,
  items: { externalId: string; arrivedAt: Date; rawKey: string | null; digest: string | null }[],
): Promise<Set<string>> {
  const claimed = await tx.$queryRaw<{ externalId: string }[]>`
    INSERT INTO receipt ("channelId", "externalId", outcome, "rawKey", digest, "arrivedAt")
    SELECT ${channelId}::uuid, item."externalId", 'stored', item."rawKey", item.digest, item."arrivedAt"
    FROM unnest(${items.map((item) => item.externalId)}::text[], ${items.map((item) => item.rawKey)}::text[],
      ${items.map((item) => item.digest)}::text[], ${items.map((item) => item.arrivedAt.toISOString())}::timestamptz[])
      AS item("externalId", "rawKey", digest, "arrivedAt")
    ORDER BY item."externalId"
    ON CONFLICT ("channelId", "externalId") DO NOTHING
    RETURNING "externalId"`;
  return new Set(claimed.map((row) => row.externalId));
}

/** Which of these external ids the channel already has, with what became of them. */
export async function knownReceipts(tx: Tx, channelId: string, externalIds: string[]) {
  return tx.$queryRaw<{ externalId: string; outcome: string; messageId: string | null; threadId: string | null }[]>`
    SELECT "externalId", outcome, "messageId", "threadId" FROM receipt
    WHERE "channelId" = ${channelId}::uuid AND "externalId" = ANY(${externalIds}::text[])`;
}

/** An earlier receipt of the same bytes in this channel: a new uidvalidity, a second folder. */
export async function sameOriginal(tx: Tx, channelId: string, digest: string, externalId: string) {
  const [row] = await tx.$queryRaw<{ messageId: string | null; threadId: string | null }[]>`
    SELECT "messageId", "threadId" FROM receipt
    WHERE "channelId" = ${channelId}::uuid AND digest = ${digest} AND "externalId" <> ${externalId} AND "messageId" IS NOT NULL LIMIT 1`;
  return row ?? null;
}

/** The same letter in another mailbox of ours: same Message-ID, same writer, same words. */
export async function sameLetter(tx: Tx, channelId: string, message: InboundMessage) {
  const [row] = await tx.$queryRaw<{ messageId: string; threadId: string }[]>`
    SELECT id AS "messageId", "threadId" FROM message
    WHERE "externalId" = ${message.messageId} AND direction = 'inbound' AND "channelId" <> ${channelId}::uuid
      AND "authorAddress" = ${message.from[0]?.value ?? ''} AND text = ${message.text} LIMIT 1`;
  return row ?? null;
}

/** Our own letter come back, by the Message-ID we gave it. */
export async function ownDelivery(tx: Tx, messageIds: string[]) {
  if (messageIds.length === 0) return null;
  const [row] = await tx.$queryRaw<{ id: string; messageId: string; threadId: string }[]>`
    SELECT id, "messageId", "threadId" FROM delivery WHERE "externalId" = ANY(${messageIds}::text[]) LIMIT 1`;
  return row ?? null;
}

/** The client of an address, locked, so that two messages of one client never open two threads at once. */
export async function findClient(tx: Tx, kind: string, value: string): Promise<KnownClient | null> {
  const [row] = await tx.$queryRaw<KnownClient[]>`
    SELECT c.id, c.name, c.level, co.name AS "companyName", c."ownerId"
    FROM identity i JOIN client c ON c.id = i."clientId" LEFT JOIN company co ON co.id = c."companyId"
    WHERE i.kind = ${kind}::"IdentityKind" AND i.value = ${value} FOR UPDATE OF c`;
  return row ?? null;
}

/** Every thread that the message might go on in, with why. Merged threads answer as the one they went into. */
export async function findCandidates(
  tx: Tx,
  facts: {
    clientId: string | null;
    token: string | null;
    references: string[];
    subject: string;
    letter: boolean;
    addresses: string[];
  },
): Promise<Candidate[]> {
  const current = facts.clientId !== null && !facts.letter;
  const bySubject = facts.clientId !== null && facts.letter && facts.subject !== '';
  if (facts.token === null && facts.references.length === 0 && !current && !bySubject) return [];
  return tx.$queryRaw<Candidate[]>`
    WITH named AS (
      SELECT id AS "threadId", 'token' AS by, 0 AS rank FROM thread WHERE token = ${facts.token}
      UNION ALL
      SELECT m."threadId", 'reference', (array_position(${facts.references}::text[], m."externalId"))::int
      FROM message m WHERE m."externalId" = ANY(${facts.references}::text[])
      UNION ALL
      (SELECT id, 'subject', 0 FROM thread
       WHERE ${bySubject} AND "clientId" = ${facts.clientId}::uuid AND "normalSubject" = ${facts.subject} AND "normalSubject" <> '' AND status <> 'closed'
         AND "channelKind" = 'email' ORDER BY "lastMessageAt" DESC LIMIT 1)
      UNION ALL
      (SELECT id, 'current', 0 FROM thread
       WHERE ${current} AND "clientId" = ${facts.clientId}::uuid AND status <> 'closed' AND "mergedIntoId" IS NULL AND NOT historical
       ORDER BY ("channelKind" <> 'email') DESC, "lastMessageAt" DESC LIMIT 1)
    )
    SELECT t.id AS "threadId", t."clientId", t.status, named.by, named.rank,
      (t."clientId" = ${facts.clientId}::uuid OR EXISTS (
        SELECT 1 FROM message m WHERE m."threadId" IN (t.id, named."threadId") AND named.by = 'reference'
          AND (m."authorAddress" = ANY(${facts.addresses}::text[])
            OR jsonb_path_exists(m.participants, '$.*[*].value ? (@ == $writer)', jsonb_build_object('writer', ${facts.addresses[0] ?? ''}::text)))
      )) IS TRUE AS participant
    FROM named
    JOIN thread origin ON origin.id = named."threadId"
    JOIN thread t ON t.id = coalesce(origin."mergedIntoId", origin.id)
    ORDER BY named.rank LIMIT 50`;
}

/** What ingest needs to know of a thread before it writes to it; locked. */
export interface ThreadState extends Waiting, Omit<ClockRow, 'channelId' | 'channelKind' | 'channelTargetMs'> {
  id: string;
  clientId: string;
  status: 'open' | 'snoozed' | 'closed';
  assigneeId: string | null;
  teamId: string | null;
  storeId: string | null;
  historical: boolean;
  subject: string;
  lastMessageAt: Date;
}

export async function lockThreadState(tx: Tx, threadId: string): Promise<ThreadState> {
  const [row] = await tx.$queryRaw<ThreadState[]>`
    SELECT t.id, t."clientId", t.status, t."assigneeId", t."teamId", t."storeId", t.historical, t.subject, t."lastMessageAt",
      t."waitingSince", t."dueAt", t."firstInboundAt", t."firstResponseAt", t.tags, t."policyId", t."targetMs", t."timerAt", t."timerStep", t."clockFor", c.level
    FROM thread t JOIN client c ON c.id = t."clientId" WHERE t.id = ${threadId}::uuid FOR UPDATE OF t`;
  if (row === undefined) throw new Error(`thread ${threadId} went away`);
  return row;
}

/** Moves the channel's cursor in the transaction that stored what it passed. */
export async function moveCursor(
  tx: Tx,
  channelId: string,
  cursor: { name: string; position: unknown },
  stored: number,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO channel_cursor ("channelId", name, position, "storedCount") VALUES (${channelId}::uuid, ${cursor.name}, ${JSON.stringify(cursor.position)}::jsonb, ${stored})
    ON CONFLICT ("channelId", name) DO UPDATE SET position = excluded.position, "storedCount" = channel_cursor."storedCount" + ${stored}`;
}
