import { parseProducts } from '../../../server/catalogue/parseProducts.ts';
import type { OfferRow, RuleRow, StoreRow } from '../../../server/catalogue/rows.ts';
import type { ConsultRequest } from '../../../server/consult/answer.ts';
import { type ConsultSources, consult } from '../../../server/consult/consult.ts';
import type { ConsultAnswer } from '../../../server/consult/schema.ts';
import { topicsOf } from '../../../server/consult/understand/topics.ts';
import { catalogueView } from '../../../server/consult/world.ts';
import { PassageIndex } from '../../../server/knowledge/passageIndex.ts';
import { splitArticle } from '../../../server/knowledge/split.ts';

/** A small shop in memory: three stores, variants, accessories, tariffs, rules and two articles. Night of Saturday. */
export const night = new Date('2026-11-21T21:40:00Z');
const fresh = new Date('2026-11-21T21:10:00Z');

const products = parseProducts(
  [
    {
      sku: 'A55-256',
      name: 'Samsung Galaxy A55 5G 256GB Blue',
      brand: 'Samsung',
      category: 'phone',
      groupSku: 'A55',
      storage_gb: 256,
      ram_gb: 8,
      colour: 'blue',
      display_in: 6.6,
      battery_mah: 5000,
      network: '3G;4G;5G',
      esim: true,
      nfc: true,
      port: 'USB-C',
    },
    {
      sku: 'A55-128',
      name: 'Samsung Galaxy A55 5G 128GB Black',
      brand: 'Samsung',
      category: 'phone',
      groupSku: 'A55',
      storage_gb: 128,
      ram_gb: 8,
      colour: 'black',
      display_in: 6.6,
      battery_mah: 5000,
      network: '3G;4G;5G',
      esim: true,
      nfc: true,
      port: 'USB-C',
      restock_eta: '2026-12-03',
    },
    {
      sku: 'A35-128',
      name: 'Samsung Galaxy A35 5G 128GB Black',
      brand: 'Samsung',
      category: 'phone',
      storage_gb: 128,
      ram_gb: 6,
      colour: 'black',
      display_in: 6.6,
      battery_mah: 5000,
      network: '3G;4G;5G',
      nfc: true,
    },
    {
      sku: 'IP13',
      name: 'iPhone 13',
      brand: 'Apple',
      category: 'phone',
      display_in: 6.1,
      network: '4G;5G',
      port: 'Lightning',
    },
    {
      sku: 'IP13P',
      name: 'iPhone 13 Pro',
      brand: 'Apple',
      category: 'phone',
      display_in: 6.1,
      network: '4G;5G',
      port: 'Lightning',
    },
    {
      sku: 'R7A',
      name: 'Xiaomi Redmi 7A',
      brand: 'Xiaomi',
      category: 'phone',
      display_in: 5.45,
      battery_mah: 4000,
      network: '3G;4G',
    },
    {
      sku: 'CASE',
      name: 'Clear Case for Galaxy A55',
      brand: 'Spigen',
      category: 'case',
      compatible_with: 'Galaxy A55',
    },
    { sku: 'CH20', name: '20 W USB-C Charger', brand: 'Anker', category: 'charger', connector: 'USB-C', power_w: 20 },
    {
      sku: 'PLS',
      name: 'Plan S',
      brand: 'Riva',
      category: 'tariff',
      minutes: 200,
      data_gb: 5,
      price_month: 9,
      extra_gb_price: 2,
      extra_minute_price: 0.05,
      currency: 'EUR',
      roaming_TR_day_price: 3,
    },
    {
      sku: 'PLM',
      name: 'Plan M',
      brand: 'Riva',
      category: 'tariff',
      minutes: 500,
      data_gb: 15,
      price_month: 15,
      extra_gb_price: 1.5,
      currency: 'EUR',
      roaming_TR_day_price: 2,
    },
  ]
    .map((row) => JSON.stringify(row))
    .join('\n'),
).rows.map((row) => ({ ...row, id: row.sku }));

export const stores: StoreRow[] = (
  [
    ['RIV', 'Riverside', 'Quay Street 5', 'Mo-Fr 10:00-20:00; Sa 10:00-18:00; PH off', ['2026-12-25']],
    ['STA', 'Station', 'Railway Square 1', 'Mo-Su 09:00-21:00', []],
  ] as const
).map(([code, name, address, hours, holidays]) => ({
  id: code,
  code,
  name,
  address,
  city: 'Harbour',
  lat: null,
  lon: null,
  phone: '+37322000001',
  timezone: 'Europe/Chisinau',
  hours,
  holidays,
  services: [],
}));

export function offer(
  productId: string,
  storeId: string,
  price: number,
  stock: number,
  change: Partial<OfferRow> = {},
): OfferRow {
  return {
    id: `${productId}@${storeId}`,
    productId,
    storeId,
    price,
    currency: 'EUR',
    stock,
    onDisplay: false,
    validUntil: null,
    asOf: fresh,
    ...change,
  };
}

export const offers: OfferRow[] = [
  offer('A55-256', 'RIV', 429, 2),
  offer('A55-256', 'STA', 429, 0),
  offer('A55-128', 'RIV', 389, 0),
  offer('A55-128', 'STA', 389, 0),
  offer('A35-128', 'STA', 299, 3),
  offer('IP13', 'RIV', 599, 1, { validUntil: new Date('2026-11-01T00:00:00Z') }),
  offer('R7A', 'STA', 99, 4, { asOf: new Date('2026-11-20T07:10:00Z') }),
  offer('CH20', 'RIV', 19.9, 7),
];

const rule = (kind: string, value: RuleRow['value'], text: string, appliesTo: RuleRow['appliesTo'] = {}): RuleRow => ({
  id: `${kind} ${JSON.stringify(appliesTo)}`,
  kind,
  value,
  text,
  appliesTo,
  jurisdiction: 'MD',
  validFrom: new Date('2020-01-01'),
  validUntil: null,
});

const rules: RuleRow[] = [
  rule('warranty', { months: 24 }, 'Two years of legal warranty on every device.'),
  rule('warranty', { months: 12 }, 'Apple devices: 12 months by the maker.', { brand: 'Apple' }),
  rule('return', { days: 14 }, 'Unused goods may be returned within 14 days.'),
  rule(
    'repairPrice',
    { price: 119, currency: 'EUR', from: true, part: 'screen' },
    'Galaxy A55: screen replacement from 119 EUR.',
    { sku: 'A55' },
  ),
];

const articles = {
  porting:
    '# Keeping your number\n\n## How it works\n\nBring your ID card and the SIM card. Porting a number takes up to 2 working days and is free.\n',
  moving:
    '# Moving to a new phone\n\n## Transfer data from Android to iPhone\n\nInstall Move to iOS on the old phone. Keep both phones on power.\n',
};

export function sources(change: { offers?: OfferRow[]; articles?: Record<string, string> } = {}): ConsultSources {
  const index = new PassageIndex(topicsOf);
  for (const [id, body] of Object.entries({ ...articles, ...change.articles }))
    index.put(
      splitArticle(body).map((passage, position) => ({
        id: `${id}-${position}`,
        articleId: id,
        title: passage.path[0] ?? '',
        path: passage.path.slice(1),
        text: passage.text,
        position,
        language: 'en',
      })),
    );
  const rows = change.offers ?? offers;
  return {
    catalogue: catalogueView(products),
    stores,
    rules,
    offersOf: async (ids) => rows.filter((row) => ids.includes(row.productId)),
    search: (question, language) => index.search(question, { language, limit: 12 }),
    passage: (id) => index.get(id),
  };
}

const standing = sources();

/** Asks the small shop, at night, in no store unless one is given. */
export function ask(
  question: string,
  more: { store?: string; now?: Date; sources?: ConsultSources; history?: ConsultRequest['history'] } = {},
): Promise<ConsultAnswer> {
  const store = stores.find((candidate) => candidate.code === more.store) ?? null;
  return consult(
    { question, history: more.history, store, product: null, now: more.now ?? night, staleMs: 4 * 3_600_000 },
    more.sources ?? standing,
  );
}
