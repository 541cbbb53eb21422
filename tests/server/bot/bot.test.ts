import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Suggestion } from '../../../server/consult/schema.ts';
import type { ClientPromise } from '../../../server/promises/schema.ts';
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

describe('what the bot arranges', () => {
  const promisesOf = async (threadId: string) =>
    (await mira.call<{ items: ClientPromise[] }>('GET', `/promises?thread=${threadId}&state=all`)).items;
  const botChannel = () => makeChannel(parley, 'telegram', { botMode: 'first' });
  const lastWords = async (threadId: string) => (await wordsIn(threadId)).at(-1)?.text ?? '';

  test('keeps one: asked on "yes", refused by the store, the client told', async () => {
    const channel = await botChannel();
    const { threadId, client } = await write(channel, 'Do you have the galaxy a55 at Riverside?');
    expect(await lastWords(threadId)).toContain('Shall I ask Riverside to keep one');
    await write(channel, 'Yes please', client);
    expect(await lastWords(threadId)).toContain('I have asked Riverside to keep Samsung Galaxy A55');
    const [hold] = await promisesOf(threadId);
    expect(hold).toMatchObject({ kind: 'hold', state: 'open', storeName: 'Riverside', confirmedAt: null });
    expect(hold?.ownerId).not.toBeNull();
    expect(hold?.dueAt).not.toBeNull();
    await mira.call('PUT', `/promises/${hold?.id}/confirmation`, { keeps: false, words: 'The last one is broken.' });
    await parley.settle();
    expect(await lastWords(threadId)).toBe(
      'Unfortunately Riverside cannot keep Samsung Galaxy A55 for you. The last one is broken.',
    );
    expect((await promisesOf(threadId))[0]).toMatchObject({ state: 'broken' });
    expect(await mira.ask('PUT', `/promises/${hold?.id}/confirmation`, { keeps: true })).toMatchObject({ status: 409 });
  });

  test('keeps one elsewhere when it is out where they asked: in the store that has most, or in one that they name', async () => {
    const upload = (path: string, content: string) => {
      const form = new FormData();
      form.set('file', new Blob([content]), 'rows.csv');
      return mira.call('POST', path, form);
    };
    const open = 'UTC,Mo-Su 10:00-20:00';
    await upload(
      '/stores/import',
      `code,name,timezone,hours\nRIV,Riverside,${open}\nOLD,Old Town,${open}\nMALL,North Mall,${open}\n`,
    );
    await upload('/products/import', 'sku,name,brand,category\nS24,Samsung Galaxy S24,Samsung,phone\n');
    await upload(
      '/offers/import',
      'sku,store,price,currency,stock\nS24,RIV,579,EUR,0\nS24,MALL,579,EUR,3\nS24,OLD,579,EUR,4\n',
    );
    const channel = await botChannel();
    for (const [reply, store] of [
      ['Yes please, name is Zoe Lang', 'Old Town'],
      ['North Mall please', 'North Mall'],
    ] as const) {
      const { threadId, client } = await write(channel, 'Do you have the galaxy s24 at Riverside?');
      expect(await lastWords(threadId)).toContain('Shall I ask Old Town to keep one');
      await write(channel, reply, client);
      expect(await lastWords(threadId)).toContain(`I have asked ${store} to keep Samsung Galaxy S24`);
      expect(await promisesOf(threadId)).toMatchObject([{ kind: 'hold', storeName: store }]);
    }
  });

  test('asks no store to keep what the client does not want, or only asks about', async () => {
    const channel = await botChannel();
    for (const reply of [
      'No thanks, North Mall is too far for me',
      "No, I don't want to go to North Mall",
      'how much is it at North Mall',
      'I live near North Mall, is it open on Sunday',
      'نه، North Mall دور است',
    ]) {
      const { threadId, client } = await write(channel, 'Do you have the galaxy s24 at Riverside?');
      await write(channel, reply, client);
      expect([reply, await promisesOf(threadId)]).toEqual([reply, []]);
    }
  });

  test('takes an answer to its own question for no gap in the knowledge', async () => {
    const channel = await botChannel();
    await write(channel, 'Yes please, my name is Ana');
    await write(channel, 'Please engrave my initials');
    const { items } = await mira.call<{ items: { question: string }[] }>('GET', '/gaps');
    const asked = items.map((gap) => gap.question);
    expect(asked).toContain('Please engrave my initials');
    expect(asked).not.toContain('Yes please, my name is Ana');
  });

  test('tells when a product is back, once an import brings it', async () => {
    const offers = (stock: number) => {
      const form = new FormData();
      form.set('file', new Blob([`sku,store,price,currency,stock\nA55,RIV,429,EUR,${stock}\n`]), 'o.csv');
      return mira.call('POST', '/offers/import', form);
    };
    await offers(0);
    const channel = await botChannel();
    const { threadId, client } = await write(channel, 'Do you have the galaxy a55?');
    expect(await lastWords(threadId)).toContain('when it is back in stock');
    await write(channel, 'yes', client);
    expect(await promisesOf(threadId)).toMatchObject([{ kind: 'tellWhenBack', state: 'open' }]);
    await offers(2);
    await parley.settle();
    expect(await lastWords(threadId)).toBe('Samsung Galaxy A55 is back in stock: Riverside (2).');
    expect(await promisesOf(threadId)).toMatchObject([{ kind: 'tellWhenBack', state: 'kept' }]);
  });

  test('calls back: asks for the number and promises the call', async () => {
    const channel = await botChannel();
    const { threadId, client } = await write(channel, 'Can somebody call me back?');
    expect(await lastWords(threadId)).toBe('Which phone number may we call?');
    await write(channel, '+373 69 123 456', client);
    expect(await lastWords(threadId)).toMatch(/will call you on \+37369123456 by/);
    expect(await promisesOf(threadId)).toMatchObject([{ kind: 'callBack', contact: '+37369123456' }]);
  });

  test('collects a claim while a person is awaited, and decides nothing', async () => {
    const channel = await botChannel();
    const { threadId, client } = await write(channel, 'My Galaxy A55 is defective, it does not turn on.');
    expect(await threadOf(threadId)).toMatchObject({ botState: 'waiting' });
    expect(await lastWords(threadId)).toContain('IMEI');
    const since = (await threadOf(threadId)).waitingSince;
    await write(channel, 'IMEI 490154203237518. I would like it repaired.', client);
    expect(await lastWords(threadId)).toContain('Still missing: photos');
    await write(channel, 'I have no photos', client);
    expect(await lastWords(threadId)).toContain('a colleague has all of this');
    const [claim] = await promisesOf(threadId);
    expect(claim).toMatchObject({ kind: 'findOut', state: 'open' });
    expect(claim?.text).toMatch(/Galaxy A55[\s\S]*490154203237518[\s\S]*does not turn on[\s\S]*repaired/);
    expect((await threadOf(threadId)).waitingSince).toBe(since);
  });

  test('hands over on request and says how many wait before', async () => {
    const { threadId } = await write(await botChannel(), 'I want to speak to a person');
    expect(await lastWords(threadId)).toContain('passed this to a colleague');
    expect(await threadOf(threadId)).toMatchObject({ botState: 'waiting' });
  });

  test('hands over on request in the middle of a talk about a product', async () => {
    const channel = await makeChannel(parley, 'telegram', { botMode: 'first' });
    for (const plea of ['I want to talk to a person', 'می‌خواهم با یک نفر صحبت کنم']) {
      const { threadId, client } = await write(channel, 'Is the galaxy a55 in stock at Riverside?');
      expect((await wordsIn(threadId))[0]?.text).toContain('Riverside');
      await write(channel, plea, client);
      expect(await threadOf(threadId)).toMatchObject({ botState: 'waiting' });
    }
  });

  test('passes a complaint on with a word of regret, answers nothing, and the clock runs from when it came', async () => {
    const channel = await botChannel();
    const at = parley.clock.now();
    const { threadId } = await write(channel, 'I waited 40 minutes at Riverside and nobody helped me');
    expect(await lastWords(threadId)).toMatch(/^I am sorry to hear that\. I have passed your message to a colleague/);
    expect(await threadOf(threadId)).toMatchObject({ botState: 'waiting', waitingSince: at.toISOString() });
  });

  test('lets the clock run on from the first words that it did not answer', async () => {
    const channel = await botChannel();
    await parley.app.deps.db.channel.update({ where: { id: channel }, data: { botThreshold: 0.99 } });
    const at = parley.clock.now().toISOString();
    const { threadId, client } = await write(channel, 'price of galaxy a55?');
    expect(await lastWords(threadId)).toContain('other words');
    expect(await threadOf(threadId)).toMatchObject({ botState: 'bot', waitingSince: at });
    parley.clock.advance(60_000);
    await write(channel, 'Your colleague promised me an answer', client);
    expect(await threadOf(threadId)).toMatchObject({ botState: 'waiting', waitingSince: at });
  });

  test('says in a sentence for clients that a colleague answers, and nothing of knowledge bases', async () => {
    const { threadId } = await write(await botChannel(), 'Where do penguins sleep?');
    expect(await lastWords(threadId)).toMatch(/colleague/);
    expect(await lastWords(threadId)).not.toMatch(/knowledge base|catalogue|reliabl/i);
    expect((await threadOf(threadId)).waitingSince).not.toBeNull();
  });

  test('meets thanks with a kind word and OK with silence: nobody waits, and no gap is counted', async () => {
    const channel = await botChannel();
    const { threadId, client } = await write(channel, 'price of galaxy a55?');
    for (const [said, reply] of [
      ['thx', 'You are welcome!'],
      ['\u{1f44d}', 'You are welcome!'],
    ] as const) {
      await write(channel, said, client);
      expect(await lastWords(threadId)).toBe(reply);
      expect(await threadOf(threadId)).toMatchObject({ botState: 'bot', waitingSince: null, dueAt: null });
    }
    const { items } = await mira.call<{ items: { question: string }[] }>('GET', '/gaps');
    expect(items.map(({ question }) => question)).not.toContain('thx');
  });

  test('is patient with one unclear question and hands over the second', async () => {
    const channel = await botChannel();
    await parley.app.deps.db.channel.update({ where: { id: channel }, data: { botThreshold: 0.99 } });
    const { threadId, client } = await write(channel, 'price of galaxy a55?');
    expect(await lastWords(threadId)).toContain('other words');
    await write(channel, 'what does the galaxy a55 cost?', client);
    expect(await threadOf(threadId)).toMatchObject({ botState: 'waiting' });
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

  test('propose what a colleague answered to the same question, where nothing else does', async () => {
    const channel = await makeChannel(parley, 'telegram');
    const first = await write(channel, 'Can I pay with gift vouchers of the shopping centre?');
    await mira.call('POST', `/threads/${first.threadId}/messages`, {
      clientKey: crypto.randomUUID(),
      kind: 'reply',
      text: 'Yes, vouchers of the centre are taken like money at every till.',
      force: true,
    });
    await mira.call('PUT', `/threads/${first.threadId}/closure`);
    await parley.settle();
    const { threadId } = await write(channel, 'Do you take gift vouchers of the shopping centre?');
    const { items } = await mira.call<{ items: Suggestion[] }>('POST', `/threads/${threadId}/suggestions`, {});
    const earlier = items.find((item) => item.answer?.citations.some((citation) => citation.kind === 'answer'));
    expect(earlier?.answer?.text).toContain('like money at every till');
    expect(earlier?.answer?.confidence).toBeLessThan(0.55);
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
