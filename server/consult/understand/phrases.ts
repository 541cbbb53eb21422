import { closeSpelling } from '../../catalogue/closeSpelling.ts';
import { fold } from '../../knowledge/analysis/fold.ts';

/** A word of a phrase: as a beginning (`prefix`), as the end of a compound (`suffix`), after others (`gap`). */
interface Part {
  word: string;
  prefix: boolean;
  suffix: boolean;
  gap: boolean;
}

/** A phrase of a word table, ready to be looked for. */
export interface Phrase {
  parts: Part[];
  /** Says it only when nothing else is said: "how much" asks for a price, but also for memory. */
  weak: boolean;
  /** Words of fewer letters are heard only as they are spelt. */
  leastTypo: number;
}

/** Where a phrase stands in a question: its words' places, and how much it says (long phrases say more). */
export interface PhraseHit {
  at: number;
  places: number[];
  weight: number;
}

/** Compiles "a phrase*,another … one". */
export function compilePhrases(list: string, leastTypo = LEAST_TYPO): Phrase[] {
  return list
    .split(',')
    .map((text) => {
      const parts: Phrase['parts'] = [];
      let gap = false;
      const weak = text.trim().startsWith('~');
      for (const piece of text.trim().replace(/^~/, '').split(/\s+/)) {
        if (piece === '…') {
          gap = true;
          continue;
        }
        const pieces = fold(piece).match(TOKEN) ?? [];
        pieces.forEach((word, at) => {
          parts.push({
            word,
            prefix: (piece.endsWith('*') || HANGUL.test(word)) && at === pieces.length - 1,
            suffix: piece.startsWith('*') && at === 0,
            gap: gap && at === 0,
          });
        });
        gap = false;
      }
      return { parts, weak, leastTypo };
    })
    .filter((phrase) => phrase.parts.length > 0);
}

/**
 * All places where one of the phrases stands among the question's words.
 *
 * @param spelling words of the language that are spelt as they are meant, and are no slip for another ("tiene", "tienen");
 *   `exact` takes every word as it is spelt
 */
export function findPhrases(
  tokens: readonly string[],
  phrases: readonly Phrase[],
  spelling: 'exact' | ReadonlySet<string> = NONE,
): PhraseHit[] {
  const hits: PhraseHit[] = [];
  for (const phrase of phrases)
    for (let at = 0; at < tokens.length; at++) {
      const places = placesFrom(tokens, phrase, at, spelling);
      if (!places) continue;
      const weight = phrase.weak
        ? WEAK
        : phrase.parts.reduce(
            (sum, part) => sum + Math.min(part.word.length * (HANGUL.test(part.word) ? SYLLABLE : 1), 8),
            0,
          ) +
          (phrase.parts.length - 1) * 3;
      hits.push({ at, places, weight });
    }
  return hits;
}

/** As questions are cut: letters apart from digits. */
const TOKEN = /\d+(?:[.,]\d+)?|\p{L}[\p{L}\p{M}]*/gu;
/** A Korean syllable says about as much as three letters. */
const SYLLABLE = 3;
const WEAK = 2;
/** Korean words always may go on: with particles. */
const HANGUL = /\p{Script=Hangul}/u;
const LONGEST_GAP = 3;
/** Between words that say much a whole name may stand: "how fast does the Nokia 235 4G charge". */
const LONG_GAP = 6;
const NONE: ReadonlySet<string> = new Set();
/** A shorter word with another letter is another word. */
const LEAST_TYPO = 5;

const MANY_PARTS = 3;

/** What stands before the end of a compound: "Kinderuhr". */
const LEAST_HEAD = 3;

function placesFrom(
  tokens: readonly string[],
  phrase: Phrase,
  start: number,
  spelling: 'exact' | ReadonlySet<string>,
): number[] | null {
  const places: number[] = [];
  let at = start;
  for (const part of phrase.parts) {
    const last = Math.min(
      tokens.length - 1,
      part.gap ? at + (phrase.parts.length >= MANY_PARTS ? LONG_GAP : LONGEST_GAP) : at,
    );
    let found = -1;
    for (let place = at; place <= last && found < 0; place++) {
      const token = tokens[place] ?? '';
      const least = spelling === 'exact' || spelling.has(token) ? Number.POSITIVE_INFINITY : phrase.leastTypo;
      if (isWord(token, part, least)) found = place;
    }
    if (found < 0) return null;
    places.push(found);
    at = found + 1;
  }
  return places;
}

function isWord(token: string, part: Part, leastTypo: number): boolean {
  if (part.suffix)
    return token === part.word || (token.length - part.word.length >= LEAST_HEAD && token.endsWith(part.word));
  if (part.prefix ? token.startsWith(part.word) : token === part.word) return true;
  if (leastTypo < Number.POSITIVE_INFINITY && isSwapped(token, part)) return true;
  if (part.word.length < leastTypo || token.length < leastTypo || /\d/.test(token)) return false;
  if (token[0] !== part.word[0]) return false;
  const stretch = part.prefix ? token.slice(0, part.word.length) : token;
  return closeSpelling(stretch, part.word, 1) !== null;
}

/** "Mcuh": a short word whose two inner letters changed places. */
function isSwapped(token: string, { word, prefix }: Part): boolean {
  return (
    !prefix &&
    word.length === 4 &&
    token.length === 4 &&
    token !== word &&
    token[0] === word[0] &&
    token[1] === word[2] &&
    token[2] === word[1] &&
    token[3] === word[3]
  );
}
