import { describe, expect, test } from 'vitest';
import { parseProducts } from '../../../server/catalogue/parseProducts.ts';
import { ProductMatcher } from '../../../server/catalogue/productMatcher.ts';
import type { ProductRow } from '../../../server/catalogue/rows.ts';
import { columnConcepts, knownOf } from '../../../server/consult/understand/concepts.ts';
import { isOfCategory } from '../../../server/consult/understand/kinds.ts';
import { understand } from '../../../server/consult/understand/understand.ts';

const products: ProductRow[] = parseProducts(
  [
    {
      sku: 'BREW',
      name: 'Krups Evidence EA891 coffee machine',
      brand: 'Krups',
      category: 'coffee machine',
      pressure_bar: 15,
    },
    { sku: 'BOT', name: 'Ecovacs Deebot N20 Omni', brand: 'Ecovacs', category: 'vacuum cleaner', noise_db: 66 },
    { sku: 'STICK', name: 'Bosch Unlimited 7 vacuum', brand: 'Bosch', category: 'Staubsauger', battery_life_min: 80 },
    {
      sku: 'TELLY',
      name: 'Philips 50PUS8109 television',
      brand: 'Philips',
      category: 'tv',
      display_in: 50,
      hdmi_ports: 3,
    },
    { sku: 'CUP', name: 'Bosch TWK3P kettle', brand: 'Bosch', category: 'kettle', capacity_l: 1.7 },
    {
      sku: 'EARS',
      name: 'Beyerdynamic Aventho 300',
      brand: 'Beyerdynamic',
      category: 'headphones',
      battery_life_h: 60,
      noise_cancelling: 'yes',
    },
    {
      sku: 'A56',
      name: 'Samsung Galaxy A56 128 GB',
      brand: 'Samsung',
      category: 'phone',
      network: '5G',
      battery_mah: 5000,
    },
  ]
    .map((row) => JSON.stringify(row))
    .join('\n'),
).rows.map((row) => ({ ...row, id: row.sku }));
const matcher = new ProductMatcher(products);

const read = (question: string, locale: string) =>
  understand(question, {
    matcher,
    stores: [],
    columns: columnConcepts(products),
    now: new Date('2026-11-20T13:00:00Z'),
    timezone: 'Europe/Stockholm',
    locale,
  });

test.each([
  ['do you have the deebot n20', 'en', 'BOT'],
  ['is the ecovacs in stock anywhere?', 'en', 'BOT'],
  ['сколько стоит робот пылесос ecovacs', 'ru', 'BOT'],
  ['was kostet der Ecovacs Saugroboter?', 'de', 'BOT'],
  ['cat costa aparatul de cafea krups?', 'ro', 'BREW'],
  ['teneis la cafetera krups?', 'es', 'BREW'],
  ['vad kostar vattenkokaren från bosch', 'sv', 'CUP'],
  ['필립스 티비 얼마예요?', 'ko', 'TELLY'],
  ['قیمت تلویزیون فیلیپس چنده؟', 'fa', 'TELLY'],
  ['precio del televisor philips de 50', 'es', 'TELLY'],
])('a thing is known by its maker and what it is, in any language: %s', (question, locale, sku) => {
  const { mention } = read(question, locale);
  expect(mention.kind === 'one' && mention.product.sku).toBe(sku);
});

test('a size that its maker does not have here is not taken for the one that is', () => {
  expect(read('how much is the philips tv 65', 'en').mention.kind).not.toBe('one');
  expect(read('have you anything from bosch?', 'en').mention.kind).not.toBe('one');
});

test.each([
  ['how loud is the deebot n20?', 'en', 'noise', 66],
  ['hur länge räcker batteriet i aventho 300?', 'sv', 'batteryLife', 60],
  ['cuantos litros tiene el hervidor bosch?', 'es', 'capacity', 1.7],
  ['cate porturi hdmi are televizorul philips', 'ro', 'hdmi', 3],
  ['сколько часов работают aventho 300', 'ru', 'batteryLife', 60],
])('what an appliance has is asked in the words of its kind: %s', (question, locale, concept, value) => {
  const { mention, attributes, intent } = read(question, locale);
  expect(intent).toBe('attribute');
  expect(attributes).toContain(concept);
  expect(mention.kind === 'one' && knownOf(mention.product, concept)).toMatchObject({ value });
});

test('how long a battery lasts is told by its size where nothing else is known, and yes in a column is a yes', () => {
  const [ears, phone] = ['EARS', 'A56'].map((sku) => products.find((product) => product.sku === sku) as ProductRow);
  expect(knownOf(phone as ProductRow, 'batteryLife')).toMatchObject({ key: 'battery_mah', value: 5000 });
  expect(knownOf(ears as ProductRow, 'noiseCancelling')).toMatchObject({ kind: 'yes' });
});

test('a screen frequency that no row holds is not answered with the networks of the phone', () => {
  expect(read('какая частота экрана у galaxy a56?', 'ru').attributes).toEqual(['refresh']);
});

test('headphones are no phones, and a catalogue may name its kinds in any language', () => {
  const of = (category: string) => products.filter((one) => isOfCategory(one, category)).map((one) => one.sku);
  expect(of('phone')).toEqual(['A56']);
  expect(of('vacuum')).toEqual(['BOT', 'STICK']);
});

test('a number that is part of a name is no budget', () => {
  expect(read('что есть похожее на a56 но дешевле', 'ru').budget).toBeNull();
});

describe('what nobody listed beforehand', () => {
  const gadgets = parseProducts(
    [
      { sku: 'THERMO', name: 'Cat S75 128 GB', brand: 'Cat', category: 'phone', thermal_camera: 'yes', charging_w: 15 },
      { sku: 'CASE', name: 'Cat case for S75', brand: 'Cat', category: 'case', compatible_with: 'S75' },
      {
        sku: 'RENO-B',
        name: 'Oppo Reno8 256 GB Black',
        brand: 'Oppo',
        category: 'phone',
        groupSku: 'RENO8',
        ram_gb: 8,
      },
      {
        sku: 'RENO-W',
        name: 'Oppo Reno8 256 GB White',
        brand: 'Oppo',
        category: 'phone',
        groupSku: 'RENO8',
        ram_gb: 8,
      },
      { sku: 'POCO', name: 'Poco F5 256 GB', brand: 'Poco', category: 'phone', weight_g: 181, headphone_jack: 'yes' },
      { sku: 'EARS', name: 'Marshall Major V', brand: 'Marshall', category: 'headphones', battery_life_h: 100 },
      {
        sku: 'ROLL',
        name: 'Segway Ninebot F3',
        brand: 'Segway',
        category: 'e-scooter',
        weight_kg: 18,
        max_load_kg: 120,
      },
      { sku: 'FLY', name: 'DJI Neo', brand: 'DJI', category: 'drone', flight_time_min: 18 },
      { sku: 'BAND', name: 'Withings ScanWatch 2 Black', brand: 'Withings', category: 'watch', colour: 'Black' },
    ]
      .map((row) => JSON.stringify(row))
      .join('\n'),
  ).rows.map((row) => ({ ...row, id: row.sku }));
  const shelf = new ProductMatcher(gadgets);
  const heard = (question: string, locale: string) =>
    understand(question, {
      matcher: shelf,
      stores: [],
      columns: columnConcepts(gadgets),
      now: new Date('2026-11-20T13:00:00Z'),
      timezone: 'Europe/Stockholm',
      locale,
    });
  const skus = ({ mention }: ReturnType<typeof heard>) =>
    mention.kind === 'one'
      ? [mention.product.sku]
      : mention.kind === 'several'
        ? mention.products.map((one) => one.sku)
        : [];

  test.each([
    ['de', 'Hat das Cat S75 eine Wärmebildkamera?', 'thermal_camera'],
    ['ru', 'а у cat s75 есть тепловизионная камера', 'thermal_camera'],
    ['en', 'how fast does the cat s75 charge', 'charging'],
    ['fa', 'پوکو اف ۵ چند گرمه', 'weight'],
    ['ko', '마샬 메이저 5 몇시간 가요', 'batteryLife'],
    ['sv', 'har poco f5 hörlursuttag', 'jack'],
    ['de', 'wie viel kilo hält der ninebot f3 aus', 'max_load_kg'],
    ['ru', 'сколько летает дрон neo', 'flight_time_min'],
  ])('%s: %s', (locale, question, attribute) => {
    const asked = heard(question, locale);
    expect(asked.intent).toBe('attribute');
    expect(asked.attributes).toEqual([attribute]);
  });

  test.each([
    ['ru', 'поко ф5 почем', ['POCO']],
    ['fa', 'قیمت پوکو اف ۵', ['POCO']],
    ['ru', 'рено 8 есть?', ['RENO-B', 'RENO-W']],
    ['ko', '레노8 얼마', ['RENO-B', 'RENO-W']],
    ['ru', 'мажор 5 сколько стоит', ['EARS']],
    ['de', 'gibts die scanwatch noch', ['BAND']],
    ['es', 'tienen el patinete segway', ['ROLL']],
    ['en', 'what does the poco cost', ['POCO']],
    ['ro', 'cat costa poco f5 e disponibil?', ['POCO']],
  ])('a name as %s writes it: %s', (locale, question, wanted) => {
    expect(skus(heard(question, locale)).sort()).toEqual(wanted);
  });

  test.each([
    ['es', 'mñn a q hora abris', 1],
    ['en', 'r u open tmrw', 1],
  ])('short forms of %s are read as what they stand for', (locale, question, ahead) => {
    expect(heard(question, locale)).toMatchObject({ intent: 'hours', ahead });
  });

  test('a month beside its day is the one that is meant', () => {
    const { bought } = heard('am luat castile pe 10 iunie 2025, mai am garantie?', 'ro');
    expect(bought?.toISODate()).toBe('2025-06-10');
  });

  test('a limit belongs to the number behind it', () => {
    expect(heard('un proiector cu rezolutie 1080p sub 460', 'ro').budget).toMatchObject({ min: null, max: 460 });
  });

  test('what is changed in a device is repaired, and not given back', () => {
    expect(heard('поменять аккум на поко ф5', 'ru').intent).toBe('repairPrice');
  });

  test('a colour is no part of a device', () => {
    expect(heard('mai aveti marshall major v portocaliu', 'ro').attributes).toEqual([]);
  });
});
