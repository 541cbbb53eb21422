import type { OfferRow, ProductRow } from './rows.ts';
import { isTariff } from './tariffCost.ts';

/** Why a product stands in for another: figures of both, the words are the answer's. */
export interface AlternativeReason {
  kind: 'sameDisplay' | 'ram' | 'storage' | 'battery' | 'price';
  own: number;
  other: number;
}

export interface Alternative {
  product: ProductRow;
  /** 0..1, how near it is. */
  nearness: number;
  reasons: AlternativeReason[];
  /** Its cheapest valid price, and its offers with stock, the asked store's first. */
  price: { amount: number; currency: string } | null;
  offers: OfferRow[];
}

/**
 * Products in stock that can stand in for one: of the same category, near in display, memory, battery, age and price,
 * in the asked store before elsewhere. Best first. A dimension that either row does not give is left out, not guessed.
 */
export function alternatives(
  product: ProductRow,
  others: readonly ProductRow[],
  offers: ReadonlyMap<string, readonly OfferRow[]>,
  options: { storeId: string | null; now: Date; limit?: number },
): Alternative[] {
  const ownPrice = cheapest(offers.get(product.id) ?? [], options.now, true) ?? listPrice(product);
  return others
    .filter((other) => other.id !== product.id && other.category === product.category && !isTariff(other))
    .flatMap((other) => {
      const stocked = (offers.get(other.id) ?? []).filter((offer) => (offer.stock ?? 0) > 0);
      if (stocked.length === 0) return [];
      const price = cheapest(stocked, options.now, false);
      const { nearness, reasons } = compare(product, other, ownPrice?.amount ?? null, price?.amount ?? null);
      const here = options.storeId !== null && stocked.some((offer) => offer.storeId === options.storeId);
      const ordered = [...stocked].sort(
        (a, b) =>
          Number(b.storeId === options.storeId) - Number(a.storeId === options.storeId) ||
          (b.stock ?? 0) - (a.stock ?? 0),
      );
      return [{ product: other, nearness: nearness + (here ? 0.15 : 0), reasons, price, offers: ordered }];
    })
    .sort((a, b) => b.nearness - a.nearness || a.product.name.localeCompare(b.product.name))
    .slice(0, options.limit ?? 3);
}

/** The cheapest price that is valid now; null when there is none. */
export function cheapest(
  offers: readonly OfferRow[],
  now: Date,
  anyStock: boolean,
): { amount: number; currency: string } | null {
  const valid = offers.filter(
    (offer) =>
      offer.price !== null && (!offer.validUntil || offer.validUntil >= now) && (anyStock || (offer.stock ?? 0) > 0),
  );
  const best = valid.sort((a, b) => (a.price ?? 0) - (b.price ?? 0))[0];
  return best && best.price !== null ? { amount: best.price, currency: best.currency } : null;
}

/** The figure of a product in a dimension, whatever column and spelling holds it; null when it is not known. */
export function dimension(product: ProductRow, keys: readonly string[]): number | null {
  for (const key of keys) {
    const value = product.attributes[key];
    if (typeof value === 'number') return value;
    if (typeof value !== 'string') continue;
    const numbers = [...(/^[\d/ .,gtbmahp"″]+/i.exec(value)?.[0] ?? '').matchAll(/(\d+(?:\.\d+)?)\s*(tb)?/gi)];
    if (numbers.length > 0) return Math.max(...numbers.map((match) => Number(match[1]) * (match[2] ? 1024 : 1)));
  }
  return null;
}

/** Dimension, its columns, weight, and the relative difference that counts as wholly different. */
const DIMENSIONS: readonly [AlternativeReason['kind'] | 'year', readonly string[], number, number][] = [
  ['sameDisplay', ['display_in', 'display'], 2, 0.25],
  ['ram', ['ram_gb', 'ram'], 1.5, 0.8],
  ['storage', ['storage_gb', 'storage'], 1.5, 0.8],
  ['battery', ['battery_mah', 'battery'], 1, 0.5],
  ['year', ['released'], 1, 0.003],
];

function compare(
  a: ProductRow,
  b: ProductRow,
  ownPrice: number | null,
  otherPrice: number | null,
): { nearness: number; reasons: AlternativeReason[] } {
  let weight = 1;
  let near = a.brand === b.brand ? 0.6 : 0.3;
  const reasons: AlternativeReason[] = [];
  const add = (own: number, other: number, share: number, spread: number) => {
    weight += share;
    near += share * Math.max(0, 1 - Math.abs(own - other) / (Math.max(own, other, 1) * spread));
  };
  for (const [kind, keys, share, spread] of DIMENSIONS) {
    const own = kind === 'year' ? yearOf(a) : dimension(a, keys);
    const other = kind === 'year' ? yearOf(b) : dimension(b, keys);
    if (own === null || other === null) continue;
    add(own, other, share, spread);
    if (kind === 'year') continue;
    if (kind === 'sameDisplay' ? own === other : own !== other) reasons.push({ kind, own, other });
  }
  if (ownPrice !== null && otherPrice !== null) {
    add(ownPrice, otherPrice, 2, 0.5);
    if (ownPrice !== otherPrice) reasons.push({ kind: 'price', own: ownPrice, other: otherPrice });
  }
  return { nearness: near / weight, reasons };
}

function yearOf(product: ProductRow): number | null {
  const year = Number(/^\d{4}/.exec(String(product.attributes.released ?? ''))?.[0]);
  return year || null;
}

function listPrice(product: ProductRow): { amount: number; currency: string } | null {
  const amount = Number(product.attributes.price);
  return product.attributes.price !== undefined && Number.isFinite(amount)
    ? { amount, currency: String(product.attributes.currency ?? '') }
    : null;
}
