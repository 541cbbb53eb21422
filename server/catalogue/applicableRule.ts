import { fold } from '../knowledge/analysis/fold.ts';
import type { ProductRow, RuleRow } from './rows.ts';

type RuledProduct = Pick<ProductRow, 'sku' | 'groupSku' | 'brand' | 'category'>;

/**
 * The rules of a kind that hold on `day` for a product (or for everything, when none is given), narrowest first: sku
 * before model before brand in a category before brand before category before all; of equals the one in force latest.
 */
export function applicableRules(
  rules: readonly RuleRow[],
  asked: { kind: string; product?: RuledProduct | null; day: Date },
): RuleRow[] {
  return rules
    .filter(
      (rule) =>
        rule.kind === asked.kind && rule.validFrom <= asked.day && (!rule.validUntil || asked.day <= rule.validUntil),
    )
    .map((rule) => ({ rule, narrowness: narrowness(rule.appliesTo, asked.product ?? null) }))
    .filter(({ narrowness }) => narrowness >= 0)
    .sort((a, b) => b.narrowness - a.narrowness || b.rule.validFrom.getTime() - a.rule.validFrom.getTime())
    .map(({ rule }) => rule);
}

/** -1 when the rule speaks of something else. */
function narrowness(appliesTo: RuleRow['appliesTo'], product: RuledProduct | null): number {
  let narrow = 0;
  if (appliesTo.sku) {
    if (product?.sku === appliesTo.sku) narrow += 16;
    else if (product?.groupSku && product.groupSku === appliesTo.sku) narrow += 8;
    else return -1;
  }
  if (appliesTo.brand) {
    if (!product || fold(product.brand) !== fold(appliesTo.brand)) return -1;
    narrow += 4;
  }
  if (appliesTo.category) {
    if (!product || fold(product.category) !== fold(appliesTo.category)) return -1;
    narrow += 2;
  }
  return narrow;
}
