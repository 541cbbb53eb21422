import type { DateTime } from 'luxon';
import { applicableRules } from '../../catalogue/applicableRule.ts';
import type { ProductRow, RuleRow } from '../../catalogue/rows.ts';
import { fold } from '../../knowledge/analysis/fold.ts';
import type { Intent } from '../intents.ts';
import { say } from '../phrases/table.ts';
import { isOfCategory } from '../understand/kinds.ts';
import type { Asking, Draft, Outcome } from './draft.ts';
import { attributeText, citeProduct, citeRule, dayFigures, dayText, money } from './facts.ts';
import { findPurchase, type Purchase } from './purchase.ts';

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
    const fitting = intent === 'repairPrice' ? byPart(asking, rules) : rules;
    const rule = fitting[0];
    // What is named and not known to us may be under any of them.
    const narrower = about || asking.asked.strange === 0 ? [] : ofAnyKind(asking, kind, day, rule);
    if (rule && narrower.length > 0)
      return { kind: 'answer', draft: ruleDraft(asking, [rule, ...narrower], { ...standing, bought: null }) };
    if (rule)
      return {
        kind: 'answer',
        draft: ruleDraft(
          asking,
          intent === 'repairPrice' ? samePlace(fitting) : SEVERAL.has(intent) ? fitting.slice(0, 2) : [rule],
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

/** The rules of a kind for single categories, beside the one for everything. */
function ofAnyKind(asking: Asking, kind: string, day: Date, general: RuleRow | undefined): RuleRow[] {
  if (!general || !OF_PURCHASE.has(asking.asked.intent)) return [];
  return asking.world.rules
    .filter(
      (rule) =>
        rule.kind === kind &&
        rule.id !== general.id &&
        rule.appliesTo.category !== undefined &&
        applicableRules([rule], { kind, product: standInOf(asking, rule), day }).length > 0,
    )
    .slice(0, MOST_PARTS);
}

/** Any product that a rule is for. */
function standInOf({ world }: Asking, { appliesTo }: RuleRow): ProductRow | null {
  return (
    world.products.find(
      (product) =>
        product.category === appliesTo.category &&
        (!appliesTo.brand || fold(product.brand) === fold(String(appliesTo.brand))),
    ) ?? null
  );
}

const SEVERAL: ReadonlySet<Intent> = new Set(['delivery', 'payment']);

/** All repair prices of one product, where no part is named. */
function samePlace(rules: readonly RuleRow[]): RuleRow[] {
  const place = ({ appliesTo }: RuleRow) => [appliesTo.sku, appliesTo.brand, appliesTo.category].join(' ');
  return rules.filter((rule) => place(rule) === place(rules[0] as RuleRow)).slice(0, MOST_PARTS);
}

const MOST_PARTS = 4;

/**
 * Without a product, rules of the maker and the category that were named apply ("warranty on Honor phones"); a maker alone
 * is asked about its phones where it has any.
 */
function categoryStandIn({ asked, world }: Asking): ProductRow | null {
  const [category] = asked.categories;
  const brands = asked.brands;
  const made = world.products.filter((product) => brands.length === 0 || brands.includes(fold(product.brand)));
  if (!category && brands.length === 0) return null;
  const like = made.find((product) => isOfCategory(product, category ?? 'phone')) ?? (category ? undefined : made[0]);
  const any = like ?? world.products.find((product) => category && isOfCategory(product, category));
  return any ? { ...any, sku: '', groupSku: null, brand: like && brands.length > 0 ? like.brand : '' } : null;
}

/**
 * Of several repair prices those of the part that is named: it stands in the rule's part or text. None when a part is named
 * that no rule prices: the price of a screen is not that of a battery.
 */
function byPart(asking: Asking, rules: RuleRow[]): RuleRow[] {
  const said = fold(asking.asked.question);
  const named = PARTS.filter(
    ({ asked, concept }) => asked.test(said) || asking.asked.attributes.includes(concept ?? ''),
  );
  // "Back glass" is no screen.
  const wanted = named.some(({ concept }) => concept === null)
    ? named.filter(({ concept }) => concept === null)
    : named;
  if (wanted.length === 0) return rules;
  return rules.filter((rule) => {
    const of = fold(rule.value.part === undefined ? rule.text : String(rule.value.part));
    const parts = PARTS.filter(({ asked }) => asked.test(of));
    const narrow = parts.some(({ concept }) => concept === null) ? parts.filter((one) => one.concept === null) : parts;
    return narrow.some((part) => wanted.includes(part));
  });
}

/** Parts that are repaired, as questions and rules name them; folded. Those without a concept are told first. */
const PARTS: readonly { concept: string | null; asked: RegExp }[] = [
  {
    concept: 'display',
    asked:
      /screen|display|\bglass|\blcd|ecran|экран|стекл|диспле|bildschirm|pantalla|skarm|صفحه|نمایشگر|액정|화면|디스플레이/,
  },
  { concept: 'battery', asked: /batter|akku|bateri|батаре|аккум|\bакб|باتری|باطری|배터리/ },
  {
    concept: 'port',
    asked:
      /charging port|connector|разъ[её]м|mufa|ladebuchse|anschluss|conector|puerto|laddport|درگاه|سوکت|단자|충전구/,
  },
  { concept: 'camera', asked: /camera|kamera|камер|دوربین|카메라/ },
  {
    concept: null,
    asked:
      /back (glass|cover|panel)|rear|ruckseite|ruckglas|задн|крышк|capac|spate|trasera|baksid|baklucka|قاب پشت|پشت گوشی|후면|뒷면|뒤판/,
  },
  { concept: null, asked: /speaker|динамик|difuzor|lautsprecher|altavoz|hogtalar|اسپیکر|بلندگو|스피커/ },
  { concept: null, asked: /microphone|\bmic\b|микрофон|microfon|mikrofon|میکروفون|마이크/ },
  { concept: null, asked: /button|кнопк|buton|\btaste|knopf|boton|knapp|دکمه|버튼/ },
  {
    concept: null,
    asked: /water damage|wasserschaden|залит|утоп|вод[аыоу]|\bapa\b|agua|vattenskad|آب خورد|اب خورد|침수/,
  },
  {
    concept: null,
    asked: /motherboard|mainboard|плат[аыу]\b|placa (de baza|base)|hauptplatine|moderkort|مادربرد|메인보드/,
  },
];

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
    rules.length > 1 && (first.kind === 'repairPrice' || OF_PURCHASE.has(asking.asked.intent))
      ? ''
      : figureSentence(asking, first, product),
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
  const told: string[] = [];
  if (typeof price === 'number') {
    const amount = money(price, typeof currency === 'string' ? currency : '');
    told.push(from ? say(asking.t.from, { price: amount }) : amount);
  }
  if (typeof months === 'number') told.push(say(asking.t.ruleMonths, { months }));
  else if (typeof days === 'number') told.push(say(asking.t.ruleDays, { days }));
  return told.length > 0 ? `${name}${told.join(', ')}.` : '';
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
