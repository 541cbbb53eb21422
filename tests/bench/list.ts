import type { App } from '../../server/app.ts';
import { newId } from '../../server/lib/id.ts';
import { sha256 } from '../../server/lib/secretBox.ts';
import { addColleague, firstScreen } from './firstScreen.ts';
import { percentile, startProcess } from './process.ts';
import { fillStore } from './store.ts';

const threads = Number(process.env.THREADS ?? 100_000);
const messagesEach = 10;
const requests = Number(process.env.REQUESTS ?? 200);
const warmUps = 5;
/** What is slow is asked less often. */
const longestMs = 8_000;

/**
 * `npm run bench -- list`: the inbox's lists, searches and one thread's opening with 100,000 threads and 1,000,000 messages,
 * asked one at a time over HTTP with an API key: sign-in, permission, query, JSON. Slowest last; "in server" is from
 * a request's arrival to its answer's last byte, beside it what the caller saw, who shares the process.
 */
export async function run(): Promise<void> {
  const bench = await startProcess({ PARLEY_ROLES: 'web' });
  const { db } = bench.app.deps;
  const began = performance.now();
  await db.user.updateMany({ data: { role: 'supervisor' } });
  const { storeId, teamId, channelId } = await fillStore(db, { threads, messagesEach });
  console.log(
    `${threads} threads, ${threads * messagesEach} messages, made in ${Math.round((performance.now() - began) / 1000)} s`,
  );
  const ids = await db.thread.findMany({
    select: { id: true, clientId: true },
    take: requests,
    orderBy: { id: 'asc' },
  });
  const thread = (index: number) => ids[index % ids.length];
  const asks: Record<string, (index: number) => string> = {
    'list, open': () => '/threads?limit=50',
    'list, all': () => '/threads?limit=50&status=all',
    'list, mine': () => '/threads?limit=50&assignee=me',
    'list, unassigned': () => '/threads?limit=50&assignee=none',
    'list, waiting longest': () => '/threads?limit=50&sort=waiting',
    'list, mine, waiting longest': () => '/threads?limit=50&sort=waiting&assignee=me',
    'list, by tag': () => '/threads?limit=50&tag=repair',
    'list, by rare tag': () => '/threads?limit=50&tag=rare',
    'list, by store': () => `/threads?limit=50&store=${storeId}`,
    'list, by team': () => `/threads?limit=50&team=${teamId}`,
    'list, by channel': () => `/threads?limit=50&channel=${channelId}`,
    'list, of a client': (index) => `/threads?limit=50&status=all&client=${thread(index)?.clientId}`,
    'list, by a rare word': (index) => `/threads?limit=50&status=all&q=word${index}`,
    'list, by a common word': (index) => `/threads?limit=50&status=all&q=shade${index % 20}`,
    'list, by everybody’s word': () => '/threads?limit=50&status=all&q=price',
    'search, a rare word': (index) => `/search?q=word${index}&limit=10`,
    'search, a common word': (index) => `/search?q=shade${index % 20}&limit=10`,
    'search, while typing': () => '/search?q=pri&limit=10',
    'clients by name': (index) => `/clients?q=${encodeURIComponent(`client ${index}`)}`,
    counters: () => '/threads/counts',
    'thread opened': (index) => `/threads/${thread(index)?.id}`,
    'its messages': (index) => `/threads/${thread(index)?.id}/messages?limit=50`,
    'client’s timeline': (index) => `/clients/${thread(index)?.clientId}/timeline?limit=50`,
    feed: () => `/feed?after=${threads - 100}&limit=100`,
    'live page': () => '/reports/live',
  };
  const figures: Record<string, Figures> = {};
  const served = timesInServer(bench.app);
  const keys = { manager: bench.key, consultant: await consultantKey(bench.app, storeId) };
  for (const [name, path] of Object.entries(asks)) figures[name] = await time(served, bench.url, keys.manager, path);
  for (const name of ['list, open', 'list, waiting longest', 'counters', 'search, a common word'])
    figures[`${name} (consultant)`] = await time(served, bench.url, keys.consultant, asks[name] ?? (() => ''));
  const sorted = Object.fromEntries(Object.entries(figures).sort(([, a], [, b]) => a.inServerP95Ms - b.inServerP95Ms));
  console.table(sorted);
  console.log(JSON.stringify({ bench: 'list', threads, messages: threads * messagesEach, ...figures }));
  const password = 'a-long-password-1';
  await addColleague(db, { email: 'sam@shop.example', password });
  const opening = await firstScreen(bench.url, 'sam@shop.example', password);
  console.table({ 'first screen in a browser': opening });
  console.log(JSON.stringify({ bench: 'first screen', threads, ...opening }));
  await bench.end();
}

interface Figures {
  inServerP50Ms: number;
  inServerP95Ms: number;
  /** As who asked saw it. */
  p50Ms: number;
  p95Ms: number;
}

/** From each request's arrival to the last byte of its answer, in their order; whoever measures empties it. */
function timesInServer({ http }: App): number[] {
  const times: number[] = [];
  http.prependListener('request', (_request, response) => {
    const began = performance.now();
    response.once('finish', () => times.push(performance.now() - began));
  });
  return times;
}

async function time(served: number[], url: string, key: string, path: (index: number) => string): Promise<Figures> {
  const times: number[] = [];
  const started = performance.now();
  for (let index = 0; index < requests + warmUps; index++) {
    if (index > 2 * warmUps && performance.now() - started > longestMs) break;
    const began = performance.now();
    const answer = await fetch(`${url}/api/v1${path(index)}`, { headers: { Authorization: `Bearer ${key}` } });
    if (!answer.ok) throw new Error(`${path(index)} answered ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
    // The first ones warm the pool and the plans.
    if (index >= warmUps) times.push(performance.now() - began);
  }
  const inServer = served.splice(0).slice(warmUps);
  return {
    inServerP50Ms: percentile(inServer, 0.5),
    inServerP95Ms: percentile(inServer, 0.95),
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
  };
}

async function consultantKey({ deps: { db } }: App, storeId: string): Promise<string> {
  const [id, key] = [newId(), 'bench-consultant'];
  await db.user.create({
    data: { id, name: 'Cora', email: 'cora@shop.example', role: 'consultant', stores: { create: { storeId } } },
  });
  await db.apiKey.create({ data: { id: newId(), userId: id, name: 'bench', prefix: 'bench', hash: sha256(key) } });
  return key;
}
