import type { Db } from '../../server/db/client.ts';
import { newId } from '../../server/lib/id.ts';
import { percentile, startProcess } from './process.ts';

const threads = Number(process.env.THREADS ?? 100_000);
const messagesEach = 10;
const requests = 300;

/**
 * `npm run bench -- list`: the inbox's lists and one thread's opening with 100,000 threads and 1,000,000 messages, asked
 * one at a time over HTTP with an API key: sign-in, permission, query, JSON. Also says whether any list reads the whole
 * table.
 */
export async function run(): Promise<void> {
  const bench = await startProcess({ PARLEY_ROLES: 'web' });
  const { db } = bench.app.deps;
  await fill(db);
  const ids = await db.thread.findMany({ select: { id: true }, take: requests, orderBy: { id: 'asc' } });
  const asks: Record<string, (index: number) => string> = {
    'list, open': () => '/threads?limit=50',
    'list, mine': () => '/threads?limit=50&assignee=me',
    'list, unassigned': () => '/threads?limit=50&assignee=none',
    'list, waiting longest': () => '/threads?limit=50&sort=waiting',
    'list, by tag': () => '/threads?limit=50&tag=repair',
    'list, found by a word': (index) => `/threads?limit=50&q=word${index}`,
    counters: () => '/threads/counts',
    'thread opened': (index) => `/threads/${ids[index % ids.length]?.id}`,
    'its messages': (index) => `/threads/${ids[index % ids.length]?.id}/messages?limit=50`,
  };
  const figures: Record<string, { p50Ms: number; p95Ms: number }> = {};
  for (const [name, path] of Object.entries(asks)) {
    const times: number[] = [];
    for (let index = 0; index < requests + 20; index++) {
      const began = performance.now();
      const answer = await fetch(`${bench.url}/api/v1${path(index)}`, {
        headers: { Authorization: `Bearer ${bench.key}` },
      });
      if (!answer.ok) throw new Error(`${path(index)} answered ${answer.status}`);
      await answer.arrayBuffer();
      // The first ones warm the pool and the plans.
      if (index >= 20) times.push(performance.now() - began);
    }
    figures[name] = { p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95) };
  }
  console.log(`${threads} threads, ${threads * messagesEach} messages`);
  console.table(figures);
  console.log(JSON.stringify({ bench: 'list', threads, messages: threads * messagesEach, ...figures }));
  await bench.end();
}

/** Rows as the product would have written them, by bulk SQL: most threads closed, some waiting, a few tagged. */
async function fill(db: Db): Promise<void> {
  const channelId = newId();
  await db.channel.create({
    data: {
      id: channelId,
      kind: 'email',
      name: 'Shop',
      config: { address: 'shop@parley.example' },
      pausedAt: new Date(),
    },
  });
  const batch = 10_000;
  for (let from = 0; from < threads; from += batch) {
    const count = Math.min(batch, threads - from);
    await db.$executeRaw`
      INSERT INTO client (id, name, "createdAt", "updatedAt")
      SELECT gen_random_uuid(), 'Client ' || n, now(), now() FROM generate_series(${from + 1}::int, ${from + count}::int) n`;
  }
  await db.$executeRaw`
    INSERT INTO thread (id, "clientId", subject, "normalSubject", status, "channelId", "channelKind", token, tags, "messageCount", "lastMessageAt",
      "lastInboundAt", "waitingSince", "dueAt", "assigneeId", preview, "createdAt", "updatedAt")
    SELECT gen_random_uuid(), c.id, 'Matter ' || n, 'matter ' || n, (CASE WHEN n % 10 = 0 THEN 'open' ELSE 'closed' END)::"ThreadStatus", ${channelId}::uuid,
      'email', 'bench' || n, CASE WHEN n % 50 = 0 THEN ARRAY['repair'] ELSE '{}'::text[] END, ${messagesEach}, at, at,
      CASE WHEN n % 40 = 0 THEN at END, CASE WHEN n % 40 = 0 THEN at + interval '15 minutes' END,
      CASE WHEN n % 20 = 0 THEN (SELECT id FROM "user" LIMIT 1) END, 'Do you have number ' || n, at, at
    FROM (SELECT id, row_number() OVER () AS n FROM client) c, LATERAL (SELECT now() - n * interval '31 seconds' AS at) t`;
  for (let turn = 0; turn < messagesEach; turn++) {
    await db.$executeRaw`
      INSERT INTO message (id, "threadId", "channelId", "channelKind", direction, "authorKind", "authorName", subject, text, "sentAt", "receivedAt", "createdAt")
      SELECT gen_random_uuid(), id, "channelId", 'email', (CASE WHEN ${turn}::int % 2 = 0 THEN 'inbound' ELSE 'outbound' END)::"Direction",
        (CASE WHEN ${turn}::int % 2 = 0 THEN 'client' ELSE 'user' END)::"AuthorKind", 'Somebody', subject,
        'A message of some length about word' || (hashtext(token) & 16383) || ' and the price of a phone with a cracked screen, please answer.',
        "lastMessageAt" - ${turn}::int * interval '1 hour', "lastMessageAt" - ${turn}::int * interval '1 hour', "lastMessageAt" - ${turn}::int * interval '1 hour'
      FROM thread`;
  }
  await db.$executeRawUnsafe('ANALYZE');
}
