import { Prisma } from '../db/generated/client.ts';
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

/** A letter as others are held against it. */
export interface Likeness {
  externalId: string;
  digest: string | null;
  messageId: string | null;
  writer: string;
  subject: string | null;
  text: string;
  rest: string | null;
  html: string | null;
  files: { name: string; size: number; digest: string }[];
}

/** Letters as rows: of those without a Message-ID, which are like none, the words are left at home. */
const likenesses = (letters: readonly Likeness[]): string =>
  JSON.stringify(
    letters.map((letter, position) => ({
      position,
      ...letter,
      ...(letter.messageId === null ? { text: '', rest: null, html: null, files: [] } : {}),
    })),
  );
const likenessColumns = Prisma.sql`position int, "externalId" text, digest text, "messageId" text, writer text, subject text, text text, rest text, html text, files jsonb`;

/**
 * The same letter by whatever way and trace: equal Message-ID, writer, words, subject (a list may put its tag before one of
 * them) and files. Where there are no words the rest must be equal too.
 */
const twinOfItem = Prisma.sql`
  SELECT id, "threadId" FROM message twin WHERE "externalId" = item."messageId" AND "authorAddress" = item.writer AND twin.text = item.text
    AND (coalesce(twin.subject, '') = coalesce(item.subject, '')
      OR regexp_replace(twin.subject, '^\\[[^]]*\\]\\s*', '') = item.subject OR regexp_replace(item.subject, '^\\[[^]]*\\]\\s*', '') = twin.subject)
    AND (item.text <> '' OR (twin.rest IS NOT DISTINCT FROM item.rest AND twin.html IS NOT DISTINCT FROM item.html))
    AND (SELECT count(*) FROM attachment WHERE "messageId" = twin.id) = jsonb_array_length(item.files)
    AND NOT EXISTS (SELECT 1 FROM attachment file WHERE file."messageId" = twin.id AND NOT EXISTS (
      SELECT 1 FROM jsonb_to_recordset(item.files) AS other(name text, size int, digest text)
      WHERE other.name = file.name AND other.size = file."sizeBytes" AND other.digest = coalesce(file.digest, other.digest)))
  LIMIT 1`;

/** What is already here of letters, by their place in `letters`; only those of which something is. */
export async function alreadyHere(
  tx: Tx,
  channelId: string,
  letters: readonly Likeness[],
): Promise<Map<number, AlreadyHere>> {
  const rows = await tx.$queryRaw<AlreadyHere[]>`
    SELECT item.position, same."messageId" AS "sameMessageId", same."threadId" AS "sameThreadId", own."messageId" AS "ownMessageId", own."threadId" AS "ownThreadId",
      twin.id AS "twinMessageId", twin."threadId" AS "twinThreadId",
      colleague.id AS "colleagueId", coalesce(colleague.name, mailbox.name) AS "colleagueName"
    FROM jsonb_to_recordset(${likenesses(letters)}::jsonb) AS item(${likenessColumns})
    LEFT JOIN LATERAL (SELECT "messageId", "threadId" FROM receipt WHERE "channelId" = ${channelId}::uuid AND digest = item.digest
      AND "externalId" <> item."externalId" AND receipt."messageId" IS NOT NULL
      AND (item."messageId" IS NOT NULL OR regexp_replace("externalId", ':[^:]*$', '') <> regexp_replace(item."externalId", ':[^:]*$', '')) LIMIT 1) same ON TRUE
    LEFT JOIN LATERAL (SELECT d."messageId", d."threadId" FROM delivery d JOIN channel c ON c.id = d."channelId" WHERE d."externalId" = item."messageId"
      AND (lower(c.config->>'address') = item.writer OR c.config->'aliases' @> to_jsonb(item.writer)) LIMIT 1) own ON TRUE
    LEFT JOIN LATERAL (${twinOfItem}) twin ON TRUE
    LEFT JOIN "user" colleague ON colleague.email = item.writer AND colleague."deactivatedAt" IS NULL
    LEFT JOIN LATERAL (SELECT c.name FROM channel c WHERE c.kind = 'email' AND c."removedAt" IS NULL
      AND (lower(c.config->>'address') = item.writer OR c.config->'aliases' @> to_jsonb(item.writer)) LIMIT 1) mailbox ON TRUE
    WHERE same."messageId" IS NOT NULL OR own."messageId" IS NOT NULL OR twin.id IS NOT NULL OR colleague.id IS NOT NULL OR mailbox.name IS NOT NULL`;
  return new Map(rows.map((row) => [row.position, row]));
}

/**
 * The twins of letters, by their place in `letters`, asked again when their writers' clients are locked: two ways at once (a mailbox
 * that is read and forwarded too) may both have found nothing before.
 */
export async function findTwins(
  tx: Tx,
  letters: readonly Likeness[],
): Promise<Map<number, { messageId: string; threadId: string }>> {
  if (letters.every((letter) => letter.messageId === null)) return new Map();
  const rows = await tx.$queryRaw<{ position: number; messageId: string; threadId: string }[]>`
    SELECT item.position, twin.id AS "messageId", twin."threadId"
    FROM jsonb_to_recordset(${likenesses(letters)}::jsonb) AS item(${likenessColumns}) CROSS JOIN LATERAL (${twinOfItem}) twin`;
  return new Map(rows.map(({ position, ...twin }) => [position, twin]));
}

/**
 * An earlier receipt of the same bytes in this channel (a new uidvalidity, a second folder; in one folder two letters without
 * a Message-ID are two), our own letter come back, or the
 * same letter by another way or in another mailbox of ours; and the colleague who wrote it, when one did, from an address of their own or (`colleagueId`
 * null, the channel's name) from one of our mailboxes. Ours is a letter in our name: who only
 * borrows its Message-ID has written something, and that is kept.
 */
export interface AlreadyHere {
  position: number;
  sameMessageId: string | null;
  sameThreadId: string | null;
  ownMessageId: string | null;
  ownThreadId: string | null;
  twinMessageId: string | null;
  twinThreadId: string | null;
  colleagueId: string | null;
  colleagueName: string | null;
}

/** Our own letter come back, by the Message-ID we gave it. */
export async function ownDelivery(tx: Tx, messageIds: string[]) {
  if (messageIds.length === 0) return null;
  const [row] = await tx.$queryRaw<{ id: string; messageId: string; threadId: string; addresses: string[] }[]>`
    SELECT id, "messageId", "threadId", ARRAY(SELECT jsonb_path_query(recipients, '$.*[*].value') #>> '{}') AS addresses
    FROM delivery WHERE "externalId" = ANY(${messageIds}::text[]) LIMIT 1`;
  return row ?? null;
}

/**
 * The clients of addresses by `kind:value`, locked in one order, so that two messages of one client never open two threads at
 * once; apart from them who has an address only because a visitor in the chat gave it, and nobody has written from it.
 */
export async function findClients(
  tx: Tx,
  addresses: { kind: string; value: string }[],
): Promise<{ clients: Map<string, KnownClient>; claimed: Map<string, KnownClient> }> {
  const rows = await tx.$queryRaw<(KnownClient & { kind: string; value: string; byWord: boolean })[]>`
    SELECT i.kind::text, i.value, c.id, c.name, c.level, co.name AS "companyName", c."ownerId",
      i.kind = 'email' AND i."verifiedAt" IS NULL
        AND EXISTS (SELECT 1 FROM identity visitor WHERE visitor."clientId" = i."clientId" AND visitor."contactEmail" = i.value)
        AND NOT EXISTS (SELECT 1 FROM thread t JOIN message m ON m."threadId" = t.id WHERE t."clientId" = i."clientId" AND m."authorAddress" = i.value)
        AS "byWord"
    FROM (SELECT DISTINCT * FROM unnest(${addresses.map(({ kind }) => kind)}::text[], ${addresses.map(({ value }) => value)}::text[]) AS given(kind, value)) AS wanted
    JOIN identity i ON i.kind = wanted.kind::"IdentityKind" AND i.value = wanted.value
    JOIN client c ON c.id = i."clientId" LEFT JOIN company co ON co.id = c."companyId"
    ORDER BY c.id FOR UPDATE OF c`;
  const clients = new Map<string, KnownClient>();
  const claimed = new Map<string, KnownClient>();
  for (const { kind, value, byWord, ...client } of rows) (byWord ? claimed : clients).set(`${kind}:${value}`, client);
  return { clients, claimed };
}

/** What a message says it answers. */
export interface Answers {
  token: string | null;
  references: string[];
}

/** Whether a letter answers what we wrote to this address for this client: by our signed address, or by our Message-ID. */
export async function answersUs(
  tx: Tx,
  clientId: string,
  address: string,
  tokens: string[],
  references: string[],
): Promise<boolean> {
  if (tokens.length === 0 && references.length === 0) return false;
  const [row] = await tx.$queryRaw<{ answers: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM thread WHERE "clientId" = ${clientId}::uuid AND token = ANY(${tokens}::text[]))
      OR EXISTS (SELECT 1 FROM delivery d JOIN thread t ON t.id = d."threadId" WHERE d."externalId" = ANY(${references}::text[]) AND t."clientId" = ${clientId}::uuid
        AND jsonb_path_exists(d.recipients, '$.*[*].value ? (@ == $address)', jsonb_build_object('address', ${address}::text))) AS answers`;
  return row?.answers === true;
}

/** Takes an address from a client who has it by word alone. */
export async function freeAddress(tx: Tx, clientId: string, address: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM identity WHERE "clientId" = ${clientId}::uuid AND kind = 'email' AND value = ${address}`;
}

/** Messages that name the same one; more of them are of the same threads. */
const relatedAtMost = 20;

/** What is known of a message that looks for its thread. */
export interface Seeker {
  clientId: string;
  token: string | null;
  messageId: string | null;
  references: string[];
  subject: string;
  addresses: string[];
  /** Who else the letter goes to; a discussion list among them makes its writer one of the list. */
  addressed: string[];
}

/**
 * Every thread that each message might go on in, with why, by the message's place. Merged threads answer as the one they went
 * into. A visitor who named an e-mail address goes on only where they wrote themselves: the address may be somebody else's.
 */
export async function findCandidates(tx: Tx, letters: boolean, seekers: Seeker[]): Promise<Map<number, Candidate[]>> {
  const items = seekers.map((seeker, position) => ({ position, ...seeker }));
  const rows = await tx.$queryRaw<(Candidate & { position: number })[]>`
    WITH item AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(items)}::jsonb) AS row(position int, "clientId" uuid, token text, "messageId" text, "references" text[], subject text, addresses text[], addressed text[])
    ), named AS (
      SELECT item.position, t.id AS "threadId", 'token' AS by, 0 AS rank FROM item JOIN thread t ON t.token = item.token
      UNION ALL
      SELECT item.position, m."threadId", 'reference', ref.rank::int
      FROM item CROSS JOIN LATERAL unnest(item."references") WITH ORDINALITY AS ref(value, rank) JOIN message m ON m."externalId" = ref.value
      UNION ALL
      SELECT item.position, late."threadId", 'answered', 0 FROM item CROSS JOIN LATERAL (
        SELECT "threadId" FROM message WHERE "references" @> ARRAY[item."messageId"] LIMIT ${relatedAtMost}) late
      WHERE ${letters} AND item."messageId" IS NOT NULL
      UNION ALL
      SELECT item.position, near."threadId", 'sibling', 0 FROM item CROSS JOIN LATERAL (
        SELECT "threadId" FROM message WHERE "references" && item."references" LIMIT ${relatedAtMost}) near
      WHERE ${letters} AND cardinality(item."references") > 0
      UNION ALL
      SELECT item.position, s.id, 'subject', 0 FROM item CROSS JOIN LATERAL (
        SELECT id FROM thread WHERE ${letters} AND "clientId" = item."clientId" AND "normalSubject" = item.subject AND "normalSubject" <> '' AND status <> 'closed'
          AND "channelKind" = 'email' ORDER BY "lastMessageAt" DESC LIMIT 1) s
      UNION ALL
      SELECT item.position, c.id, 'current', 0 FROM item CROSS JOIN LATERAL (
        SELECT id FROM thread WHERE ${!letters} AND "clientId" = item."clientId" AND status <> 'closed' AND "mergedIntoId" IS NULL AND NOT historical
          AND (NOT EXISTS (SELECT 1 FROM identity v WHERE v.kind = 'visitor' AND v.value = ANY(item.addresses) AND v."contactEmail" IS NOT NULL)
            OR EXISTS (SELECT 1 FROM message own WHERE own."threadId" = thread.id AND own."authorAddress" = ANY(item.addresses)))
        ORDER BY ("channelKind" <> 'email') DESC, "lastMessageAt" DESC LIMIT 1) c
    )
    SELECT named.position, t.id AS "threadId", t."clientId", t.status, named.by, named.rank,
      (t."clientId" = item."clientId" OR named.by IN ('reference', 'answered', 'sibling') AND EXISTS (
        SELECT 1 FROM message m WHERE m."threadId" IN (t.id, named."threadId")
          AND (m."authorAddress" = ANY(item.addresses)
            OR jsonb_exists_any(m.participants->'list', item.addressed)
            -- Each letter to us has our own address among its recipients: it makes nobody who borrows it a participant.
            OR (jsonb_path_exists(m.participants, '$.*[*].value ? (@ == $writer)', jsonb_build_object('writer', item.addresses[1]))
              AND NOT EXISTS (SELECT 1 FROM channel c WHERE c.kind = 'email' AND c."removedAt" IS NULL
                AND (lower(c.config->>'address') = item.addresses[1] OR c.config->'aliases' @> to_jsonb(item.addresses[1])))))
      )) IS TRUE AS participant
    FROM named
    JOIN item ON item.position = named.position
    JOIN thread origin ON origin.id = named."threadId"
    JOIN thread t ON t.id = coalesce(origin."mergedIntoId", origin.id)
    ORDER BY named.position, named.rank`;
  const found = new Map<number, Candidate[]>();
  for (const { position, ...candidate } of rows) found.set(position, [...(found.get(position) ?? []), candidate]);
  return found;
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
  botState: 'off' | 'bot' | 'waiting' | 'person';
  lastMessageAt: Date;
}

/** States by thread id; the rows are locked in one order. */
export async function lockThreadStates(tx: Tx, threadIds: string[]): Promise<Map<string, ThreadState>> {
  const rows = await tx.$queryRaw<(ThreadState & { mergedIntoId: string | null })[]>`
    SELECT t.id, t."clientId", t.status, t."assigneeId", t."teamId", t."storeId", t.historical, t.subject, t."botState", t."lastMessageAt",
      t."waitingSince", t."dueAt", t."firstInboundAt", t."firstResponseAt", t.tags, t."policyId", t."targetMs", t."timerAt", t."timerStep", t."clockFor",
      t."mergedIntoId", c.level
    FROM thread t JOIN client c ON c.id = t."clientId" WHERE t.id = ANY(${threadIds}::uuid[]) ORDER BY t.id FOR UPDATE OF t`;
  // Between finding and locking it somebody merged it away; the transaction is tried again and finds the other.
  if (rows.some((row) => row.mergedIntoId !== null))
    throw new Error('could not serialize: a thread was merged meanwhile');
  return new Map(rows.map((row) => [row.id, row]));
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
