import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsultAnswer, Suggestion } from '../../../server/consult/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { makeChannel, telegramText } from '../../support/cast.ts';
import { type AskedModel, type OpenaiServer, startOpenaiServer } from '../../support/openaiServer.ts';
import { importPhoneShop } from '../../support/phoneShop.ts';
import { withoutChannels } from '../../support/waiting.ts';

/** What the shop really has: the A55 256 GB in blue costs 429 EUR, two are at Riverside. */
const question = 'What does the Galaxy A55 256 GB blue cost at Riverside?';

let test: TestApp;
let mira: Staff;
let model: OpenaiServer;
let channel: string;
let clients = 500;

beforeAll(async () => {
  model = await startOpenaiServer();
  test = await startApp({
    keep: true,
    env: { ...withoutChannels.env, OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'liar' },
  });
  mira = await test.staff('admin', 'Mira');
  await importPhoneShop(mira, test.clock.now());
  await mira.call('POST', '/articles', {
    title: 'eSIM',
    body: 'An eSIM is activated by a QR code that we send by e-mail.',
    locale: 'en',
  });
  channel = await makeChannel(test, 'telegram', { botMode: 'first' });
});
afterAll(async () => {
  await test?.stop();
  await model?.stop();
});

/** The same question at the counter, as suggestions for a colleague, and to the bot. */
async function ask(text: string) {
  const consult = await mira.call<ConsultAnswer>('POST', '/consult', { question: text });
  const [stored] = await test.app.deps.host.ingest(channel, {
    messages: [telegramText(String(clients++), text, { arrivedAt: test.clock.now() })],
  });
  await test.settle();
  const threadId = stored?.threadId ?? '';
  const { items } = await mira.call<{ items: Suggestion[] }>('POST', `/threads/${threadId}/suggestions`, {});
  const said = await test.app.deps.db.message.findMany({
    where: { threadId, authorKind: 'bot', direction: 'outbound' },
  });
  return { consult, suggestions: items, said: said.map((row) => row.text), threadId };
}

/** The row or passage that a citation names, read from the database and not through what is tested. */
async function rowOf({ kind, id }: { kind: string; id: string }): Promise<string> {
  const { db } = test.app.deps;
  const [row] =
    kind === 'offer'
      ? await db.$queryRaw<{ text: string }[]>`
          SELECT concat_ws(' ', o.price, o.stock, o."asOf", p.name, s.name, s.hours::text) AS text
          FROM offer o JOIN product p ON p.id = o."productId" JOIN store s ON s.id = o."storeId" WHERE o.id::text = ${id}`
      : kind === 'product'
        ? await db.$queryRaw<
            { text: string }[]
          >`SELECT row_to_json(p)::text AS text FROM product p WHERE p.id::text = ${id}`
        : kind === 'store'
          ? await db.$queryRaw<
              { text: string }[]
            >`SELECT row_to_json(s)::text AS text FROM store s WHERE s.id::text = ${id}`
          : await db.$queryRaw<
              { text: string }[]
            >`SELECT row_to_json(p)::text AS text FROM passage p WHERE p.id::text = ${id}`;
  if (row === undefined) throw new Error(`${kind} ${id} is cited and does not exist`);
  // The digits of an identifier tell nothing.
  return row.text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '');
}

const figures = (text: string) => (text.match(/\d+(?:[.:]\d+)*/g) ?? []).map((one) => one.replace(/\.0+$/, ''));

/** Cited, and no figure but those of the rows cited; else nothing is answered and it says why. */
async function stands(one: ConsultAnswer): Promise<void> {
  if (one.answer === null) {
    expect(one).toMatchObject({ abstained: true, reason: expect.stringMatching(/\w/) });
    return;
  }
  expect(one.answer.citations).not.toEqual([]);
  const rows = (await Promise.all(one.answer.citations.map(rowOf))).join('\n');
  // "As of 10:40" is the row's own time, in the store's zone.
  const told = figures(one.answer.text.replace(/\b\d{1,2}:\d{2}\b/g, ''));
  expect(figures(rows), one.answer.text).toEqual(expect.arrayContaining(told));
}

describe('an answer', () => {
  it.each([
    [question, /429 EUR/],
    ['Do you have the Pixel 9a at Riverside?', /4/],
    ['Is the Galaxy A55 256 GB blue in stock at Station?', /./],
    ['How is an eSIM activated?', /QR code/],
  ])('to “%s” cites its rows and says no figure that they do not', async (text, expected) => {
    model.reply = { status: 500 };
    const { consult, suggestions, said } = await ask(text);
    expect(consult.answer?.text).toMatch(expected);
    expect(said[0]).toContain(consult.answer?.text);
    for (const one of [consult, ...suggestions]) await stands(one);
    expect(suggestions[0]?.answer?.text).toBe(consult.answer?.text);
  });

  it.each(['What is the capital of France?', 'Do you have Nokia 3310?', 'Do you sell fishing rods made of bamboo?'])(
    'to “%s” is none, says so, and a model’s is not heard either',
    async (text) => {
      model.reply = { content: lie('Yes, of course: it costs 59 EUR.', 'price') };
      const { consult, suggestions, said } = await ask(text);
      for (const one of [consult, ...suggestions]) {
        expect(one.answer).toBeNull();
        await stands(one);
      }
      expect(said.join()).not.toContain('59');
    },
  );
});

const sourceWith = (asked: AskedModel, words: string) =>
  (JSON.parse(asked.messages[1]?.content ?? '{}') as { sources: { number: number; text: string }[] }).sources.find(
    (source) => source.text.includes(words),
  )?.number ?? 1;

const lie =
  (text: string, quote: string, cites = true) =>
  (asked: AskedModel) =>
    JSON.stringify({
      answerable: true,
      sentences: [{ text, sources: cites ? [sourceWith(asked, 'price: 429 EUR')] : [], quotes: cites ? [quote] : [] }],
    });

describe('a model', () => {
  it('that keeps to the row is heard', async () => {
    model.reply = { content: lie('The blue one is yours for 429 EUR, 2 are left.', 'price: 429 EUR') };
    const { consult, said } = await ask(question);
    expect(consult.answer).toMatchObject({ source: 'model', text: 'The blue one is yours for 429 EUR, 2 are left.' });
    expect(said[0]).toContain('yours for 429 EUR');
  });

  it.each([
    ['names another price', 'It costs 399 EUR.', 'price: 429 EUR', true],
    ['names it in other digits', 'It costs ۳۹۹ EUR.', 'price: 429 EUR', true],
    ['names it in words', 'It costs three hundred ninety-nine euros.', 'price: 429 EUR', true],
    ['names another stock', 'It costs 429 EUR and 7 are left.', 'price: 429 EUR', true],
    ['names a stock in words', 'Seven are left.', 'price: 429 EUR', true],
    ['takes the stock for the price', 'It costs 2 EUR.', 'price: 429 EUR', true],
    ['takes the price for the stock', 'There are 429 left.', 'price: 429 EUR', true],
    ['quotes what the row does not say', 'It is a bargain.', 'price: 99 EUR', true],
    ['cites nothing', 'It is waterproof.', '', false],
    ['promises a colleague whom nobody called', 'A colleague will call you.', 'price: 429 EUR', true],
  ])('that %s is not heard: the row’s own words are', async (_, text, quote, cites) => {
    model.reply = { content: lie(text, quote, cites) };
    model.asked.length = 0;
    const { consult, suggestions, said } = await ask(question);
    expect(model.asked.length).toBeGreaterThan(0);
    expect(consult.answer?.source).toBe('extractive');
    expect(said[0]).toContain('429 EUR');
    for (const one of [consult, ...suggestions]) await stands(one);
    expect(JSON.stringify([consult, suggestions, said])).not.toContain(text);
  });
});
