import { tmpdir } from 'node:os';
import { type Db, Prisma } from '../../server/db/client.ts';
import { sealDays } from '../../server/reports/seal.ts';
import { percentile, startProcess } from './process.ts';
import { fillStore, loadInto } from './store.ts';

const requests = Number(process.env.REQUESTS ?? 12);
const messagesEach = 10;
const quarterDays = 90;
const dayMs = 86_400_000;
/** What is slow is asked less often. */
const longestMs = 15_000;

/**
 * `npm run bench -- reports [messages=1000000]`: every report over the quarter in which all the messages were written, asked
 * one at a time over HTTP as the screen does, beside the same figures counted plainly from the rows in the same run. Ten million
 * take some twenty minutes to make, and 10 GB of the folder for temporary files.
 */
export async function run([given = '1000000']: string[]): Promise<void> {
  const messages = Number(given.replace('messages=', ''));
  const threads = Math.round(messages / messagesEach);
  const bench = await startProcess({ PARLEY_ROLES: 'web' });
  const { db } = bench.app.deps;
  const millions = messages / 1_000_000;
  console.log(
    `making ${messages} messages takes some ${Math.ceil(2 * millions)} minutes on two cores, and ${millions.toFixed(1)} GB in ${tmpdir()}`,
  );
  let began = performance.now();
  const since = () => `${Math.round((performance.now() - began) / 1000)} s`;
  await db.user.updateMany({ data: { role: 'supervisor' } });
  const everyS = ((quarterDays - 2) * 86_400) / threads;
  const { channelId, storeId } = await fillStore(db, { threads, messagesEach, everyS, searched: false });
  await fillWaits(db);
  console.log(`${messages} messages, ${await db.response.count()} answered waits, made in ${since()}`);
  await db.$executeRaw`VACUUM ANALYZE`;
  began = performance.now();
  while ((await sealDays(db, new Date())) > 0);
  console.log(`sealed in ${since()}`);
  const [size] = await db.$queryRaw<{ bytes: number; whole: number }[]>`
    SELECT pg_total_relation_size('report_day')::float8 AS bytes, pg_database_size(current_database())::float8 AS whole`;
  console.log(
    `the sealed days take ${((size?.bytes ?? 0) / 2 ** 20).toFixed(1)} MB of ${((size?.whole ?? 0) / 2 ** 20).toFixed(0)} MB`,
  );

  const from = new Date(Math.floor(Date.now() / dayMs - quarterDays + 1) * dayMs).toISOString();
  const person = await db.user.findFirstOrThrow({ where: { name: 'Colleague 1' } });
  const times = (more: string) => `/reports/response-times?from=${from}&compare=1&${more}`;
  const work = (more: string) => `/reports/work?from=${from}&compare=1&${more}`;
  const combined = `user=${person.id}&store=${storeId}`;
  const asks: Record<string, string> = {
    'first answers by person': times('by=user'),
    'all answers by person, working time': times('by=user&measure=all&time=working'),
    'all answers by store': times('by=store&measure=all'),
    'all answers by channel': times('by=channel&measure=all'),
    'all answers by topic': times('by=tag&measure=all'),
    'all answers by hour': times('by=hour&measure=all'),
    'until solved, by team': times('by=team&measure=resolution'),
    'one person in one store, by channel': times(`by=channel&measure=all&${combined}`),
    'one channel and level, by person': times(`by=user&measure=all&channel=${channelId}&level=usual`),
    'what was done, by person': work('by=user'),
    'what was done, by topic': work('by=tag'),
    'what one person did in one store': work(`by=channel&${combined}`),
    'one store and level, what was done by person': work(`by=user&store=${storeId}&level=usual`),
    'volume, heat map, backlog': `/reports/volume?from=${from}`,
    'the same of one person in one store': `/reports/volume?from=${from}&${combined}`,
    reasons: `/reports/reasons?from=${from}`,
    'reasons of one store and level, by product': `/reports/reasons?from=${from}&by=product&store=${storeId}&level=usual`,
    promises: `/reports/promises?from=${from}`,
    'live page': '/reports/live',
  };
  const ask = async (path: string) => {
    const answer = await fetch(`${bench.url}/api/v1${path}`, { headers: { Authorization: `Bearer ${bench.key}` } });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  const plain: Record<string, Timed> = {};
  for (const [name, sql] of Object.entries(plainly(from))) plain[name] = await timed(() => db.$queryRaw(sql), 3);
  const figures: Record<string, Timed & { share?: number }> = {};
  for (const [name, path] of Object.entries(asks)) {
    const beside = path.includes('response-times') ? plain.waits : path.includes('/work') ? plain.messages : undefined;
    const took = await timed(() => ask(path));
    figures[name] = beside === undefined ? took : { ...took, share: Number((took.p95Ms / beside.p50Ms).toFixed(3)) };
  }
  // A thread that changed since is read from its rows until its days are mended.
  await db.$executeRaw`UPDATE thread SET tags = ARRAY['changed'] WHERE id IN (SELECT id FROM thread ORDER BY token LIMIT 50)`;
  figures['all answers by person, 50 threads changed'] = await timed(() => ask(times('by=user&measure=all')));
  figures['what was done by person, 50 threads changed'] = await timed(() => ask(work('by=user')));
  began = performance.now();
  while ((await sealDays(db, new Date())) > 0);
  console.log(`their days were mended in ${since()}`);
  for (const [name, took] of Object.entries(plain)) figures[`plainly: ${name} by person`] = took;
  console.table(figures);
  console.log(JSON.stringify({ bench: 'reports', messages, ...figures }));
  await bench.end();
}

/** Every second message is an answer, to a wait of up to four hours. */
async function fillWaits(db: Db): Promise<void> {
  await loadInto(db, ['response', 'resolution', 'thread_reason'], async (tx) => {
    await tx.$executeRaw`
    INSERT INTO response (id, "threadId", "clientId", "messageId", measure, "askedAt", "answeredAt", "userId", "storeId", "teamId", "channelId", "channelKind", level, tags,
      "askedHour", "askedWeekday", "clockMs", "workingMs", "targetMs", "lateMs")
    SELECT uuidv7(m."receivedAt" - now()), t.id, t."clientId", m.id, CASE WHEN m."receivedAt" = t."lastMessageAt" - interval '9 hours' THEN 'first' ELSE 'next' END,
      m."receivedAt" - took * interval '1 millisecond', m."receivedAt", coalesce(m."authorUserId", u.id), t."storeId", t."teamId", t."channelId", t."channelKind", c.level, t.tags,
      extract(hour FROM m."receivedAt"), extract(isodow FROM m."receivedAt"), took, took * 0.7, 3600000, greatest(0, took - 3600000)
    FROM message m JOIN thread t ON t.id = m."threadId" JOIN client c ON c.id = t."clientId", (SELECT id FROM "user" ORDER BY name LIMIT 1) u,
      LATERAL (SELECT power((hashtext(m.id::text) & 65535) / 65536.0, 2) * 14400000 AS took) w
    WHERE m.direction = 'outbound'`;
    await tx.$executeRaw`
    INSERT INTO resolution (id, "threadId", "clientId", "startedAt", "closedAt", "userId", "storeId", "teamId", "channelId", level, "clockMs", "workingMs", "channelKind", tags, "startedHour", "startedWeekday")
    SELECT uuidv7(), t.id, t."clientId", t."lastMessageAt" - interval '9 hours', t."lastMessageAt", t."assigneeId", t."storeId", t."teamId", t."channelId", c.level,
      32400000 + (hashtext(t.token) & 8191) * 1000, 20000000, t."channelKind", t.tags,
      extract(hour FROM t."lastMessageAt" - interval '9 hours'), extract(isodow FROM t."lastMessageAt" - interval '9 hours')
    FROM thread t JOIN client c ON c.id = t."clientId" WHERE t.status = 'closed'`;
    // A reason in every tenth thread.
    await tx.$executeRaw`
    INSERT INTO reason (id, kind, label) SELECT uuidv7(), 'dissatisfaction', 'Reason ' || n FROM generate_series(1, 12) n`;
    await tx.$executeRaw`
    INSERT INTO thread_reason ("threadId", "reasonId", state, at)
    SELECT t.id, reasons[1 + (hashtext(t.token) & 65535) % 12], 'confirmed', t."lastMessageAt"
    FROM thread t, (SELECT array_agg(id) AS reasons FROM reason) r WHERE (hashtext(t.token) & 65535) % 10 = 0`;
  });
}

/** The same figures counted from the rows alone. */
function plainly(from: string): Record<string, Prisma.Sql> {
  return {
    waits: Prisma.sql`
      SELECT "userId", count(*)::int AS n, percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY "clockMs"), count(*) FILTER (WHERE "lateMs" > 0)::int AS late
      FROM response WHERE "answeredAt" >= ${from}::timestamptz GROUP BY 1`,
    messages: Prisma.sql`
      SELECT m."authorUserId", m.direction::text, count(*)::int AS n FROM message m JOIN thread t ON t.id = m."threadId" AND NOT t.historical
      WHERE m."receivedAt" >= ${from}::timestamptz AND m.direction <> 'note' GROUP BY 1, 2`,
  };
}

interface Timed {
  /** The first ask, which also warms the pool and what the process keeps in memory. */
  firstMs: number;
  p50Ms: number;
  p95Ms: number;
  /** Time of the processor in this process, the median: what is left of it on a busy machine. */
  cpuMs: number;
}

async function timed(ask: () => Promise<unknown>, times = requests): Promise<Timed> {
  const started = performance.now();
  await ask();
  const firstMs = Math.round(performance.now() - started);
  const took: number[] = [];
  const cpu: number[] = [];
  for (let count = 0; count < times; count++) {
    if (took.length >= 3 && performance.now() - started > longestMs) break;
    const began = performance.now();
    const before = process.cpuUsage();
    await ask();
    const { user, system } = process.cpuUsage(before);
    took.push(performance.now() - began);
    cpu.push((user + system) / 1000);
  }
  return {
    firstMs,
    p50Ms: percentile(took, 0.5),
    p95Ms: percentile(took, 0.95),
    cpuMs: Math.round(percentile(cpu, 0.5)),
  };
}
