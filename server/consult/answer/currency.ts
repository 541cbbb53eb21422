import type { ProductRow } from '../../catalogue/rows.ts';
import type { Asking } from './draft.ts';

/** In what money plans are counted: what a plan's row says, else what its offers are in; empty where neither tells. */
export async function planCurrencies(
  asking: Asking,
  plans: readonly ProductRow[],
): Promise<(plan: ProductRow) => string> {
  const silent = plans.filter((plan) => !plan.attributes.currency).map((plan) => plan.id);
  const offers = silent.length > 0 ? await asking.world.offersOf(silent) : [];
  const byPlan = new Map(offers.map((offer) => [offer.productId, offer.currency]));
  return (plan) => String(plan.attributes.currency ?? byPlan.get(plan.id) ?? '');
}
