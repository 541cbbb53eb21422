import type { TFunction } from 'i18next';
import type { Product } from '../../../server/catalogue/schema.ts';
import { count } from '../../shared/ui/format.ts';

/** Attributes of products in words: their names, units and values as a reader writes them. */

type Value = Product['attributes'][string];

/** The order in which attributes with a meaning are read; all others follow by name. */
const order =
  'operator price_month data_gb minutes sms eu_data_gb extra_gb_price extra_minute_price contract_months model display_in storage_gb ram_gb battery_mah colour weight_g network esim dual_sim nfc port wireless_charging ip_rating compatible_with connector standard watts released restock_eta'.split(
    ' ',
  );

/** What a card says of a product in three lines, by what it is. */
const short: Record<string, string[]> = {
  tariff: ['data_gb', 'minutes', 'contract_months'],
  phone: ['display_in', 'ram_gb', 'battery_mah'],
  tablet: ['display_in', 'ram_gb', 'battery_mah'],
};
const shortOther = ['compatible_with', 'connector', 'standard', 'watts', 'display_in', 'battery_mah'];

const units: [RegExp, string][] = [
  [/_gb$/, 'GB'],
  [/_mah$/, 'mAh'],
  [/_in$/, '″'],
  [/_g$/, 'g'],
  [/^watts$/, 'W'],
  [/_hz$/, 'Hz'],
  [/_mm$/, 'mm'],
];

/** Names of what is known of products, in reading order. */
export function attributeKeys(products: readonly Pick<Product, 'attributes'>[]): string[] {
  const keys = new Set(products.flatMap((product) => Object.keys(product.attributes)));
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  return [...keys].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** Up to three attributes that tell most of a product of its category. */
export function shortKeys(product: Pick<Product, 'category' | 'attributes'>): string[] {
  const known = (short[product.category] ?? shortOther).filter((key) => key in product.attributes);
  const rest = attributeKeys([product]).filter((key) => !known.includes(key) && key !== 'model');
  return [...known, ...rest].slice(0, 3);
}

export function attributeName(key: string, t: TFunction<'catalogue'>): string {
  const [, country, what] = /^roaming_([a-z]{2})_day_(price|gb)$/i.exec(key) ?? [];
  if (country !== undefined) return t(`attributes.roaming_${what}`, { country: country.toUpperCase() });
  const plain = key.replace(/_(gb|mah|in|g|hz|mm)$/, '').replaceAll('_', ' ');
  return t(`attributes.${key}`, { defaultValue: plain.charAt(0).toLocaleUpperCase() + plain.slice(1) });
}

export function attributeText(
  key: string,
  value: Value | undefined,
  t: TFunction<'catalogue'>,
  locale: string,
): string {
  if (value === undefined || value === '') return t('unknown');
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'number') {
    const unit = units.find(([pattern]) => pattern.test(key))?.[1];
    const number = count(value, locale);
    return unit === undefined ? number : unit === '″' ? `${number}″` : `${number}\u00a0${unit}`;
  }
  return /^(yes|no|unlimited)$/i.test(value) ? t(value.toLowerCase()) : value;
}
