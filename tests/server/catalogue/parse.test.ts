import { describe, expect, test } from 'vitest';
import { applicableRules } from '../../../server/catalogue/applicableRule.ts';
import { fitOf } from '../../../server/catalogue/compatibility.ts';
import { openState, storeDay } from '../../../server/catalogue/hours.ts';
import { parseOffers } from '../../../server/catalogue/parseOffers.ts';
import { parseProducts } from '../../../server/catalogue/parseProducts.ts';
import { parseRules } from '../../../server/catalogue/parseRules.ts';
import { parseStores } from '../../../server/catalogue/parseStores.ts';
import { ProductMatcher } from '../../../server/catalogue/productMatcher.ts';
import { tariffCost } from '../../../server/catalogue/tariffCost.ts';

const productsOf = (text: string) => parseProducts(text).rows.map((row) => ({ ...row, id: row.sku }));

describe('products', () => {
  test('come from CSV with typed attributes, and each bad row is named', () => {
    const { rows, errors } = parseProducts(
      'sku;name;category;storage_gb;nfc;network\nA;Phone A;phone;1 TB;yes;4G|5G\nB;;phone;64;no;\nC;Phone C;phone;lots;;\nA;Again;phone;;;\n',
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.attributes).toEqual({ storage_gb: 1024, nfc: true, network: ['4G', '5G'] });
    expect(errors.map(({ row, column }) => [row, column])).toEqual([
      [3, 'name'],
      [4, 'storage_gb'],
      [5, 'sku'],
    ]);
  });

  test('come from JSON Lines and from a Google Merchant feed alike', () => {
    expect(parseProducts('{"sku":"A","name":"Phone A","battery_mah":5000}\nnot json\n')).toMatchObject({
      rows: [{ sku: 'A', attributes: { battery_mah: 5000 } }],
      errors: [{ row: 2 }],
    });
    const feed = `<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>A</g:id><title>Phone A</title>
      <g:brand>Acme</g:brand><g:item_group_id>G</g:item_group_id><g:color>blue</g:color><g:product_type>Electronics &gt; Phone</g:product_type><g:price>429.00 EUR</g:price></item></channel></rss>`;
    expect(parseProducts(feed).rows[0]).toMatchObject({
      sku: 'A',
      name: 'Phone A',
      brand: 'Acme',
      groupSku: 'G',
      category: 'phone',
      attributes: { colour: 'blue', currency: 'EUR' },
    });
  });
});

test('offers are read in the time zone of their store', () => {
  const context = {
    productIdBySku: new Map([['A', 'p']]),
    storeByCode: new Map([['RIV', { id: 's', timezone: 'Europe/Chisinau' }]]),
    now: new Date('2026-11-21T10:00:00Z'),
    latestAsOf: new Date('2026-11-21T10:10:00Z'),
  };
  const ahead = parseOffers('sku,store,price,currency,asOf\nA,RIV,1,EUR,2026-11-21 12:11\n', context);
  expect(ahead).toMatchObject({ rows: [], errors: [{ row: 2, column: 'asOf' }] });
  const { rows, errors } = parseOffers(
    'sku,store,price,currency,stock,onDisplay,validUntil,asOf\nA,RIV,"1 299,50",EUR,3,yes,2026-11-30,2026-11-21 09:10\nA,NOPE,1,EUR,-1,,,\n',
    context,
  );
  expect(rows).toMatchObject([
    {
      price: 1299.5,
      stock: 3,
      onDisplay: true,
      validUntil: new Date('2026-11-30T21:59:59.999Z'),
      asOf: new Date('2026-11-21T07:10:00Z'),
    },
  ]);
  expect(errors.map((error) => error.column)).toEqual(['store', 'stock']);
});

test('stores with an unreadable calendar, zone or holiday are refused by column', () => {
  const { errors } = parseStores('code,name,timezone,hours,holidays\nR,Riverside,Mars/Base,whenever,soon\n');
  expect(errors.map((error) => error.column)).toEqual(['timezone', 'hours', 'holidays']);
});

describe('a calendar', () => {
  const store = {
    hours: 'Mo-Fr,PH 10:00-20:00; Sa 10:00-18:00',
    holidays: ['2026-11-22'],
    timezone: 'Europe/Chisinau',
  };
  test('opens on a holiday by the rule for holidays, though it is a Sunday', () => {
    expect(storeDay(store, new Date('2026-11-22T08:00:00Z'))).toMatchObject({
      date: '2026-11-22',
      holiday: true,
      open: [{ from: '10:00', to: '20:00' }],
    });
    expect(storeDay(store, new Date('2026-11-29T08:00:00Z'))?.open).toEqual([]);
  });
  test('tells when it opens next, in its own zone', () => {
    expect(openState(store, new Date('2026-11-20T18:30:00Z'))).toMatchObject({
      open: false,
      next: { at: '10:00', daysAhead: 1 },
    });
    expect(openState(store, new Date('2026-11-20T09:00:00Z'))).toMatchObject({ open: true, until: '20:00' });
  });
  test('without hours is not known, which is not closed', () => {
    expect(storeDay({ ...store, hours: '' }, new Date())).toBeNull();
  });
});

describe('a rule', () => {
  const list = [
    { kind: 'warranty', value: { months: 24 }, text: 'All', validFrom: '2020-01-01' },
    { kind: 'warranty', appliesTo: { brand: 'Apple' }, value: { months: 12 }, text: 'Apple', validFrom: '2020-01-01' },
    {
      kind: 'warranty',
      appliesTo: { sku: 'GROUP' },
      value: { months: 36 },
      text: 'Model',
      validFrom: '2024-01-01',
      validUntil: '2024-12-31',
    },
    { kind: 'nothing', value: {}, text: '', validFrom: 'x' },
  ];
  test('that holds on the day and is narrowest wins', () => {
    const { rows, errors } = parseRules(JSON.stringify(list));
    expect(errors.every((error) => error.row === 4)).toBe(true);
    const rules = rows.map((row, at) => ({ ...row, id: String(at) }));
    const product = { sku: 'S', groupSku: 'GROUP', brand: 'apple', category: 'phone' };
    expect(applicableRules(rules, { kind: 'warranty', product, day: new Date('2024-06-01') })[0]?.text).toBe('Model');
    expect(applicableRules(rules, { kind: 'warranty', product, day: new Date('2025-06-01') })[0]?.text).toBe('Apple');
    expect(
      applicableRules(rules, {
        kind: 'warranty',
        product: { ...product, brand: 'LG', groupSku: null },
        day: new Date('2025-06-01'),
      })[0]?.text,
    ).toBe('All');
  });
});

test('a case fits the model it names and not its bigger sister', () => {
  const [thirteen, pro, cover, other] = productsOf(
    'sku,name,brand,category,compatible_with\nA,iPhone 13,Apple,phone,\nB,iPhone 13 Pro,Apple,phone,\nC,Case,X,case,Apple iPhone 13\nD,Case,X,case,\n',
  );
  if (!thirteen || !pro || !cover || !other) throw new Error('four products');
  expect(fitOf(cover, thirteen)).toMatchObject({ fits: true });
  expect(fitOf(cover, pro)).toMatchObject({ fits: false });
  expect(fitOf(other, thirteen)).toBeNull();
});

test('a tariff that does not say what more costs is not guessed', () => {
  const [plan] = productsOf(
    'sku,name,category,data_gb,minutes,price_month,extra_gb_price\nS,S,tariff,5,unlimited,9,2\n',
  );
  if (!plan) throw new Error('a plan');
  expect(tariffCost(plan, { gb: 6.5, minutes: 9000 })).toMatchObject({ total: 13 });
  expect(tariffCost(plan, { gb: 5, sms: 10 })).toBeNull();
});

describe('a product said in a question', () => {
  const matcher = new ProductMatcher(
    productsOf(
      'sku,name,brand,category\nA,Samsung Galaxy S21 FE,Samsung,phone\nB,Samsung Galaxy S21,Samsung,phone\nC,Sony Xperia 10,Sony,phone\nD,Apple Watch Ultra,Apple,watch\n',
    ),
  );
  test.each([
    ['s21fe', 'A'],
    ['Galaxy S 21 FE', 'A'],
    ['galxy s21', 'B'],
    ['갤럭시 S21', 'B'],
    ['گلکسی اس ۲۱', 'B'],
    ['эксперия 10', 'C'],
  ])('%s', (said, sku) => {
    expect(matcher.find(said)).toMatchObject({ kind: 'one', product: { sku } });
  });
  test.each(['Galaxy S21 Ultra', 'Galaxy S22', 'Xperia 5', 'Blackview Ultra'])('%s is none of them', (said) => {
    expect(['absent', 'none']).toContain(matcher.find(said).kind);
  });
});
