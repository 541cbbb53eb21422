import { fold } from '../../knowledge/analysis/fold.ts';
import type { Intent } from '../intents.ts';
import type { SpokenLanguage } from './lexicon.ts';
import { type UnderstandingContext, type Understood, understand } from './understand.ts';

/** Words that join two questions in one message, folded. */
const JOINS: Readonly<Record<SpokenLanguage, RegExp>> = {
  en: /\b(?:and|plus|also)\b|&/,
  de: /\b(?:und|sowie|ausserdem)\b|&/,
  es: /\b(?:y|ademas|e)\b|&/,
  ro: /\b(?:si|plus|iar)\b|&/,
  sv: /\b(?:och|samt)\b|&/,
  ru: /(?<!\p{L})(?:и|а|также|еще)(?!\p{L})/u,
  ko: /그리고|(?<=\p{L})고(?=\s)|또(?=\s)/u,
  fa: /(?<!\p{L})(?:و|همچنین)(?!\p{L})/u,
};

/**
 * The questions of a message that asks two or three at once, about the thing that it names: "how much is it and how long
 * does the battery last". Empty when it asks one, or when its parts are not understood by themselves.
 */
export function clausesOf(whole: Understood, context: UnderstandingContext): Understood[] {
  if (whole.act !== 'question' || whole.pair || !APART.has(whole.intent)) return [];
  const { mention } = whole;
  if (mention.kind === 'several' || mention.kind === 'absent') return [];
  const parts = fold(whole.question)
    .split(/[?!.;,\n]+(?!\d)/)
    .flatMap((part) => part.split(JOINS[whole.language]))
    .map((part) => part.trim())
    .filter((part) => /\p{L}{2}/u.test(part));
  if (parts.length < 2 || parts.length > MOST) return [];
  const product = mention.kind === 'one' ? mention.product : context.product;
  const read = parts
    .map((part) => understand(part, { ...context, locale: whole.language, product }))
    .filter((part) => (part.scores.size > 0 || part.attributes.length > 0) && part.act === 'question');
  const other = read.some(
    (part) =>
      part.mention.kind === 'several' ||
      part.mention.kind === 'absent' ||
      (part.mention.kind === 'one' && product !== null && part.mention.product.id !== product?.id),
  );
  const topics = new Set(read.map(topicOf));
  if (other || topics.size < 2 || !read.every((part) => APART.has(part.intent))) return [];
  return read
    .filter((part, at) => read.findIndex((one) => topicOf(one) === topicOf(part)) === at)
    .map((part) => ({
      ...part,
      stores: part.stores.length > 0 ? part.stores : whole.stores,
      ahead: part.ahead ?? whole.ahead,
      categories: part.categories.length > 0 ? part.categories : whole.categories,
      brands: part.brands.length > 0 ? part.brands : whole.brands,
      bought: part.bought ?? whole.bought,
    }));
}

const MOST = 3;

/** One answer tells both price and stock. */
function topicOf({ intent, attributes }: Understood): string {
  return intent === 'price' || intent === 'stock'
    ? 'offer'
    : `${intent} ${intent === 'attribute' ? attributes.join() : ''}`;
}

/** What may be asked beside something else, each answered by itself. */
const APART: ReadonlySet<Intent> = new Set([
  'price',
  'stock',
  'attribute',
  'hours',
  'address',
  'delivery',
  'payment',
  'warranty',
  'return',
  'repairPrice',
  'backWhen',
  'tariff',
]);
