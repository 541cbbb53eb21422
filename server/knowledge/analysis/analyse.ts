import { fold } from './fold.ts';
import { grams, isUnspaced } from './grams.ts';
import { hasStemmer, stem } from './stems.ts';
import { STOP_WORDS } from './stopWords.ts';
import { modelPieces, words } from './tokens.ts';
import { spokenForm } from './transliterate.ts';

/**
 * The terms of one text. `words` are stems, numbers and model names; `starts` how words begin, where their endings part
 * ("sewer", "sewerage"); `grams` are pieces of words; `small` the stop words. May repeat.
 */
export interface Terms {
  words: string[];
  starts: string[];
  grams: string[];
  small: string[];
}

/**
 * Analyses a text of a known language for the index and for questions alike: fold, cut, drop stop words, stem; names
 * are also given in Latin ("айфон" -> iphone), mixed words also in pieces ("s21fe" -> s21, fe) and pairs with a number
 * also joined ("s21 fe" -> s21fe), so that each spelling finds the other.
 */
export function analyse(text: string, language: string): Terms {
  const all = words(fold(text));
  const stops = STOP_WORDS[language];
  const kept = stops ? all.filter((word) => !stops.has(word)) : all;
  const useful = kept.length > 0 ? kept : all;
  const found: Terms = { words: [], starts: [], grams: [], small: stops ? all.filter((word) => stops.has(word)) : [] };
  for (const word of useful) {
    if (isUnspaced(word)) {
      found.grams.push(...grams(word));
      continue;
    }
    found.words.push(stem(word, language));
    const latin = spokenForm(word);
    if (latin) found.words.push(latin);
    found.words.push(...modelPieces(word));
    if (/\d/.test(word)) continue;
    found.starts.push(word.slice(0, START_LETTERS));
    if (cutsToGrams(language)) found.grams.push(...grams(word));
  }
  found.words.push(...joinedModels(all));
  return found;
}

/** True when words alone carry a language poorly, so that grams must decide. */
export function leansOnGrams(language: string): boolean {
  return !hasStemmer(language);
}

/** True when words are also cut to grams: where there is no stemmer, and where compounds are written in one word. */
export function cutsToGrams(language: string): boolean {
  return leansOnGrams(language) || COMPOUNDING.has(language);
}

const START_LETTERS = 5;
const COMPOUNDING = new Set(['de', 'sv', 'nl', 'da', 'no', 'fi', 'hu']);

function joinedModels(all: string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at + 1 < all.length; at++) {
    const [left, right] = [all[at] as string, all[at + 1] as string];
    const short = left.length <= 12 && right.length <= 6;
    if (short && /^[a-z\d+]+$/.test(left + right) && /\d/.test(left + right)) joined.push(left + right);
  }
  return joined;
}
