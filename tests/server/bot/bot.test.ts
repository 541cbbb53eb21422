import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Suggestion } from '../../../server/consult/schema.ts';
import type { Message, Thread } from '../../../server/threads/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { letter, makeChannel, telegramText } from '../../support/cast.ts';

let parley: TestApp;
let mira: Staff;

beforeAll(async () => {
  parley = await startApp({ keep: true });
  mira = await parley.staff('supervisor', 'Mira');
  const upload = (path: string, name: string, content: string) => {
    const form = new FormData();
    form.set('file', new Blob([content]), name);
    return mira.call('POST', path, form);
  };
  await upload('/stores/import', 's.csv', 'code,name,timezone,hours\nRIV,Riverside,UTC,Mo-Su 10:00-20:00\n');
  await upload('/products/import', 'p.csv', 'sku,name,brand,category\nA55,Samsung Galaxy A55,Samsung,phone\n');
  await upload('/offers/import', 'o.csv', 'sku,store,price,currency,stock\nA55,RIV,429,EUR,2\n');
  await upload(
    '/articles/import',
    'a.json',
    JSON.stringify([
      { title: 'eSIM', body: 'An eSIM is activated by a QR code that we send by e-mail.', locale: 'en' },
    ]),
  );
});
afterAll(() => parley.stop());

let clients = 1000;

async function write(
  channel: string,
  text: string,
  client = String(clients++),
): Promise<{ threadId: string; client: string }> {
  const [outcome] = await parley.app.deps.host.ingest(channel, {
    messages: [telegramText(client, text, { arrivedAt: parley.clock.now() })],
  });
  await parley.settle();
  return { threadId: outcome?.threadId ?? '', client };
}

const threadOf = (id: string) => mira.call<Thread>('GET', `/threads/${id}`);
const wordsIn = async (id: string) =>
  (await mira.call<{ items: Message[] }>('GET', `/threads/${id}/messages`)).items
    .filter((message) => message.direction === 'outbound')
    .reverse();

describe('the bot of a channel', () => {
  test('answers what is cited, named as a bot, and nobody waits', async () => {
    const { threadId } = await write(
      await makeChannel(parley, 'telegram', { botMode: 'first' }),
      'price of galaxy a55?',
    );
    const [answer] = await wordsIn(threadId);
    expect(answer?.text).toContain('429 EUR');
    expect(answer?.author).toMatchObject({ kind: 'bot', name: 'Bot' });
    expect(await threadOf(threadId)).toMatchObject({ botState: 'bot', waitingSince: null });
  });

  test('hands over what it does not know, says so, and the client waits since they wrote', async () => {
    const { threadId } = await write(
      await makeChannel(parley, 'telegram', { botMode: 'first' }),
      'Do you have Nokia 3310?',
    );
    const [answer] = await wordsIn(threadId);
    expect(answer?.text).toMatch(/not in our catalogue.*colleague/);
    const thread = await threadOf(threadId);
    expect(thread.botState).toBe('waiting');
    expect(thread.waitingSince).not.toBeNull();
  });

  test('is silent on a claim, and a person is called', async () => {
    const { threadId } = await write(
      await makeChannel(parley, 'telegram', { botMode: 'first' }),
      'My phone is dead, I want my money back!',
    );
    expect(await threadOf(threadId)).toMatchObject({ botState: 'waiting' });
    expect((await wordsIn(threadId)).map((message) => message.text).join()).not.toMatch(/refund|warranty|return/i);
  });

  test('is silent after a person has written, until the thread is handed back', async () => {
    const channel = await makeChannel(parley, 'telegram', { botMode: 'first' });
    const { threadId, client } = await write(channel, 'price of galaxy a55?');
    await mira.call('POST', `/threads/${threadId}/messages`, {
      clientKey: crypto.randomUUID(),
      kind: 'reply',
      text: 'I take over.',
      force: true,
    });
    await write(channel, 'and the price of galaxy a55 again?', client);
    expect((await wordsIn(threadId)).filter((message) => message.author.kind === 'bot')).toHaveLength(1);
    await mira.call('PUT', `/threads/${threadId}/bot`, {});
    await write(channel, 'price of galaxy a55?', client);
    expect((await wordsIn(threadId)).filter((message) => message.author.kind === 'bot')).toHaveLength(2);
  });

  test('leaves the client to people where it is off', async () => {
    const { threadId } = await write(await makeChannel(parley, 'telegram', { botMode: 'off' }), 'price of galaxy a55?');
    expect(await wordsIn(threadId)).toEqual([]);
    expect((await threadOf(threadId)).waitingSince).not.toBeNull();
  });

  test('answers a letter it is sure of, and writes no small talk by mail', async () => {
    const channel = await makeChannel(parley, 'email', { botMode: 'first' });
    const ingest = async (text: string) => {
      const [outcome] = await parley.app.deps.host.ingest(channel, {
        messages: [
          letter(`c${clients++}@client.example`, { text, subject: 'Question', arrivedAt: parley.clock.now() }),
        ],
      });
      await parley.settle();
      return outcome?.threadId ?? '';
    };
    expect((await wordsIn(await ingest('How is an eSIM activated?')))[0]?.text).toContain('QR code');
    const unknown = await ingest('Do you have Nokia 3310?');
    expect(await wordsIn(unknown)).toEqual([]);
    expect((await threadOf(unknown)).botState).toBe('waiting');
  });
});

describe('suggestions', () => {
  test('are ready before anybody opens the thread, each with its source', async () => {
    const { threadId } = await write(await makeChannel(parley, 'telegram'), 'price of galaxy a55?');
    expect(await parley.app.deps.db.suggestion.count({ where: { threadId } })).toBeGreaterThan(0);
    const { items } = await mira.call<{ items: Suggestion[] }>('POST', `/threads/${threadId}/suggestions`, {});
    expect(items[0]?.answer?.text).toContain('429 EUR');
    expect(items[0]?.answer?.citations.map((citation) => citation.kind)).toContain('offer');
    await mira.call('PUT', `/suggestions/${items[0]?.id}/outcome`, { outcome: 'inserted' });
    expect((await parley.app.deps.db.suggestion.findUniqueOrThrow({ where: { id: items[0]?.id ?? '' } })).outcome).toBe(
      'inserted',
    );
  });

  test('understand a question by what was said before', async () => {
    const channel = await makeChannel(parley, 'telegram');
    const { threadId, client } = await write(channel, 'Hello, I look at the Galaxy A55');
    await mira.call('POST', `/threads/${threadId}/messages`, {
      clientKey: crypto.randomUUID(),
      kind: 'reply',
      text: 'A fine phone!',
      force: true,
    });
    await write(channel, 'And how much is it?', client);
    const { items } = await mira.call<{ items: Suggestion[] }>('POST', `/threads/${threadId}/suggestions`, {});
    expect(items[0]?.answer?.text).toContain('429 EUR');
  });
});
