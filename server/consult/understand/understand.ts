import { DateTime } from 'luxon';
import { colourOf } from '../../catalogue/colours.ts';
import type { Mention, ProductMatcher } from '../../catalogue/productMatcher.ts';
import type { ProductRow, StoreRow } from '../../catalogue/rows.ts';
import { isTariff } from '../../catalogue/tariffCost.ts';
import { detectLanguage } from '../../knowledge/analysis/language.ts';
import type { Intent } from '../intents.ts';
import { type Act, actOf, isSmallTalk } from './act.ts';
import { columnHits } from './columns.ts';
import { dayPlaces, daysAhead, feastDay, namedDay, pastDay, writtenDay } from './dates.ts';
import { intentOf } from './intentOf.ts';
import { answerLanguage, type Lexicon, lexiconOf, type SpokenLanguage, wordsSpoken } from './lexicon.ts';
import { byMakerAndKind, mentionOf, pairOf } from './mentions.ts';
import { notMeasuredTwice, withoutWholes } from './parts.ts';
import { findPhrases, type PhraseHit } from './phrases.ts';
import { namedStores } from './places.ts';
import { type Quantity, quantities, type Token, tokenise } from './quantities.ts';
import { writtenOut } from './shorthand.ts';

/** A question as typed query: everything the answer needs, nothing it has to guess. */
export interface Understood {
  question: string;
  /** ISO 639-1 as detected; may be one we do not speak. */
  detected: string;
  /** The language to answer in. */
  language: SpokenLanguage;
  intent: Intent;
  /** What the message does: only a question is answered from rows. */
  act: Act;
  /** All intents that were heard, with how much of the question speaks for each. */
  scores: ReadonlyMap<Intent, number>;
  mention: Mention;
  /** Both sides of "A or B". */
  pair: readonly [Mention, Mention] | null;
  /** Attribute concepts or columns asked about, in the question's order. */
  attributes: readonly string[];
  categories: readonly string[];
  numbers: readonly Quantity[];
  budget: { max: number | null; min: number | null; currency: string | null } | null;
  stores: readonly StoreRow[];
  /** Days ahead of today in the store's zone; null when no day is named. */
  ahead: number | null;
  /** A feast is named whose date we do not know. */
  unknownDay: boolean;
  /** A day named in the past: of a purchase. */
  bought: DateTime | null;
  country: string | null;
  cheap: boolean;
  best: boolean;
  unlimited: boolean;
  /** Makers of the catalogue that are named, folded; in a compound too ("Honorhandy"). */
  brands: readonly string[];
  /** A maker of nothing but accessories is named. */
  byAccessoryMaker: boolean;
  /** Of the words that nothing explains, each names a maker. */
  byMaker: boolean;
  /** Words that never make a name. */
  small: ReadonlySet<string>;
  /** A person is named by one word among others that are asked about; a wish for one is said otherwise. */
  namesPeople: boolean;
  /** The words that nothing explains, as written: what a question about a thing we do not know names. */
  unexplained: string;
  /** How many words nothing explains, however many they are. */
  strange: number;
}

export interface UnderstandingContext {
  matcher: ProductMatcher;
  stores: readonly StoreRow[];
  /** Columns of the catalogue that no concept covers: key -> its words. */
  columns: ReadonlyMap<string, readonly string[]>;
  now: Date;
  /** The zone "today" is meant in. */
  timezone: string;
  locale?: string | undefined;
  /** The product the talk is already about. */
  product?: ProductRow | null | undefined;
}

/** Reads a question without a model. Pure: the same question and context are always understood the same. */
export function understand(asked: string, context: UnderstandingContext): Understood {
  const plain = asked.replace(SHORT_IS, '$1 is').replace(SHORT_FORM, '$1');
  const detected = spokenIn(plain, context.locale);
  const language = answerLanguage(detected);
  const question = writtenOut(plain, language);
  const lexicon = lexiconOf(language);
  const english = lexiconOf('en');
  const tokens = tokenise(question);
  const texts = tokens.map((token) => token.text);
  const numbers = quantities(tokens, lexicon);
  const places = namedStores(tokens, context.stores);
  const saidCategories = hits(texts, lexicon.categories, lexicon.small);
  // An "external battery" is a thing, and no question about a battery.
  const ofKind = ([, hit]: [string, PhraseHit]) =>
    saidCategories.some(
      ([, kind]) => kind.places.length > hit.places.length && hit.places.every((place) => kind.places.includes(place)),
    );
  const heardAttributes = [
    ...hits(texts, lexicon.attributes, lexicon.small).filter((heard) => !ofKind(heard)),
    ...columnHits(texts, context.columns, language),
    // English terms of the trade are said everywhere, but "os" is Spanish for "you".
    ...hits(texts, english.attributes, lexicon.small).filter(
      ([, hit]) => lexicon === english || !hit.places.every((place) => lexicon.small.has(texts[place] ?? '')),
    ),
    // "Portocaliu" is a colour, and no port.
  ].filter(([concept, hit]) => concept === 'colour' || !hit.places.every((place) => colourOf(texts[place] ?? '')));
  // "A headphone socket" is no headphone.
  const heardCategories = saidCategories.filter(
    ([, kind]) => !heardAttributes.some(([concept, hit]) => OF_DEVICES.has(concept) && holdsAll(hit, kind)),
  );
  const days = dayPlaces(tokens, lexicon);
  const asWritten = new Set(
    heardAttributes.flatMap(([, hit]) => hit.places).filter((place) => !lexicon.small.has(texts[place] ?? '')),
  );
  const heardIntents = hits(texts, lexicon.intents, new Set([...lexicon.small, ...placed(texts, asWritten)])).filter(
    ([, hit]) => !hit.places.every((place) => days.includes(place)),
  );
  const used = new Set([...places.places, ...heardIntents.flatMap(([, hit]) => hit.places)]);
  for (const [, hit] of heardAttributes) for (const place of hit.places) used.add(place);
  for (const number of numbers)
    if (number.unit && number.unit !== 'gb') for (const place of number.places) used.add(place);
  const makers = context.matcher.makersIn(question);
  const smallOnly = new Set([
    ...[...lexicon.small].filter(
      (word) => !(MODEL_LETTER.test(word) && context.matcher.knows(word)) && !makers.includes(word),
    ),
    ...days.map((place) => texts[place] ?? ''),
    ...texts.filter((_, at) => places.places.includes(at)),
  ]);
  for (const number of numbers)
    if (number.unit === 'money' || number.bound) for (const place of number.places) smallOnly.add(texts[place] ?? '');
  const spent = new Set([...smallOnly, ...texts.filter((_, at) => used.has(at))]);
  // "Kabel 2 m" names a cable in a catalogue written in English.
  const kinds = [...KINDS].flatMap(([kind, words]) =>
    lexicon !== english && findPhrases(texts, lexicon.categories.get(kind) ?? []).length > 0 ? [words] : [],
  );
  const asksPlan = findPhrases(texts, lexicon.categories.get('tariff') ?? []).length > 0;
  // "5G or only 4G?" asks for both: neither is part of the name.
  const networks = new Set(heardAttributes.map(([concept]) => concept));
  if (networks.has('fiveG') && networks.has('fourG')) for (const word of ['5g', '4g']) smallOnly.add(word);
  for (const word of smallOnly) spent.add(word);
  const heard = mentionOf(question, context, spent, smallOnly, asksPlan ? isTariff : undefined, kinds);
  const { whole } = heard;
  const left = leftOver(tokens, spent, new Set(), lexicon).map((token) => token.text);
  const mention =
    heard.mention.kind === 'none' || heard.mention.kind === 'absent'
      ? (byMakerAndKind(context.matcher, ordered(heardCategories), left) ?? heard.mention)
      : heard.mention;
  const named =
    mention.kind === 'one' || mention.kind === 'several' ? new Set(whole ? mention.words : []) : new Set<string>();
  const allNamed = new Set(mention.kind === 'one' || mention.kind === 'several' ? mention.words : []);
  const free = (hit: PhraseHit) => !hit.places.every((place) => named.has(texts[place] ?? ''));
  const unnamed = ordered(heardAttributes.filter(([, hit]) => free(hit)));
  const scores = scored(heardIntents.filter(([, hit]) => free(hit)));
  /** "Does the A55 have 5G?": the name holds it too, and nothing else is asked. */
  const attributes =
    unnamed.length === 0 && !scores.has('price') && !scores.has('stock') ? ordered(heardAttributes) : unnamed;
  const ranges = numbers.filter(
    (number) => number.unit === 'money' || (number.unit === null && number.bound !== null && number.value >= 20),
  );
  const today = DateTime.fromJSDate(context.now, { zone: context.timezone });
  const ahead = aheadOf(question, tokens, lexicon, today);
  const categories = ordered(heardCategories.filter(([, hit]) => free(hit)));
  const strange = unexplained(asked, question, tokens, spent, allNamed, lexicon);
  // "Vivo X200" is no question about the Vivo Mall.
  const isMaker = (at: readonly number[]) => at.length > 0 && at.every((place) => allNamed.has(texts[place] ?? ''));
  const draft = {
    question,
    detected,
    language,
    scores,
    mention,
    pair: pairOf(question, tokens, lexicon, context, spent, smallOnly, ordered(heardCategories)),
    attributes: withoutWholes(notMeasuredTwice([...new Set(attributes)])),
    categories,
    numbers,
    budget: budgetOf(ranges),
    stores: isMaker(places.places) ? [] : places.stores,
    ahead,
    unknownDay: ahead === null && feastDay(question, today) === 'unknown',
    bought: pastDay(question, tokens, numbers, lexicon, context.now),
    country: countryOf(texts, lexicon),
    cheap: findPhrases(texts, lexicon.cheap).length > 0,
    best: findPhrases(texts, lexicon.best).some((hit) => !HOW.test(texts[hit.at - 1] ?? '')),
    unlimited: findPhrases(texts, lexicon.unlimited).length > 0,
    brands: [...new Set([...context.matcher.brandsIn(question), ...context.matcher.brandsIn(strange, true)])],
    byAccessoryMaker: context.matcher.brandsIn(question).some((brand) => context.matcher.accessoryMakers().has(brand)),
    byMaker: tokenise(strange).every(({ text }) => context.matcher.brandsIn(text, true).length > 0),
    small: smallOnly,
    namesPeople: namesPeople(question, heardIntents, texts, lexicon),
    unexplained: strange,
    strange: leftOver(tokens, spent, allNamed, lexicon).length,
    act: actOf(question === plain ? asked : question, language),
  };
  const intent = intentOf(draft);
  return { ...draft, intent: byAct(draft, intent) };
}

/** Whoever complains or wants one of us gets a person; a faulty device is a claim, however it is told. */
function byAct({ act, mention, categories }: Omit<Understood, 'intent'>, intent: Intent): Intent {
  const device = mention.kind !== 'none' || categories.length > 0;
  if (act === 'complaint') return intent === 'defective' && device ? intent : 'complaint';
  if (act === 'matter') return 'human';
  if (isSmallTalk(act)) return act === 'greeting' ? 'greeting' : 'smallTalk';
  // "Thanks for nothing": a kind word among others is none.
  return intent === 'greeting' ? 'other' : intent;
}

/** Kinds of accessories as catalogues name them. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['case', 'case'],
  ['charger', 'charger'],
  ['cable', 'cable'],
  ['glass', 'glass'],
  ['powerbank', 'power bank'],
  ['memory', 'memory card'],
]);

/** "How long does it take" asks for no long one. */
const HOW = /^(how|wie|hur|cat|cuan|насколько|چقدر|얼마나)$/;

/** A few words are of the asker's own language when it knows no fewer of them than the one that their letters suggest. */
function spokenIn(question: string, locale: string | undefined): string {
  const own = locale ? answerLanguage(locale) : 'en';
  const detected = detectLanguage(question, own);
  const texts = tokenise(question).map((token) => token.text);
  if (!locale || detected === own || texts.length > FEW_WORDS || /[^\p{Script=Latin}\p{Script=Common}]/u.test(question))
    return detected;
  const ownWords = wordsSpoken(texts, own);
  return ownWords > 0 && ownWords >= wordsSpoken(texts, answerLanguage(detected)) ? own : detected;
}

const FEW_WORDS = 8;

/** "How many people live here?": one word for a person, among much else that is asked. */
function namesPeople(
  question: string,
  heard: [Intent, PhraseHit][],
  texts: readonly string[],
  lexicon: Lexicon,
): boolean {
  const places = new Set(heard.flatMap(([intent, hit]) => (intent === 'human' ? hit.places : [])));
  const others = texts.filter((text, at) => !places.has(at) && text.length > 1 && !lexicon.small.has(text));
  return places.size === 1 && others.length >= MUCH_ELSE && /[?？؟]/.test(question);
}

const MUCH_ELSE = 2;

/** "where's the shop" asks as "where is the shop" does. */
const SHORT_IS = /(?<!\p{L})(where|what|when|who|how|it|that|there)['’]s(?!\p{L})/giu;
/** "what's", "doesn't": letters that would pass for a model's. */
const SHORT_FORM = /(\p{L})['’](?:s|t|re|ll|ve|d|m)(?!\p{L})/giu;

/** Letters that stand in models' names ("Galaxy S", "Plan S"), whatever they mean in a language. */
const MODEL_LETTER = /^[steclxz]$/;

/** What devices have that is called after another thing. */
const OF_DEVICES: ReadonlySet<string> = new Set(['jack', 'sdcard', 'charging', 'wireless', 'removable', 'port']);

/** A phrase says all of the other and more: more words, or more of a compound ("hörlursuttag"). */
function holdsAll(hit: PhraseHit, other: PhraseHit): boolean {
  return (
    other.places.every((place) => hit.places.includes(place)) &&
    (hit.places.length > other.places.length || hit.weight > other.weight)
  );
}

function placed(texts: readonly string[], places: ReadonlySet<number>): string[] {
  return texts.filter((_, at) => places.has(at));
}

/** Words that neither what is asked, nor a name, nor a kind of thing explains. */
function leftOver(
  tokens: readonly Token[],
  spent: ReadonlySet<string>,
  named: ReadonlySet<string>,
  lexicon: Lexicon,
): Token[] {
  const texts = tokens.map((token) => token.text);
  const categories = new Set(
    [...lexicon.categories.values()].flatMap((phrases) => findPhrases(texts, phrases).flatMap((hit) => hit.places)),
  );
  const isLeft = (token: Token, at: number) =>
    !spent.has(token.text) &&
    !named.has(token.text) &&
    !categories.has(at) &&
    !colourOf(token.text) &&
    /\p{L}{2}|\d/u.test(token.text);
  return tokens.filter(isLeft);
}

function unexplained(
  asked: string,
  question: string,
  tokens: readonly Token[],
  spent: ReadonlySet<string>,
  named: ReadonlySet<string>,
  lexicon: Lexicon,
): string {
  const left = leftOver(tokens, spent, named, lexicon);
  const [first, last] = [left[0], left.at(-1)];
  if (!first || !last || last.start - first.start > LONGEST_NAME || left.length > MOST_WORDS) return '';
  // Folding keeps places only where it keeps length; elsewhere the folded words will do.
  return asked === question &&
    asked.normalize('NFKC').length === asked.length &&
    tokens.every((token) => token.end <= asked.length)
    ? asked.slice(first.start, last.end)
    : left.map((token) => token.text).join(' ');
}

const LONGEST_NAME = 40;
const MOST_WORDS = 4;

function hits<K extends string>(
  texts: string[],
  list: ReadonlyMap<K, Parameters<typeof findPhrases>[1]>,
  spelt: ReadonlySet<string>,
): [K, PhraseHit][] {
  return [...list].flatMap(([key, phrases]) =>
    findPhrases(texts, phrases, spelt).map((hit) => [key, hit] as [K, PhraseHit]),
  );
}

/** Keys in the question's order; a longer phrase hides a shorter one on the same words ("dual sim" hides "sim"). */
function ordered<K extends string>(heard: [K, PhraseHit][]): K[] {
  const kept = heard.filter(
    ([key, hit]) =>
      !heard.some(
        ([other, longer]) =>
          other !== key &&
          longer.places.length > hit.places.length &&
          hit.places.every((place) => longer.places.includes(place)),
      ),
  );
  return [...new Set(kept.sort((a, b) => a[1].at - b[1].at || b[1].weight - a[1].weight).map(([key]) => key))];
}

function scored(heard: [Intent, PhraseHit][]): Map<Intent, number> {
  const best = new Map<Intent, Map<number, number>>();
  for (const [intent, hit] of heard) {
    const places = best.get(intent) ?? new Map<number, number>();
    for (const place of hit.places) places.set(place, Math.max(places.get(place) ?? 0, hit.weight / hit.places.length));
    best.set(intent, places);
  }
  return new Map(
    [...best].map(([intent, places]) => [intent, [...places.values()].reduce((sum, weight) => sum + weight, 0)]),
  );
}

function budgetOf(ranges: Quantity[]): Understood['budget'] {
  if (ranges.length === 0) return null;
  const currency = ranges.find((range) => range.currency)?.currency ?? null;
  const values = ranges.map((range) => range.value);
  if (ranges.length >= 2) return { min: Math.min(...values), max: Math.max(...values), currency };
  const only = ranges[0] as Quantity;
  return only.bound === 'min' ? { min: only.value, max: null, currency } : { min: null, max: only.value, currency };
}

function countryOf(texts: string[], lexicon: Lexicon): string | null {
  for (const [code, phrases] of lexicon.countries) if (findPhrases(texts, phrases, 'exact').length > 0) return code;
  return null;
}

function aheadOf(question: string, tokens: readonly Token[], lexicon: Lexicon, today: DateTime): number | null {
  const relative = daysAhead(tokens, lexicon, today);
  if (relative !== null) return relative;
  const feast = feastDay(question, today);
  const day = writtenDay(question, today) ?? namedDay(tokens, lexicon, today) ?? (feast === 'unknown' ? null : feast);
  if (!day) return null;
  const ahead = Math.round(day.diff(DateTime.utc(today.year, today.month, today.day), 'days').days);
  // A day that was already this year, and no year with it, is asked of the next.
  if (ahead < 0 && ahead > -366 && !/20\d\d/.test(question))
    return Math.round(day.plus({ years: 1 }).diff(DateTime.utc(today.year, today.month, today.day), 'days').days);
  return ahead >= 0 && ahead <= 366 ? ahead : null;
}
