import { expect, test } from 'vitest';
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
