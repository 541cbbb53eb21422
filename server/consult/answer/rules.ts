import type { DateTime } from 'luxon';
import { applicableRules } from '../../catalogue/applicableRule.ts';
import type { ProductRow, RuleRow } from '../../catalogue/rows.ts';
import type { Intent } from '../intents.ts';
import { say } from '../phrases/table.ts';
import type { Asking, Draft, Outcome } from './draft.ts';
import { attributeText, citeProduct, citeRule, dayFigures, dayText, money } from './facts.ts';
import { findPurchase, type Purchase } from './purchase.ts';
import { isOfCategory } from './search.ts';

/** Kinds of rules that answer an intent, the fittest first. */
const KINDS: Partial<Record<Intent, readonly string[]>> = {
  warranty: ['warranty'],
  return: ['return'],
  defective: ['claimDeadline', 'warranty', 'return'],
  delivery: ['delivery'],
  payment: ['payment'],
  repairPrice: ['repairPrice'],
  tradeIn: ['tradeIn'],
};

/** Product columns that hold such terms when no rule does. */
const COLUMNS: Partial<Record<Intent, readonly string[]>> = {
  warranty: ['warranty'],
  return: ['returns', 'return'],
  delivery: ['shipping', 'delivery'],
};

/** Questions whose answer hangs on the day of purchase. */
const OF_PURCHASE: ReadonlySet<Intent> = new Set(['warranty', 'return', 'defective']);

/**
 * "Is it under warranty, can I return it, what does a screen cost?": the rule that held on the day of purchase, with the
 * day it ends when that day is known: from the store's records by receipt or IMEI, for who has proved who they are, else
 * from the client's own words. When it is not known, it is asked for. Null when no rule, row or record speaks of it.
 */
export async function answerRule(asking: Asking, named: ProductRow | null): Promise<Outcome | null> {
  const { intent } = asking.asked;
  const sought = OF_PURCHASE.has(intent) ? await findPurchase(asking) : 'unnamed';
  const purchase = typeof sought === 'string' ? null : sought;
  // The colour and memory of what was bought are not to be told where the records do not.
  const product = purchase?.product ? (purchase.product.id === '' ? null : purchase.product) : named;
  const bought = purchase ? purchase.day : asking.asked.bought;
  const day = bought?.toJSDate() ?? asking.now;
  const about = purchase?.product ?? product ?? categoryStandIn(asking);
  const standing: Standing = { product, bought, purchase, why: typeof sought === 'string' ? sought : null };
  for (const kind of KINDS[intent] ?? []) {
    const rules = applicableRules(asking.world.rules, { kind, product: about, day });
    const fitting =
      rules.length > 1 && (intent === 'repairPrice' || intent === 'delivery' || intent === 'payment')
        ? byPart(asking, rules)
        : rules;
    const rule = fitting[0];
    if (rule)
      return {
        kind: 'answer',
        draft: ruleDraft(
          asking,
          intent === 'delivery' || intent === 'payment' ? fitting.slice(0, 2) : [rule],
          standing,
        ),
      };
  }
  if (purchase) return { kind: 'answer', draft: { ...purchase.said, products: product ? [product] : [] } };
  const column = product && COLUMNS[intent]?.find((key) => product.attributes[key] !== undefined);
  if (!product || !column) return null;
  const quote = attributeText(column, product.attributes[column]);
  const text = `${product.name}: ${String(product.attributes[column])}.`;
  return {
    kind: 'answer',
    draft: { text, citations: [citeProduct(product, quote)], confidence: 0.85, products: [product] },
  };
}

/** Without a product, rules of the category that was named apply ("warranty on headphones"). */
function categoryStandIn(asking: Asking): ProductRow | null {
  const category = asking.asked.categories[0];
  if (!category) return null;
  const like = asking.world.products.find((product) => isOfCategory(product, category));
  return like ? { ...like, sku: '', groupSku: null, brand: '' } : null;
}

/** Of several repair prices, the one whose part is named ("screen", "battery"): its words stand in the question's rule text. */
function byPart(asking: Asking, rules: RuleRow[]): RuleRow[] {
  const concepts = asking.asked.attributes;
  const part = (rule: RuleRow) => String(rule.value.part ?? '').toLowerCase();
  const wanted = rules.filter((rule) => concepts.some((concept) => PARTS[concept]?.test(`${part(rule)} ${rule.text}`)));
  return wanted.length > 0 ? wanted : rules;
}

const PARTS: Readonly<Record<string, RegExp>> = {
  display: /screen|display|glass|ecran|экран|стекл|дисплей|bildschirm|pantalla|skärm|صفحه|액정|화면/i,
  battery: /batter|akku|bateri|батаре|аккум|باتری|배터리/i,
  port: /port|connector|разъ|mufă|anschluss|conector|درگاه|단자/i,
  camera: /camera|kamera|cámara|камер|دوربین|카메라/i,
};

/** What a rule is told with. */
interface Standing {
  product: ProductRow | null;
  bought: DateTime | null;
  purchase: Purchase | null;
  /** Why there is no purchase to stand on. */
  why: 'unnamed' | 'unknown' | 'failed' | null;
}

function ruleDraft(asking: Asking, rules: readonly RuleRow[], standing: Standing): Draft {
  const { product, bought, purchase, why } = standing;
  const first = rules[0] as RuleRow;
  const draft: Draft = {
    text: '',
    citations: [...(purchase?.said.citations ?? []), ...rules.map(citeRule)],
    confidence: 0.88,
    products: product ? [product] : [],
    echoed: [...(purchase?.said.echoed ?? [])],
  };
  if (product) draft.citations.push(citeProduct(product));
  const sentences = [
    purchase?.said.text,
    figureSentence(asking, first, product),
    ...rules.map((rule) => ended(rule.text)),
  ];
  const { intent } = asking.asked;
  const term = termOf(first);
  const ofPurchase = OF_PURCHASE.has(intent) && term !== null;
  if (why === 'failed') sentences.push(asking.t.lookupFailed);
  if (why === 'unknown') sentences.push(asking.t.needsProof);
  // Days within which a claim is answered say nothing of when it may be made.
  if (bought && term && first.kind !== 'claimDeadline') sentences.push(endSentence(asking, draft, bought, term));
  else if (!bought && ofPurchase) sentences.push(asking.t.askPurchase);
  if (intent === 'defective') draft.handover = asking.t.needsPerson;
  draft.text = sentences.filter(Boolean).join(' ').replaceAll('..', '.');
  return draft;
}

/** The rule's figure in the client's language, before the rule's own words, which may be in another. */
function figureSentence(asking: Asking, rule: RuleRow, product: ProductRow | null): string {
  const { months, days, price, currency, from } = rule.value;
  const name = product ? `${product.name}: ` : '';
  if (typeof months === 'number') return `${name}${say(asking.t.ruleMonths, { months })}.`;
  if (typeof days === 'number') return `${name}${say(asking.t.ruleDays, { days })}.`;
  if (typeof price === 'number') {
    const amount = money(price, typeof currency === 'string' ? currency : '');
    return `${name}${from ? say(asking.t.from, { price: amount }) : amount}.`;
  }
  return '';
}

function termOf(rule: RuleRow): { months: number } | { days: number } | null {
  if (typeof rule.value.months === 'number') return { months: rule.value.months };
  if (typeof rule.value.days === 'number') return { days: rule.value.days };
  return null;
}

function endSentence(
  asking: Asking,
  draft: Draft,
  bought: DateTime,
  term: { months: number } | { days: number },
): string {
  const end = bought.plus(term);
  const over = end.endOf('day').toJSDate() < asking.now;
  draft.echoed = [...(draft.echoed ?? []), ...[bought, end].flatMap(dayFigures)];
  return say(over ? asking.t.overSince : asking.t.untilDay, {
    bought: dayText(bought, asking.language),
    end: dayText(end, asking.language),
  });
}

function ended(text: string): string {
  return /[.!?。؟]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
