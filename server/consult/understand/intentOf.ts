import { isAccessory } from '../../catalogue/compatibility.ts';
import type { Mention } from '../../catalogue/productMatcher.ts';
import { isTariff } from '../../catalogue/tariffCost.ts';
import type { Intent } from '../intents.ts';
import type { Understood } from './understand.ts';

/** The strongest intent, corrected by what the question holds: two products are compared, a bare attribute is asked for. */
export function intentOf(draft: Omit<Understood, 'intent'>): Intent {
  const { scores, mention, attributes, pair } = draft;
  const score = (intent: Intent) => scores.get(intent) ?? 0;
  const thing = mention.kind !== 'none';
  // "Change the battery of the S25" takes nothing back.
  const ofPart = thing && attributes.some((one) => REPAIRED_PARTS.has(one));
  const spoken = [...scores].filter(([intent]) => intent !== 'greeting').sort((a, b) => b[1] - a[1]);
  const others = (...but: Intent[]) => spoken.filter(([intent]) => !but.includes(intent));
  const usage = draft.numbers.some(
    (number) => number.unit === 'minutes' || (number.unit === 'gb' && number.bound !== 'max'),
  );
  // What the talk was about before is no part of a plea for a person.
  const carried = mention.kind === 'one' && mention.words.length === 0;
  if (score('human') >= 8 && (!thing || carried) && spoken[0]?.[0] === 'human') return 'human';
  // What one gets for the old when buying the new is no comparison of the two.
  if (score('tradeIn') >= 8) return 'tradeIn';
  const alike = pair && ofOneKind(pair);
  if (alike && (score('compare') > 0 || attributes.length > 0 || spoken.length === 0)) return 'compare';
  const plan = mention.kind === 'one' && isTariff(mention.product);
  if (draft.country && plan) return 'roaming';
  if (score('roaming') > 0 && draft.country && !thing) return usage || score('tariff') > 0 ? 'tariff' : 'roaming';
  if (score('lostSim') >= 6 && !thing) return 'lostSim';
  for (const strong of [
    'keepNumber',
    'orderStatus',
    'repairStatus',
    'tradeIn',
    'repairPrice',
    'warranty',
    'return',
    'defective',
    'backWhen',
    'hold',
  ] as const)
    if (
      score(strong) >= 5 &&
      !(strong === 'return' && ofPart) &&
      score(strong) >=
        0.6 *
          (others(
            ...(WITH_PRICE.has(strong) || (strong === 'return' && !thing) ? (['price'] as const) : []),
            ...(strong === 'return' || strong === 'tradeIn' ? (['howTo'] as const) : []),
          )[0]?.[1] ?? 0)
    )
      return strong;
  const asksAccessory = draft.categories.some((category) => ACCESSORIES.has(category));
  if (
    thing &&
    !asksAccessory &&
    (score('price') >= 4 || score('return') >= 5) &&
    attributes.length > 0 &&
    attributes.every((one) => REPAIRED_PARTS.has(one))
  )
    return 'repairPrice';
  if (!thing)
    for (const term of ['delivery', 'payment'] as const)
      if (score(term) >= 4 && score(term) >= (others('price', 'stock', 'delivery', 'payment')[0]?.[1] ?? 0))
        return term;
  const named = mention.kind === 'one' ? mention.product : mention.kind === 'several' ? mention.products[0] : undefined;
  if (
    (score('compatibility') > 0 && (asksAccessory || draft.byAccessoryMaker || (named && isAccessory(named)))) ||
    (asksAccessory && named && !isTariff(named) && !isAccessory(named) && !IN_THE_BOX.test(draft.question))
  )
    return 'compatibility';
  if (score('analogue') > 0 && thing) return 'analogue';
  if (!thing && usage && (score('tariff') > 0 || asksForMinutes(draft))) return 'tariff';
  if (
    thing &&
    attributes.length > 0 &&
    mention.kind !== 'absent' &&
    (score('price') < 6 || (plan && attributes.some((one) => PLAN_TERMS.has(one)))) &&
    !(score('stock') >= 6 && attributes.every((one) => one === 'colour' || one === 'storage'))
  )
    return 'attribute';
  if (thing && score('price') > 0) return 'price';
  if (
    !thing &&
    draft.budget &&
    (draft.categories.length > 0 || attributes.length > 0 || draft.brands.length > 0 || score('search') > 0)
  )
    return 'search';
  if (!thing && score('search') > 0 && (draft.categories.length > 0 || attributes.length > 0)) return 'search';
  if (!thing && score('tariff') > 0 && score('tariff') >= (score('howTo') || 0))
    return score('roaming') > score('tariff') ? 'roaming' : 'tariff';
  if (!thing && (score('hours') > 0 || score('address') > 0))
    return score('address') > score('hours') ? 'address' : 'hours';
  if (thing && score('stock') > 0) return 'stock';
  if (!thing && draft.categories.length > 0 && (draft.best || draft.cheap || asksForKind(draft, spoken)))
    return 'search';
  const [first, said = 0] = spoken[0] ?? [];
  // "A gift card" is no card to pay with: one word that may mean it, beside others that mean something else.
  if (first !== undefined && first !== 'orderStatus' && !thing && said <= LEAST_SAID && draft.strange > 0)
    return 'other';
  if (thing && first === 'compatibility' && attributes.length === 0 && /\p{L}{2}/u.test(draft.unexplained))
    return 'attribute';
  // "The SAR value of X": words about a thing that mean nothing to us are no question about its stock.
  if (first === undefined && thing && /\p{L}{2}/u.test(draft.unexplained)) return 'attribute';
  if (first === undefined) return scores.has('greeting') && !thing ? 'greeting' : thing ? 'stock' : 'other';
  if (thing && ['search', 'compare', 'attribute', 'compatibility', 'hours', 'tariff', 'human'].includes(first))
    return attributes.length > 0 || (first !== 'search' && /\p{L}{2}/u.test(draft.unexplained)) ? 'attribute' : 'stock';
  return first;
}

/** "300 minutes and 5 GB?": an amount of minutes is for talking when little else is said, else it may be a time. */
function asksForMinutes({ numbers, strange }: Omit<Understood, 'intent'>): boolean {
  const units = new Set(numbers.map((number) => number.unit));
  return units.has('minutes') && (units.has('gb') || units.has('sms') || strange <= 1);
}

/** A word that may mean an intent where nothing else is said. */
const LEAST_SAID = 2;

/** Asked with the words of a price. */
const WITH_PRICE: ReadonlySet<Intent> = new Set(['repairPrice', 'tradeIn']);

/** A device and a thing to go with it are not compared. */
function ofOneKind(pair: readonly [Mention, Mention]): boolean {
  const [left, right] = pair.map((side) =>
    side.kind === 'one' ? side.product : side.kind === 'several' ? side.products[0] : undefined,
  );
  return !left || !right || isAccessory(left) === isAccessory(right);
}

/** "Have you tablets?", "a smartwatch in blue": nothing but a kind of thing is asked for. */
function asksForKind(
  { strange, byMaker, categories }: Omit<Understood, 'intent'>,
  spoken: readonly [Intent, number][],
): boolean {
  const [first] = spoken[0] ?? [];
  return (strange === 0 || byMaker) && !categories.includes('tariff') && (first === undefined || OF_KIND.has(first));
}

const OF_KIND: ReadonlySet<Intent> = new Set(['stock', 'price']);

/** Terms of a plan that have a price of their own. */
const PLAN_TERMS = new Set(['extraGb', 'contract', 'dataGb', 'minutes', 'sms']);

/** "What does a new screen cost?" asks for a repair. */
const REPAIRED_PARTS = new Set(['display', 'battery']);

/** "Does it come with a charger?" asks what is in the box, and not what fits. */
const IN_THE_BOX =
  /includ|in the box|comes? with|dabei|lieferumfang|incluy|incluid|viene con|комплект|inclus|ing[aå]r|medf[oö]lj|همراه|포함|구성품/i;

/** Kinds of things that are asked about for another thing. */
export const ACCESSORIES: ReadonlySet<string> = new Set([
  'case',
  'charger',
  'cable',
  'glass',
  'accessory',
  'headphones',
  'powerbank',
]);
