import type { Offer, Product, Store } from '../../../server/catalogue/schema.ts';

/** Offers as the counter asks for them: what it costs, how many are here, where the next ones are. */

/** 429 €, as the reader's language writes it. */
export function money(amount: number, currency: string, locale: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return `${new Intl.NumberFormat(locale).format(amount)} ${currency}`.trim();
  const whole = Number.isInteger(amount) ? { maximumFractionDigits: 0 } : {};
  return new Intl.NumberFormat(locale, { style: 'currency', currency, ...whole }).format(amount);
}

/** Lowest to highest price that may be told today; null when there is none. */
export function priceText(product: Product, locale: string): string | null {
  const told = product.offers.filter((offer) => offer.price !== null && offer.valid);
  const currency = told[0]?.currency;
  if (currency === undefined) return null;
  const prices = told.filter((offer) => offer.currency === currency).map((offer) => offer.price ?? 0);
  const [low, high] = [Math.min(...prices), Math.max(...prices)];
  return low === high
    ? money(low, currency, locale)
    : `${money(low, currency, locale)} – ${money(high, currency, locale)}`;
}

/** Pieces in all stores that say so. */
export function totalStock(product: Product): number {
  return product.offers.reduce((sum, offer) => sum + (offer.stock ?? 0), 0);
}

export function offerAt(product: Product, storeId: string | undefined): Offer | undefined {
  return product.offers.find((offer) => offer.storeId === storeId);
}

/** Where else it is in stock, nearest to the store first where both places are known, else most pieces first. */
export function elsewhere(product: Product, storeId: string | undefined, stores: readonly Store[]): Offer[] {
  const byId = (id: string | undefined) => stores.find((store) => store.id === id);
  const far = (offer: Offer) => distanceKm(byId(storeId), byId(offer.storeId)) ?? 1e6;
  return product.offers
    .filter((offer) => offer.storeId !== storeId && (offer.stock ?? 0) > 0)
    .sort((a, b) => far(a) - far(b) || (b.stock ?? 0) - (a.stock ?? 0));
}

/** Along the great circle, km; null where a place is not known. */
export function distanceKm(a: Store | undefined, b: Store | undefined): number | null {
  if (a?.lat == null || a.lon == null || b?.lat == null || b.lon == null) return null;
  const rad = Math.PI / 180;
  const h =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(h));
}
