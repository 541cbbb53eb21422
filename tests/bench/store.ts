import { type Db, Prisma } from '../../server/db/client.ts';
import { newId } from '../../server/lib/id.ts';

const stores = 5;
const teams = 4;
const colleagues = 20;

/** A store of some age, by bulk SQL: rows as the product would have written them. Needs a superuser's connection. */
export async function fillStore(
  db: Db,
  {
    threads,
    messagesEach,
    everyS = 31,
    searched = true,
  }: {
    threads: number;
    messagesEach: number;
    /** Seconds between two threads. */
    everyS?: number;
    /** Texts that can be searched for; short ones are made faster. */
    searched?: boolean;
  },
): Promise<{ channelId: string; storeId: string; teamId: string }> {
  const clients = Math.ceil(threads / 2);
  const channelIds = Array.from({ length: 4 }, () => newId());
  await db.channel.createMany({
    data: channelIds.map((id, index) => ({
      id,
      kind: 'email',
      name: `Shop ${index}`,
      config: { address: `shop${index}@parley.example` },
      pausedAt: new Date(),
    })),
  });
  const storeIds = Array.from({ length: stores }, () => newId());
  await db.store.createMany({ data: storeIds.map((id, index) => ({ id, code: `s${index}`, name: `Store ${index}` })) });
  const teamIds = Array.from({ length: teams }, () => newId());
  await db.team.createMany({ data: teamIds.map((id, index) => ({ id, name: `Team ${index}` })) });
  await db.user.createMany({
    data: Array.from({ length: colleagues }, (_, index) => ({
      id: newId(),
      name: `Colleague ${index}`,
      email: `colleague${index}@shop.example`,
      role: 'manager',
    })),
  });
  await loadInto(db, ['client', 'identity', 'thread', 'message', 'event'], async (tx) => {
    await tx.$executeRaw`
        INSERT INTO client (id, name, level, "createdAt", "updatedAt")
        SELECT uuidv7(n * interval '-1 minute'), 'Client ' || n, (CASE WHEN n % 50 = 0 THEN 'vip' ELSE 'usual' END)::"ClientLevel", now() - n * interval '1 minute', now()
        FROM generate_series(1, ${clients}::int) n`;
    await tx.$executeRaw`
        INSERT INTO identity (id, "clientId", kind, value, "verifiedAt", "createdAt")
        SELECT uuidv7(), id, 'email', replace(lower(name), ' ', '') || '@client.example', "createdAt", "createdAt" FROM client`;
    await tx.$executeRaw`
        INSERT INTO thread (id, "clientId", subject, "normalSubject", status, "channelId", "channelKind", token, tags, "messageCount", "lastMessageAt",
          "lastInboundAt", "waitingSince", "dueAt", "clockFor", "assigneeId", "teamId", "storeId", preview, "createdAt", "updatedAt")
        SELECT uuidv7(at - now()), c.id, 'Matter ' || n, 'matter ' || n, (CASE WHEN n % 10 = 0 THEN 'open' ELSE 'closed' END)::"ThreadStatus",
          (${channelIds}::uuid[])[1 + n % 4], 'email', 'bench' || n,
          CASE WHEN n % 5000 = 0 THEN ARRAY['rare'] WHEN n % 50 = 0 THEN ARRAY['repair'] ELSE '{}'::text[] END, ${messagesEach}, at, at,
          CASE WHEN n % 40 = 0 THEN at END, CASE WHEN n % 40 = 0 THEN at + interval '15 minutes' END, CASE WHEN n % 40 = 0 THEN at END,
          CASE WHEN n % 3 <> 0 THEN people[1 + n % array_length(people, 1)] END,
          CASE WHEN n % 3 = 1 THEN (${teamIds}::uuid[])[1 + n % ${teams}::int] END, CASE WHEN n % 2 = 1 THEN (${storeIds}::uuid[])[1 + n % ${stores}::int] END,
          'Do you have number ' || n, at, at
        FROM generate_series(1, ${threads}::int) n
        JOIN (SELECT id, row_number() OVER (ORDER BY "createdAt" DESC) AS k FROM client) c ON c.k = 1 + n % ${clients}::int,
          LATERAL (SELECT now() - n * ${everyS}::float8 * interval '1 second' AS at) t, (SELECT array_agg(id ORDER BY name) AS people FROM "user") u`;
    for (let turn = messagesEach - 1; turn >= 0; turn--) {
      // Each word of a number is rare, each shade is in every twentieth message, and the price is in all.
      await tx.$executeRaw`
          INSERT INTO message (id, "threadId", "channelId", "channelKind", direction, "authorKind", "authorUserId", "authorName", subject, text, "sentAt", "receivedAt", "createdAt")
          SELECT uuidv7(at - now()), id, "channelId", 'email', (CASE WHEN ${turn}::int % 2 = 0 THEN 'inbound' ELSE 'outbound' END)::"Direction",
            (CASE WHEN ${turn}::int % 2 = 0 THEN 'client' ELSE 'user' END)::"AuthorKind", CASE WHEN ${turn}::int % 2 = 1 THEN "assigneeId" END, 'Somebody', subject,
            CASE WHEN NOT ${searched} THEN 'Yes' ELSE 'A message of some length about word' || (hashtext(token) & 16383) || ' in shade' || ((hashtext(token || ${turn}::int) & 65535) % 20)
              || ' and the price of a phone with a cracked screen, please answer.' END, at, at, at
          FROM thread, LATERAL (SELECT "lastMessageAt" - ${turn}::int * interval '1 hour' AS at) t ORDER BY "lastMessageAt"`;
    }
    // What told of the newest messages, as the feed reads it.
    await tx.$executeRaw`
        INSERT INTO event (seq, type, at, "threadId", "clientId", ids, patch, scope)
        SELECT row_number() OVER (ORDER BY "lastMessageAt"), 'message.received', "lastMessageAt", id, "clientId", jsonb_build_object('threadId', id, 'clientId', "clientId"),
          jsonb_build_object('thread', jsonb_build_object('id', id, 'subject', subject, 'preview', repeat('x', 700))),
          jsonb_build_object('thread', jsonb_build_object('assigneeId', "assigneeId", 'teamId', "teamId", 'storeId', "storeId"))
        FROM thread`;
  });
  await db.$executeRaw`VACUUM ANALYZE`;
  return { channelId: channelIds[0] ?? '', storeId: storeIds[0] ?? '', teamId: teamIds[0] ?? '' };
}

/**
 * Writes many rows at once in one transaction: without triggers and checks of keys (the rows are right by construction), and with the
 * plain indexes of these tables made when all is there, which takes a fraction of the time. Rows that SQL itself makes are
 * written faster so than they could be carried to COPY.
 */
export async function loadInto(
  db: Db,
  tables: string[],
  work: (tx: Prisma.TransactionClient) => Promise<unknown>,
): Promise<void> {
  await db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`SET LOCAL synchronous_commit = off`;
      await tx.$executeRaw`SET LOCAL maintenance_work_mem = '512MB'`;
      await tx.$executeRaw`SET LOCAL work_mem = '256MB'`;
      const indexes = await tx.$queryRaw<{ name: string; sql: string }[]>`
        SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS sql FROM pg_index i
        WHERE i.indrelid = ANY(${tables.map((name) => `public."${name}"`)}::regclass[]) AND NOT i.indisunique`;
      for (const { name } of indexes) await tx.$executeRaw(Prisma.raw(`DROP INDEX ${name}`));
      await work(tx);
      for (const { sql } of indexes) await tx.$executeRaw(Prisma.raw(sql));
    },
    { timeout: 60 * 60_000 },
  );
}
