import { expect, test } from 'vitest';
import { ProductMatcher } from '../../../server/catalogue/productMatcher.ts';
import type { ProductRow } from '../../../server/catalogue/rows.ts';

const rows: [name: string, brand: string, category: string][] = [
  ['Nothing Phone (3a) 128 GB Black', 'Nothing', 'phone'],
  ['Nothing Phone (2) 256 GB White', 'Nothing', 'phone'],
  ['Realme C75 128 GB Green', 'Realme', 'phone'],
  ['Google Pixel 10 128 GB Obsidian', 'Google', 'phone'],
  ['Anker power bank 20000 mAh 87 W', 'Anker', 'power bank'],
  ['Anker power bank 10000 mAh 30 W', 'Anker', 'power bank'],
  ['JBL Go 4 Bluetooth speaker Red', 'JBL', 'speaker'],
  ['USB-C cable 2 m', 'Ugreen', 'cable'],
  ['USB-C cable 1 m', 'Ugreen', 'cable'],
];
const matcher = new ProductMatcher(
  rows.map(
    ([name, brand, category], at): ProductRow => ({
      id: String(at),
      sku: `SKU-${at}`,
      name,
      brand,
      category,
      gtin: null,
      groupSku: null,
      description: '',
      attributes: {},
    }),
  ),
);
const found = (question: string) => {
  const mention = matcher.find(question);
  return mention.kind === 'one' ? mention.product.name : mention.kind;
};

test.each([
  ['nothing phone 3a', 'Nothing Phone (3a) 128 GB Black'],
  ['насинг фон 3а', 'Nothing Phone (3a) 128 GB Black'],
  ['ناتینگ فون ۳a', 'Nothing Phone (3a) 128 GB Black'],
  ['реалми с75', 'Realme C75 128 GB Green'],
  ['픽셀10에 옵시디언', 'Google Pixel 10 128 GB Obsidian'],
  ['powerbank 20000', 'Anker power bank 20000 mAh 87 W'],
  ['보조배터리 20000', 'Anker power bank 20000 mAh 87 W'],
  ['پاوربانک ۲۰۰۰۰', 'Anker power bank 20000 mAh 87 W'],
  ['jbl go four', 'JBL Go 4 Bluetooth speaker Red'],
  ['джи би эль гоу 4', 'JBL Go 4 Bluetooth speaker Red'],
  ['جی بی ال گو ۴', 'JBL Go 4 Bluetooth speaker Red'],
  ['usb c cable two metre', 'USB-C cable 2 m'],
  ['usb c kabel دو متری', 'USB-C cable 2 m'],
])('a name as it is said: %s', (question, name) => {
  expect(found(question)).toBe(name);
});

test.each(['nothing phone 4', 'realme c76', 'pixel 11', 'powerbank 30000', 'jbl go five'])(
  'a number that no product has names none: %s',
  (question) => {
    expect(found(question)).not.toMatch(/ /);
  },
);

test('a maker is heard in its own place, in other scripts and in compounds', () => {
  expect(matcher.makersIn('is there nothing new')).toEqual([]);
  expect(matcher.makersIn('got nothing phone 3a')).toEqual(['nothing']);
  expect(matcher.brandsIn('hur lång garanti på realmemobiler')).toEqual(['realme']);
  expect(matcher.brandsIn('гарантия на реалми')).toEqual(['realme']);
  expect(matcher.brandsIn('югрин')).toEqual(['ugreen']);
  expect(matcher.brandsIn('анкера', true)).toEqual(['anker']);
});
