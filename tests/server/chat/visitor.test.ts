import { createHmac, randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { describe, expect, it } from 'vitest';
import type { Message, Thread, ThreadRow } from '../../../server/threads/schema.ts';
import type { Stored } from '../../../server/visitors/schema.ts';
import { startApp } from '../../support/app.ts';
import { letter, makeChannel } from '../../support/cast.ts';
import { makeChat, visit } from '../../support/visitor.ts';

type List<T> = { items: T[] };

async function shop(config: object = {}) {
  const test = await startApp();
  const anna = await test.staff('admin', 'Anna Berg');
  const chat = await makeChat(anna, config);
  return { test, anna, chat };
}

const reply = (text: string) => ({ clientKey: randomUUID(), kind: 'reply', text, force: true });

describe('a visitor', { timeout: 90_000 }, () => {
  it('writes, and it is a thread in the inbox; the answer comes back with the name of who answers', async () => {
    const { test, anna, chat } = await shop();
    const visitor = await visit(test, { channelKey: chat.key });
    expect(visitor.hello.thread).toBeNull();
    const stored = (await visitor.write('Do you have the A55?')) as Stored;
    const list = await anna.call<List<ThreadRow>>('GET', '/threads');
    expect(list.items).toMatchObject([{ id: stored.threadId, preview: 'Do you have the A55?', channelKind: 'chat' }]);

    await anna.call('POST', `/threads/${stored.threadId}/messages`, reply('Yes, two of them.'));
    await visitor.until(({ messages }) => messages.length === 1);
    expect(visitor.heard.messages).toMatchObject([
      { direction: 'outbound', text: 'Yes, two of them.', author: { kind: 'user', name: 'Anna Berg' }, via: 'chat' },
    ]);
    expect(JSON.stringify(visitor.heard.messages)).not.toContain(anna.id);
    visitor.close();
  });

  it('finds the conversation again with the token, and a newcomer finds nothing', async () => {
    const { test, anna, chat } = await shop();
    const first = await visit(test, { channelKey: chat.key });
    const stored = (await first.write('Hello')) as Stored;
    await anna.call('POST', `/threads/${stored.threadId}/messages`, reply('Hello!'));
    await first.until(({ messages }) => messages.length === 1);
    first.close();

    const back = await visit(test, { channelKey: chat.key, visitorToken: first.hello.visitorToken });
    expect(back.hello.thread?.id).toBe(stored.threadId);
    expect(back.hello.thread?.messages.map((message) => message.text)).toEqual(['Hello', 'Hello!']);
    const other = await visit(test, { channelKey: chat.key });
    expect(other.hello.thread).toBeNull();
    const forged = await visit(test, { channelKey: chat.key, visitorToken: `${first.hello.visitorToken}x` });
    expect(forged.hello.thread).toBeNull();
    for (const screen of [back, other, forged]) screen.close();
  });

  it('never sees notes, letters of the same client, or what has not gone out yet', async () => {
    const { test, anna, chat } = await shop();
    const visitor = await visit(test, { channelKey: chat.key });
    const { threadId } = (await visitor.write('Hello')) as Stored;
    await anna.call('POST', `/threads/${threadId}/messages`, {
      clientKey: randomUUID(),
      kind: 'note',
      text: 'a difficult one',
    });
    await anna.call('POST', `/threads/${threadId}/messages`, {
      ...reply('tomorrow'),
      sendAt: new Date(test.clock.now().getTime() + 86_400_000).toISOString(),
    });
    const mailbox = await makeChannel(test, 'email');
    const [mail] = await test.app.deps.host.ingest(mailbox, {
      messages: [letter('v@client.example', { text: 'a letter' })],
    });
    const thread = await anna.call<Thread>('GET', `/threads/${threadId}`);
    const other = await anna.call<Thread>('GET', `/threads/${mail?.threadId}`);
    await anna.call('POST', `/clients/${thread.clientId}/merge`, { otherId: other.clientId });
    await anna.call('POST', `/threads/${threadId}/merge`, { otherId: other.id });
    await anna.call('POST', `/threads/${threadId}/messages`, reply('seen'));
    await visitor.until(({ messages }) => messages.some((message) => message.text === 'seen'));
    visitor.close();
    const back = await visit(test, { channelKey: chat.key, visitorToken: visitor.hello.visitorToken });
    expect(back.hello.thread?.messages.map((message) => message.text)).toEqual(['Hello', 'seen']);
    expect(visitor.heard.messages.map((message) => message.text)).toEqual(['seen']);
    back.close();
  });

  it('is stored once for one key, however often and over whatever line it is sent', async () => {
    const { test, chat } = await shop();
    const visitor = await visit(test, { channelKey: chat.key });
    const clientKey = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => visitor.write('once', { clientKey })));
    visitor.close();
    const again = await visit(test, { channelKey: chat.key, visitorToken: visitor.hello.visitorToken });
    answers.push(await again.write('once', { clientKey }));
    expect(new Set(answers.map((answer) => (answer as Stored).messageId)).size).toBe(1);
    expect(new Set(answers.map((answer) => (answer as Stored).sentAt)).size).toBe(1);
    expect(await test.app.deps.db.message.count()).toBe(1);
    const stranger = await visit(test, { channelKey: chat.key });
    await stranger.write('once', { clientKey });
    expect(await test.app.deps.db.message.count()).toBe(2);
    for (const screen of [again, stranger]) screen.close();
  });

  it('may write sixty messages at once, kept in order; then is told to slow down', async () => {
    const { test, anna, chat } = await shop();
    const visitor = await visit(test, { channelKey: chat.key });
    const answers = await Promise.all(Array.from({ length: 90 }, (_, index) => visitor.write(`message ${index}`)));
    expect(answers.slice(0, 60).every((answer) => 'messageId' in answer)).toBe(true);
    expect(answers.find((answer) => 'error' in answer)).toMatchObject({
      error: { code: 'visitor.tooFast', retryAfterMs: expect.any(Number) },
    });
    const { threadId } = answers[0] as Stored;
    const page = await anna.call<List<Message>>('GET', `/threads/${threadId}/messages?limit=100`);
    const stored = answers.flatMap((answer, index) => ('messageId' in answer ? [`message ${index}`] : []));
    expect(page.items.map((message) => message.text).reverse()).toEqual(stored);
    visitor.close();
  });

  it('is seen on another screen of theirs at once, and not twice on the own', async () => {
    const { test, chat } = await shop();
    const phone = await visit(test, { channelKey: chat.key });
    const laptop = await visit(test, { channelKey: chat.key, visitorToken: phone.hello.visitorToken });
    await phone.write('from the phone');
    await laptop.until(({ messages }) => messages.length === 1);
    await laptop.write('from the laptop');
    await phone.until(({ messages }) => messages.length === 1);
    expect(laptop.heard.messages.map((message) => message.text)).toEqual(['from the phone']);
    expect(phone.heard.messages.map((message) => message.text)).toEqual(['from the laptop']);
    for (const screen of [phone, laptop]) screen.close();
  });

  it('reads back over a long conversation page by page', async () => {
    const { test, chat } = await shop();
    const visitor = await visit(test, { channelKey: chat.key });
    await Promise.all(Array.from({ length: 50 }, (_, index) => visitor.write(`${index}`)));
    visitor.close();
    const back = await visit(test, { channelKey: chat.key, visitorToken: visitor.hello.visitorToken });
    const { messages = [], hasMore } = back.hello.thread ?? {};
    expect([messages.length, messages[0]?.text, hasMore]).toEqual([40, '10', true]);
    const older = await back.socket.emitWithAck('history', { before: messages[0]?.id ?? '' });
    expect(older).toMatchObject({ hasMore: false });
    expect('messages' in older && older.messages.map((message) => message.text)).toEqual(
      Array.from({ length: 10 }, (_, index) => `${index}`),
    );
    back.close();
  });

  it('marks ours as read, and sees when somebody has read theirs', async () => {
    const { test, anna, chat } = await shop();
    const visitor = await visit(test, { channelKey: chat.key });
    const stored = (await visitor.write('Hello')) as Stored;
    await anna.call('POST', `/threads/${stored.threadId}/messages`, reply('Hello!'));
    await visitor.until(({ messages }) => messages.length === 1);
    await test.settle();
    const state = async () => {
      const page = await anna.call<List<Message>>('GET', `/threads/${stored.threadId}/messages`);
      return page.items[0]?.delivery?.state;
    };
    await expect.poll(state).toBe('delivered');
    visitor.socket.emit('read', { messageId: visitor.heard.messages[0]?.id ?? '' });
    await expect.poll(state).toBe('read');

    await anna.call('PUT', `/threads/${stored.threadId}/read`);
    await visitor.until(({ deliveries }) => deliveries.length > 0);
    expect(visitor.heard.deliveries).toMatchObject([{ messageId: stored.messageId, state: 'read' }]);
    visitor.close();
  });

  it('is refused what is malformed, and served on', async () => {
    const { test, chat } = await shop();
    const visitor = await visit(test, { channelKey: chat.key });
    const say = visitor.socket.emitWithAck.bind(visitor.socket) as (...args: unknown[]) => Promise<unknown>;
    expect(await say('message', { text: 'no key' })).toMatchObject({
      error: { code: 'input.invalid', errors: [{ path: 'clientKey', message: 'is missing' }] },
    });
    expect(await say('message', null)).toMatchObject({ error: { code: 'input.invalid' } });
    expect(await say('message', { clientKey: randomUUID(), text: '  ' })).toMatchObject({
      error: { code: 'input.invalid' },
    });
    expect(await say('message', { clientKey: randomUUID(), text: 'x'.repeat(10_001) })).toMatchObject({
      error: { code: 'message.tooLong' },
    });
    expect(await say('history', { before: 'x' })).toMatchObject({ error: { code: 'input.invalid' } });
    visitor.socket.emit('read', { messageId: 'x' });
    expect(await visitor.write('Hello \u0000e\u0301')).toMatchObject({ messageId: expect.any(String) });
    expect((await test.app.deps.db.message.findFirst())?.text).toBe('Hello é');
    visitor.close();
  });

  it('is turned away from a chat that is not there or is paused', async () => {
    const { test, anna, chat } = await shop();
    await expect(visit(test, { channelKey: 'no-such-chat' })).rejects.toMatchObject({
      data: { code: 'channel.notFound' },
    });
    await anna.call('PATCH', `/channels/${chat.id}`, { paused: true });
    await expect(visit(test, { channelKey: chat.key })).rejects.toMatchObject({ data: { code: 'channel.notFound' } });
  });

  it('is cut when the chat is paused under them, and nothing of theirs is taken any more', async () => {
    const { test, anna, chat } = await shop();
    const visitor = await visit(test, { channelKey: chat.key });
    await visitor.write('Hello');
    const cut = new Promise((resolve) => visitor.socket.on('disconnect', resolve));
    await anna.call('PATCH', `/channels/${chat.id}`, { paused: true });
    expect(await cut).toBe('io server disconnect');
    await expect(visit(test, { channelKey: chat.key })).rejects.toMatchObject({ data: { code: 'channel.notFound' } });
  });

  it('who is logged in at the shop goes on with the same client in another browser, when the shop signed them', async () => {
    const { test, anna, chat } = await shop({ identitySecret: 'shop secret' });
    const identity = {
      user: 'user-7',
      signature: createHmac('sha256', 'shop secret').update('user-7').digest('hex'),
      name: 'Mira Olsen',
    };
    const anonymous = await visit(test, { channelKey: chat.key });
    const before = (await anonymous.write('not logged in yet')) as Stored;
    anonymous.close();
    const home = await visit(test, { channelKey: chat.key, visitorToken: anonymous.hello.visitorToken, identity });
    expect(home.hello.thread?.id).toBe(before.threadId);
    await home.write('now I am');
    home.close();

    const work = await visit(test, { channelKey: chat.key, identity });
    expect(work.hello.thread?.messages.map((message) => message.text)).toEqual(['not logged in yet', 'now I am']);
    const there = (await work.write('and from work')) as Stored;
    expect(there.threadId).toBe(before.threadId);
    const thread = await anna.call<Thread>('GET', `/threads/${before.threadId}`);
    const client = await anna.call<{ identities: { kind: string; value: string; verifiedAt: string | null }[] }>(
      'GET',
      `/clients/${thread.clientId}`,
    );
    expect(client.identities).toContainEqual(
      expect.objectContaining({ kind: 'shopUser', value: 'user-7', verifiedAt: expect.any(String) }),
    );

    // The next one at the same screen has the token and not the signature.
    const next = await visit(test, { channelKey: chat.key, visitorToken: work.hello.visitorToken });
    expect(next.hello.thread).toBeNull();
    await expect(
      visit(test, { channelKey: chat.key, identity: { ...identity, user: 'user-8' } }),
    ).rejects.toMatchObject({ data: { code: 'identity.invalid' } });
    for (const screen of [work, next]) screen.close();
  });

  it('learns who is here, that somebody types, and how long it takes', async () => {
    const { test, anna, chat } = await shop();
    const visitor = await visit(test, { channelKey: chat.key });
    expect(visitor.hello.state).toMatchObject({ online: false, people: [], waitMs: null });
    const { threadId } = (await visitor.write('Hello')) as Stored;
    const staff = io(`${test.url}/staff`, { auth: { token: anna.key }, transports: ['websocket'], forceNew: true });
    await visitor.until(({ states }) => states.at(-1)?.online === true);
    expect(visitor.heard.states.at(-1)).toMatchObject({ people: ['Anna Berg'], answering: 'waiting' });

    const typed = new Promise((resolve) => staff.on('typing', (value) => value.userId === 'client' && resolve(value)));
    staff.emit('presence', { threadId });
    await expect
      .poll(() => {
        staff.emit('typing', { threadId, typing: true });
        return visitor.heard.typing.length;
      })
      .toBeGreaterThan(0);
    expect(visitor.heard.typing[0]).toEqual({ name: 'Anna Berg', typing: true });
    visitor.socket.emit('typing', { typing: true });
    expect(await typed).toMatchObject({ threadId, typing: true });

    await anna.call('POST', `/threads/${threadId}/messages`, reply('Hello!'));
    await visitor.until(({ states }) => states.at(-1)?.answering === 'person');
    staff.close();
    await visitor.until(({ states }) => states.at(-1)?.online === false);
    visitor.close();
  });

  it('is answered from another process, and is who they are there too', async () => {
    const { test, chat, anna } = await shop();
    const second = await startApp({ databaseUrl: test.databaseUrl, dataDir: test.dataDir });
    const here = await visit(test, { channelKey: chat.key });
    const there = await visit(second, { channelKey: chat.key, visitorToken: here.hello.visitorToken });
    const { threadId } = (await here.write('Hello')) as Stored;
    await there.until(({ messages }) => messages.some((message) => message.text === 'Hello'));
    const staff = io(`${second.url}/staff`, { auth: { token: anna.key }, transports: ['websocket'], forceNew: true });
    await here.until(({ states }) => states.at(-1)?.online === true);
    await anna.call('POST', `/threads/${threadId}/messages`, reply('Hello!'));
    for (const screen of [here, there]) {
      await screen.until(({ messages }) => messages.some((message) => message.text === 'Hello!'));
      screen.close();
    }
    staff.close();
    await second.stop();
  });

  it('is told when the shop opens, while nobody is here', async () => {
    const { test, anna } = await shop();
    const store = await test.app.deps.db.store.create({
      data: {
        id: randomUUID(),
        code: 'R',
        name: 'Riverside',
        timezone: 'Europe/Stockholm',
        hours: 'Mo-Su 10:00-20:00',
      },
    });
    const chat = await makeChat(anna, {}, { storeId: store.id });
    test.clock.set(new Date('2026-11-23T21:30:00.000Z'));
    const visitor = await visit(test, { channelKey: chat.key });
    expect(visitor.hello.state).toMatchObject({ online: false, opensAt: '2026-11-24T09:00:00.000Z' });
    visitor.close();
  });
});
