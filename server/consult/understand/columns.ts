import { COLUMN_WORDS } from '../words/columns.ts';
import type { SpokenLanguage } from './lexicon.ts';
import { compilePhrases, findPhrases, type Phrase, type PhraseHit } from './phrases.ts';

/**
 * The columns that a question asks for by their own words, in English or its own language: every word of a column's name
 * is said somewhere ("Hat es eine Wärmebildkamera?": thermal_camera).
 *
 * @param texts the question's words, folded
 */
export function columnHits(
  texts: readonly string[],
  columns: ReadonlyMap<string, readonly string[]>,
  language: SpokenLanguage,
): [string, PhraseHit][] {
  return [...columns].flatMap(([key, named]) => {
    const telling = named.filter((word) => !QUALIFIERS.has(word));
    const places = (telling.length > 0 ? telling : named).map((word) => placesOf(texts, word, language));
    if (places.some((found) => found.length === 0)) return [];
    const all = [...new Set(places.flat())].sort((a, b) => a - b);
    return [[key, { at: all[0] ?? 0, places: all, weight: WEIGHT * named.length }] as [string, PhraseHit]];
  });
}

/** Words of a column's name that nobody says: "max_load". */
const QUALIFIERS: ReadonlySet<string> = new Set(
  'max min top total rated typical up to of with number count level value'.split(' '),
);

/** As much as a word of the trade says. */
const WEIGHT = 6;

function placesOf(texts: readonly string[], word: string, language: SpokenLanguage): number[] {
  const found = texts.flatMap((text, at) => (text === word ? [at] : []));
  if (found.length > 0) return found;
  return findPhrases(texts, phrasesOf(word, language), 'exact')[0]?.places ?? [];
}

const compiled = new Map<string, Phrase[]>();

function phrasesOf(word: string, language: SpokenLanguage): Phrase[] {
  const key = `${language} ${word}`;
  const known = compiled.get(key);
  if (known) return known;
  const said = COLUMN_WORDS.get(word);
  const made = said ? [...new Set([language, 'en' as const])].flatMap((one) => compilePhrases(said[one])) : [];
  compiled.set(key, made);
  return made;
}
