import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Notification } from '../../server/alerts/schema.ts';
import type { FeedEvent } from '../../server/realtime/schema.ts';
import type { AnsweredWait, Live, ResponseTimes } from '../../server/reports/schema.ts';
import type { Message, Thread } from '../../server/threads/schema.ts';
import { startApp } from '../support/app.ts';
import { makeChannel, telegramText } from '../support/cast.ts';
import { bundle, type Parley, startParley } from '../support/parley.ts';
import { freePort } from '../support/port.ts';
import { until } from '../support/until.ts';
import { answers, goTo, minute, withoutChannels, writes } from '../support/waiting.ts';

type List<T> = { items: T[] };
const noon = new Date('2026-11-16T12:00:00.000Z');
const at = (minutes: number, seconds = 0) => new Date(noon.getTime() + minutes * minute + seconds * 1000);

describe('mere thanks to a person of ours', { timeout: 90_000 }, () => {
  it('are shown and open the thread again, and start no clock; a word more starts one', async () => {
    const test = await startApp({ ...withoutChannels, startAt: noon });
    const ada = await test.staff('admin', 'Ada');
    const mira = await test.staff('manager', 'Mira');
    const channel = await makeChannel(test, 'telegram', { targetMs: 15 * minute });
    await ada.call('POST', '/targets', {
      name: 'Solved in a day',
      time: 'clock',
      resolutionMs: 24 * 60 * minute,
      pauseForClient: true,
    });
    test.clock.set(noon);
    // Before anybody answered, thanks are a first word like any other.
    const threadId = await writes(test, channel, '42', 'Thanks');
    const read = () => mira.call<Thread>('GET', `/threads/${threadId}`);
    expect((await read()).waitingSince).not.toBeNull();
    await answers(mira, threadId, 'Your phone is ready, we are open until eight.');
    await mira.call('PUT', `/threads/${threadId}/snooze`, { until: at(600).toISOString() });
    test.clock.set(at(20));
    expect(await writes(test, channel, '42', 'Great, thank you so much! 🙏')).toBe(threadId);
    await test.settle();
    expect(await read()).toMatchObject({
      status: 'open',
      waitingSince: null,
      dueAt: null,
      preview: expect.stringContaining('thank you'),
    });
    const { resolveDueAt } = await test.app.deps.db.thread.findUniqueOrThrow({ where: { id: threadId } });
    expect(resolveDueAt).toBeNull();
    await goTo(test, at(60));
    expect((await ada.call<Live>('GET', '/reports/live')).waitingTotal).toBe(0);
    expect((await mira.call<List<Notification>>('GET', '/notifications')).items).toEqual([]);
    const way = await mira.call<List<{ type: string }>>('GET', `/threads/${threadId}/way`);
    expect(way.items[0]?.type).toBe('message.received');
    // What is said to it answers nobody's wait.
    await answers(mira, threadId, 'You are welcome. Shall we keep your old one?');
    expect(await test.app.deps.db.response.count()).toBe(1);
    // After a question of ours the same words say something.
    await writes(test, channel, '42', 'ok, thanks');
    expect((await read()).waitingSince).not.toBeNull();
    await answers(mira, threadId, 'Then it is kept.');
    await writes(test, channel, '42', 'thx');
    expect((await read()).waitingSince).toBeNull();
    // Edited into a question, it waits since it was written.
    const [last] = (await mira.call<List<Message>>('GET', `/threads/${threadId}/messages?limit=1`)).items;
    const receipt = await test.app.deps.db.receipt.findFirstOrThrow({ where: { messageId: last?.id ?? '' } });
    await test.app.deps.host.ingest(channel, {
      messages: [
        telegramText('42', 'thx, and until when?', { arrivedAt: test.clock.now(), edits: receipt.externalId }),
      ],
    });
    expect((await read()).waitingSince).toBe(last?.receivedAt);
  });
});

describe('a breach on Monday noon', { timeout: 90_000 }, () => {
  it('is warned of at 12 minutes, red at 15, alerted once, reassigned, answered and reported as it was', async () => {
    const test = await startApp({ ...withoutChannels, startAt: noon });
    test.clock.set(noon);
    const sara = await test.staff('supervisor', 'Sara');
    const busy = await test.staff('manager', 'Bo');
    const mira = await test.staff('manager', 'Mira');
    const channel = await makeChannel(test, 'telegram', { targetMs: 15 * minute });
    test.clock.set(noon);
    const threadId = await writes(test, channel, '42');
    await busy.call('PUT', `/threads/${threadId}/assignment`, { userId: 'me' });
    await test.settle();
    const types = async () =>
      (await sara.call<List<FeedEvent>>('GET', '/feed?after=0')).items
        .map((event) => event.type)
        .filter((type) => type.startsWith('target.'));

    await goTo(test, at(11, 50));
    expect(await types()).toEqual([]);
    await goTo(test, at(12, 1));
    expect(await types()).toEqual(['target.warning']);
    expect(await busy.call<List<Notification>>('GET', '/notifications')).toMatchObject({
      items: [{ kind: 'warning' }],
    });

    await goTo(test, at(15, 1));
    await goTo(test, at(15, 30));
    expect(await types()).toEqual(['target.warning', 'target.breached']);
    expect(await sara.call<List<Notification>>('GET', '/notifications')).toMatchObject({
      items: [{ kind: 'breach', threadId }],
    });
    const live = await sara.call<Live>('GET', '/reports/live');
    expect(live).toMatchObject({ lateNow: 1, waiting: [{ threadId, dueAt: expect.stringContaining('12:15:00') }] });

    await sara.call('PUT', `/threads/${threadId}/assignment`, { userId: mira.id });
    test.clock.set(at(16, 20));
    await answers(mira, threadId);
    await goTo(test, at(60));
    expect(await types()).toEqual(['target.warning', 'target.breached']);
    const facts = await test.app.deps.db.response.findMany();
    expect(facts).toMatchObject([{ measure: 'first', userId: mira.id, targetMs: 15 * minute }]);
    expect(Math.floor((facts[0]?.lateMs ?? 0) / 1000)).toBe(80);

    const period = 'from=2026-11-16&to=2026-11-17';
    const report = await sara.call<ResponseTimes>('GET', `/reports/response-times?${period}&by=user`);
    const figures = { n: 1, medianMs: 980_000, p90Ms: 980_000, withinTarget: 0, late: 1, lateMsMedian: 80_000 };
    expect(report.rows).toMatchObject([{ key: mira.id, label: 'Mira', ...figures }]);
    expect(report.total).toEqual(figures);
    const behind = await sara.call<List<AnsweredWait>>(
      'GET',
      `/reports/response-times/waits?${period}&by=user&key=${mira.id}&late=1`,
    );
    expect(behind.items).toMatchObject([{ threadId, userId: mira.id }]);
    const csv = await sara.ask('GET', `/reports/response-times?${period}&format=csv`);
    expect(csv.body.text).toContain(`"Mira","${mira.id}",1,980,980,0,1,80`);
    expect(await sara.call('GET', `/reports/volume?${period}`)).toMatchObject({
      days: [{ day: '2026-11-16', received: 1, answered: 1, opened: 1, waitingAtEnd: 0 }],
      heat: [{ weekday: 1, hour: 12, n: 1 }],
    });
    await sara.call('GET', '/openapi.json');
  });

  it('is found late, once, by a process that was away when it happened', async () => {
    const test = await startApp({ ...withoutChannels, startAt: noon });
    const sara = await test.staff('supervisor', 'Sara');
    const channel = await makeChannel(test, 'telegram', { targetMs: 15 * minute });
    test.clock.set(noon);
    const threadId = await writes(test, channel, '42');
    // Ten minutes of nobody: what was due meanwhile is done now, as of when it was due, and nothing twice.
    await goTo(test, at(11));
    await Promise.all([goTo(test, at(21)), test.app.deps.schedule.runAll()]);
    const feed = await sara.call<List<FeedEvent>>('GET', '/feed?after=0');
    const steps = feed.items.filter((event) => event.type.startsWith('target.'));
    expect(steps.map((event) => [event.type, event.patch.at])).toEqual(
      [
        ['target.warning', at(12).toISOString()],
        ['target.breached', at(15).toISOString()],
      ].map(([type, due]) => [type, expect.stringContaining(String(due).slice(0, 19))]),
    );
    expect(await sara.call<List<Notification>>('GET', '/notifications')).toMatchObject({
      items: [{ kind: 'breach', threadId }],
    });
  });

  it('killing every process for ten minutes delays the alerts, and changes nothing else', {
    timeout: 180_000,
  }, async () => {
    // The desk looks and writes; the clocks run in processes of their own, which are killed.
    const desk = await startApp({ env: { PARLEY_ROLES: 'web' } });
    const begin = desk.clock.now();
    const later = (minutes: number) => new Date(begin.getTime() + minutes * minute);
    const sara = await desk.staff('supervisor', 'Sara');
    const mira = await desk.staff('manager', 'Mira');
    const channel = await makeChannel(desk, 'telegram', { targetMs: 15 * minute });
    const program = await bundle('server/main.ts');
    const dataDir = mkdtempSync(join(tmpdir(), 'parley-clocks-'));
    const env = {
      DATA_DIR: dataDir,
      DATABASE_URL: desk.databaseUrl,
      PARLEY_TEST: '1',
      PARLEY_ROLES: 'web,jobs',
      PARLEY_SECRET: 'tests-share-one-secret-0123456789',
    };
    const processes: Parley[] = [];
    const start = async () => {
      const process = startParley(program.file, env, await freePort());
      processes.push(process);
      await process.ready;
      return process;
    };
    const move = async (process: Parley, to: Date) => {
      desk.clock.set(to);
      const answer = await fetch(`${process.url}/api/v1/test/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ now: to.toISOString() }),
      });
      expect(answer.status).toBe(200);
    };
    const steps = async () =>
      (await sara.call<List<FeedEvent>>('GET', '/feed?after=0')).items
        .filter((event) => event.type.startsWith('target.') && event.type !== 'target.set')
        .map((event) => [event.type, event.ids.threadId, event.patch.at]);
    try {
      const [first, second] = await Promise.all([start(), start()]);
      desk.clock.set(begin);
      const late = await writes(desk, channel, '42');
      const inTime = await writes(desk, channel, '43');
      await move(first, later(11));
      await move(second, later(11));
      expect(await steps()).toEqual([]);
      // In the middle of running targets: the warning is a minute away.
      await Promise.all(processes.map((process) => process.kill()));
      desk.clock.set(later(11.5));
      await answers(mira, inTime);
      desk.clock.set(later(21));
      expect(await steps()).toEqual([]);

      const again = await Promise.all([start(), start()]);
      await Promise.all(again.map((process) => move(process, later(21))));
      await until(steps, (told) => told.length >= 2);
      await Promise.all(again.map((process) => move(process, later(22))));
      const { waitingSince } = await mira.call<{ waitingSince: string }>('GET', `/threads/${late}`);
      const since = (minutes: number) => new Date(Date.parse(waitingSince) + minutes * minute).toISOString();
      expect(await steps()).toEqual([
        ['target.warning', late, since(12)],
        ['target.breached', late, since(15)],
      ]);
      const told = await sara.call<List<Notification>>('GET', '/notifications');
      expect(told.items.map((item) => [item.kind, item.threadId])).toEqual([['breach', late]]);
      desk.clock.set(later(25));
      await answers(mira, late);
      const facts = await desk.app.deps.db.response.findMany({ orderBy: { answeredAt: 'asc' } });
      expect(facts.map((fact) => [fact.threadId, Math.round((fact.lateMs ?? 0) / minute)])).toEqual([
        [inTime, 0],
        [late, 10],
      ]);
    } finally {
      await Promise.all(processes.map((process) => process.kill()));
      program.remove();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
