import type { DateTime } from 'luxon';
import { applicableRules } from '../../catalogue/applicableRule.ts';
import type { ProductRow, RuleRow } from '../../catalogue/rows.ts';
import type { Intent } from '../intents.ts';
import { say } from '../phrases/table.ts';
import type { Asking, Draft, Outcome } from './draft.ts';
import { attributeText, citeProduct, citeRule, dayFigures, dayText, money } from './facts.ts';
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

/**
 * "Is it under warranty, can I return it, what does a screen cost?": the rule that held on the day of purchase, with the
 * day it ends when that day is known, and the question for it when it is not. Null when no rule or row speaks of it.
 */
export function answerRule(asking: Asking, product: ProductRow | null): Outcome | null {
  const { intent, bought } = asking.asked;
  const day = bought?.toJSDate() ?? asking.now;
  const about = product ?? categoryStandIn(asking);
  for (const kind of KINDS[intent] ?? []) {
    const rules = applicableRules(asking.world.rules, { kind, product: about, day });
    const named =
      rules.length > 1 && (intent === 'repairPrice' || intent === 'delivery' || intent === 'payment')
        ? byPart(asking, rules)
        : rules;
    const rule = named[0];
    if (rule)
      return {
        kind: 'answer',
        draft: ruleDraft(asking, intent === 'delivery' || intent === 'payment' ? named.slice(0, 2) : [rule], product),
      };
  }
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

function ruleDraft(asking: Asking, rules: readonly RuleRow[], product: ProductRow | null): Draft {
  const first = rules[0] as RuleRow;
  const draft: Draft = {
    text: '',
    citations: rules.map(citeRule),
    confidence: 0.88,
    products: product ? [product] : [],
  };
  if (product) draft.citations.push(citeProduct(product));
  const sentences = [figureSentence(asking, first, product), ...rules.map((rule) => ended(rule.text))];
  const { bought, intent } = asking.asked;
  const term = termOf(first);
  if (bought && term) sentences.push(endSentence(asking, draft, bought, term));
  else if (!bought && term && (intent === 'warranty' || intent === 'return' || intent === 'defective'))
    sentences.push(asking.t.askPurchase);
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
  draft.echoed = [bought, end].flatMap(dayFigures);
  return say(over ? asking.t.overSince : asking.t.untilDay, {
    bought: dayText(bought, asking.language),
    end: dayText(end, asking.language),
  });
}

function ended(text: string): string {
  return /[.!?。؟]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
