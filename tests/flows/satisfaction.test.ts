import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ClientPromise, PromiseReport } from '../../server/promises/schema.ts';
import type { ReasonReport, ThreadReason } from '../../server/reasons/schema.ts';
import type { Live, Work } from '../../server/reports/schema.ts';
import type { Wall, WallLink } from '../../server/wall/schema.ts';
import { type Staff, startApp } from '../support/app.ts';
import { makeChannel } from '../support/cast.ts';
import { answers, goTo, minute, withoutChannels, writes } from '../support/waiting.ts';

type List<T> = { items: T[] };
const begin = new Date('2026-11-16T09:00:00.000Z');

describe('after a thread is closed', { timeout: 90_000 }, () => {
  it('the client is asked once, and a low score is a call that the owner owes', async () => {
    const test = await startApp({ ...withoutChannels, startAt: begin });
    const { db } = test.app.deps;
    const channel = await makeChannel(test, 'telegram');
    const ada = await test.staff('admin', 'Ada');
    const mira = await test.staff('manager', 'Mira');
    const olga = await test.staff('manager', 'Olga');
    await ada.call('PUT', '/rating-settings', { on: true });
    test.clock.set(begin);
    const threadId = await writes(test, channel, '42');
    await answers(mira, threadId);
    await db.client.updateMany({ data: { ownerId: olga.id } });
    for (let n = 0; n < 2; n++) {
      await mira.call('PUT', `/threads/${threadId}/closure`);
      await test.settle();
      await mira.call('DELETE', `/threads/${threadId}/closure`);
      await test.settle();
    }
    const [asked, ...more] = await db.rating.findMany();
    expect(more).toEqual([]);
    const said = await db.message.findFirstOrThrow({ where: { threadId, authorKind: 'system' } });
    expect(said.text).toContain(`/rate/${asked?.token}`);
    expect(await db.response.count()).toBe(1);

    const rate = (score: number, comment: string) =>
      fetch(`${test.url}/api/v1/ratings/${asked?.token}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ score, comment }),
      });
    expect((await rate(9, '')).status).toBe(400);
    expect((await rate(2, 'Nobody called me')).status).toBe(204);
    expect((await rate(1, 'Nobody called me')).status).toBe(204);
    expect(await olga.call('GET', '/promises?owner=me')).toMatchObject({
      items: [{ kind: 'callBack', text: '2/5: Nobody called me', threadId }],
    });
    const sara = await test.staff('supervisor', 'Sara');
    const work = await sara.call<Work>('GET', '/reports/work?by=user');
    expect(work.rows.find((row) => row.label === 'Mira')?.counts).toMatchObject({ rated: 1, scoreSum: 1 });
  });

  it('reasons are proposed by words, confirmed by a person, and three about one model alarm', async () => {
    const test = await startApp({ ...withoutChannels, startAt: begin });
    const { db } = test.app.deps;
    const channel = await makeChannel(test, 'telegram');
    const ada = await test.staff('admin', 'Ada');
    const sara = await test.staff('supervisor', 'Sara');
    const mira = await test.staff('manager', 'Mira');
    const productId = randomUUID();
    await db.product.create({ data: { id: productId, sku: 'A55-256', groupSku: 'A55', name: 'Galaxy A55' } });
    await ada.call('PUT', '/reasons', {
      items: [
        { kind: 'dissatisfaction', label: 'Dead on arrival', words: ['dead', 'broken'] },
        { kind: 'contact', label: 'Stock', words: ['have you got'] },
      ],
    });
    for (let n = 1; n <= 3; n++) {
      test.clock.set(new Date(begin.getTime() + n * minute));
      const threadId = await writes(test, channel, String(n), 'It is DEAD, again!');
      await test.settle();
      const { items } = await mira.call<List<ThreadReason>>('GET', `/threads/${threadId}/reasons`);
      expect(items).toMatchObject([{ label: 'Dead on arrival', state: 'proposed' }]);
      await mira.call('PUT', `/threads/${threadId}/reasons/${items[0]?.reasonId}`, { state: 'confirmed', productId });
    }
    const told = await sara.call<List<{ kind: string; data: object }>>('GET', '/notifications');
    expect(told.items.filter((item) => item.kind === 'complaints')).toMatchObject([
      { data: { name: 'Galaxy A55', n: 3 } },
    ]);
    expect(await sara.call<ReasonReport>('GET', '/reports/reasons?by=product')).toMatchObject({
      rows: [{ key: 'A55', n: 3, share: 1, upTo: 1 }],
    });
    // Narrowed to whose the thread is, listed, and as a file.
    const [first] = (await sara.call<List<{ id: string }>>('GET', '/threads?tab=all')).items;
    await sara.call('PUT', `/threads/${first?.id}/assignment`, { userId: mira.id });
    const only = `by=product&user=${mira.id}`;
    expect(await sara.call<ReasonReport>('GET', `/reports/reasons?${only}`)).toMatchObject({ rows: [{ n: 1 }] });
    expect(await sara.call('GET', `/reports/reasons/threads?${only}&key=A55`)).toMatchObject({
      items: [{ threadId: first?.id }],
      nextCursor: null,
    });
    expect(await sara.call('GET', '/reports/reasons?level=vip')).toMatchObject({ rows: [], days: [] });
    const csv = await fetch(`${test.url}/api/v1/reports/reasons?${only}&format=csv`, {
      headers: { Authorization: `Bearer ${sara.key}` },
    });
    expect(await csv.text()).toBe('"product","key","n","before","share","up_to"\r\n"Galaxy A55","A55",1,0,1,1\r\n');
  });
});

describe('a wall that nobody signs in at', { timeout: 90_000 }, () => {
  /** Reads one pushed state of the wall after another. */
  async function* pushed(url: string): AsyncGenerator<Wall | 'gone'> {
    const answer = await fetch(url);
    if (answer.body === null) return;
    let text = '';
    const decoder = new TextDecoder();
    for await (const part of answer.body) {
      text += decoder.decode(part as Uint8Array, { stream: true });
      let end = text.indexOf('\n\n');
      for (; end >= 0; end = text.indexOf('\n\n')) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        if (block.startsWith('event: gone')) yield 'gone';
        else if (block.startsWith('data: ')) yield JSON.parse(block.slice(6)) as Wall;
      }
    }
  }

  it('is told within a second, shows first names of its store alone, and goes dark when it is revoked', async () => {
    const test = await startApp({ ...withoutChannels, startAt: begin });
    const { db } = test.app.deps;
    const [here, there] = [randomUUID(), randomUUID()];
    for (const [id, code] of [
      [here, 'riverside'],
      [there, 'station'],
    ] as const)
      await db.store.create({ data: { id, code, name: code } });
    const channels = [await makeChannel(test, 'telegram'), await makeChannel(test, 'telegram')] as const;
    await db.channel.update({ where: { id: channels[0] }, data: { storeId: here } });
    await db.channel.update({ where: { id: channels[1] }, data: { storeId: there } });
    const sara: Staff = await test.staff('supervisor', 'Sara');
    const mira = await test.staff('manager', 'Mira');
    expect((await mira.ask('POST', '/wall-links', { name: 'Wall' })).status).toBe(403);
    const made = await sara.call<WallLink>('POST', '/wall-links', { name: 'Wall', storeId: here });
    const token = made.link?.split('/').at(-1);
    expect(JSON.stringify(await sara.call('GET', '/wall-links'))).not.toContain(token);
    const wall = pushed(`${test.url}/api/v1/wall/${token}/stream`);
    expect((await wall.next()).value).toMatchObject({ storeName: 'riverside', waitingTotal: 0 });
    test.clock.set(new Date(begin.getTime() + minute));
    await writes(test, channels[1], '41');
    const wrote = performance.now();
    await writes(test, channels[0], '42');
    for await (const state of wall) if (state !== 'gone' && state.waitingTotal === 1) break;
    console.log(`the wall was told after ${Math.round(performance.now() - wrote)} ms`);
    const again = pushed(`${test.url}/api/v1/wall/${token}/stream`);
    const shown = (await again.next()).value as Wall;
    expect(shown.waiting).toMatchObject([{ clientName: 'Client', subject: '' }]);
    expect(shown.byStore).toMatchObject([{ storeId: here, waiting: 1 }]);

    // Who steers one store looks at it on the live page as well, and at each place in it; what stands beside is counted to choose from.
    const live = (query: string) => sara.call<Live>('GET', `/reports/live?${query}`);
    const { items: waiting } = await sara.call<{ items: { id: string }[] }>('GET', `/threads?store=${there}`);
    await sara.call('PUT', `/threads/${waiting[0]?.id}/assignment`, { userId: mira.id });
    expect(await live('')).toMatchObject({ waitingTotal: 2, unassigned: 1 });
    const station = await live(`store=${there}`);
    expect(station).toMatchObject({
      waitingTotal: 1,
      unassigned: 0,
      byUser: [{ userId: mira.id, open: 1, waiting: 1 }],
    });
    expect(station.byStore.map((row) => row.waiting)).toEqual([1, 1]);
    expect(station.byChannel.map((row) => row.waiting).sort()).toEqual([0, 1]);
    expect(await live(`store=${there}&user=${mira.id}&channel=${channels[1]}`)).toMatchObject({ waitingTotal: 1 });
    expect(await live(`store=${here}&user=${mira.id}`)).toMatchObject({ waitingTotal: 0, waiting: [], unassigned: 1 });
    expect(await live('user=none')).toMatchObject({ waitingTotal: 1 });
    expect(await live('late=1')).toMatchObject({ waiting: [], waitingTotal: 2 });
    const owes = (query: string) =>
      sara.call<{ items: ClientPromise[] }>('GET', `/promises?${query}`).then(({ items }) => items.map(({ id }) => id));
    const promised = await mira.call<ClientPromise>('POST', '/promises', {
      threadId: waiting[0]?.id,
      kind: 'callBack',
      dueInMs: 0,
    });
    test.clock.set(new Date(begin.getTime() + 1.5 * minute));
    expect((await live(`store=${there}`)).promisesLate).toBe(1);
    expect((await live(`store=${here}`)).promisesLate).toBe(0);
    expect(await owes(`store=${there}&channel=${channels[1]}&due=late`)).toEqual([promised.id]);
    expect(await owes(`store=${here}`)).toEqual([]);
    await mira.call('PUT', `/promises/${promised.id}/outcome`, { state: 'kept' });
    expect(await owes('state=settled')).toEqual([promised.id]);
    const kept = (query: string) =>
      sara.call<PromiseReport>('GET', `/reports/promises?from=2026-11-16&to=2026-11-17&${query}`);
    expect((await kept(`store=${there}&user=${mira.id}`)).rows).toMatchObject([{ key: mira.id, made: 1, keptLate: 1 }]);
    expect((await kept(`store=${here}`)).rows).toEqual([]);
    expect(await owes('state=open')).toEqual([]);
    await sara.call('DELETE', `/wall-links/${made.id}`);
    await goTo(test, new Date(begin.getTime() + 2 * minute));
    await writes(test, channels[0], '43');
    // Ends when it is told that its link is gone.
    for await (const state of again) if (state === 'gone') break;
    expect((await fetch(`${test.url}/api/v1/wall/${token}`)).status).toBe(404);
  });
});
