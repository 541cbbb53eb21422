import { fold } from '../../knowledge/analysis/fold.ts';
import { spokenNumber } from '../../knowledge/analysis/numberWords.ts';
import type { Lexicon } from './lexicon.ts';
import { findPhrases, type Phrase } from './phrases.ts';

/** A number in a question with the word that makes it something. `at` is its place among the tokens. */
export interface Quantity {
  at: number;
  value: number;
  unit: 'money' | 'gb' | 'mah' | 'inch' | 'mp' | 'watt' | 'minutes' | 'sms' | 'days' | 'months' | 'years' | null;
  currency: string | null;
  bound: 'max' | 'min' | null;
  /** Places of the words that belong to it. */
  places: number[];
}

/** One word of a question with where it stands in the folded text. */
export interface Token {
  text: string;
  start: number;
  end: number;
}

/**
 * Cuts a question into words, letters apart from digits ("300eur" -> 300, eur) and from numbers in Korean words
 * ("이백유로" -> 이백, 유로), currency signs kept.
 */
export function tokenise(question: string): Token[] {
  return [
    ...fold(question).matchAll(
      /\d+(?:[.,]\d+)?|[일이삼사오육칠팔구십백천만]+(?=유로|달러|원|기가)|[a-z]+(?=\p{Script=Hangul})|\p{L}[\p{L}\p{M}]*|[€$£₽₩]|["″]/gu,
    ),
  ].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The numbers of a question and what they count. */
export function quantities(tokens: readonly Token[], lexicon: Lexicon): Quantity[] {
  const texts = tokens.map((token) => token.text);
  const standing = (phrases: Phrase[]) => new Set(findPhrases(texts, phrases).flatMap((hit) => hit.places));
  const most = standing(lexicon.atMost);
  const least = standing(lexicon.atLeast);
  const units: [Quantity['unit'], Set<number>, number][] = [
    ['gb', standing(lexicon.gigabytes), 1],
    ['minutes', standing(lexicon.minutes), 1],
    ['sms', standing(lexicon.messages), 1],
    ['days', standing(lexicon.days), 1],
    ['days', standing(lexicon.weeks), 7],
    ['months', standing(lexicon.months), 1],
    ['years', standing(lexicon.years), 1],
  ];
  const found: Quantity[] = [];
  let read = 0;
  tokens.forEach((token, at) => {
    const inDigits = /^\d/.test(token.text);
    const spoken = inDigits || at < read ? null : spokenNumber(texts, at);
    if (!inDigits && !spoken) return;
    const length = spoken?.length ?? 1;
    read = at + length;
    const next = texts[read] ?? '';
    const before = texts[at - 1] ?? '';
    const quantity: Quantity = {
      at,
      value: spoken?.value ?? numberOf(token.text),
      unit: null,
      currency: null,
      bound: null,
      places: Array.from({ length }, (_, ahead) => at + ahead),
    };
    let after = read;
    if (/^(만|천|k|тыс|mii|mil|هزار|میلیون)/.test(next)) {
      quantity.value *= /^만/.test(next) ? 10_000 : /^میلیون/.test(next) ? 1_000_000 : 1000;
      quantity.places.push(after);
      if (!/원/.test(next)) after++;
    }
    // "300 de minute"
    if (texts[after] === 'de') after++;
    const named = texts[after] ?? '';
    const currency =
      currencyOf(named) ?? (/원/.test(next) ? 'KRW' : null) ?? (/^[€$£₽₩]$/.test(before) ? currencyOf(before) : null);
    const unit = units.find(([, places]) => places.has(after));
    const fixed = fixedUnit(named);
    if (currency) Object.assign(quantity, { unit: 'money', currency, places: [...quantity.places, after] });
    else if (fixed) Object.assign(quantity, { unit: fixed, places: [...quantity.places, after] });
    else if (unit) {
      quantity.unit = unit[0];
      quantity.value *= unit[2];
      quantity.places.push(after);
    }
    // In "1080p sub 460" the limit is of what comes after it.
    const ofNext = (place: number) => place > at && /^[€$£₽₩\d]/.test(texts[place + 1] ?? '');
    const near = [at - 1, at - 2, after, after + 1].filter(
      (place) => place >= 0 && !quantity.places.includes(place) && !ofNext(place),
    );
    // "S25" is a name, whatever stands beside it.
    const letter = tokens[at - 1];
    const tail = tokens[at + 1];
    const figure = quantity.unit === null && tail?.start === token.end && /^[a-z]{1,2}$/.test(tail.text);
    const glued =
      figure || (letter?.end === token.start && /\p{L}$/u.test(letter.text) && !most.has(at - 1) && !least.has(at - 1));
    quantity.bound =
      glued && quantity.unit === null
        ? null
        : near.some((place) => most.has(place))
          ? 'max'
          : near.some((place) => least.has(place))
            ? 'min'
            : null;
    // "One", "два" alone count nothing.
    if (spoken && quantity.unit === null && (quantity.bound === null || quantity.value < LEAST_SPOKEN)) return;
    found.push(quantity);
  });
  return found;
}

const LEAST_SPOKEN = 20;

function numberOf(text: string): number {
  return Number(/^\d{1,3}[.,]\d{3}$/.test(text) ? text.replace(/[.,]/, '') : text.replace(',', '.'));
}

const CURRENCIES: readonly [RegExp, string][] = [
  [/^(chf|sfr|franken|franc|francs|francos|franci|франк|프랑|فرانک|fr$|stutz)/, 'CHF'],
  [/^(zl|pln|zloty|zlotys|злот|즈워티)/, 'PLN'],
  [/^(€|eur|euro|euros|евро|یورو|유로)/, 'EUR'],
  [/^(\$|usd|dollar|доллар|dolar|دلار|달러)/, 'USD'],
  [/^(£|gbp|pound)/, 'GBP'],
  [/^(lei|leu|лей|леев|лея|ron|mdl)$/, 'lei'],
  [/^(₽|rub|руб|р$)/, 'RUB'],
  [/^(kr|sek|kronor|крон)/, 'SEK'],
  [/^(₩|krw|원)/, 'KRW'],
  [/^(toman|تومان|ریال|irr)/, 'IRR'],
];

function currencyOf(word: string): string | null {
  return word ? (CURRENCIES.find(([pattern]) => pattern.test(word))?.[1] ?? null) : null;
}

function fixedUnit(word: string): Quantity['unit'] {
  if (/^(mah|мач|мaч|میلی)/.test(word)) return 'mah';
  if (/^(inch(es)?|zoll|tum|дюйм\p{L}*|pulgad\p{L}*|inci|اینچ\p{L}*|인치\p{L}*|"|″)$/u.test(word)) return 'inch';
  if (/^(mp|мп|megapixel|мегапикс|مگاپیکسل|화소)/.test(word)) return 'mp';
  if (/^(w|вт|watt|ватт|vatio|wati|وات|와트)$/.test(word)) return 'watt';
  if (/^(gb|гб|gig|gb의)/.test(word)) return 'gb';
  return null;
}
