import { describe, expect, it } from 'vitest';
import type { Notification } from '../../server/alerts/schema.ts';
import type { Live, ResponseTimes } from '../../server/reports/schema.ts';
import type { Message, Thread } from '../../server/threads/schema.ts';
import { startApp } from '../support/app.ts';
import { letter, makeChannel } from '../support/cast.ts';
import { answers, goTo, hour, minute, withoutChannels, writes } from '../support/waiting.ts';

type List<T> = { items: T[] };
const week = [...Array(5).fill([{ from: '09:00', to: '18:00' }]), [], []];
const saturday = new Date('2026-11-21T12:00:00.000Z');

describe('outside of working hours', { timeout: 90_000 }, () => {
  it('a client hears once when somebody will be there, a robot nothing, and the clock runs on by working time', async () => {
    const test = await startApp({ ...withoutChannels, startAt: new Date('2026-11-16T08:00:00.000Z') });
    const channel = await makeChannel(test, 'email');
    const admin = await test.staff('admin', 'Ada');
    const sara = await test.staff('supervisor', 'Sara');
    test.clock.set(new Date('2026-11-20T08:00:00.000Z'));
    await admin.call('PUT', '/calendars/company/company', { timezone: 'UTC', week });
    await admin.call('PUT', '/acknowledgement', { on: true });
    const policy = await admin.call<{ seriesId: string }>('POST', '/targets', {
      name: 'Within an hour of work',
      firstMs: hour,
      nextMs: hour,
    });
    test.clock.set(saturday);
    const first = letter('anna@client.example', { arrivedAt: saturday });
    const [stored] = await test.app.deps.host.ingest(channel, { messages: [first] });
    await test.settle();
    await test.app.deps.host.ingest(channel, {
      messages: [letter('anna@client.example', { arrivedAt: test.clock.now(), references: [first.messageId ?? ''] })],
    });
    await test.app.deps.host.ingest(channel, {
      messages: [letter('robot@client.example', { arrivedAt: saturday, classification: 'autoReply' })],
    });
    await test.settle();
    const thread = await sara.call<Thread>('GET', `/threads/${stored?.threadId}`);
    expect(thread).toMatchObject({ waitingSince: saturday.toISOString(), dueAt: '2026-11-23T10:00:00.000Z' });
    const said = await test.app.deps.db.message.findMany({ where: { direction: 'outbound' } });
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({ threadId: stored?.threadId, authorKind: 'system' });
    expect(said[0]?.text).toContain('Monday, November 23');

    // A changed target counts for waits that begin from then on; this one keeps what it was promised.
    await admin.call('PUT', `/targets/${policy.seriesId}`, {
      name: 'Half an hour',
      firstMs: hour / 2,
      nextMs: hour / 2,
    });
    test.clock.set(new Date('2026-11-23T10:30:00.000Z'));
    await answers(sara, thread.id);
    expect(await test.app.deps.db.response.findFirst()).toMatchObject({ targetMs: hour, lateMs: expect.any(Number) });
    const fact = await test.app.deps.db.response.findFirstOrThrow();
    expect([Math.round(fact.workingMs / minute), Math.round((fact.lateMs ?? 0) / minute)]).toEqual([90, 30]);
    expect((await admin.call<List<unknown>>('GET', '/targets?history=1')).items).toHaveLength(2);
    const messages = await sara.call<List<Message>>('GET', `/threads/${thread.id}/messages`);
    expect(messages.items.map((message) => message.author.kind)).toEqual(['user', 'client', 'system', 'client']);

    // When clients begin is told in the company's time: Saturday noon in UTC is half past three in Tehran.
    await admin.call('PUT', '/calendars/company/company', { timezone: 'Asia/Tehran', week });
    await sara.call('PUT', `/threads/${thread.id}/closure`);
    await test.settle();
    for (const [by, key] of [
      ['hour', '15'],
      ['weekday', '6'],
    ]) {
      const solved = await sara.call<ResponseTimes>('GET', `/reports/response-times?measure=resolution&by=${by}`);
      expect(solved.rows).toMatchObject([{ key, n: 1 }]);
      const behind = await sara.call<List<unknown>>(
        'GET',
        `/reports/response-times/waits?measure=resolution&by=${by}&key=${key}`,
      );
      expect(behind.items).toHaveLength(1);
    }
  });
});

describe('alerts', { timeout: 90_000 }, () => {
  it('wait for the end of quiet hours, and tell a queue over its limit once', async () => {
    const test = await startApp({ ...withoutChannels, startAt: new Date('2026-11-16T08:00:00.000Z') });
    const channel = await makeChannel(test, 'telegram');
    const admin = await test.staff('admin', 'Ada');
    const sara = await test.staff('supervisor', 'Sara');
    const night = await test.staff('supervisor', 'Nia');
    await sara.call('PATCH', '/me', { preferences: { quietHours: { from: '20:00', to: '07:00', timezone: 'UTC' } } });
    await admin.call('PUT', '/routing', { queueLimit: 1 });
    await goTo(test, new Date('2026-11-16T22:00:00.000Z'));
    for (const who of ['1', '2', '3']) await writes(test, channel, who);
    await goTo(test, new Date('2026-11-16T22:01:00.000Z'));
    await goTo(test, new Date('2026-11-16T22:20:00.000Z'));
    const told = async (who: typeof sara) => (await who.call<List<Notification>>('GET', '/notifications')).items;
    expect(await told(sara)).toEqual([]);
    expect(await told(night)).toMatchObject([{ kind: 'queue', data: { waiting: 3, limit: 1 } }]);
    await goTo(test, new Date('2026-11-17T07:00:01.000Z'));
    expect((await told(sara)).map((item) => item.kind)).toContain('queue');
    expect(await sara.call<Live>('GET', '/reports/live')).toMatchObject({ waitingTotal: 3, late: [], promisesLate: 0 });
  });
});
