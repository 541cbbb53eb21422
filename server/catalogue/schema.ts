import { z } from 'zod';
import { importReport } from '../knowledge/schema.ts';
import { id, page, time } from '../lib/wire.ts';

const attribute = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

export const openStretch = z.object({ from: z.string(), to: z.string() });

export const store = z.object({
  id,
  code: z.string(),
  name: z.string(),
  address: z.string(),
  city: z.string(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  phone: z.string(),
  timezone: z.string(),
  /** OSM opening_hours. */
  hours: z.string(),
  holidays: z.array(z.string()),
  services: z.array(z.string()),
  /** Its local day now; null when its hours are not known. `open` is a list of stretches, empty when closed all day. */
  today: z
    .object({ date: z.string(), open: z.array(openStretch), openNow: z.boolean(), opensAt: z.string().nullable() })
    .nullable(),
});
export type Store = z.infer<typeof store>;

export const offer = z.object({
  id,
  storeId: id,
  storeCode: z.string(),
  storeName: z.string(),
  price: z.number().nullable(),
  currency: z.string(),
  /** Pieces; null when the store does not say. */
  stock: z.number().int().nullable(),
  onDisplay: z.boolean(),
  validUntil: time.nullable(),
  /** The price may be told today. */
  valid: z.boolean(),
  asOf: time,
});
export type Offer = z.infer<typeof offer>;

export const product = z.object({
  id,
  sku: z.string(),
  name: z.string(),
  brand: z.string(),
  category: z.string(),
  gtin: z.string().nullable(),
  groupSku: z.string().nullable(),
  description: z.string(),
  attributes: z.record(z.string(), attribute),
  offers: z.array(offer),
});
export type Product = z.infer<typeof product>;

export const alternative = z.object({ product, reasons: z.array(z.string()), nearness: z.number() });
export type AlternativeAnswer = z.infer<typeof alternative>;

export const rule = z.object({
  id,
  kind: z.string(),
  appliesTo: z.object({ brand: z.string().optional(), category: z.string().optional(), sku: z.string().optional() }),
  value: z.record(z.string(), z.unknown()),
  text: z.string(),
  jurisdiction: z.string(),
  validFrom: time,
  validUntil: time.nullable(),
});
export type Rule = z.infer<typeof rule>;

/** A price that was asked once. */
export const oldPrice = z.object({
  storeId: id,
  storeName: z.string(),
  price: z.number(),
  currency: z.string(),
  asOf: time,
  until: time,
});
export type OldPrice = z.infer<typeof oldPrice>;

const everyMs = z
  .number()
  .int()
  .min(5 * 60_000)
  .max(7 * 24 * 3_600_000);

/** A Google Merchant feed, fetched on a schedule. */
export const feed = z.object({
  id,
  name: z.string(),
  url: z.string(),
  /** The store whose offers it holds; null: products only. */
  storeId: id.nullable(),
  everyMs: z.number().int(),
  /** Addresses of the own network may be fetched. */
  allowPrivate: z.boolean(),
  nextAt: time.nullable(),
  lastAt: time.nullable(),
  lastState: z.enum(['ok', 'failed']).nullable(),
  lastError: z.string().nullable(),
  lastReport: importReport.nullable(),
});
export type Feed = z.infer<typeof feed>;

export const newFeed = z.object({
  name: z.string().trim().min(1).max(200),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  storeId: id.nullish(),
  everyMs: everyMs.default(24 * 3_600_000),
  allowPrivate: z.boolean().default(false),
});
export type NewFeed = z.infer<typeof newFeed>;

export const editFeed = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  storeId: id.nullable().optional(),
  everyMs: everyMs.optional(),
  allowPrivate: z.boolean().optional(),
});
export type EditFeed = z.infer<typeof editFeed>;

const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');

export const productQuery = page.extend({
  q: z.string().max(300).optional(),
  category: z.string().max(100).optional(),
  brand: z.string().max(100).optional(),
  /** A store's id or code. */
  store: z.string().max(100).optional(),
  inStock: flag.optional(),
});
export type ProductQuery = z.infer<typeof productQuery>;

export const alternativesQuery = z.object({
  store: z.string().max(100).optional(),
  locale: z.string().max(20).optional(),
});

export const ruleQuery = page.extend({ kind: z.string().max(50).optional() });
export const storeQuery = page.extend({ q: z.string().max(200).optional() });

/** What the catalogue can be narrowed by. */
export const facets = z.object({
  categories: z.array(z.object({ name: z.string(), count: z.number().int() })),
  brands: z.array(z.object({ name: z.string(), count: z.number().int() })),
});
