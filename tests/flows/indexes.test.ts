import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bringNext, claim } from '../../server/outbox/claim.ts';
import { sweepDue } from '../../server/outbox/deliver.ts';
import { fillStore } from '../bench/store.ts';
import { type Staff, startApp, type TestApp } from '../support/app.ts';
import { letter } from '../support/cast.ts';
import { until } from '../support/until.ts';

/** Tables that grow with every message: nothing that is asked all day may read one from end to end. */
const growing = new Set([
  'thread',
  'message',
  'event',
  'client',
  'identity',
  'receipt',
  'delivery',
  'response',
  'resolution',
]);

interface Statement {
  text: string;
  values: unknown[];
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: PlanNode[];
}

let test: TestApp;
let explaining: pg.Client;
const staff = {} as Record<'supervisor' | 'consultant', Staff>;
let place: Awaited<ReturnType<typeof fillStore>>;
let thread: { id: string; clientId: string };
let heard: Statement[] = [];
// The statements that really go out, whoever wrote them.
const send = pg.Client.prototype.query;

beforeAll(async () => {
  test = await startApp({ keep: true, env: { PARLEY_ROLES: 'web' } });
  const { db } = test.app.deps;
  staff.supervisor = await test.staff('supervisor');
  place = await fillStore(db, { threads: 2000, messagesEach: 2 });
  staff.consultant = await test.staff('consultant', 'Cora', { storeIds: [place.storeId], teamIds: [place.teamId] });
  thread = await db.thread.findFirstOrThrow({
    where: { storeId: place.storeId },
    select: { id: true, clientId: true },
  });
  explaining = new pg.Client({ connectionString: test.databaseUrl });
  await explaining.connect();
  // A few thousand rows are quickly read whole; what is asked is whether there is another way.
  await explaining.query('SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off');
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [first, second] = given as [string | { text?: string; values?: unknown[] }, unknown];
    const text = typeof first === 'string' ? first : (first?.text ?? '');
    const values = typeof first === 'string' ? second : first?.values;
    if (this !== explaining) heard.push({ text, values: Array.isArray(values) ? values : [] });
    return (send as (...all: unknown[]) => unknown).apply(this, given);
  } as typeof send;
});

afterAll(async () => {
  pg.Client.prototype.query = send;
  await explaining?.end();
  await test?.stop();
});

/** What was read from end to end while `work` ran. */
async function readWhole(work: () => Promise<unknown>): Promise<string[]> {
  heard = [];
  await work();
  // Without values several statements may go out as one.
  const asked = heard
    .flatMap(({ text, values }) =>
      values.length > 0 ? [{ text, values }] : text.split(';').map((one) => ({ text: one, values })),
    )
    .filter(({ text }) => /^\s*(SELECT|WITH|UPDATE|INSERT)\b/i.test(text));
  expect(asked.length).toBeGreaterThan(0);
  const whole: string[] = [];
  for (const { text, values } of asked) {
    const { rows } = await explaining.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
      `EXPLAIN (FORMAT JSON) ${text}`,
      values,
    );
    for (const node of nodesOf(rows[0]?.['QUERY PLAN'][0]?.Plan)) {
      const table = node['Relation Name'] ?? '';
      const byWholeIndex =
        /^Index/.test(node['Node Type']) && node['Index Name']?.endsWith('_pkey') && node['Index Cond'] === undefined;
      if (growing.has(table) && (/Seq Scan/.test(node['Node Type']) || byWholeIndex))
        whole.push(`${table}: ${text.replace(/\s+/g, ' ').slice(0, 300)}`);
    }
  }
  return whole;
}

function nodesOf(node: PlanNode | undefined): PlanNode[] {
  return node === undefined ? [] : [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

const asks: Record<string, () => string> = {
  'the open list': () => '/threads?limit=50',
  'the whole list': () => '/threads?limit=50&status=all',
  'my list': () => '/threads?limit=50&assignee=me',
  'what nobody has': () => '/threads?limit=50&assignee=none',
  'who waits longest': () => '/threads?limit=50&sort=waiting',
  'a tag': () => '/threads?limit=50&tag=repair',
  'a store': () => `/threads?limit=50&store=${place.storeId}`,
  'a team': () => `/threads?limit=50&team=${place.teamId}`,
  'a channel': () => `/threads?limit=50&channel=${place.channelId}`,
  'the threads of a client': () => `/threads?limit=50&status=all&client=${thread.clientId}`,
  'a rare word': () => '/threads?limit=50&status=all&q=word7',
  'a common word': () => '/threads?limit=50&status=all&q=price',
  'the counters': () => '/threads/counts',
  'a thread': () => `/threads/${thread.id}`,
  'its messages': () => `/threads/${thread.id}/messages?limit=50`,
  'a client': () => `/clients/${thread.clientId}`,
  'what was said with a client': () => `/clients/${thread.clientId}/timeline?limit=50`,
  'clients by name': () => '/clients?q=client%203',
  'the feed': () => '/feed?after=1990&limit=100',
  'a search': () => '/search?q=word7&limit=10&in=messages,clients,threads',
};

it.each(Object.keys(asks))('reads no growing table from end to end for %s', async (name) => {
  const path = asks[name]?.() ?? '';
  expect(await readWhole(() => staff.supervisor.call('GET', path))).toEqual([]);
  expect(await readWhole(() => staff.consultant.call('GET', path))).toEqual([]);
});

it('nor for the next page of a list', async () => {
  const first = await staff.supervisor.call<{ nextCursor: string }>('GET', '/threads?limit=10&status=all');
  const next = () => staff.supervisor.call('GET', `/threads?limit=10&status=all&cursor=${first.nextCursor}`);
  expect(await readWhole(next)).toEqual([]);
});

it('nor for the live page, or for what reports read beside the days that are sealed', async () => {
  const hour = `from=${new Date(Date.now() - 3_600_000).toISOString()}`;
  const paths = [
    '/reports/live',
    `/reports/live?store=${place.storeId}`,
    `/reports/work?${hour}&compare=1`,
    `/reports/response-times?${hour}&compare=1&measure=all`,
    `/reports/response-times?${hour}&measure=resolution`,
    `/reports/volume?${hour}`,
  ];
  for (const path of paths) expect(await readWhole(() => staff.supervisor.call('GET', path)), path).toEqual([]);
});

it('nor for a letter that comes in, or for the numbering of its event', async () => {
  const { host, db } = test.app.deps;
  const one = letter('client3@client.example', { references: ['<nothing@client.example>'] });
  const cursor = { name: 'INBOX', position: { uid: 1 } };
  const comesIn = async () => {
    await host.ingest(place.channelId, { messages: [one], cursor });
    await until(
      () => db.event.count({ where: { seq: null } }),
      (left) => left === 0,
    );
  };
  expect(await readWhole(comesIn)).toEqual([]);
});

it('nor for a message that goes out, behind what was written before it in its thread', async () => {
  const { db } = test.app.deps;
  const now = new Date();
  const going = async () => {
    await claim(db, randomUUID(), randomUUID(), now);
    await bringNext(db, { threadId: thread.id, channelId: place.channelId }, now);
    await sweepDue(db, now);
  };
  expect(await readWhole(going)).toEqual([]);
});
