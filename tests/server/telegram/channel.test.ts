import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bot } from '../../../server/demo/botApi/bot.ts';
import type { Client } from '../../../server/demo/botApi/client.ts';
import { type BotApi, startBotApi } from '../../../server/demo/botApi/server.ts';
import type { Message, Thread, ThreadRow } from '../../../server/threads/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';

/** The whole way: a person in Telegram, the Bot API over HTTP, the real app, its API. */

type List<T> = { items: T[] };
const TOKEN = '4242:secret';

let api: BotApi;
let bot: Bot;
let anna: Client;
let test: TestApp;
let mira: Staff;

beforeEach(async () => {
  api = await startBotApi();
  bot = api.bot(TOKEN, 'Riverside');
  anna = bot.client({ id: 77, first_name: 'Anna', last_name: 'Berg', language_code: 'sv' });
});
afterEach(async () => {
  await test?.stop();
  await api.close();
});

async function connect(config: { mode?: 'polling' | 'webhook' } = {}) {
  test = await startApp({ env: { TELEGRAM_API_ROOT: api.url } });
  mira = await test.staff('admin', 'Mira');
  const channel = await mira.call<{ id: string }>('POST', '/channels', {
    kind: 'telegram',
    name: 'Telegram',
    config: { token: TOKEN, ...config },
  });
  return channel.id;
}

async function until<T>(read: () => Promise<T | null | undefined | false>): Promise<T> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const value = await read();
    if (value) return value;
    if (Date.now() > deadline) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const threads = async () => (await mira.call<List<ThreadRow>>('GET', '/threads')).items;
const firstThread = () => until(async () => (await threads())[0]);
const messagesOf = async (threadId: string) =>
  (await mira.call<List<Message>>('GET', `/threads/${threadId}/messages`)).items.toReversed();
const write = (threadId: string, text: string, more: object = {}) =>
  mira.call<Message>('POST', `/threads/${threadId}/messages`, {
    clientKey: randomUUID(),
    kind: 'reply',
    text,
    force: true,
    ...more,
  });
const deliveryOf = (threadId: string, messageId: string, state: string) =>
  until(async () => {
    const found = (await messagesOf(threadId)).find(({ id }) => id === messageId);
    return found?.delivery?.state === state && found.delivery;
  });

describe('what a client writes in Telegram', () => {
  it('is a thread at once, with the time Telegram received it, and the reply arrives in the chat', async () => {
    const channelId = await connect();
    anna.writes('Have you got the A55?');
    const thread = await firstThread();
    expect(thread).toMatchObject({
      clientName: 'Anna Berg',
      channelKind: 'telegram',
      preview: 'Have you got the A55?',
    });
    expect(thread.waitingSince).toMatch(/\.000Z$/);
    await write(thread.id, 'Yes, two', { html: '<p>Yes, <strong>two</strong></p>' });
    const sent = await bot.nextSent(({ chatId }) => chatId === 77);
    expect(sent).toMatchObject({ text: 'Yes, two', entities: [{ type: 'bold', offset: 5, length: 3 }] });
    anna.writes('Great', { replyTo: sent.messageId });
    await until(async () => (await messagesOf(thread.id)).length === 3);
    const health = await mira.call('GET', `/channels/${channelId}/health`);
    expect(health).toMatchObject({ state: 'ok', storedCount: 2, quarantined: 0, error: null });
  });

  it('stays with Telegram until it is stored, and is stored once when it comes again', async () => {
    const channelId = await connect();
    anna.writes('one');
    const thread = await firstThread();
    const { db } = test.app.deps;
    await db.$executeRaw`ALTER TABLE receipt RENAME TO unreachable`;
    anna.writes('two');
    const health = await until(async () => {
      const now = await db.channelHealth.findUnique({ where: { channelId } });
      return now?.state === 'retrying' && now;
    });
    expect(health.error).toContain('could not store');
    expect(bot.pendingCount()).toBe(1);
    await db.$executeRaw`ALTER TABLE unreachable RENAME TO receipt`;
    await until(async () => (await messagesOf(thread.id)).length === 2);
    const [last] = bot.said;
    bot.push({ message: last });
    anna.writes('three');
    await until(async () => (await messagesOf(thread.id)).length === 3);
    expect((await messagesOf(thread.id)).map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  });

  it('brings its photo after its words', async () => {
    await connect();
    anna.sendsPhoto({ content: Buffer.from('jpeg bytes'), caption: 'cracked' });
    const thread = await firstThread();
    const photo = await until(async () => {
      const [message] = await messagesOf(thread.id);
      return message?.attachments[0]?.state === undefined && message?.attachments[0];
    });
    expect(photo).toMatchObject({ type: 'image/jpeg', sizeBytes: 10 });
    expect(await mira.ask('GET', `/attachments/${photo.id}`)).toMatchObject({ status: 200 });
  });

  it('shows a file that Telegram no longer has as failed, with its name kept', async () => {
    await connect();
    bot.fail({ code: 400, description: 'Bad Request: wrong file_id', method: 'getFile' });
    anna.sendsDocument({ name: 'receipt.pdf', content: Buffer.from('pdf') });
    const thread = await firstThread();
    const file = await until(async () => {
      const [message] = await messagesOf(thread.id);
      return message?.attachments[0]?.state === 'failed' && message.attachments[0];
    });
    expect(file.name).toBe('receipt.pdf');
    expect(await mira.ask('GET', `/attachments/${file.id}`)).toMatchObject({ status: 409 });
  });

  it('that is one of an album says which, and the album is one in the thread', async () => {
    await connect();
    const photo = { content: new Uint8Array([1, 2, 3]) };
    anna.sendsPhoto({ ...photo, caption: 'Both sides' }, { album: '900' });
    anna.sendsPhoto(photo, { album: '900' });
    const thread = await firstThread();
    const messages = await until(async () => {
      const all = await messagesOf(thread.id);
      return all.length === 2 && all;
    });
    expect(messages.map(({ album }) => album)).toEqual(['900', '900']);
  });

  it('changes when the client edits it', async () => {
    await connect();
    const id = anna.writes('A55?');
    const thread = await firstThread();
    anna.edits(id, 'A56, sorry');
    const edited = await until(async () => (await messagesOf(thread.id)).find(({ editedAt }) => editedAt !== null));
    expect(edited.text).toBe('A56, sorry');
    expect(await messagesOf(thread.id)).toHaveLength(1);
  });

  it('proves a phone number by the own contact, and nothing by another’s', async () => {
    await connect();
    anna.sharesContact({ phone: '+4917604069055', name: 'Anna', userId: 77 });
    anna.sharesContact({ phone: '+4917604069066', name: 'Mum', userId: 78 });
    const thread = await firstThread();
    await until(async () => (await messagesOf(thread.id)).length === 2);
    const client = await mira.call<{ identities: { kind: string; value: string; verifiedAt: string | null }[] }>(
      'GET',
      `/clients/${thread.clientId}`,
    );
    const phones = client.identities.filter(({ kind }) => kind === 'phone');
    expect(phones).toMatchObject([{ value: '+4917604069055', verifiedAt: expect.any(String) }]);
  });

  it('is quarantined with its original when it cannot be read, and what follows is stored', async () => {
    const channelId = await connect();
    bot.push({ message: { message_id: 'not a number' } });
    anna.writes('after it');
    await firstThread();
    expect(await mira.call('GET', `/channels/${channelId}/health`)).toMatchObject({ quarantined: 1 });
  });

  it('that is a group’s talk or of an unknown kind is kept under its name, in no thread, and counted', async () => {
    const channelId = await connect();
    const chat = { id: -100, type: 'supergroup', title: 'Neighbours' };
    const from = { id: 78, is_bot: false, first_name: 'Bo' };
    bot.push({ message: { message_id: 5, date: Math.floor(Date.now() / 1000), chat, from, text: 'Hello all' } });
    bot.push({ poll_answer: { poll_id: '1' } });
    for (const step of [1, 2])
      bot.push({
        edited_message: {
          message_id: 9,
          date: Math.floor(Date.now() / 1000),
          chat: { id: 77, type: 'private' },
          from: { ...from, id: 77 },
          location: { latitude: step, longitude: 1, live_period: 60 },
        },
      });
    anna.writes('to you');
    await firstThread();
    expect(await threads()).toHaveLength(1);
    expect(await mira.call('GET', `/channels/${channelId}/health`)).toMatchObject({
      storedCount: 1,
      quarantined: 0,
      ignored: 3,
    });
    const list = await mira.call<List<{ id: string; reason: string }>>(
      'GET',
      `/channels/${channelId}/quarantine?outcome=ignored`,
    );
    expect(list.items.map(({ reason }) => reason).sort()).toEqual(['group', 'live-location', 'unknown-update']);
    const group = list.items.find(({ reason }) => reason === 'group');
    const path = `/channels/${channelId}/quarantine/${encodeURIComponent(group?.id ?? '')}/raw`;
    expect((await mira.ask('GET', path)).body.text).toContain('Hello all');
    expect((await mira.call<List<unknown>>('GET', `/channels/${channelId}/quarantine`)).items).toEqual([]);
  });

  it('that came before the bot was connected is history: closed and without a clock', async () => {
    anna.writes('an old question', { at: new Date(Date.now() - 3_600_000) });
    await connect();
    const old = await until(async () => (await mira.call<List<ThreadRow>>('GET', '/threads?status=closed')).items[0]);
    expect(old).toMatchObject({ historical: true, waitingSince: null });
  });
});

describe('a reply to Telegram', () => {
  async function openThread() {
    await connect();
    anna.writes('Hello');
    return firstThread();
  }

  it('that is too long goes in pieces, and a refusal between them repeats none', async () => {
    const thread = await openThread();
    const text = `${'first '.repeat(600)}\n\n${'second '.repeat(500)}`;
    bot.fail({ code: 429, description: 'Too Many Requests', retryAfterS: 1, method: 'sendMessage', after: 1 });
    const sent = await write(thread.id, text);
    await deliveryOf(thread.id, sent.id, 'retry');
    test.clock.advance(2_000);
    await deliveryOf(thread.id, sent.id, 'sent');
    expect(anna.received.map((piece) => piece.text.slice(0, 6).trim())).toEqual(['first', 'second']);
  });

  it('waits as long as Telegram asks', async () => {
    const thread = await openThread();
    bot.fail({ code: 429, description: 'Too Many Requests: retry after 30', retryAfterS: 30, method: 'sendMessage' });
    const sent = await write(thread.id, 'Yes');
    const waiting = await deliveryOf(thread.id, sent.id, 'retry');
    expect(Date.parse(waiting.dueAt) - test.clock.now().getTime()).toBeGreaterThan(25_000);
    expect(anna.received).toEqual([]);
    test.clock.advance(31_000);
    await deliveryOf(thread.id, sent.id, 'sent');
    expect(anna.received).toHaveLength(1);
  });

  it('whose sending Telegram did not answer goes again, and says that it may have come twice', async () => {
    const thread = await openThread();
    bot.fail({ code: 0, description: 'the line breaks', method: 'sendMessage', answerLost: true });
    const sent = await write(thread.id, 'Yes');
    await deliveryOf(thread.id, sent.id, 'retry');
    test.clock.advance(120_000);
    const arrived = await deliveryOf(thread.id, sent.id, 'sent');
    expect(anna.received.map(({ text }) => text)).toEqual(['Yes', 'Yes']);
    expect(arrived.repeated).toBe(true);
  });

  it('to who blocked the bot fails with a word and flags the address, until it is let in again', async () => {
    const thread = await openThread();
    anna.blocks();
    const identity = () => test.app.deps.db.identity.findFirst({ where: { kind: 'telegram', value: '77' } });
    await until(async () => (await identity())?.flaggedAt);
    const sent = await write(thread.id, 'Are you there?');
    const failed = await deliveryOf(thread.id, sent.id, 'failed');
    expect(failed.error).toBe('The client has blocked the bot');
    anna.unblocks();
    await until(async () => (await identity())?.flaggedAt === null);
  });

  it('carries files, the text as the caption of a single one', async () => {
    const thread = await openThread();
    const form = new FormData();
    form.set('file', new Blob(['pdf bytes'], { type: 'application/pdf' }), 'offer.pdf');
    const { id } = await mira.call<{ id: string }>('POST', '/uploads', form);
    await write(thread.id, 'Our offer', { attachmentIds: [id] });
    const sent = await bot.nextSent(({ chatId }) => chatId === 77);
    expect(sent).toMatchObject({ method: 'sendDocument', text: 'Our offer', file: { name: 'offer.pdf' } });
  });

  async function upload(name: string, type: string): Promise<string> {
    const form = new FormData();
    form.set('file', new Blob([name], { type }), name);
    return (await mira.call<{ id: string }>('POST', '/uploads', form)).id;
  }

  it('keeps pictures together as an album under its words, and other files together after them', async () => {
    const thread = await openThread();
    const attachmentIds = [];
    for (const name of ['front.jpg', 'back.jpg']) attachmentIds.push(await upload(name, 'image/jpeg'));
    await write(thread.id, 'Both sides', { attachmentIds });
    await until(async () => anna.received.length === 2);
    expect(anna.received.map(({ method, text, file }) => [method, text, file?.name])).toEqual([
      ['sendMediaGroup', 'Both sides', 'front.jpg'],
      ['sendMediaGroup', '', 'back.jpg'],
    ]);
    expect(new Set(anna.received.map(({ album }) => album)).size).toBe(1);

    const mixed = [await upload('side.jpg', 'image/jpeg')];
    for (const name of ['offer.pdf', 'terms.pdf']) mixed.push(await upload(name, 'application/pdf'));
    await write(thread.id, 'And the papers', { attachmentIds: mixed });
    await until(async () => anna.received.length === 6);
    expect(anna.received.slice(2).map(({ method }) => method)).toEqual([
      'sendMessage',
      'sendPhoto',
      'sendMediaGroup',
      'sendMediaGroup',
    ]);
  });

  it('sends an album that Telegram refuses one by one, none of it twice', async () => {
    const thread = await openThread();
    bot.fail({ code: 400, description: 'Bad Request: PHOTO_INVALID_DIMENSIONS', method: 'sendMediaGroup' });
    bot.fail({ code: 429, description: 'Too Many Requests', retryAfterS: 1, method: 'sendPhoto', after: 1 });
    const attachmentIds = [];
    for (const name of ['front.jpg', 'back.jpg']) attachmentIds.push(await upload(name, 'image/jpeg'));
    const sent = await write(thread.id, 'Both sides', { attachmentIds });
    await deliveryOf(thread.id, sent.id, 'retry');
    test.clock.advance(2_000);
    await deliveryOf(thread.id, sent.id, 'sent');
    expect(anna.received.map(({ text, file }) => file?.name ?? text)).toEqual(['Both sides', 'front.jpg', 'back.jpg']);
  });

  it('quotes the message it was written to, and shows what the client’s own answers', async () => {
    await connect();
    const asked = anna.writes('Is it blue?');
    const thread = await firstThread();
    anna.writes('And 256 GB?');
    await until(async () => (await messagesOf(thread.id)).length === 2);
    const question = (await messagesOf(thread.id)).find(({ text }) => text === 'Is it blue?');
    await write(thread.id, 'Blue, yes', { quoteId: question?.id });
    const sent = await bot.nextSent(({ text }) => text === 'Blue, yes');
    expect(sent.replyTo).toBe(asked);
    const ours = await until(async () =>
      (await messagesOf(thread.id)).find(({ text, delivery }) => text === 'Blue, yes' && delivery?.state === 'sent'),
    );
    expect(ours.quote).toEqual({ messageId: question?.id, name: 'Anna Berg', text: 'Is it blue?' });
    anna.writes('Great', { replyTo: sent.messageId });
    const great = await until(async () => (await messagesOf(thread.id)).find(({ text }) => text === 'Great'));
    expect(great.quote).toMatchObject({ messageId: ours.id, text: 'Blue, yes' });
    expect(
      await mira.ask('POST', `/threads/${thread.id}/messages`, {
        clientKey: randomUUID(),
        kind: 'reply',
        text: 'x',
        force: true,
        quoteId: thread.id,
      }),
    ).toMatchObject({ status: 422 });
  });
});

describe('the bot itself', () => {
  it('is tested by name, and a wrong token says where to get another', async () => {
    const channelId = await connect();
    expect(await mira.call('POST', `/channels/${channelId}/test`)).toMatchObject({
      ok: true,
      steps: [{ message: 'This is @riverside_bot (Riverside)' }],
    });
    await mira.call('PATCH', `/channels/${channelId}`, { config: { token: '1:wrong' } });
    expect(await mira.call('POST', `/channels/${channelId}/test`)).toMatchObject({
      ok: false,
      steps: [{ message: expect.stringContaining('@BotFather') }],
    });
    const health = () => mira.call<{ state: string; error: string }>('GET', `/channels/${channelId}/health`);
    const failed = await until(async () => {
      const now = await health();
      return now.state === 'failed' && now;
    });
    expect(failed.error).toContain('@BotFather');
  });

  it('never shows its token again', async () => {
    await connect();
    expect(JSON.stringify(await mira.call('GET', '/channels'))).not.toContain('secret');
  });

  it('takes updates by webhook from Telegram alone, and answers 2xx only when they are stored', async () => {
    const channelId = await connect({ mode: 'webhook' });
    await until(async () => bot.webhook !== null);
    const path = `${test.url}/hooks/telegram/${channelId}`;
    const post = (secret: string) =>
      fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': secret },
        body: JSON.stringify({ update_id: 1 }),
      });
    expect((await post('guess')).status).toBe(403);
    expect((await post(bot.webhook?.secret ?? '')).status).toBe(200);
    anna.writes('by webhook');
    expect(await firstThread()).toMatchObject({ preview: 'by webhook' });
    await mira.call('DELETE', `/channels/${channelId}`);
    expect(bot.webhook).toBeNull();
    expect((await post('guess')).status).toBe(404);
  });

  it('that somebody pointed at a webhook is polled again', async () => {
    bot.webhook = { url: 'http://127.0.0.1:9/elsewhere', secret: undefined, allowed: undefined };
    await connect();
    anna.writes('still there?');
    expect(await firstThread()).toMatchObject({ preview: 'still there?' });
  });
});

it('shows the client that a colleague types', async () => {
  await connect();
  anna.writes('Hello');
  const thread: Thread | ThreadRow = await firstThread();
  await test.app.deps.feed.notify({ kind: 'typing', userId: mira.id, threadId: thread.id, typing: true });
  await bot.called('sendChatAction');
});
