import { analyse, type Terms } from '../analysis/analyse.ts';
import { everydayWords } from '../everydayWords.ts';
import type { SynonymTable } from '../synonymTable.ts';
import type { Postings, Weighed } from './postings.ts';
import type { Spelling } from './spelling.ts';

/** One thing said before a question, by the client or by us. */
export interface Turn {
  role: 'client' | 'us';
  text: string;
}

/** Terms of what was asked, and of another word for it. */
export interface AlikeTerms {
  asked: Terms;
  other: Terms;
  /** To look for. */
  words: string[];
  grams: string[];
}

/**
 * The other words of what is asked: as the store's synonyms know them, and everyday ones for words that no passage holds.
 * Where passages hold the word itself, its everyday likes only blur what tells them apart.
 */
export function alikeTerms(
  question: string,
  language: string,
  synonyms: SynonymTable,
  isHeld: (word: string) => boolean,
): AlikeTerms[] {
  const heard = synonyms.find(question, language);
  const own = new Set(heard.map(({ said }) => said));
  const everyday = everydayWords()
    .find(question, language)
    .filter(({ said }) => !own.has(said) && !analyse(said, language).words.every(isHeld));
  return [...heard, ...everyday].flatMap(({ said: phrase, others }) => {
    const asked = analyse(phrase, language);
    return others.map((other) => {
      const terms = analyse(other, language);
      // A word of another language keeps its own form in the passages of that language.
      return { asked, words: [...new Set([...terms.words, ...other.split(' ')])], grams: terms.grams, other: terms };
    });
  });
}

/** What is known of the words that passages hold. */
interface Vocabulary {
  words: Postings;
  spelling: Spelling;
}

/**
 * The words to look for: those asked, in the place of one that no passage holds those one slip away ("batery"), the
 * store's own other words, and what the turns before said that is not asked again.
 */
export function wordsToFind(
  asked: Terms,
  alike: readonly AlikeTerms[],
  before: readonly Weighed[],
  { words, spelling }: Vocabulary,
): Weighed[] {
  const known = [...new Set(asked.words)].flatMap((word): Weighed[] =>
    words.held(word) > 0 || alike.some((one) => one.asked.words.includes(word))
      ? [[word, 1]]
      : spelling.near(word, MOST_SPELLINGS).map((near) => [near, SLIP_WEIGHT]),
  );
  return beside([...known, ...alike.flatMap((one) => weighed(one.words, ALIKE_WEIGHT))], before);
}

/** The grams to look for: those asked, of the store's own other words, and of the turns before. */
export function gramsToFind(asked: Terms, alike: readonly AlikeTerms[], before: readonly Weighed[]): Weighed[] {
  return beside([...weighed(asked.grams, 1), ...alike.flatMap((one) => weighed(one.grams, ALIKE_WEIGHT))], before);
}

/** The terms of the turns before a question, the last turn last, each with the most it counts in one of them. */
export function saidBefore(history: readonly Turn[], language: string): { words: Weighed[]; grams: Weighed[] } {
  const turns = history.slice(-TURNS_HEARD);
  const last = turns.findLast((turn) => turn.role === 'client');
  const words = new Map<string, number>();
  const grams = new Map<string, number>();
  for (const turn of turns) {
    const weight = turn === last ? LAST_TURN : turn.role === 'us' ? OUR_TURN : EARLIER_TURN;
    const terms = analyse(turn.text.slice(0, LONGEST_TURN), language);
    for (const word of terms.words) words.set(word, Math.max(words.get(word) ?? 0, weight));
    for (const gram of terms.grams) grams.set(gram, Math.max(grams.get(gram) ?? 0, weight));
  }
  return { words: [...words], grams: [...grams] };
}

/** Each term once, with a weight. */
export function weighed(terms: readonly string[], weight: number): Weighed[] {
  return [...new Set(terms)].map((term) => [term, weight]);
}

/** The asked terms, and those said before that are not asked again. */
function beside(asked: readonly Weighed[], before: readonly Weighed[]): Weighed[] {
  const known = new Set(asked.map(([term]) => term));
  return [...asked, ...before.filter(([term]) => !known.has(term))];
}

const MOST_SPELLINGS = 3;
const SLIP_WEIGHT = 0.6;
/** The store's own other word for a thing is nearly the thing. */
const ALIKE_WEIGHT = 0.8;

/** What a term of an earlier turn counts: of the client's last, of ours after or before it, of the client's earlier. */
const LAST_TURN = 0.4;
const OUR_TURN = 0.15;
const EARLIER_TURN = 0.25;
const TURNS_HEARD = 4;
const LONGEST_TURN = 600;
