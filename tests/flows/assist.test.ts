import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Proposals, Reworded, Translation } from '../../server/assist/schema.ts';
import { type Staff, startApp, type TestApp } from '../support/app.ts';
import { makeChannel } from '../support/cast.ts';
import { type AskedModel, type OpenaiServer, startOpenaiServer } from '../support/openaiServer.ts';
import { importPhoneShop } from '../support/phoneShop.ts';
import { answers, withoutChannels, writes } from '../support/waiting.ts';

/** Help with words: a model's where it keeps to the figures, the rules' where there is none or it does not. */

const draft = 'hello ,  the galaxy A55 costs 429 EUR. it is blue. 2 are left';
const secret = '4242 4242 4242 4242';

let model: OpenaiServer;
let test: TestApp;
let mira: Staff;
let threadId: string;
let messageId: string;

beforeAll(async () => {
  model = await startOpenaiServer();
  test = await startApp({ keep: true, env: { ...withoutChannels.env, OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'm' } });
  mira = await test.staff('admin', 'Mira');
  await importPhoneShop(mira, test.clock.now());
  const channel = await makeChannel(test, 'telegram');
  threadId = await writes(test, channel, '71', `Сколько стоит Galaxy A55 256? Моя карта ${secret}`);
  await answers(mira, threadId, 'Galaxy A55: 429 EUR.');
  await writes(test, channel, '71', 'А можно вернуть за 14 дней?');
  await test.settle();
  const { items } = await mira.call<{ items: { id: string; text: string }[] }>('GET', `/threads/${threadId}/messages`);
  messageId = items.find((one) => one.text.includes('A55 256'))?.id ?? '';
});
afterAll(async () => {
  await test?.stop();
  await model?.stop();
});
beforeEach(() => {
  model.asked.length = 0;
});

const says = (text: string) => ({ content: JSON.stringify({ text }) });
const rewrite = (style: string, text = draft, to?: string) =>
  mira.call<Reworded>('POST', `/threads/${threadId}/rewriting`, { text, style, ...(to && { to }) });
const summarise = () => mira.call<Reworded>('POST', `/threads/${threadId}/summary`, { to: 'en' });
const translate = () => mira.call<Translation>('POST', `/messages/${messageId}/translation`, { to: 'en' });
const taskOf = (asked: AskedModel | undefined) => asked?.messages[0]?.content ?? '';

describe('a model that keeps the figures', () => {
  it('is heard in a rewriting, which it is asked for with a strict shape and in the draft’s language', async () => {
    model.reply = says('Good day! The blue Galaxy A55 is 429 EUR, and we have 2 left.');
    expect(await rewrite('kinder')).toEqual({
      text: 'Good day! The blue Galaxy A55 is 429 EUR, and we have 2 left.',
      source: 'model',
    });
    expect(taskOf(model.asked[0])).toMatch(/warmer and kinder, in English/);
    expect(model.asked[0]).toMatchObject({ response_format: { type: 'json_schema', json_schema: { strict: true } } });
  });

  it('may leave figures out of a shorter text, and writes in the language that is asked for', async () => {
    model.reply = says('Das Galaxy A55 kostet 429 EUR.');
    expect(await rewrite('shorter', draft, 'de')).toMatchObject({ source: 'model' });
    expect(taskOf(model.asked[0])).toContain('in German');
  });

  it('translates a message, and never sees the card number in it', async () => {
    model.reply = { content: (asked) => said(asked, 'What does the Galaxy A55 256 cost? My card ') };
    expect(await translate()).toMatchObject({ source: 'model', from: 'ru', text: expect.stringMatching(/^What does/) });
    expect(JSON.stringify(model.asked)).not.toContain(secret);
  });

  it('sums up a talk of which it was told both sides', async () => {
    model.reply = says('Wants a Galaxy A55 (429 EUR); asks about returning it within 14 days.');
    expect(await summarise()).toMatchObject({ source: 'model', text: expect.stringContaining('14 days') });
    const talk = model.asked[0]?.messages[1]?.content ?? '';
    expect(talk).toContain('"by":"client"');
    expect(talk).toContain('429 EUR');
  });
});

/** What the material says, translated as a model that copies all figures would. */
const said = (asked: AskedModel, words: string) => {
  const { text } = JSON.parse(asked.messages[1]?.content ?? '{}') as { text: string };
  return JSON.stringify({ text: `${words}${text.slice(text.indexOf('карта') + 5).trim()}` });
};

const unfit = [
  ['changes a price', says('The blue Galaxy A55 is 399 EUR, 2 left. Returned within 30 days.')],
  ['adds a figure', says('The Galaxy A55 is 429 EUR, 2 left; 15 percent off within 14 days, 256 GB.')],
  ['says nothing', says('')],
  ['talks nonsense', { content: 'Sure! Here is your text: {' }],
  ['refuses', { refusal: 'I cannot help with that.' }],
  ['is overrun', { status: 429 }],
  ['is away', { status: 500 }],
] as const;

describe.each(unfit)('a model that %s', (_, reply) => {
  it('is not heard: the rules help instead', async () => {
    model.reply = reply;
    for (const style of ['correct', 'shorter', 'kinder', 'formal'])
      expect(await rewrite(style)).toEqual(byRules(style));
    expect(await summarise()).toEqual({ text: talked, source: 'rules' });
    expect(await translate()).toMatchObject({ text: null, source: 'rules', from: 'ru', gist });
  });
});

const tidy = 'Hello, the galaxy A55 costs 429 EUR. It is blue. 2 are left.';
const texts: Readonly<Record<string, RegExp>> = {
  correct: new RegExp(`^${tidy}$`),
  shorter: /^Hello, the galaxy A55 costs 429 EUR\. 2 are left\.$/,
  kinder: new RegExp(`${tidy}\n\nKind regards$`),
  formal: new RegExp(`${tidy}\n\nKind regards$`),
};
const byRules = (style: string) => ({ text: expect.stringMatching(texts[style] as RegExp), source: 'rules' });
const talked = expect.stringMatching(/^• Сколько стоит Galaxy A55 256\?.*→ Galaxy A55: 429 EUR\.\n• А можно вернуть/);
const gist = { intent: 'price', products: [expect.stringContaining('Galaxy A55')] };

describe('without a model', () => {
  it('the rules tidy, shorten, greet, sum up, tell what a message is about, and propose why the client wrote', async () => {
    const plain = await startApp({ ...withoutChannels });
    const ada = await plain.staff('admin', 'Ada');
    await importPhoneShop(ada, plain.clock.now());
    const channel = await makeChannel(plain, 'telegram');
    const id = await writes(plain, channel, '72', 'Wie kann ich mein Galaxy A55 zurückgeben?');
    await plain.settle();
    const { items } = await ada.call<{ items: { id: string }[] }>('GET', `/threads/${id}/messages`);
    for (const style of ['correct', 'shorter', 'kinder', 'formal'])
      expect(await ada.call('POST', `/threads/${id}/rewriting`, { text: draft, style })).toEqual(byRules(style));
    expect(
      await ada.call<Reworded>('POST', `/threads/${id}/rewriting`, { text: 'Der Preis ist 429 EUR.', style: 'formal' }),
    ).toMatchObject({ text: expect.stringContaining('Freundliche Grüße'), source: 'rules' });
    expect(await ada.call<Reworded>('POST', `/threads/${id}/summary`, {})).toEqual({
      text: '• Wie kann ich mein Galaxy A55 zurückgeben?',
      source: 'rules',
    });
    expect(await ada.call<Translation>('POST', `/messages/${items[0]?.id}/translation`, { to: 'en' })).toMatchObject({
      text: null,
      source: 'rules',
      from: 'de',
      gist: { intent: 'return' },
    });
    expect(await ada.call<Proposals>('GET', `/threads/${id}/proposals`)).toMatchObject({
      reason: 'return',
      tags: ['return'],
      source: 'rules',
    });
    for (const wrong of [{ text: draft, style: 'rude' }, { text: draft }])
      expect((await ada.ask('POST', `/threads/${id}/rewriting`, wrong)).status).toBe(400);
  });
});
