import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { consult } from '../../../server/consult/consult.ts';
import { makeRewording } from '../../../server/consult/model.ts';
import { silentLog } from '../../../server/lib/log.ts';
import { type AskedModel, type OpenaiServer, startOpenaiServer } from '../../support/openaiServer.ts';
import { night, sources } from './shop.ts';

let model: OpenaiServer;
const shop = sources();

beforeAll(async () => {
  model = await startOpenaiServer();
});
afterAll(() => model.stop());
beforeEach(() => {
  model.asked.length = 0;
});

async function ask(question: string, patienceMs = 2000) {
  const reword = makeRewording(
    { baseUrl: model.url, apiKey: 'key', model: 'small', embeddingModel: undefined },
    silentLog,
    patienceMs,
  );
  const answer = await consult(
    { question, store: null, product: null, now: night, staleMs: 4 * 3_600_000 },
    shop,
    reword,
  );
  return answer.answer;
}

interface Prompt {
  language: string;
  question: string;
  sources: { number: number; text: string }[];
}
const promptOf = (asked: AskedModel) => JSON.parse(asked.messages[1]?.content ?? '{}') as Prompt;
const sourceWith = (asked: AskedModel, words: string) =>
  promptOf(asked).sources.find((source) => source.text.includes(words))?.number ?? 0;
const sentence = (text: string, number: number, quote: string) =>
  JSON.stringify({ answerable: true, sentences: [{ text, sources: [number], quotes: [quote] }] });

describe('a model', () => {
  test('words the answer from the cited rows, and is asked with a strict shape', async () => {
    model.reply = {
      content: (asked) =>
        sentence('The blue A55 is yours for 429 EUR.', sourceWith(asked, 'price: 429 EUR'), 'price: 429 EUR'),
    };
    const answer = await ask('price of galaxy a55 256 blue');
    expect(answer).toMatchObject({ text: 'The blue A55 is yours for 429 EUR.', source: 'model' });
    expect(answer?.citations[0]).toMatchObject({ kind: 'offer', quote: 'price: 429 EUR' });
    expect(model.asked[0]).toMatchObject({
      model: 'small',
      authorization: 'Bearer key',
      response_format: { type: 'json_schema', json_schema: { strict: true } },
    });
  });

  test('that names another price is never heard', async () => {
    model.reply = {
      content: (asked) => sentence('It costs 399 EUR.', sourceWith(asked, 'price: 429 EUR'), 'price: 429 EUR'),
    };
    const answer = await ask('price of galaxy a55 256 blue');
    expect(answer?.source).toBe('extractive');
    expect(answer?.text).toContain('429 EUR');
    expect(answer?.text).not.toContain('399');
  });

  test.each([
    [
      'quotes what the row does not say',
      (asked: AskedModel) => sentence('It costs 429 EUR.', sourceWith(asked, '429'), 'price: 1 EUR'),
    ],
    ['cites a source that does not exist', () => sentence('It costs 429 EUR.', 77, 'price: 429 EUR')],
    [
      'cites nothing',
      () => JSON.stringify({ answerable: true, sentences: [{ text: 'It is a fine phone.', sources: [], quotes: [] }] }),
    ],
    ['talks nonsense', () => 'Sure! Here is your answer: {'],
    ['answers another shape', () => JSON.stringify({ text: 'It costs 429 EUR.' })],
  ])('that %s falls back to the extractive answer', async (_, content) => {
    model.reply = { content };
    expect(await ask('price of galaxy a55 256 blue')).toMatchObject({
      source: 'extractive',
      text: expect.stringContaining('429 EUR'),
    });
  });

  test.each([
    ['is busy', { status: 429 }],
    ['is broken', { status: 500 }],
    ['refuses', { refusal: 'I cannot help with that.' }],
    ['does not answer in time', { never: true }],
  ] as const)('that %s leaves the extractive answer', async (_, reply) => {
    model.reply = reply;
    expect(await ask('price of galaxy a55 256 blue', 300)).toMatchObject({
      source: 'extractive',
      text: expect.stringContaining('429 EUR'),
    });
    expect(model.asked).toHaveLength(1);
  });

  test('looks up more in the catalogue, read-only, and cites what it found', async () => {
    model.reply = {
      calls: [
        { name: 'find_products', arguments: { name: 'Redmi 7A' } },
        { name: 'delete_everything', arguments: {} },
      ],
      content: (asked) => {
        const tool = asked.messages.find((message) => message.role === 'tool')?.content ?? '{}';
        const found = (JSON.parse(tool) as { sources: { number: number; text: string }[] }).sources;
        const offer = found.find((source) => source.text.includes('price: 99 EUR'));
        return sentence('The Redmi 7A costs 99 EUR.', offer?.number ?? 0, 'price: 99 EUR');
      },
    };
    const answer = await ask('price of galaxy a55 256 blue');
    expect(answer).toMatchObject({ text: 'The Redmi 7A costs 99 EUR.', source: 'model' });
    expect(answer?.citations[0]).toMatchObject({ kind: 'offer', id: 'R7A@STA' });
    expect(model.asked).toHaveLength(2);
    expect(model.asked[0]).toMatchObject({ stream: true });
    expect(model.asked[0]?.tools?.map((tool) => tool.function.name)).toEqual([
      'search_knowledge',
      'find_products',
      'read_rules',
    ]);
  });

  test('that says a price it did not look up is not heard, tools or not', async () => {
    model.reply = {
      calls: [{ name: 'find_products', arguments: { name: 'Redmi 7A' } }],
      content: sentence('The Redmi 7A costs 89 EUR.', 1, '89 EUR'),
    };
    expect((await ask('price of galaxy a55 256 blue'))?.text).not.toContain('89 EUR');
  });

  test('is not asked about what nothing supports', async () => {
    model.reply = { content: sentence('Paris.', 1, 'x') };
    expect(await ask('What is the capital of France?')).toBeNull();
    expect(model.asked).toHaveLength(0);
  });

  test('never sees a card number', async () => {
    model.reply = { status: 500 };
    await ask('How do I transfer data from Android to iPhone? My card is 4111 1111 1111 1111');
    expect(JSON.stringify(model.asked)).not.toContain('4111 1111 1111 1111');
  });
});
