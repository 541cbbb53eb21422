import { describe, expect, it } from 'vitest';
import type { Call } from '../../server/calls/schema.ts';
import type { Channel } from '../../server/channels/schema.ts';
import { signedHeaders } from '../../server/lib/signed.ts';
import type { Live, ResponseTimes, Work } from '../../server/reports/schema.ts';
import type { Message, Thread } from '../../server/threads/schema.ts';
import { startApp } from '../support/app.ts';
import { makeChannel } from '../support/cast.ts';
import { answers, goTo, hour, minute, withoutChannels, writes } from '../support/waiting.ts';

type List<T> = { items: T[] };
const noon = new Date('2026-11-16T12:00:00.000Z');
const at = (ms: number) => new Date(noon.getTime() + ms);
const secret = 'what the exchange and we know';
const caller = '+493023125010';

describe('telephone calls', { timeout: 90_000 }, () => {
  it('a missed call is a waiting client, and calling back answers it', async () => {
    const test = await startApp({ ...withoutChannels, startAt: noon });
    const ada = await test.staff('admin', 'Ada');
    const mira = await test.staff('manager', 'Mira');
    const sara = await test.staff('supervisor', 'Sara');
    const channel = await ada.call<Channel>('POST', '/channels', {
      kind: 'phone',
      name: 'Riverside',
      config: { number: '+49 30 23125 000', secret },
      targetMs: 15 * minute,
    });
    expect(JSON.stringify(channel)).not.toContain(secret);
    test.clock.set(noon);
    const tell = async (event: object, key = secret) => {
      const text = JSON.stringify({ callId: 'c1', direction: 'inbound', phone: '+49 30 23125 010', ...event });
      const answer = await fetch(`${test.url}/api/v1/calls/events/${channel.id}`, {
        method: 'POST',
        headers: signedHeaders(key, text),
        body: text,
      });
      return answer.status;
    };
    expect(await tell({ event: 'ringing', at: noon }, 'a stranger’s own secret')).toBe(401);
    expect(await tell({ event: 'ringing', at: noon })).toBe(204);
    expect(await sara.call<Live>('GET', '/reports/live')).toMatchObject({ waitingTotal: 0 });
    for (const _ of [1, 2]) expect(await tell({ event: 'missed', at: at(20_000) })).toBe(204);
    // Late news changes nothing.
    expect(await tell({ event: 'ringing', at: noon })).toBe(204);
    await test.settle();

    const live = await sara.call<Live>('GET', '/reports/live');
    expect(live).toMatchObject({ waitingTotal: 1, waiting: [{ channelKind: 'phone', clientName: caller }] });
    const threadId = live.waiting[0]?.threadId ?? '';
    expect(await mira.call<Thread>('GET', `/threads/${threadId}`)).toMatchObject({
      waitingSince: noon.toISOString(),
      dueAt: at(15 * minute).toISOString(),
      replyChannels: [],
    });
    expect(
      (
        await mira.ask('POST', `/threads/${threadId}/messages`, {
          kind: 'reply',
          text: 'Hi',
          force: true,
          clientKey: crypto.randomUUID(),
        })
      ).status,
    ).toBe(422);

    test.clock.set(at(5 * minute));
    await mira.call('POST', '/calls', { threadId, talked: false });
    expect(await sara.call<Live>('GET', '/reports/live')).toMatchObject({ waitingTotal: 1 });
    test.clock.set(at(10 * minute));
    const logged = await mira.call<Call>('POST', '/calls', { threadId, talked: true, note: 'The screen is here.' });
    expect(logged).toMatchObject({ state: 'ended', phone: caller, userId: mira.id, threadId });
    expect(await sara.call<Live>('GET', '/reports/live')).toMatchObject({ waitingTotal: 0, answeredToday: { n: 1 } });
    // Taken back, the client waits again; logged anew, it is one answer.
    await mira.call('DELETE', `/calls/${logged.id}`);
    expect(await mira.call<Thread>('GET', `/threads/${threadId}`)).toMatchObject({ waitingSince: noon.toISOString() });
    await mira.call('POST', '/calls', { threadId, talked: true, note: 'The screen is here.' });
    const said = (await mira.call<List<Message>>('GET', `/threads/${threadId}/messages`)).items;
    expect(said.map(({ direction, channelKind }) => [direction, channelKind])).toEqual([
      ['outbound', 'phone'],
      ['note', 'phone'],
      ['inbound', 'phone'],
    ]);
    await goTo(test, at(hour));
    const period = 'from=2026-11-16&to=2026-11-17';
    const times = await sara.call<ResponseTimes>('GET', `/reports/response-times?${period}&by=channel`);
    expect(times.rows).toMatchObject([
      { key: channel.id, n: 1, medianMs: expect.closeTo(600_000, -4), withinTarget: 1 },
    ]);
    const work = await sara.call<Work>('GET', `/reports/work?${period}&by=user`);
    expect(work.rows.find((row) => row.key === mira.id)?.counts).toEqual({ opened: 1, calls: 1, missedCalls: 1 });
    expect(work.total).toMatchObject({ calls: 1, missedCalls: 2 });
    expect((await mira.call<List<Call>>('GET', `/calls?thread=${threadId}`)).items).toHaveLength(3);
    await sara.call('GET', '/openapi.json');
  });

  it('a call that somebody takes answers who waits on another channel; one without an answer was missed', async () => {
    const test = await startApp({ ...withoutChannels, startAt: noon });
    const ada = await test.staff('admin', 'Ada');
    const mira = await test.staff('manager', 'Mira');
    const telegram = await makeChannel(test, 'telegram');
    const channel = await ada.call<Channel>('POST', '/channels', { kind: 'phone', name: 'Phone', config: { secret } });
    test.clock.set(noon);
    const threadId = await writes(test, telegram, '42', 'Please call me');
    const { clientId } = await mira.call<Thread>('GET', `/threads/${threadId}`);
    await mira.call('POST', `/clients/${clientId}/identities`, { kind: 'phone', value: caller });
    const tell = (event: object) => {
      const text = JSON.stringify({ phone: caller, ...event });
      return fetch(`${test.url}/api/v1/calls/events/${channel.id}`, {
        method: 'POST',
        headers: signedHeaders(secret, text),
        body: text,
      });
    };
    test.clock.set(at(4 * minute));
    await tell({ callId: 'a', event: 'ringing', at: at(3 * minute) });
    await tell({ callId: 'a', event: 'answered', at: at(4 * minute), user: mira.email });
    await tell({ callId: 'a', event: 'ended', at: at(6 * minute) });
    expect(await mira.call<Thread>('GET', `/threads/${threadId}`)).toMatchObject({ waitingSince: null });
    const [talk] = (await mira.call<List<Call>>('GET', '/calls')).items;
    expect((await ada.ask('PUT', `/calls/${talk?.id}/note`, { note: 'Not mine' })).status).toBe(403);
    for (const note of ['Comes by', 'Comes by on Friday'])
      expect(await mira.call<Call>('PUT', `/calls/${talk?.id}/note`, { note })).toMatchObject({ note, threadId });
    expect(
      (await mira.call<List<Message>>('GET', `/threads/${threadId}/messages`)).items.map((message) => message.text),
    ).toEqual([`☎ ${caller}\nComes by on Friday`, 'Please call me']);
    expect(await test.app.deps.db.response.findMany()).toMatchObject([
      { userId: mira.id, clockMs: expect.closeTo(4 * minute, -4) },
    ]);
    await tell({ callId: 'b', event: 'ringing', at: at(7 * minute) });
    await tell({ callId: 'b', event: 'ringing', at: at(7 * minute) });
    await tell({ callId: 'b', event: 'ended', at: at(8 * minute) });
    await test.settle();
    const told = await test.app.deps.db.event.findMany({ where: { type: 'call.changed' }, orderBy: { id: 'asc' } });
    const stands = told.flatMap(({ patch }) => (patch as { call?: Call }).call?.state ?? []);
    expect(stands).toEqual([...['ringing', 'answered', 'ended', 'ended', 'ended'], ...['ringing', 'missed', 'missed']]);
    expect(told[0]?.patch).toMatchObject({ call: { clientId, clientLevel: 'usual', phone: caller } });
    expect(await mira.call<List<Call>>('GET', `/calls?client=${clientId}`)).toMatchObject({
      items: [
        { state: 'missed', answeredAt: null },
        { state: 'ended', userId: mira.id },
      ],
    });
    // The same client: it is the same matter, and waits again.
    const waiting = await mira.call<List<Thread>>('GET', `/threads?client=${clientId}&sort=waiting`);
    expect(waiting.items.filter((thread) => thread.waitingSince !== null)).toHaveLength(1);
    await answers(mira, threadId, 'I called you back.');
  });

  it('are kept whatever order, time or number the exchange tells, also while it is paused', async () => {
    const test = await startApp({ ...withoutChannels, startAt: noon });
    const ada = await test.staff('admin', 'Ada');
    const mira = await test.staff('manager', 'Mira');
    const otto = await test.staff('consultant', 'Otto');
    const channel = await ada.call<Channel>('POST', '/channels', {
      kind: 'phone',
      name: 'Phone',
      config: { secret, number: '+49 30 23125 000' },
    });
    test.clock.set(at(10 * minute));
    const tell = async (event: object) => {
      const text = JSON.stringify({ phone: '030 23125 010', ...event });
      const headers = signedHeaders(secret, text);
      const path = `${test.url}/api/v1/calls/events/${channel.id}`;
      return (await fetch(path, { method: 'POST', headers, body: text })).status;
    };
    const calls = async () => (await mira.call<List<Call>>('GET', '/calls')).items;
    await tell({ callId: 'a', event: 'ringing', at: noon });
    const heard = () => otto.call<List<Call>>('GET', '/calls?state=now');
    expect((await heard()).items).toHaveLength(1);
    await tell({ callId: 'a', event: 'ended', at: at(3 * minute) });
    await test.settle();
    expect(await calls()).toMatchObject([{ state: 'missed', phone: caller }]);
    await tell({ callId: 'a', event: 'answered', at: at(minute), user: mira.email });
    const [talked] = await calls();
    expect(talked).toMatchObject({ state: 'ended', userId: mira.id, answeredAt: at(minute).toISOString() });
    expect(await mira.call<Thread>('GET', `/threads/${talked?.threadId}`)).toMatchObject({ waitingSince: null });
    expect((await heard()).items).toEqual([]);
    // Who heard it ring is told that it is taken, and no more.
    const told = await test.app.deps.db.event.findMany({ where: { type: 'call.changed' }, orderBy: { id: 'desc' } });
    expect(told[0]).toMatchObject({ patch: {}, scope: { thread: { assigneeId: null } } });

    for (const [index, time] of ['0001-01-01T00:00:00Z', '1969-07-20T20:17:00Z', '2099-01-01T00:00:00Z'].entries())
      expect(await tell({ callId: `b${index}`, event: 'missed', at: time })).toBe(204);
    await ada.call('PATCH', `/channels/${channel.id}`, { paused: true });
    expect(await tell({ callId: 'c', event: 'missed', at: at(9 * minute), phone: '+493023125099' })).toBe(204);
    await test.settle();
    const all = await calls();
    expect(all).toHaveLength(5);
    expect(all.filter((call) => Math.abs(Date.parse(call.startedAt) - noon.getTime()) > hour)).toEqual([]);
    expect(all.find((call) => call.phone === '+493023125099')).toMatchObject({ state: 'missed', threadId: null });
  });
});
