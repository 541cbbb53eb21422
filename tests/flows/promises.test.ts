import { describe, expect, it } from 'vitest';
import type { Notification } from '../../server/alerts/schema.ts';
import type { ClientPromise, PromiseReport } from '../../server/promises/schema.ts';
import type { ColleagueRequest } from '../../server/requests/schema.ts';
import type { Message, Thread } from '../../server/threads/schema.ts';
import { startApp } from '../support/app.ts';
import { makeChannel } from '../support/cast.ts';
import { goTo, hour, minute, withoutChannels, writes } from '../support/waiting.ts';

type List<T> = { items: T[] };
const morning = new Date('2026-11-16T09:00:00.000Z');
const at = (ms: number) => new Date(morning.getTime() + ms);

describe('a promise to a client', { timeout: 90_000 }, () => {
  it('is reminded of, found late once, and counted for who kept it', async () => {
    const test = await startApp({ ...withoutChannels, startAt: morning });
    const channel = await makeChannel(test, 'telegram');
    const mira = await test.staff('manager', 'Mira');
    const bo = await test.staff('manager', 'Bo');
    const sara = await test.staff('supervisor', 'Sara');
    test.clock.set(morning);
    const threadId = await writes(test, channel, '42');
    const promised = await mira.call<ClientPromise>(
      'POST',
      '/promises',
      { threadId, kind: 'callBack', text: 'Call about the quote', dueInMs: 2 * hour },
      201,
    );
    expect(promised).toMatchObject({ ownerId: mira.id, state: 'open', late: false, threadId });
    expect(await mira.ask('POST', '/promises', { threadId, kind: 'quote' })).toMatchObject({ status: 422 });

    await goTo(test, at(hour + 46 * minute));
    await goTo(test, at(hour + 50 * minute));
    const told = () => mira.call<List<Notification>>('GET', '/notifications');
    expect((await told()).items.map((item) => item.kind)).toEqual(['promiseDue']);
    await goTo(test, at(2 * hour + minute));
    await goTo(test, at(2 * hour + 2 * minute));
    expect((await told()).items.map((item) => item.kind)).toEqual(['promiseLate', 'promiseDue']);
    expect((await sara.call<List<Notification>>('GET', '/notifications')).items).toHaveLength(1);
    expect(await mira.call<List<ClientPromise>>('GET', '/promises?owner=me&due=late')).toMatchObject({
      items: [{ id: promised.id, late: true }],
    });

    await bo.call('PUT', `/promises/${promised.id}/outcome`, { state: 'kept', outcome: 'Called, wants 20' });
    const early = await bo.call<ClientPromise>('POST', '/promises', { threadId, kind: 'quote', dueInMs: hour });
    await bo.call('PUT', `/promises/${early.id}/outcome`, { state: 'kept' });
    expect(await sara.call<PromiseReport>('GET', '/reports/promises?from=2026-11-16&to=2026-11-17')).toMatchObject({
      rows: [{ key: bo.id, label: 'Bo', made: 2, kept: 1, keptLate: 1, keptRate: 0.5 }],
    });
    expect(await bo.ask('PUT', `/promises/${early.id}/outcome`, { state: 'broken' })).toMatchObject({ status: 409 });
  });
});

describe('a request to a colleague', { timeout: 90_000 }, () => {
  it('has its own clock while the client’s keeps running, and its answer lands as a note', async () => {
    const test = await startApp({ ...withoutChannels, startAt: morning });
    const channel = await makeChannel(test, 'telegram', { targetMs: 5 * hour });
    const mira = await test.staff('manager', 'Mira');
    const team = await test.app.deps.db.team.create({ data: { id: crypto.randomUUID(), name: 'Workshop' } });
    const wera = await test.staff('consultant', 'Wera', { teamIds: [team.id] });
    test.clock.set(morning);
    const threadId = await writes(test, channel, '42', 'Dead after three weeks');
    await mira.call('PUT', `/threads/${threadId}/assignment`, { userId: 'me' });
    const asked = await mira.call<ColleagueRequest>('POST', `/threads/${threadId}/requests`, {
      text: 'Is it a battery fault?',
      toTeamId: team.id,
      dueInMs: 4 * hour,
    });
    expect(asked).toMatchObject({ to: 'Workshop', state: 'open' });
    await goTo(test, at(4 * hour + minute));
    expect(await mira.call<List<ColleagueRequest>>('GET', `/threads/${threadId}/requests`)).toMatchObject({
      items: [{ id: asked.id, state: 'open', late: true }],
    });
    expect(await mira.call<Thread>('GET', `/threads/${threadId}`)).toMatchObject({
      waitingSince: expect.stringContaining('T09:00:0'),
    });
    const told = await mira.call<List<Notification>>('GET', '/notifications');
    expect(told.items.map((item) => item.kind).sort()).toEqual(['requestLate', 'warning']);

    // Wera cannot see Mira's thread, and answers all the same: the question is hers.
    expect((await wera.ask('GET', `/threads/${threadId}`)).status).toBe(404);
    expect(await wera.call('GET', '/requests')).toMatchObject({ items: [{ id: asked.id, mayOpen: false }] });
    const late = (more: string) =>
      mira
        .call<List<ColleagueRequest>>('GET', `/requests?box=all&due=late${more}`)
        .then(({ items }) => items.map((item) => item.id));
    expect(await late('')).toEqual([asked.id]);
    expect(await late(`&user=${mira.id}&channel=${channel}`)).toEqual([asked.id]);
    expect(await late(`&user=none`)).toEqual([]);
    expect(await late(`&team=${team.id}`)).toEqual([]);
    await wera.call('PUT', `/requests/${asked.id}/answer`, { text: 'Yes, under warranty.' });
    const messages = await mira.call<List<Message>>('GET', `/threads/${threadId}/messages`);
    expect(messages.items[0]).toMatchObject({
      direction: 'note',
      text: 'Yes, under warranty.',
      author: { name: 'Wera' },
    });
    const thread = await mira.call<Thread>('GET', `/threads/${threadId}`);
    expect(thread.waitingSince).not.toBeNull();
    expect(await late('')).toEqual([]);
    const other = await test.staff('consultant', 'Otto');
    expect((await other.ask('PUT', `/requests/${asked.id}/answer`, { text: 'No.' })).status).toBe(404);
  });
});
