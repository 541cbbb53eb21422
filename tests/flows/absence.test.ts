import { describe, expect, it } from 'vitest';
import type { Absence, AbsenceSummary } from '../../server/absence/schema.ts';
import type { Notification } from '../../server/alerts/schema.ts';
import type { ClientPromise } from '../../server/promises/schema.ts';
import type { FeedEvent } from '../../server/realtime/schema.ts';
import type { ThreadStep } from '../../server/routing/schema.ts';
import type { Thread } from '../../server/threads/schema.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { makeChannel } from '../support/cast.ts';
import { answers, goTo, hour, minute, withoutChannels, writes } from '../support/waiting.ts';

type List<T> = { items: T[] };
const morning = new Date('2026-11-16T09:00:00.000Z');
const at = (ms: number) => new Date(morning.getTime() + ms);

async function own(test: TestApp, threadId: string, ownerId: string): Promise<void> {
  const thread = await test.app.deps.db.thread.findUniqueOrThrow({ where: { id: threadId } });
  await test.app.deps.db.client.update({ where: { id: thread.clientId }, data: { ownerId, level: 'key' } });
}

describe('the owner is away', { timeout: 90_000 }, () => {
  it('the substitute gets the client, the rights and the promises, is credited, and all comes back', async () => {
    const test = await startApp({ ...withoutChannels, startAt: morning });
    const channel = await makeChannel(test, 'telegram');
    const olga = await test.staff('manager', 'Olga');
    const sub = await test.staff('consultant', 'Sub');
    test.clock.set(morning);
    const earlier = await writes(test, channel, '41');
    await olga.call('PUT', `/threads/${earlier}/assignment`, { userId: 'me' });
    const first = await writes(test, channel, '42');
    await own(test, first, olga.id);
    await answers(olga, first);
    await olga.call('PUT', `/threads/${first}/closure`);
    const promise = await olga.call<ClientPromise>('POST', '/promises', {
      threadId: earlier,
      kind: 'quote',
      dueInMs: 7 * hour,
    });
    expect((await sub.ask('GET', `/threads/${earlier}`)).status).toBe(404);

    const absence = await olga.call<Absence>('POST', '/absences', {
      reason: 'ill',
      substituteId: sub.id,
      note: 'The bank of Riverside wants 20 phones.',
    });
    expect(absence).toMatchObject({ state: 'now', userId: olga.id });
    await test.settle();
    expect(await sub.call<Thread>('GET', `/threads/${earlier}`)).toMatchObject({ assigneeId: sub.id });
    expect(await sub.call<List<Notification>>('GET', '/notifications')).toMatchObject({
      items: [{ kind: 'absence', data: { name: 'Olga', threads: 1, promises: 1 } }],
    });
    expect(await sub.call<AbsenceSummary>('GET', `/absences/${absence.id}`)).toMatchObject({
      note: 'The bank of Riverside wants 20 phones.',
      threads: [{ threadId: earlier }],
      promises: [{ id: promise.id }],
    });

    const way = await sub.call<List<ThreadStep>>('GET', `/threads/${earlier}/way`);
    expect(way.items[0]).toMatchObject({
      type: 'thread.assigned',
      why: 'absence',
      assigneeId: sub.id,
      forUserId: olga.id,
    });

    // A client of Olga's writes again: it never waits for her.
    test.clock.set(at(hour));
    const again = await writes(test, channel, '42', 'About 20 phones');
    await test.settle();
    expect(await sub.call<Thread>('GET', `/threads/${again}`)).toMatchObject({ assigneeId: sub.id });
    test.clock.set(at(hour + 10 * minute));
    await answers(sub, again, 'The quote comes by 16:00');
    expect(await test.app.deps.db.response.findFirst({ where: { threadId: again, userId: sub.id } })).toMatchObject({
      forUserId: olga.id,
    });
    const feed = await sub.call<List<FeedEvent>>('GET', '/feed?after=0');
    await test.settle();
    expect(
      feed.items.find((event) => event.type === 'message.sent' && event.ids.threadId === again)?.patch,
    ).toMatchObject({
      forUserId: olga.id,
    });
    await sub.call('PUT', `/promises/${promise.id}/outcome`, { state: 'kept' });

    test.clock.set(at(48 * hour));
    await olga.call('DELETE', `/absences/${absence.id}`);
    expect(await olga.call<Thread>('GET', `/threads/${again}`)).toMatchObject({ assigneeId: olga.id });
    expect(await olga.call<List<Notification>>('GET', '/notifications')).toMatchObject({
      items: [{ kind: 'welcomeBack', data: { answered: 1 } }],
    });
    expect(await olga.call<AbsenceSummary>('GET', `/absences/${absence.id}`)).toMatchObject({
      state: 'past',
      meanwhile: { answered: 1, promisesKept: 1 },
    });
    expect((await sub.ask('GET', `/threads/${earlier}`)).status).toBe(404);
  });

  it('begins and ends by itself when it was planned', async () => {
    const test = await startApp({ ...withoutChannels, startAt: morning });
    const channel = await makeChannel(test, 'telegram');
    const olga = await test.staff('manager', 'Olga');
    const sub = await test.staff('manager', 'Sub');
    test.clock.set(morning);
    const threadId = await writes(test, channel, '41');
    await olga.call('PUT', `/threads/${threadId}/assignment`, { userId: 'me' });
    await olga.call('POST', '/absences', {
      fromAt: at(hour).toISOString(),
      untilAt: at(10 * hour).toISOString(),
      substituteId: sub.id,
    });
    const assignee = async () => (await sub.call<Thread>('GET', `/threads/${threadId}`)).assigneeId;
    expect(await assignee()).toBe(olga.id);
    await goTo(test, at(hour + minute));
    expect(await assignee()).toBe(sub.id);
    await goTo(test, at(10 * hour + minute));
    expect(await assignee()).toBe(olga.id);
  });
});

describe('routing', { timeout: 90_000 }, () => {
  it('gives a waiting client to who is available, and on to the next when it lies', async () => {
    const test = await startApp({ ...withoutChannels, startAt: morning });
    const channel = await makeChannel(test, 'telegram');
    const admin = await test.staff('admin', 'Ada');
    const one = await test.staff('consultant', 'One');
    const two = await test.staff('consultant', 'Two');
    test.clock.set(morning);
    await admin.call('PUT', '/routing', { mode: 'roundRobin', takeWithinMs: 2 * minute });
    await admin.call('PUT', `/routing/profiles/${one.id}`, { skills: ['topic:tariff'], capacity: 1 });
    const threadId = await writes(test, channel, '41');
    await test.settle();
    const assignee = async () => (await admin.call<Thread>('GET', `/threads/${threadId}`)).assigneeId;
    expect(await assignee()).toBeNull();

    await one.call('PUT', '/me/presence', { state: 'available' });
    await goTo(test, at(minute));
    expect(await assignee()).toBe(one.id);
    await two.call('PUT', '/me/presence', { state: 'available' });
    await goTo(test, at(4 * minute));
    expect(await assignee()).toBe(two.id);
    await two.call('PUT', `/threads/${threadId}/read`);
    await goTo(test, at(8 * minute));
    expect(await assignee()).toBe(two.id);
    const feed = await admin.call<List<FeedEvent>>('GET', '/feed?after=0');
    const why = feed.items.filter((event) => event.type === 'thread.assigned').map((event) => event.patch.why);
    expect(why).toEqual(['whose turn it is', 'not taken in time', 'whose turn it is']);
  });
});
