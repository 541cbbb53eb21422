import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transact } from '../../../server/db/tx.ts';
import { record } from '../../../server/events/record.ts';
import type { FeedEvent } from '../../../server/realtime/schema.ts';
import type { ThreadRow } from '../../../server/threads/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { letter, makeChannel } from '../../support/cast.ts';
import { openStaffSocket } from '../../support/staffSocket.ts';
import { until } from '../../support/until.ts';

type List<T> = { items: T[] };

let test: TestApp;
let mira: Staff;
let channel: string;

beforeAll(async () => {
  test = await startApp({ keep: true });
  mira = await test.staff('manager', 'Mira');
  channel = await makeChannel(test, 'email');
});
afterAll(async () => {
  await test?.stop();
});

const write = (from: string) => test.app.deps.host.ingest(channel, { messages: [letter(from, { subject: from })] });
const feedAfter = async (cursor: string) => (await mira.call<List<FeedEvent>>('GET', `/feed?after=${cursor}`)).items;
const tag = (threadId: string, word: string) => mira.call('PUT', `/threads/${threadId}/tags/${word}`);

describe('an open screen', () => {
  it('hears exactly what the feed tells, in order, and the last words about a thread equal a fresh fetch', async () => {
    const screen = await openStaffSocket(test, { token: mira.key });
    const stored = await Promise.all(['a@feed.example', 'b@feed.example', 'c@feed.example'].map(write));
    const ids = stored.map(([one]) => one?.threadId ?? '');
    await Promise.all(ids.map((id) => tag(id, 'one')));
    await mira.call('PUT', `/threads/${ids[0]}/assignment`, { userId: 'me' });
    await mira.call('PUT', `/threads/${ids[1]}/closure`);
    await test.settle();
    const feed = await feedAfter(screen.hello.cursor);
    await until(
      () => screen.events.length,
      (count) => count >= feed.length,
    );
    expect(screen.events).toEqual(feed);
    expect(new Set(feed.map((event) => event.cursor)).size).toBe(feed.length);
    for (const id of ids) {
      const told = feed.filter((event) => event.ids.threadId === id).at(-1)?.patch.thread;
      expect(await mira.call<ThreadRow>('GET', `/threads/${id}`)).toMatchObject(told as object);
    }
  });

  it('misses nothing while a writing transaction stays open, and hears of that one when it commits', async () => {
    const { db } = test.app.deps;
    const screen = await openStaffSocket(test, { token: mira.key });
    let commit: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let begun: () => void = () => undefined;
    const writing = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow = transact(db, async (tx) => {
      // Its number in the table is lower than those of all that commit before it.
      await record(tx, { type: 'setting.changed', at: new Date(), ids: { slow: 'yes' } });
      begun();
      await held;
    });
    await writing;
    await write('quick@feed.example');
    await until(
      () => screen.events,
      (events) => events.some((event) => event.type === 'message.received'),
    );
    expect(screen.events.some((event) => event.ids.slow === 'yes')).toBe(false);
    commit();
    await slow;
    await until(
      () => screen.events,
      (events) => events.some((event) => event.ids.slow === 'yes'),
    );
    const cursors = screen.events.map((event) => BigInt(event.cursor));
    expect(cursors).toEqual([...cursors].sort((a, b) => (a < b ? -1 : 1)));
    expect(screen.events).toEqual(await feedAfter(screen.hello.cursor));
  });

  it('that was away comes back by its cursor without a gap and without a repetition', async () => {
    const screen = await openStaffSocket(test, { token: mira.key });
    await write('before@feed.example');
    await until(
      () => screen.events.length,
      (count) => count > 0,
    );
    const seen = screen.events.at(-1)?.cursor ?? '0';
    screen.socket.close();
    for (const who of ['d', 'e', 'f']) await write(`${who}@feed.example`);
    await test.settle();
    const missed = await feedAfter(seen);
    expect(missed.length).toBeGreaterThanOrEqual(3);
    const back = await openStaffSocket(test, { token: mira.key, cursor: seen });
    await write('after@feed.example');
    await test.settle();
    const all = await feedAfter(seen);
    await until(
      () => back.events.length,
      (count) => count >= all.length,
    );
    expect(back.events).toEqual(all);
    expect(back.resyncs).toBe(0);
  });

  it('is told to load afresh when its cursor is too old, or of a database that was restored since', async () => {
    const { db, feed } = test.app.deps;
    const ahead = String(feed.position + 1_000_000n);
    expect(await mira.ask('GET', `/feed?after=${ahead}`)).toMatchObject({ status: 410, body: { code: 'feed.tooOld' } });
    const stranger = await openStaffSocket(test, { token: mira.key, cursor: ahead });
    await until(
      () => stranger.resyncs,
      (count) => count === 1,
    );

    const old = String(feed.position);
    await db.$executeRaw`INSERT INTO event (type, at) SELECT 'setting.changed', now() FROM generate_series(1, 20001)`;
    await test.settle();
    expect(await mira.ask('GET', `/feed?after=${old}`)).toMatchObject({ status: 410, body: { code: 'feed.tooOld' } });
    const late = await openStaffSocket(test, { token: mira.key, cursor: old });
    await until(
      () => late.resyncs,
      (count) => count === 1,
    );
    await write('still@feed.example');
    await until(
      () => late.events,
      (events) => events.some((event) => event.type === 'message.received'),
    );
  });

  it('of a consultant hears nothing of other stores’ threads, and that one of theirs has gone', async () => {
    const ada = await test.staff('consultant', 'Ada');
    const [stored] = await write('gone@feed.example');
    await test.settle();
    const screen = await openStaffSocket(test, { token: ada.key });
    await tag(stored?.threadId ?? '', 'mine');
    await mira.call('PUT', `/threads/${stored?.threadId}/assignment`, { userId: 'me' });
    await tag(stored?.threadId ?? '', 'theirs');
    await test.settle();
    await until(
      () => screen.events,
      (events) => events.some((event) => event.type === 'thread.left'),
    );
    expect(screen.events.map((event) => event.type)).toEqual(['thread.tagged', 'thread.left']);
    expect(screen.events.at(-1)?.patch).toEqual({});
  });
});
