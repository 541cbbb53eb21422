import { leansOnGrams, type Terms } from '../analysis/analyse.ts';
import { grams } from '../analysis/grams.ts';
import type { AlikeTerms } from './askedTerms.ts';
import { type IndexedPassage, termsOf } from './passageTerms.ts';
import type { Postings } from './postings.ts';

/**
 * How much of a question a passage speaks of, 0..1 and comparable between questions: rare terms weigh more, terms that
 * nobody wrote weigh most.
 */
export class Coverage {
  readonly #wordsKnown = new Map<string, string>();

  constructor(
    private readonly fields: { words: Postings; grams: Postings },
    private readonly passageAt: (slot: number) => IndexedPassage | undefined,
  ) {}

  /** Forgets what it remembers of a passage that changes. */
  forget(id: string): void {
    this.#wordsKnown.delete(id);
  }

  /** @param slot undefined answers 0 */
  of(asked: Terms, slot: number | undefined, alike: readonly AlikeTerms[], language: string): number {
    const words = [...new Set(asked.words)];
    return leansOnGrams(language)
      ? Math.max(
          this.#byTerms(words, slot, 'words', alike),
          this.#byTerms([...new Set(asked.grams)], slot, 'grams', alike),
        )
      : this.#byPieces(words, slot, alike);
  }

  /** A word that the passage holds most pieces of counts in part. */
  #byPieces(asked: readonly string[], slot: number | undefined, alike: readonly AlikeTerms[]): number {
    const passage = slot === undefined ? undefined : this.passageAt(slot);
    if (!passage) return 0;
    const held = this.#wordsOf(passage);
    const meant = new Set(
      alike
        .filter((one) => one.other.words.every((word) => held.includes(` ${word} `)))
        .flatMap((one) => one.asked.words),
    );
    let found = 0;
    let all = 0;
    for (const term of asked) {
      const weight = rarity(term, this.fields.words);
      all += weight;
      if (held.includes(` ${term} `) || meant.has(term)) found += weight;
      else {
        const parts = grams(term);
        const share = parts.filter((part) => held.includes(part)).length / parts.length;
        if (parts.length > 1 && share >= LEAST_PIECES) found += weight * share;
      }
    }
    return all > 0 ? found / all : 0;
  }

  #byTerms(
    asked: readonly string[],
    slot: number | undefined,
    field: 'words' | 'grams',
    alike: readonly AlikeTerms[],
  ): number {
    const postings = this.fields[field];
    const meant = new Set(
      alike
        .filter((one) => slot !== undefined && one.other[field].every((term) => postings.holds(term, slot)))
        .flatMap((one) => one.asked[field]),
    );
    let found = 0;
    let all = 0;
    for (const term of asked) {
      const weight = rarity(term, postings);
      all += weight;
      if (slot !== undefined && (postings.holds(term, slot) || meant.has(term))) found += weight;
    }
    return all > 0 ? found / all : 0;
  }

  /** The words of a passage with a blank around each. */
  #wordsOf(passage: IndexedPassage): string {
    const known = this.#wordsKnown.get(passage.id);
    if (known !== undefined) return known;
    const words = ` ${[...new Set(termsOf(passage).words)].join(' ')} `;
    if (this.#wordsKnown.size >= REMEMBERED_PASSAGES) this.#wordsKnown.clear();
    this.#wordsKnown.set(passage.id, words);
    return words;
  }
}

function rarity(term: string, postings: Postings): number {
  return Math.log(1 + postings.passages / (1 + postings.held(term)));
}

const REMEMBERED_PASSAGES = 2000;
/** Fewer pieces of a word are chance. */
const LEAST_PIECES = 0.4;
