import { describe, expect, it } from 'vitest';
import { letter } from '../../support/cast.ts';
import { contractShop, iso, type Json, type List, reply, time } from '../../support/contractShop.ts';

const shop = contractShop();
const { get, opened, put } = shop;

describe('imports', () => {
  const report = (imported: number, updated: number, skipped: number, errors: unknown[] = []) => ({
    imported,
    updated,
    skipped,
    errors,
  });
  const rule = {
    kind: 'warranty',
    appliesTo: { category: 'phone' },
    value: { months: 24 },
    text: '24 months.',
    jurisdiction: 'DE',
    validFrom: '2020-01-01',
  };
  const wrong = [{ row: 3, column: expect.any(String), message: expect.any(String) }];
  const cases: [string, string, string, string][] = [
    [
      '/stores/import',
      's.csv',
      'code,name,address,city,lat,lon,phone,timezone,hours,holidays,services\nmarket,Market,Hall 1,Berlin,52.5,13.4,+4930,Europe/Berlin,Mo-Fr 10:00-20:00; Sa 10:00-18:00,2026-12-25;2026-12-26,repair;pickup\n',
      'broken,Broken,,,x,,,Mars/Base,Mo-Fr 10:00-20:00,,\n',
    ],
    [
      '/products/import',
      'p.csv',
      'sku,name,brand,category,gtin,groupSku,description,storage_gb\nP1,Phone One,Acme,phone,,,,64\n',
      ',No sku,Acme,phone,,,,\n',
    ],
    [
      '/offers/import',
      'o.csv',
      'sku,store,price,currency,stock,onDisplay,validUntil,asOf\nPX9A-128,station,489,EUR,1,true,,2026-11-01T00:00:00Z\n',
      'NOPE,station,x,EUR,1,,,\n',
    ],
  ];
  it.each(cases)('%s takes all or nothing, or what is right of it', async (path, name, good, bad) => {
    const aborted = await put(path, name, good + bad);
    expect(aborted).toMatchObject({ imported: 0, updated: 0, skipped: expect.any(Number) });
    expect(aborted.errors).toEqual(expect.arrayContaining(wrong));
    const skipped = await put(`${path}?onError=skip`, name, good + bad);
    expect(skipped).toMatchObject({ skipped: 1, errors: expect.arrayContaining(wrong) });
    expect(Number(skipped.imported) + Number(skipped.updated)).toBe(1);
    expect(await put(path, name, good)).toEqual(report(0, 1, 0));
    expect(await put(path, name, good + bad, { onError: 'skip' })).toMatchObject({ updated: 1, skipped: 1 });
    expect(await shop.ada.ask('POST', `${path}?onError=maybe`, new FormData())).toMatchObject({ status: 400 });
    expect((await shop.ada.ask('POST', path, new FormData())).status).toBeGreaterThanOrEqual(400);
  });

  it('of rules are a JSON list', async () => {
    expect(await put('/rules/import', 'r.json', JSON.stringify([rule, { ...rule, kind: 'luck' }]))).toMatchObject({
      imported: 0,
      errors: [{ row: 2, column: 'kind', message: expect.any(String) }],
    });
    expect(await put('/rules/import', 'r.json', JSON.stringify([rule]))).toEqual(report(1, 0, 0));
    expect(await put('/rules/import', 'r.json', JSON.stringify([rule]))).toEqual(report(0, 1, 0));
    expect((await get('/rules')).items).toMatchObject([
      { ...rule, id: expect.any(String), validFrom: '2020-01-01T00:00:00.000Z', validUntil: null },
    ]);
  });

  it('of products take JSON Lines too, and any other column is an attribute', async () => {
    const line = JSON.stringify({
      sku: 'T1',
      name: 'Tariff M',
      brand: 'Net',
      category: 'tariff',
      minutes: 'unlimited',
      data_gb: 20,
    });
    expect(await put('/products/import', 'p.jsonl', `${line}\n`)).toEqual(report(1, 0, 0));
    expect((await get('/products?category=tariff')).items).toMatchObject([
      { sku: 'T1', attributes: { minutes: 'unlimited', data_gb: 20 } },
    ]);
  });

  it('of articles update by external id or path', async () => {
    const list = (body: string) =>
      JSON.stringify([{ externalId: 'x-1', title: 'Opening', body, locale: 'en', path: 'shop' }]);
    expect(await put('/articles/import', 'a.json', list('We open at ten.'))).toEqual(report(1, 0, 0));
    expect(await put('/articles/import', 'a.json', list('We open at nine.'))).toEqual(report(0, 1, 0));
    expect(await put('/articles/import', 'help/closing.md', '# Closing\n\nWe close at eight.')).toMatchObject({
      imported: 1,
    });
    expect(await put('/articles/import', 'help/closing.md', '# Closing\n\nWe close at six.')).toMatchObject({
      imported: 0,
      updated: 1,
    });
    expect((await get('/articles?q=Opening')).items).toMatchObject([{ externalId: 'x-1', body: 'We open at nine.' }]);
  });
});

describe('the catalogue', () => {
  it('is found by words, store and stock, and names what stands in', async () => {
    const { items } = await get('/products?q=A55&store=riverside&inStock=true');
    expect(items.map((item) => item.sku).sort()).toEqual(['A55-128-LIL', 'A55-256-BLU']);
    const blue = items.find((item) => item.sku === 'A55-256-BLU');
    expect(blue).toMatchObject({
      brand: 'Samsung',
      category: 'phone',
      groupSku: 'A55',
      attributes: { storage_gb: 256 },
    });
    expect(await get<Json>(`/products/${blue?.id}`)).toMatchObject({ id: blue?.id, offers: expect.any(Array) });
    const stores = (await get('/stores')).items;
    const riverside = stores.find((item) => item.code === 'riverside');
    expect(await get<Json>(`/stores/${riverside?.id}`)).toMatchObject({ code: 'riverside', hours: expect.any(String) });
    const others = await get(`/products/${blue?.id}/alternatives?store=${riverside?.id}`);
    expect(others).toMatchObject({
      items: [{ product: { sku: 'A55-128-LIL' }, reasons: expect.any(Array) }, {}],
      nextCursor: null,
    });
  });
});

describe('an article', () => {
  it('is made, read, changed and deleted', async () => {
    const made = await shop.ada.call(
      'POST',
      '/articles',
      { title: 'SIM swap', body: 'Bring a passport.', path: 'sim' },
      201,
    );
    expect(made).toMatchObject({ title: 'SIM swap', locale: 'en', path: 'sim', state: 'published', updatedAt: time });
    expect(await shop.ada.call('PATCH', `/articles/${made.id}`, { body: 'Bring an ID.' })).toMatchObject({
      title: 'SIM swap',
      body: 'Bring an ID.',
      path: 'sim',
    });
    await shop.ada.call('DELETE', `/articles/${made.id}`, undefined, 204);
    expect((await shop.ada.ask('GET', `/articles/${made.id}`)).status).toBe(404);
  });
});

describe('an answer of the consultant', () => {
  const citation = {
    kind: expect.any(String),
    id: expect.any(String),
    title: expect.any(String),
    quote: expect.any(String),
  };

  it('has its text, its sources, its ranking and its sureness, or says why there is none', async () => {
    for (let at = 0; at < 12; at++)
      await shop.ada.call('POST', '/articles', {
        title: `Loyalty card ${at}`,
        body: `Loyalty card rule ${at}: points last ${at + 2} years.`,
      });
    const stores = (await get('/stores')).items;
    const storeId = stores.find((item) => item.code === 'riverside')?.id;
    const { body, status } = await shop.ada.ask('POST', '/consult', {
      question: 'How much is the Galaxy A55 256 blue and do you have it?',
      locale: 'en',
      storeId,
      history: [{ role: 'client', text: 'Hello' }],
      now: shop.test.clock.now().toISOString(),
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      answer: { text: expect.stringContaining('429'), source: 'extractive', citations: expect.any(Array) },
      abstained: false,
      passages: expect.any(Array),
      products: expect.any(Array),
    });
    const answer = body.answer as { confidence: number; citations: (Json & { asOf: string })[] };
    expect(answer.confidence).toBeGreaterThan(0);
    expect(answer.confidence).toBeLessThanOrEqual(1);
    for (const one of answer.citations) expect(one).toMatchObject(citation);
    expect(answer.citations.find((one) => one.kind === 'offer')?.asOf).toMatch(iso);
    const known = await shop.ada.call<{ passages: Json[] }>('POST', '/consult', {
      question: 'How long do loyalty card points last?',
    });
    expect(known.passages.length).toBeGreaterThanOrEqual(10);
    for (const one of known.passages)
      expect(one).toMatchObject({ id: expect.any(String), articleId: expect.any(String), score: expect.any(Number) });
    const scores = known.passages.map((one) => Number(one.score));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const none = await shop.ada.call('POST', '/consult', { question: 'Who won the chess olympiad in 1972?' });
    expect(none).toMatchObject({
      answer: null,
      abstained: true,
      reason: expect.any(String),
      passages: expect.any(Array),
    });
  });

  it('asks back when several are meant, and hands over to a person who is asked for', async () => {
    const several = await shop.ada.call('POST', '/consult', { question: 'How much is the Galaxy A55?', locale: 'en' });
    expect(several).toMatchObject({
      clarify: {
        question: expect.any(String),
        options: expect.arrayContaining([{ label: expect.any(String), productId: expect.any(String) }]),
      },
    });
    const person = await shop.ada.call('POST', '/consult', {
      question: 'I want to talk to a human, please.',
      locale: 'en',
    });
    expect(person).toMatchObject({ handover: { reason: expect.any(String) } });
  });

  it('is suggested for what a client wrote', async () => {
    const [stored] = await shop.test.app.deps.host.ingest(shop.mailbox, {
      messages: [letter('blue@client.example', { subject: 'Price', text: 'What does the Galaxy A55 256 blue cost?' })],
    });
    const best = await shop.ada.call<List>('POST', `/threads/${stored?.threadId}/suggestions`, {}, 200);
    const { items } = best;
    expect(best).toMatchObject({ ...(items[0] as object), items });
    expect(items[0]).toMatchObject({
      threadId: stored?.threadId,
      answer: { text: expect.any(String) },
      abstained: false,
    });
    expect(items[0]).toHaveProperty('passages');
  });

  it('asks the store’s own systems where they were named', async () => {
    const target = { url: 'https://shop.example/lookup', secret: 'whsec_c2VjcmV0LXdvcmRz' };
    for (const kind of ['order', 'repair', 'purchase']) await shop.ada.call('PUT', `/lookups/${kind}`, target, 204);
    const read = await get('/lookups');
    expect(read.items).toHaveLength(3);
    expect(JSON.stringify(read)).not.toContain('c2VjcmV0');
    expect((await shop.ada.ask('PUT', '/lookups/moon', target)).status).toBe(404);
    expect(await shop.ada.ask('PUT', '/lookups/order', { url: 'no' })).toMatchObject({ status: 400 });
  });
});

describe('reports', () => {
  it('tell response times by each grouping, and who waits now', async () => {
    const { threadId, messageId } = await opened('report@client.example');
    await opened('still@client.example');
    shop.test.clock.advance(5 * 60_000);
    await shop.ada.call('POST', `/threads/${threadId}/messages`, reply(messageId), 201);
    const row = {
      key: expect.any(String),
      n: expect.any(Number),
      medianMs: expect.any(Number),
      p90Ms: expect.any(Number),
      late: expect.any(Number),
    };
    const from = new Date(shop.test.clock.now().getTime() - 86_400_000).toISOString();
    const to = new Date(shop.test.clock.now().getTime() + 60_000).toISOString();
    for (const by of ['user', 'team', 'store', 'channel', 'hour'])
      for (const rest of ['measure=first&time=clock', 'measure=next&time=working']) {
        const { rows } = await get<{ rows: Json[] }>(`/reports/response-times?from=${from}&to=${to}&by=${by}&${rest}`);
        if (rest.includes('first')) expect(rows.length, by).toBeGreaterThan(0);
        for (const one of rows) {
          expect(one).toMatchObject(row);
          for (const field of ['withinTarget', 'lateMsMedian']) expect(one).toHaveProperty(field);
        }
      }
    const live = await get<{ waiting: Json[] }>('/reports/live');
    expect(live).toMatchObject({
      byChannel: expect.any(Array),
      lateNow: expect.any(Number),
      answeredToday: { n: expect.any(Number), medianMs: expect.any(Number) },
    });
    expect(live.waiting[0]).toMatchObject({ threadId: expect.any(String), waitingSince: time, dueAt: time });
  });
});
