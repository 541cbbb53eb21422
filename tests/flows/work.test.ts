import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { strFromU8, unzipSync } from 'fflate';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, vi } from 'vitest';
import type { Db } from '../../server/db/client.ts';
import type { Reader } from '../../server/db/tx.ts';
import { newId } from '../../server/lib/id.ts';
import { readParts } from '../../server/reports/days.ts';
import type { ResponseTimes, Volume, Work, WorkFact } from '../../server/reports/schema.ts';
import { sealDays } from '../../server/reports/seal.ts';
import { dayMs, type Span } from '../../server/reports/span.ts';
import { countWork } from '../../server/reports/work.ts';
import { type Staff, startApp, type TestApp } from '../support/app.ts';
import { makeChannel } from '../support/cast.ts';
import { freshDatabase } from '../support/database.ts';
import { answers, goTo, hour, minute, withoutChannels, writes } from '../support/waiting.ts';

const begin = new Date('2026-11-16T09:00:00.000Z');
const at = (ms: number) => new Date(begin.getTime() + ms);
type List<T> = { items: T[] };

/** Somebody else's system that takes calls. */
async function openHook() {
  const calls: { headers: Record<string, string>; body: string }[] = [];
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', (part: Buffer) => {
      body += part.toString();
    });
    req.on('end', () => {
      calls.push({ headers: req.headers as Record<string, string>, body });
      res.statusCode = calls.length === 1 ? 500 : 204;
      res.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    calls,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const groupings = ['user', 'team', 'store', 'channel', 'level', 'tag'] as const;

/** The counts of a span under every grouping. */
async function countAll(reader: Reader, span: Span) {
  const all = [];
  for (const by of groupings) all.push([by, await countWork(reader, by, span, {})]);
  return all;
}

/** What a read says while no day is sealed. */
async function unsealed<T>(db: Db, read: (reader: Reader) => Promise<T>): Promise<T> {
  const back = new Error('only to look');
  let answer: T | undefined;
  const looked = db.$transaction(async (tx) => {
    await tx.reportDay.deleteMany();
    answer = await read(tx as Reader);
    throw back;
  });
  await expect(looked).rejects.toBe(back);
  return answer as T;
}

const report = (staff: Staff, more = '') =>
  staff.call<ResponseTimes>(
    'GET',
    `/reports/response-times?measure=resolution&from=${at(-hour).toISOString()}&to=${at(2 * dayMs).toISOString()}${more}`,
  );

describe('a matter until it is solved', { timeout: 120_000 }, () => {
  it('stands still while the client is awaited, escalates to a signed webhook, and is reported', async () => {
    const hook = await openHook();
    const test = await startApp({ ...withoutChannels, startAt: begin });
    const channel = await makeChannel(test, 'telegram');
    const ada = await test.staff('admin', 'Ada');
    const mira = await test.staff('manager', 'Mira');
    test.clock.set(begin);
    await ada.call('PUT', '/webhook', { url: hook.url, secret: 'the two of us know this' });
    expect(await ada.call('GET', '/webhook')).toEqual({ webhook: { url: hook.url } });
    await ada.call('POST', '/targets', {
      name: 'Solved in two hours',
      time: 'clock',
      resolutionMs: 2 * hour,
      escalations: [{ on: 'breach', action: 'webhook' }],
    });
    const threadId = await writes(test, channel, '42', 'My phone is dead');
    await test.settle();
    /** In minutes after the beginning: the test's clock moves by itself between two sets. */
    const due = async () => {
      const { resolveDueAt } = await test.app.deps.db.thread.findUniqueOrThrow({ where: { id: threadId } });
      return resolveDueAt === null ? null : Math.floor((resolveDueAt.getTime() - begin.getTime()) / minute);
    };
    expect(await due()).toBe(120);
    test.clock.set(at(30 * minute));
    await answers(mira, threadId, 'Which model is it?');
    await test.settle();
    expect(await due()).toBeNull();
    await goTo(test, at(3 * hour));
    await writes(test, channel, '42', 'An A55');
    await test.settle();
    expect(await due()).toBe(270);
    await goTo(test, at(4.5 * hour + minute));
    await expect.poll(() => hook.calls.length, { timeout: 30_000 }).toBe(2);
    const [refused, taken] = hook.calls;
    expect(taken?.headers['webhook-id']).toBe(refused?.headers['webhook-id']);
    const signed = new Webhook('the two of us know this', { format: 'raw' });
    expect(signed.verify(taken?.body ?? '', taken?.headers ?? {})).toMatchObject({
      type: 'target.breached',
      data: { threadId, of: 'resolution' },
    });
    const told = await mira.call<List<{ kind: string; data: object }>>('GET', '/notifications');
    expect(told.items.filter((item) => item.kind === 'breach')).toHaveLength(1);
    test.clock.set(at(5 * hour));
    await mira.call('PUT', `/threads/${threadId}/closure`);
    await test.settle();
    expect(await due()).toBeNull();
    const [row] = (await report(ada)).rows;
    expect(row).toMatchObject({ label: 'Mira', n: 1, withinTarget: 0, late: 1 });
    expect(Math.abs((row?.medianMs ?? 0) - 5 * hour)).toBeLessThan(minute);
    expect(Math.abs((row?.lateMsMedian ?? 0) - 30 * minute)).toBeLessThan(minute);
    await hook.close();
  });
});

describe('what was done', { timeout: 120_000 }, () => {
  it('is the same from sealed days as from the facts, drills to its threads, and opens in a spreadsheet', async () => {
    const test = await startApp({ ...withoutChannels, startAt: begin });
    const channel = await makeChannel(test, 'telegram');
    const sara = await test.staff('supervisor', 'Sara');
    const mira = await test.staff('manager', 'Mira');
    const jonas = await test.staff('manager', 'Jonas <&>');
    for (let n = 0; n < 6; n++) {
      test.clock.set(at(n * hour));
      const threadId = await writes(test, channel, String(n % 4), 'Hello?');
      await mira.call('PUT', `/threads/${threadId}/assignment`, { userId: 'me' });
      if (n % 2 === 0) await sara.call('PUT', `/threads/${threadId}/assignment`, { userId: jonas.id });
      await answers(n % 2 === 0 ? jonas : mira, threadId);
      if (n % 3 === 0) await mira.call('PUT', `/threads/${threadId}/closure`);
      if (n === 3) await mira.call('DELETE', `/threads/${threadId}/closure`);
      const promise = await mira.call<{ id: string }>('POST', '/promises', {
        threadId,
        kind: 'callBack',
        dueInMs: minute,
      });
      test.clock.set(at(n * hour + (n < 4 ? 30_000 : 2 * minute)));
      await mira.call('PUT', `/promises/${promise.id}/outcome`, { state: 'kept' });
      await test.settle();
    }
    const span: Span = { from: at(-10 * hour), to: at(5 * dayMs) };
    const { db } = test.app.deps;
    const count = () => countAll(db, span);
    const fromFacts = await count();
    await sealDays(db, at(3 * dayMs));
    expect(await db.reportDay.count()).toBeGreaterThan(0);
    expect(await count()).toEqual(fromFacts);

    const query = `from=${span.from.toISOString()}&to=${span.to.toISOString()}`;
    const work = await sara.call<Work>('GET', `/reports/work?${query}&by=user&compare=1`);
    expect(work.total).toMatchObject({ received: 6, answered: 6, opened: 5, closed: 2, reopened: 1, transfers: 3 });
    expect(work.rows.find((row) => row.label === 'Mira')?.counts).toMatchObject({
      answered: 3,
      promisesKept: 4,
      promisesMissed: 2,
    });
    const drilled = await sara.call<List<WorkFact>>(
      'GET',
      `/reports/work/threads?${query}&what=transfers&by=user&key=${mira.id}`,
    );
    expect(drilled.items).toHaveLength(3);
    expect(drilled.items[0]).toMatchObject({ clientName: 'Client 0' });

    // Narrowed, the volume and its heat map are what the threads behind them are.
    for (const only of ['', `&user=${mira.id}`, `&user=${jonas.id}&channel=${channel}`, '&level=vip']) {
      const narrowed = await sara.call<Work>('GET', `/reports/work?${query}${only}`);
      const volume = await sara.call<Volume>('GET', `/reports/volume?${query}${only}`);
      const sum = (what: 'received' | 'answered' | 'opened' | 'closed') =>
        volume.days.reduce((all, day) => all + day[what], 0);
      for (const what of ['received', 'answered', 'opened', 'closed'] as const)
        expect(sum(what), `${what} ${only}`).toBe(narrowed.total[what] ?? 0);
      for (const { weekday, hour: at, n } of volume.heat) {
        const cell = `what=received&weekday=${weekday}&hour=${at}`;
        const behind = await sara.call<List<WorkFact>>('GET', `/reports/work/threads?${query}${only}&${cell}`);
        expect(behind.items).toHaveLength(n);
      }
      const last = volume.days.find((day) => day.day === begin.toISOString().slice(0, 10));
      const waited = await sara.call<List<WorkFact>>('GET', `/reports/volume/waiting?at=${last?.to}${only}`);
      expect(waited.items).toHaveLength(last?.waitingAtEnd ?? 0);
    }
    // A changed topic is in the report at once, and after its days were mended.
    const [transferred] = drilled.items;
    await mira.call('PUT', `/threads/${transferred?.threadId}/tags/warranty`);
    const tagged = async () =>
      (await sara.call<Work>('GET', `/reports/work?${query}&by=tag&tag=warranty`)).rows.find(
        (row) => row.key === 'warranty',
      )?.counts;
    const told = await tagged();
    expect(told?.transfers).toBe(drilled.items.filter((item) => item.threadId === transferred?.threadId).length);
    expect(await db.reportTouched.count()).toBeGreaterThan(0);
    await sealDays(db, at(3 * dayMs));
    expect(await db.reportTouched.count()).toBe(0);
    expect(await tagged()).toEqual(told);
    const csv = async (path: string) =>
      (await fetch(`${test.url}/api/v1${path}`, { headers: { Authorization: `Bearer ${sara.key}` } })).text();
    expect(await csv(`/reports/volume?${query}&format=csv`)).toContain('"2026-11-16",6,6,0,');
    expect((await csv(`/reports/volume?${query}&format=csv&table=heat`)).split('\r\n')).toHaveLength(9);

    const sheet = await fetch(`${test.url}/api/v1/reports/work?${query}&format=xlsx`, {
      headers: { Authorization: `Bearer ${sara.key}` },
    });
    expect(sheet.headers.get('content-type')).toContain('spreadsheetml');
    const parts = unzipSync(new Uint8Array(await sheet.arrayBuffer()));
    expect(strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array())).toContain('Jonas &lt;&amp;&gt;');
  });
});

describe('a sealed day', { timeout: 120_000 }, () => {
  it('misses nothing that is committed late or changed behind it, and is read up to any minute of it', async () => {
    const test = await startApp({ ...withoutChannels, startAt: begin });
    const { db } = test.app.deps;
    const channel = await makeChannel(test, 'telegram');
    const ada = await test.staff('admin', 'Ada');
    const mira = await test.staff('manager', 'Mira');
    for (const n of [0, 1, 2]) {
      test.clock.set(at(n * hour));
      const threadId = await writes(test, channel, String(n));
      for (const userId of [ada.id, mira.id]) await ada.call('PUT', `/threads/${threadId}/assignment`, { userId });
      await answers(ada, threadId);
      const promise = await ada.call<{ id: string }>('POST', '/promises', {
        threadId,
        kind: 'callBack',
        dueInMs: hour,
      });
      await ada.call('PUT', `/promises/${promise.id}/outcome`, { state: 'kept' });
    }
    await test.settle();
    const [first, second] = await db.client.findMany({ orderBy: { createdAt: 'asc' } });
    if (first === undefined || second === undefined) throw new Error('there are clients');
    const makeCall = (reader: Reader, startedAt: Date) =>
      reader.call.create({
        data: {
          id: newId(),
          channelId: channel,
          direction: 'inbound',
          state: 'missed',
          clientId: second.id,
          startedAt,
          createdAt: startedAt,
        },
      });
    const span: Span = { from: at(-hour), to: at(8 * hour) };
    const calls = async () => (await countWork(db, 'user', span, {})).total.missedCalls;
    const sealedTo = async () => (await db.reportDay.aggregate({ _max: { upTo: true } }))._max.upTo?.getTime() ?? 0;
    /** Turns of the sealing, until it did what is expected. */
    const seal = (done: () => Promise<void>) =>
      vi.waitFor(
        async () => {
          await sealDays(db, at(8 * hour));
          await done();
        },
        { timeout: 30_000 },
      );
    await sealDays(db, at(2.5 * hour));
    expect(await sealedTo()).toBe(at(2 * hour).getTime());

    // An outage later: one writes while the hours between are to be sealed, and commits afterwards.
    let commit = () => {};
    const held = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let wrote = () => {};
    const written = new Promise<void>((resolve) => {
      wrote = resolve;
    });
    const late = db.$transaction(
      async (tx) => {
        await makeCall(tx as Reader, at(4 * hour));
        wrote();
        await held;
      },
      { timeout: 60_000 },
    );
    await written;
    await sealDays(db, at(8 * hour));
    expect(await calls()).toBeUndefined();
    commit();
    await late;
    expect(await calls()).toBe(1);
    await seal(async () => expect(await sealedTo()).toBe(at(7.5 * hour).getTime()));
    expect(await calls()).toBe(1);
    // What comes behind the mark is told by the database.
    await makeCall(db, at(5 * hour));
    expect(await calls()).toBe(2);

    // A report that ends within the sealed day reads its columns, and says what the rows say.
    for (const end of [0.1, 1.01, 2, 4.3, 6.9, 7.6, 8]) {
      const part = { from: span.from, to: at(end * hour) };
      const parts = await readParts(db, 'deeds', part);
      expect(parts.some(({ first, columns }) => first > 0 && columns.n > 0)).toBe(true);
      expect(await countAll(db, part), String(end)).toEqual(await unsealed(db, (reader) => countAll(reader, part)));
    }

    // Whatever changes behind it is right at once, and once it is mended.
    const changes: (() => Promise<unknown>)[] = [
      () => db.client.update({ where: { id: first.id }, data: { level: 'vip' } }),
      () => ada.call('POST', `/clients/${first.id}/merge`, { otherId: second.id }, 201),
      () => db.channel.update({ where: { id: channel }, data: { storeId: newId() } }),
      () => db.clientPromise.updateMany({ data: { dueAt: at(-hour) } }),
      () => db.event.updateMany({ where: { type: 'thread.assigned' }, data: { at: at(-2 * hour) } }),
      () => db.message.updateMany({ data: { channelKind: 'phone' } }),
    ];
    let before = await countAll(db, span);
    for (const [n, change] of changes.entries()) {
      await change();
      await test.settle();
      const rows = await unsealed(db, (reader) => countAll(reader, span));
      expect(rows, `change ${n}`).not.toEqual(before);
      expect(await countAll(db, span), `change ${n}`).toEqual(rows);
      await seal(async () => expect(await db.reportTouched.count()).toBe(0));
      expect(await countAll(db, span), `change ${n}, mended`).toEqual(rows);
      before = rows;
    }
    // The merged client's calls went along.
    expect(await db.call.count({ where: { clientId: first.id } })).toBe(2);
  });
});

describe('every process dies for ten minutes', { timeout: 120_000 }, () => {
  /** A wait with a target, a promise and a question; answers what was told and when clocks ran out. */
  async function run(deadFor: number) {
    const database = await freshDatabase();
    const start = (startAt: Date) => startApp({ ...withoutChannels, databaseUrl: database.url, startAt, keep: true });
    let test: TestApp = await start(begin);
    const sara = await test.staff('supervisor', 'Sara');
    const mira = await test.staff('manager', 'Mira');
    const channel = await makeChannel(test, 'telegram', { targetMs: 15 * minute });
    test.clock.set(begin);
    const threadId = await writes(test, channel, '42');
    await mira.call('PUT', `/threads/${threadId}/assignment`, { userId: 'me' });
    await mira.call('POST', '/promises', { threadId, kind: 'callBack', dueAt: at(14 * minute) });
    await mira.call('POST', `/threads/${threadId}/requests`, { text: '?', toUserId: sara.id, dueAt: at(13 * minute) });
    await goTo(test, at(11 * minute));
    if (deadFor > 0) {
      await test.stop();
      test = await start(at(11 * minute + deadFor));
      await goTo(test, at(11 * minute + deadFor));
    } else for (let n = 12; n <= 21; n++) await goTo(test, at(n * minute));
    const { db } = test.app.deps;
    const told = await db.notification.findMany({ orderBy: { cause: 'asc' } });
    const thread = await db.thread.findUniqueOrThrow({ where: { id: threadId } });
    const promise = await db.clientPromise.findFirstOrThrow();
    await test.stop();
    await database.drop();
    return {
      told: told.map((row) => [row.kind, row.userId === sara.id ? 'Sara' : 'Mira']).sort(),
      clock: [second(thread.waitingSince), second(thread.dueAt), thread.targetMs, thread.timerStep, promise.lateSince],
    };
  }

  /** The test's clock runs on between two lines. */
  const second = (time: Date | null) => Math.floor((time?.getTime() ?? 0) / 1000);

  it('changes nothing but when people are told', async () => {
    const dead = await run(10 * minute);
    expect(dead).toEqual(await run(0));
    expect(dead.told).toContainEqual(['breach', 'Sara']);
    expect(dead.told).toContainEqual(['promiseLate', 'Mira']);
  });
});
