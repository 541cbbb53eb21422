import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConsultAnswer } from '../../../server/consult/schema.ts';
import type { Article } from '../../../server/knowledge/schema.ts';
import { makeEmbed } from '../../../server/knowledge/vectors/embed.ts';
import { fuseByRank } from '../../../server/knowledge/vectors/fuse.ts';
import { bytesOf, VectorIndex, vectorOf } from '../../../server/knowledge/vectors/vectorIndex.ts';
import { silentLog } from '../../../server/lib/log.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { type OpenaiServer, startOpenaiServer } from '../../support/openaiServer.ts';
import { until } from '../../support/until.ts';

/** Meaning in three directions: water, screens, anything else. */
const meaning = (text: string) => [
  /wet|water|swim|lake/i.test(text) ? 1 : 0,
  /screen|display|glass/i.test(text) ? 1 : 0,
  0.1,
];

let model: OpenaiServer;
beforeAll(async () => {
  model = await startOpenaiServer();
});
afterAll(() => model.stop());
beforeEach(() => {
  model.embedded.length = 0;
  model.embedding = { meaning };
});

describe('with an embeddings model', () => {
  let parley: TestApp;
  let maya: Staff;
  beforeAll(async () => {
    model.embedding = { meaning };
    parley = await startApp({
      keep: true,
      env: { OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'small', OPENAI_EMBEDDING_MODEL: 'near' },
    });
    maya = await parley.staff('admin', 'Maya');
  });
  afterAll(() => parley.stop());
  const write = (title: string, body: string) => maya.call<Article>('POST', '/articles', { title, body });
  const ranking = async (question: string) =>
    (await maya.call<ConsultAnswer>('POST', '/consult', { question })).passages.map((passage) => passage.title);
  const vectors = () => parley.app.deps.db.passageVector.findMany();

  test('a passage is found by what it means, fused by rank with its words', async () => {
    await write('Liquid damage', 'Dry a wet phone for two days before you charge it.');
    await write('Repairs', 'A new display takes one hour.');
    await write('Delivery', 'Parcels come within two days to the lake region and the hills.');
    await parley.settle();
    await until(vectors, (rows) => rows.length === 3);
    // Only "lake" stands in an article by its word; by meaning it is about water.
    await until(
      () => ranking('it fell into the lake'),
      (titles) => titles.length === 3 && titles.indexOf('Liquid damage') < titles.indexOf('Repairs'),
    );
    expect(model.embedded.at(-1)).toMatchObject({ model: 'near', input: ['it fell into the lake'] });
  });

  test('vectors keep step with the articles, and the same words are not asked for twice', async () => {
    const made = await write('Glass', 'Screen protectors are put on for free.');
    await parley.settle();
    await until(vectors, (rows) => rows.length === 4);
    model.embedded.length = 0;
    // A new passage with the words of the old.
    await maya.call('PATCH', `/articles/${made.id}`, { path: 'help/glass.md' });
    await parley.settle();
    const { items } = await maya.call<{ items: { id: string }[] }>('GET', `/articles/${made.id}/passages`);
    await until(vectors, (rows) => rows.length === 4 && rows.some((row) => row.passageId === items[0]?.id));
    expect(model.embedded).toEqual([]);
    await maya.call('DELETE', `/articles/${made.id}`);
    await parley.settle();
    await until(vectors, (rows) => rows.length === 3);
  });

  test('an endpoint that is away takes nothing from the answer', async () => {
    model.embedding = { status: 429 };
    const found = await maya.call<ConsultAnswer>('POST', '/consult', { question: 'how long does a new display take?' });
    expect(found.answer?.text).toContain('one hour');
    model.embedded.length = 0;
    await maya.call('POST', '/consult', { question: 'and a wet phone?' });
    expect(model.embedded).toEqual([]);
    await write('Trade-in', 'Bring the old phone and its charger.');
    await parley.settle();
    expect((await ranking('old phone charger'))[0]).toBe('Trade-in');
  });
});

describe('an answer of the endpoint', () => {
  const embed = () =>
    makeEmbed({ baseUrl: model.url, apiKey: 'key', model: 'small', embeddingModel: 'near' }, silentLog, {
      textsMs: 300,
      questionMs: 300,
    });
  const row = (embedding: unknown, index = 0) => ({ data: [{ index, embedding }] });

  test('is a vector of length one', async () => {
    expect([...((await embed()?.texts(['wet']))?.[0] ?? [])].map((value) => value.toFixed(3))).toEqual([
      '0.995',
      '0.000',
      '0.100',
    ]);
  });

  test.each([
    ['is busy', { status: 429 }],
    ['does not come', { never: true }],
    ['holds no vectors', { nonsense: { data: [] } }],
    ['holds words', { nonsense: row(['a', 'b']) }],
    ['points nowhere', { nonsense: row([0, 0, 0]) }],
    ['is of another text', { nonsense: row([1, 2, 3], 5) }],
    ['is no JSON we know', { nonsense: { hello: 'there' } }],
  ] as const)('that %s is none', async (_, reply) => {
    model.embedding = reply;
    const one = embed();
    expect(await one?.texts(['wet'])).toBeNull();
    expect(await one?.question('wet')).toBeNull();
    const before = model.embedded.length;
    expect(await one?.question('dry')).toBeNull();
    expect(model.embedded).toHaveLength(before);
  });

  test('is not asked for where no model is named', () => {
    expect(
      makeEmbed({ baseUrl: model.url, apiKey: 'k', model: 'small', embeddingModel: undefined }, silentLog),
    ).toBeNull();
  });
});

test('a vector is stored as it was, and one of another model is no neighbour', () => {
  const index = new VectorIndex();
  index.put('a', vectorOf(bytesOf(Float32Array.of(1, 0))));
  index.put('b', Float32Array.of(0.6, 0.8));
  index.put('c', Float32Array.of(1, 0, 0));
  expect(index.nearest(Float32Array.of(0, 1), 5)).toEqual(['b', 'a']);
});

test('what both rankings know leads; how sure words are of it stays the measure', () => {
  const passage = (id: string) => ({ id, articleId: id, title: id, path: [], text: id, position: 0, language: 'en' });
  const byWords = {
    hits: [passage('w'), passage('both')].map((one) => ({ passage: one, score: 1 })),
    confidence: 0.9,
    lead: 0.5,
  };
  const fused = fuseByRank(byWords, [passage('both'), passage('near')], (id) => (id === 'both' ? 0.4 : 0));
  expect(fused.hits.map((hit) => hit.passage.id)).toEqual(['both', 'w', 'near']);
  expect(fused).toMatchObject({ confidence: 0.4, lead: null });
  expect(fuseByRank({ hits: [], confidence: 0, lead: 0 }, [], () => 1)).toEqual({ hits: [], confidence: 0, lead: 0 });
});
