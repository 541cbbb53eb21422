import { DateTime } from 'luxon';
import type { OfferRow, ProductRow, RuleRow, StoreRow } from '../../catalogue/rows.ts';
import type { IndexedPassage } from '../../knowledge/index/passageTerms.ts';
import type { Citation } from '../schema.ts';
import type { SpokenLanguage } from '../understand/lexicon.ts';

/** How facts are written: once, the same in answer, quote and check. */

export function money(amount: number, currency: string): string {
  return `${plainNumber(Math.round(amount * 100) / 100, true)}${currency ? ` ${currency}` : ''}`;
}

/** Without exponent and needless zeros; cents always two. */
export function plainNumber(value: number, cents = false): string {
  return Number.isInteger(value) ? String(value) : cents ? value.toFixed(2) : String(value);
}

/** "09:10" of today, "20 Nov, 09:10" of another day, in the store's zone. */
export function moment(at: Date, now: Date, timezone: string, language: SpokenLanguage): string {
  const local = DateTime.fromJSDate(at, { zone: timezone });
  const same = local.hasSame(DateTime.fromJSDate(now, { zone: timezone }), 'day');
  const clock = local.toFormat('HH:mm');
  return same ? clock : `${shortDay(local, language)}, ${clock}`;
}

export function dayText(day: DateTime, language: SpokenLanguage): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(utcDay(day));
}

export function weekdayText(day: DateTime, language: SpokenLanguage): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(utcDay(day));
}

/** The figures a written day may hold, in any language. */
export function dayFigures(day: DateTime): string[] {
  return [day.day, day.month, day.year].map(String);
}

export function countryText(code: string, language: SpokenLanguage): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code;
}

/** A row as text: what the row says and nothing else. Quotes are pieces of it, numbers of an answer must stand in it. */
export function productText(product: ProductRow): string {
  return [
    product.name,
    product.brand,
    product.sku,
    product.description,
    ...Object.entries(product.attributes).map(([key, value]) => attributeText(key, value)),
  ]
    .filter(Boolean)
    .join('\n');
}

export function attributeText(key: string, value: unknown): string {
  return `${key}: ${typeof value === 'boolean' ? (value ? 'yes' : 'no') : Array.isArray(value) ? value.join(', ') : String(value)}`;
}

export function offerText(offer: OfferRow): string {
  return [
    offer.price !== null ? `price: ${money(offer.price, offer.currency)}` : '',
    offer.stock !== null ? `stock: ${offer.stock}` : '',
    offer.onDisplay ? 'on display' : '',
    offer.validUntil ? `valid until: ${offer.validUntil.toISOString()}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}

export function storeText(store: StoreRow): string {
  return [
    store.name,
    store.code,
    [store.address, store.city].filter(Boolean).join(', '),
    store.phone,
    store.hours,
    store.holidays.join('; '),
    store.services.join('; '),
  ]
    .filter(Boolean)
    .join('\n');
}

export function ruleText(rule: RuleRow): string {
  return [rule.text, ...Object.entries(rule.value).map(([key, value]) => attributeText(key, value)), rule.jurisdiction]
    .filter(Boolean)
    .join('\n');
}

export function citeProduct(product: ProductRow, quote = product.name): Citation {
  return { kind: 'product', id: product.id, title: product.name, quote, asOf: null };
}

export function citeOffer(offer: OfferRow, product: ProductRow, store: StoreRow): Citation {
  return {
    kind: 'offer',
    id: offer.id,
    title: `${product.name} – ${store.name}`,
    quote: offerText(offer),
    asOf: offer.asOf.toISOString(),
  };
}

export function citeStore(store: StoreRow, quote: string): Citation {
  return { kind: 'store', id: store.id, title: store.name, quote, asOf: null };
}

export function citeRule(rule: RuleRow): Citation {
  return { kind: 'rule', id: rule.id, title: rule.kind, quote: rule.text, asOf: null };
}

export function citePassage(passage: IndexedPassage, quote: string): Citation {
  return { kind: 'passage', id: passage.id, articleId: passage.articleId, title: passage.title, quote, asOf: null };
}

function localeOf(language: SpokenLanguage): string {
  if (language === 'fa') return 'fa-IR-u-ca-gregory-nu-latn';
  return language === 'en' ? 'en-GB' : `${language}-u-nu-latn`;
}

function shortDay(local: DateTime, language: SpokenLanguage): string {
  return new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    utcDay(local),
  );
}

function utcDay(day: DateTime): Date {
  return new Date(Date.UTC(day.year, day.month - 1, day.day, 12));
}
