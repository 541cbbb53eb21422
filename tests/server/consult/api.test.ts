import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConsultAnswer } from '../../../server/consult/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';

let parley: TestApp;
let boss: Staff;
let consultant: Staff;

const storesCsv = `code,name,address,city,lat,lon,phone,timezone,hours,holidays,services
RIV,Riverside,Quay Street 5,Harbour,47,28.8,+37322000001,Europe/Chisinau,Mo-Fr 10:00-20:00; PH off,2026-12-25,repair;pickup
STA,Station,Railway Square 1,Harbour,,,,Europe/Chisinau,Mo-Su 09:00-21:00,,
`;
const productsCsv = `sku,name,brand,category,gtin,groupSku,description,storage_gb,battery_mah,colour,nfc
A55-256,Samsung Galaxy A55 5G 256GB Blue,Samsung,phone,,A55,,256,5000,blue,yes
A55-128,Samsung Galaxy A55 5G 128GB Black,Samsung,phone,,A55,,128,5000,black,yes
`;
const offersCsv = (price: number) => `sku,store,price,currency,stock,onDisplay,validUntil,asOf
A55-256,RIV,${price},EUR,2,yes,,2026-11-21T21:10:00Z
A55-128,RIV,389,EUR,0,,,2026-11-21T21:10:00Z
`;
const now = '2026-11-21T21:40:00.000Z';

async function upload(
  staff: Staff,
  path: string,
  name: string,
  content: string | Uint8Array<ArrayBuffer>,
  expect?: number,
) {
  const form = new FormData();
  form.set('file', new Blob([content]), name);
  return staff.call<Record<string, unknown>>('POST', path, form, expect);
}

const ask = (question: string, more: Record<string, unknown> = {}) =>
  boss.call<ConsultAnswer>('POST', '/consult', { question, now, ...more });

beforeAll(async () => {
  parley = await startApp({ keep: true });
  boss = await parley.staff('supervisor');
  consultant = await parley.staff('consultant');
  await upload(boss, '/stores/import', 'stores.csv', storesCsv);
  await upload(boss, '/products/import', 'products.csv', productsCsv);
  await upload(boss, '/offers/import', 'offers.csv', offersCsv(429));
  await upload(
    boss,
    '/rules/import',
    'rules.json',
    JSON.stringify([
      {
        kind: 'return',
        appliesTo: {},
        value: { days: 14 },
        text: 'Unused goods may be returned within 14 days.',
        jurisdiction: 'MD',
        validFrom: '2020-01-01',
      },
    ]),
  );
});
afterAll(() => parley.stop());

describe('the catalogue over HTTP', () => {
  test('answers a question from what was imported, and keeps the consult', async () => {
    const before = await parley.app.deps.db.consult.count();
    const { answer } = await ask('A55 256 blue at Riverside?');
    expect(answer?.text).toContain('2 in stock at Riverside (as of 23:10)');
    expect(answer?.text).toContain('429 EUR');
    expect(await parley.app.deps.db.consult.count()).toBe(before + 1);
  });

  test('tells the new price as soon as a new file is in', async () => {
    await upload(boss, '/offers/import', 'offers.csv', offersCsv(449));
    const { answer } = await ask('price of galaxy a55 256 blue');
    expect(answer?.text).toContain('449 EUR');
    expect(answer?.text).not.toContain('429');
  });

  test('imports nothing from a file with a wrong row, and says which', async () => {
    const bad = `sku,store,price,currency,stock\nA55-256,RIV,1,EUR,1\nNOPE,RIV,x,EUR,1\n`;
    const report = await upload(boss, '/offers/import', 'offers.csv', bad);
    expect(report).toMatchObject({ imported: 0, updated: 0 });
    expect(report.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ row: 3, column: 'sku' }),
        expect.objectContaining({ row: 3, column: 'price' }),
      ]),
    );
    expect((await ask('price of galaxy a55 256 blue')).answer?.text).toContain('449 EUR');
    const skipped = await upload(boss, '/offers/import?onError=skip', 'offers.csv', bad.replace('RIV,1,', 'RIV,451,'));
    expect(skipped).toMatchObject({ updated: 1, skipped: 1 });
    expect((await ask('price of galaxy a55 256 blue')).answer?.text).toContain('451 EUR');
    await upload(boss, '/offers/import', 'offers.csv', offersCsv(449));
  });

  test('lists products by words of any script, with offers and stock', async () => {
    const { items } = await boss.call<{ items: { sku: string; offers: { storeCode: string; price: number }[] }[] }>(
      'GET',
      `/products?q=${encodeURIComponent('самсунг 256')}&inStock=true&store=RIV`,
    );
    expect(items.map((item) => item.sku)).toEqual(['A55-256']);
    expect(items[0]?.offers[0]).toMatchObject({ storeCode: 'RIV', price: 449 });
  });

  test('finds what stands in for a product', async () => {
    const { items } = await boss.call<{ items: { id: string; sku: string }[] }>('GET', '/products?q=A55-128');
    const found = await boss.call<{ items: { product: { sku: string }; reasons: string[] }[] }>(
      'GET',
      `/products/${items[0]?.id}/alternatives?store=RIV`,
    );
    expect(found.items[0]?.product.sku).toBe('A55-256');
    expect(found.items[0]?.reasons).toContain('+128 GB storage');
  });

  test('may be changed by a supervisor and not by a consultant', async () => {
    await upload(consultant, '/products/import', 'products.csv', productsCsv, 403);
    expect((await upload(boss, '/products/import', 'products.csv', productsCsv)).updated).toBe(2);
  });
});

describe('articles over HTTP', () => {
  test('are quoted at once, changed at once, and forgotten at once', async () => {
    const made = await boss.call<{ id: string }>('POST', '/articles', {
      title: 'Keeping your number',
      body: '## How it works\n\nPorting a number takes 2 working days and is free.',
    });
    const question = 'How long does porting a number take?';
    const first = await ask(question);
    expect(first.answer?.text).toContain('2 working days');
    expect(first.answer?.citations[0]).toMatchObject({ kind: 'passage', articleId: made.id });
    await boss.call('PATCH', `/articles/${made.id}`, {
      body: '## How it works\n\nPorting a number takes 3 working days.',
    });
    expect((await ask(question)).answer?.text).toContain('3 working days');
    await boss.call('DELETE', `/articles/${made.id}`);
    expect((await ask(question)).answer).toBeNull();
  });

  test('of one process are quoted by another within a second', async () => {
    const other = await startApp({ databaseUrl: parley.databaseUrl, dataDir: parley.dataDir });
    await other.app.deps.knowledge.sources();
    await boss.call('POST', '/articles', {
      title: 'Water damage',
      body: 'A wet phone is dried for 48 hours before we open it.',
    });
    const answered = async () => {
      const sources = await other.app.deps.knowledge.sources();
      return (await sources.search('wet phone dried', 'en')).hits[0]?.passage.text;
    };
    await expect.poll(answered, { timeout: 1000, interval: 20 }).toContain('48 hours');
  });

  test('are imported again without doubling', async () => {
    const list = JSON.stringify([
      { externalId: 'esim', title: 'eSIM', body: 'An eSIM is activated by a QR code.', locale: 'en', path: 'Tariffs' },
      {
        externalId: 'geheim',
        title: 'Secret',
        body: 'The staff discount word is heron.',
        locale: 'en',
        internal: true,
      },
    ]);
    expect(await upload(boss, '/articles/import', 'articles.json', list)).toMatchObject({ imported: 2, updated: 0 });
    expect(
      await upload(boss, '/articles/import', 'articles.json', list.replace('QR code', 'QR code by mail')),
    ).toMatchObject({ imported: 0, updated: 1, skipped: 1 });
    expect((await ask('How is an eSIM activated?')).answer?.text).toContain('by mail');
  });

  test('that are internal are never quoted', async () => {
    expect((await ask('What is the staff discount word?')).answer).toBeNull();
  });
});

test('a question without words is refused', async () => {
  await boss.call('POST', '/consult', { question: '  ' }, 422);
});
