import { UNLIMITED } from './attributes.ts';
import type { ProductRow } from './rows.ts';

/** What a client uses in a month. Absent means not said. */
export interface Usage {
  minutes?: number;
  gb?: number;
  sms?: number;
  /** ISO 3166 country of a journey, and its days in that month. */
  country?: string;
  days?: number;
}

/** One thing on the bill: `times` × `price`, from the plan's column `key`. */
export interface CostTerm {
  key: string;
  times: number;
  price: number;
}

export interface TariffCost {
  plan: ProductRow;
  total: number;
  terms: CostTerm[];
}

/**
 * What a plan costs in a month of this usage; null when the plan does not cover it or does not say what the excess
 * costs, because a guess is no price.
 */
export function tariffCost(plan: ProductRow, usage: Usage): TariffCost | null {
  const monthly = numberOf(plan, 'price_month') ?? numberOf(plan, 'price_per_month');
  if (monthly === null) return null;
  const terms: CostTerm[] = [{ key: 'price_month', times: 1, price: monthly }];
  const excess: [number | undefined, string, string][] = [
    [usage.gb, 'data_gb', 'extra_gb_price'],
    [usage.minutes, 'minutes', 'extra_minute_price'],
    [usage.sms, 'sms', 'extra_sms_price'],
  ];
  for (const [used, included, extra] of excess) {
    if (used === undefined) continue;
    const over = overUse(plan, included, used);
    if (over === null) return null;
    if (over === 0) continue;
    const price = numberOf(plan, extra);
    if (price === null) return null;
    terms.push({ key: extra, times: included === 'data_gb' ? Math.ceil(over) : over, price });
  }
  if (usage.country && usage.country !== 'EU') {
    const price = numberOf(plan, `roaming_${usage.country}_day_price`);
    if (price === null) return null;
    terms.push({ key: `roaming_${usage.country}_day_price`, times: usage.days ?? 1, price });
  }
  const total = Math.round(terms.reduce((sum, term) => sum + term.times * term.price, 0) * 100) / 100;
  return { plan, total, terms };
}

/** Plans that cover a usage, cheapest first. */
export function cheapestTariffs(plans: readonly ProductRow[], usage: Usage): TariffCost[] {
  return plans
    .flatMap((plan) => tariffCost(plan, usage) ?? [])
    .sort((a, b) => a.total - b.total || a.plan.name.localeCompare(b.plan.name));
}

export function isTariff(product: ProductRow): boolean {
  return product.category === 'tariff' || product.attributes.price_month !== undefined;
}

/** How much more is used than included; null when the plan does not say what is included. */
function overUse(plan: ProductRow, key: string, used: number): number | null {
  const included = plan.attributes[key];
  if (included === UNLIMITED) return 0;
  if (typeof included !== 'number') return null;
  return Math.max(0, used - included);
}

function numberOf(plan: ProductRow, key: string): number | null {
  const value = plan.attributes[key];
  return typeof value === 'number' ? value : null;
}
