import { fold } from '../../knowledge/analysis/fold.ts';
import { STOP_WORDS } from '../../knowledge/analysis/stopWords.ts';
import { words } from '../../knowledge/analysis/tokens.ts';
import type { Intent } from '../intents.ts';
import { type SpokenLanguage, spokenLanguages } from '../languages.ts';
import { de } from '../words/de.ts';
import { en } from '../words/en.ts';
import { es } from '../words/es.ts';
import { fa } from '../words/fa.ts';
import { GADGET_ATTRIBUTES } from '../words/gadgets.ts';
import { HOME_ATTRIBUTES, HOME_CATEGORIES, type HomeWords } from '../words/home.ts';
import { ko } from '../words/ko.ts';
import { COUNTED, HOW_MANY } from '../words/measures.ts';
import { ro } from '../words/ro.ts';
import { ru } from '../words/ru.ts';
import { sv } from '../words/sv.ts';
import type { WordTable } from '../words/table.ts';
import { THING_CATEGORIES } from '../words/things.ts';
import { compilePhrases, findPhrases, type Phrase } from './phrases.ts';

export type { SpokenLanguage } from '../languages.ts';

/** A word table, compiled. */
export interface Lexicon {
  intents: Map<Intent, Phrase[]>;
  attributes: Map<string, Phrase[]>;
  categories: Map<string, Phrase[]>;
  atMost: Phrase[];
  atLeast: Phrase[];
  cheap: Phrase[];
  best: Phrase[];
  today: Phrase[];
  tomorrow: Phrase[];
  dayAfter: Phrase[];
  weekdays: Phrase[][];
  or: Phrase[];
  countries: Map<string, Phrase[]>;
  minutes: Phrase[];
  gigabytes: Phrase[];
  messages: Phrase[];
  days: Phrase[];
  weeks: Phrase[];
  months: Phrase[];
  monthNames: Phrase[][];
  years: Phrase[];
  unlimited: Phrase[];
  ago: Phrase[];
  small: Set<string>;
}

const TABLES: Record<SpokenLanguage, WordTable> = { en, ru, ko, ro, fa, sv, de, es };
const compiled = new Map<SpokenLanguage, Lexicon>();

/** The language to answer in: the asked one when we speak it, else English. */
export function answerLanguage(language: string): SpokenLanguage {
  const short = language.toLowerCase().split('-')[0] as SpokenLanguage;
  return spokenLanguages.includes(short) ? short : 'en';
}

export function lexiconOf(language: SpokenLanguage): Lexicon {
  let lexicon = compiled.get(language);
  if (!lexicon) {
    lexicon = compile(language, TABLES[language]);
    compiled.set(language, lexicon);
  }
  return lexicon;
}

/** True when every word names a kind of thing or one of its attributes in this language, or in the English of the trade. */
export function isOfTheTrade(text: string, language: SpokenLanguage): boolean {
  const lexicon = lexiconOf(language);
  const texts = words(fold(text));
  const lists = [lexicon.categories, lexicon.attributes, lexiconOf('en').attributes];
  const places = new Set(
    lists.flatMap((list) => [...list.values()].flatMap((one) => findPhrases(texts, one).flatMap((hit) => hit.places))),
  );
  return texts.length > 0 && places.size === texts.length;
}

/** How many of these folded words a language's tables hold, as written or as a beginning. */
export function wordsSpoken(texts: readonly string[], language: SpokenLanguage): number {
  const { intents, attributes, categories, small } = lexiconOf(language);
  const lists = [...intents.values(), ...attributes.values(), ...categories.values()].flat();
  const singles = lists.flatMap(({ parts }) => (parts.length === 1 && parts[0] ? [parts[0]] : []));
  return texts.filter(
    (text) =>
      text.length > 1 &&
      (small.has(text) ||
        singles.some(
          ({ word, prefix, suffix }) =>
            text === word ||
            (prefix && text.startsWith(word)) ||
            (suffix && text.length > word.length && text.endsWith(word)),
        )),
  ).length;
}

function compile(language: SpokenLanguage, table: WordTable): Lexicon {
  const named = <K extends string>(lists: Partial<Record<K, string>>) =>
    new Map(Object.entries(lists).map(([key, list]) => [key as K, compilePhrases(list as string)]));
  return {
    intents: named(table.intents),
    attributes: withCounted(
      withHome(withHome(named(table.attributes), HOME_ATTRIBUTES, language), GADGET_ATTRIBUTES, language),
      language,
    ),
    categories: withHome(withHome(named(table.categories), HOME_CATEGORIES, language), THING_CATEGORIES, language),
    atMost: compilePhrases(table.atMost),
    atLeast: compilePhrases(table.atLeast),
    cheap: compilePhrases(table.cheap),
    best: compilePhrases(table.best),
    today: compilePhrases(table.today),
    tomorrow: compilePhrases(table.tomorrow),
    dayAfter: compilePhrases(table.dayAfter),
    weekdays: Array.from({ length: 7 }, (_, day) =>
      compilePhrases(stemmed(calendarName(language, new Date(Date.UTC(2024, 0, 1 + day)), { weekday: 'long' }))),
    ),
    or: compilePhrases(table.or),
    countries: countryPhrases(language, table),
    minutes: compilePhrases(table.minutes),
    gigabytes: compilePhrases(table.gigabytes),
    messages: compilePhrases(table.messages),
    days: compilePhrases(table.days),
    weeks: compilePhrases(table.weeks),
    months: compilePhrases(table.months),
    // Korean numbers its months: those are read as written dates.
    monthNames: Array.from({ length: language === 'ko' ? 0 : 12 }, (_, month) =>
      compilePhrases(
        stemmed(
          calendarName(language, new Date(Date.UTC(2024, month, 1)), { month: 'long', day: 'numeric' })
            .replace(/[\d.]+|de\b/g, '')
            .trim(),
        ).concat(`,${shortMonth(language, month)}`),
      ),
    ),
    years: compilePhrases(table.years),
    unlimited: compilePhrases(table.unlimited),
    ago: compilePhrases(table.ago),
    small: new Set([...table.small.split(',').flatMap((word) => words(fold(word))), ...(STOP_WORDS[language] ?? [])]),
  };
}

function withHome(named: Map<string, Phrase[]>, home: HomeWords, language: SpokenLanguage): Map<string, Phrase[]> {
  for (const [name, words] of Object.entries(home))
    named.set(name, [...(named.get(name) ?? []), ...compilePhrases(words[language], HOME_TYPO)]);
  return named;
}

/** "How many" before each unit asks for what it measures: "how many grams", "몇시간". */
function withCounted(named: Map<string, Phrase[]>, language: SpokenLanguage): Map<string, Phrase[]> {
  const asking = HOW_MANY[language].split(',');
  // Korean writes them in one word too.
  const gaps = language === 'ko' ? [' ', ''] : [' '];
  for (const [name, units] of Object.entries(COUNTED)) {
    const said = units[language]
      .split(',')
      .flatMap((unit) => asking.flatMap((how) => gaps.map((gap) => `${how}${gap}${unit}`)));
    named.set(name, [...(named.get(name) ?? []), ...compilePhrases(said.join(','), HOME_TYPO)]);
  }
  return named;
}

/** Among so many kinds of things a short word with a slip is sooner another word: "later" is no litre. */
const HOME_TYPO = 7;

function calendarName(language: string, date: Date, options: Intl.DateTimeFormatOptions): string {
  const locale = language === 'fa' ? 'fa-u-ca-gregory-nu-latn' : language;
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(date);
}

/** "Nov", "окт": as people write a month beside a day. */
function shortMonth(language: string, month: number): string {
  const short = calendarName(language, new Date(Date.UTC(2024, month, 1)), { month: 'short' });
  return words(fold(short)).join(' ').slice(0, 4);
}

/** Names of countries are inflected: all but a short name may lose its last letters. */
function stemmed(name: string): string {
  const folded = words(fold(name)).join(' ');
  const cut = folded.length >= 7 ? 2 : folded.length >= 5 ? 1 : 0;
  return folded.length < 4 ? folded : `${folded.slice(0, folded.length - cut)}*`;
}

/** ISO 3166 countries a client may travel to; names in the client's language come from Intl. */
const COUNTRIES =
  'AE AL AM AR AT AU AZ BA BE BG BR BY CA CH CN CY CZ DE DK DO EE EG ES FI FR GB GE GR HR HU ID IE IL IN IQ IR IS IT JP KE KR KZ LT LU LV MA MD ME MK MT MX MY NL NO NZ PE PH PL PT QA RO RS RU SA SE SG SI SK TH TN TR TW UA US UZ VN ZA'.split(
    ' ',
  );

function countryPhrases(language: string, table: WordTable): Map<string, Phrase[]> {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const phrases = new Map<string, Phrase[]>();
  for (const code of COUNTRIES) {
    const name = names.of(code);
    phrases.set(
      code,
      compilePhrases([name ? stemmed(name) : '', table.countries[code] ?? ''].filter(Boolean).join(',')),
    );
  }
  phrases.set('EU', compilePhrases(table.countries.EU ?? 'eu'));
  return phrases;
}
