import { createServer } from 'node:http';
import { Telegram } from 'telegraf';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failureOf } from '../../../server/channels/telegram/failure.ts';
import type { Bot } from '../../../server/demo/botApi/bot.ts';
import type { Client } from '../../../server/demo/botApi/client.ts';
import { type BotApi, startBotApi } from '../../../server/demo/botApi/server.ts';

/** The stand-in is driven by the same client library that talks to Telegram itself. */

const token = '4242:secret';
let api: BotApi;
let bot: Bot;
let mina: Client;
let telegram: Telegram;

beforeEach(async () => {
  api = await startBotApi({ firstId: 100 });
  bot = api.bot(token, 'Riverside');
  mina = bot.client({ id: 77, first_name: 'Mina' });
  telegram = new Telegram(token, { apiRoot: api.url });
});
afterEach(() => api.close());

const updates = (offset = 0, timeout = 0) => telegram.callApi('getUpdates', { offset, timeout, limit: 100 });

test('an unknown token is refused', async () => {
  await expect(telegram.getMe()).resolves.toMatchObject({ id: 4242, is_bot: true });
  const error = await new Telegram('1:no', { apiRoot: api.url }).getMe().catch((thrown: unknown) => thrown);
  expect(failureOf(error).kind).toBe('bot');
});

test('an update waits until an offset past it confirms it', async () => {
  mina.writes('one');
  mina.writes('two');
  expect((await updates()).map((update) => update.update_id)).toEqual([100, 101]);
  expect(await updates()).toHaveLength(2);
  expect(await updates(101)).toHaveLength(1);
  expect(await updates()).toHaveLength(1);
});

test('a long poll answers as soon as somebody writes', async () => {
  const waiting = updates(0, 20);
  mina.writes('now');
  expect(await waiting).toMatchObject([{ message: { text: 'now', from: { id: 77 } } }]);
});

test('a second reader ends the first one’s wait with 409', async () => {
  const first = updates(0, 20).catch(failureOf);
  await bot.called('getUpdates');
  const second = updates(0, 20);
  expect(await first).toMatchObject({ kind: 'conflict' });
  mina.writes('hello');
  expect(await second).toHaveLength(1);
});

test('a webhook gets the secret, is tried until it takes, and excludes polling', async () => {
  const got: { secret: unknown; body: string }[] = [];
  let done = () => {};
  const taken = new Promise<void>((resolve) => {
    done = resolve;
  });
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    got.push({ secret: request.headers['x-telegram-bot-api-secret-token'], body });
    response.writeHead(got.length === 1 ? 500 : 200).end();
    if (got.length === 2) done();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await telegram.setWebhook(`http://127.0.0.1:${port}/hook`, { secret_token: 'abc_1' });
  expect(await updates().catch(failureOf)).toMatchObject({ kind: 'conflict' });
  mina.writes('by webhook');
  await taken;
  expect(got[0]).toEqual(got[1]);
  expect(got[0]?.secret).toBe('abc_1');
  await telegram.deleteWebhook();
  server.close();
});

test('who wrote before the start can be written to, and nothing new comes of it', async () => {
  bot.remember({ id: 78, first_name: 'Omar' });
  await telegram.sendMessage(78, 'It is here');
  expect(await updates()).toEqual([]);
  const omar = bot.client({ id: 78, first_name: 'Omar', language_code: 'fa' });
  expect(omar.received).toMatchObject([{ text: 'It is here' }]);
  omar.writes('Thanks');
  expect(await updates()).toMatchObject([{ message: { text: 'Thanks', from: { id: 78, language_code: 'fa' } } }]);
});

test('a message is delivered with entities, as a reply, and can be edited', async () => {
  const asked = mina.writes('A55?');
  const sent = await telegram.sendMessage(77, 'Yes, two', {
    entities: [{ type: 'bold', offset: 5, length: 3 }],
    reply_parameters: { message_id: asked },
  });
  expect(mina.received).toMatchObject([{ text: 'Yes, two', replyTo: asked, entities: [{ type: 'bold' }] }]);
  await telegram.editMessageText(77, sent.message_id, undefined, 'Yes, three');
  expect(mina.received[0]?.text).toBe('Yes, three');
  await telegram.sendMessage(77, '<b>1 &lt; 2</b>', { parse_mode: 'HTML' });
  expect(mina.received[1]).toMatchObject({ text: '1 < 2', entities: [{ type: 'bold', offset: 0, length: 5 }] });
});

test('files go both ways', async () => {
  mina.sendsPhoto({ content: Buffer.from('jpeg bytes') });
  const [update] = await updates();
  const photo = update && 'message' in update && 'photo' in update.message ? update.message.photo : [];
  const link = await telegram.getFileLink(photo.at(-1)?.file_id ?? '');
  expect(await (await fetch(link)).text()).toBe('jpeg bytes');
  await telegram.sendDocument(
    77,
    { source: Buffer.from('pdf bytes'), filename: 'offer.pdf' },
    { caption: 'Our offer' },
  );
  expect(mina.received[0]).toMatchObject({ text: 'Our offer', file: { name: 'offer.pdf' } });
  expect(Buffer.from(mina.received[0]?.file?.content ?? []).toString()).toBe('pdf bytes');
});

test('strangers, blocks, floods and long texts are refused in Telegram’s words', async () => {
  mina.writes('hi');
  await telegram.sendMessage(77, 'hello');
  const refusal = (work: Promise<unknown>) => work.then(() => null, failureOf);
  expect(await refusal(telegram.sendMessage(78, 'hello'))).toMatchObject({ kind: 'person' });
  expect(await refusal(telegram.sendMessage(77, 'x'.repeat(4097)))).toMatchObject({ kind: 'message' });
  bot.fail({ code: 429, description: 'Too Many Requests: retry after 7', retryAfterS: 7, method: 'sendMessage' });
  expect(await refusal(telegram.sendMessage(77, 'hello'))).toMatchObject({ kind: 'again', afterMs: 7000 });
  mina.blocks();
  expect(await refusal(telegram.sendMessage(77, 'hello'))).toMatchObject({
    kind: 'person',
    words: 'The client has blocked the bot',
  });
});
