import { analyse, cutsToGrams, leansOnGrams } from './analysis/analyse.ts';
import { grams } from './analysis/grams.ts';
import { Postings, Scores } from './index/postings.ts';
import { Spelling } from './index/spelling.ts';

/** One passage as the index knows it. `path` holds the headings above it, outermost first. */
export interface IndexedPassage {
  id: string;
  articleId: string;
  title: string;
  path: readonly string[];
  text: string;
  /** Its place in the article, from 0. */
  position: number;
  /** ISO 639-1. */
  language: string;
}

/** A passage found. `score` is the fused score, best first, comparable within one answer only. */
export interface Hit {
  passage: IndexedPassage;
  score: number;
}

/** What a search answers. `confidence` (0..1) is comparable between questions: low means nothing here speaks of it. */
export interface Found {
  hits: Hit[];
  confidence: number;
}

/**
 * BM25 over passages, in this process. Words and character grams are searched apart and fused by rank, so that a
 * misspelt word or a compound can still be found by its pieces without drowning what matches whole.
 */
export class PassageIndex {
  readonly #words = new Postings();
  readonly #grams = new Postings();
  readonly #spelling = new Spelling((word) => this.#words.held(word));
  readonly #scores = new Scores();
  readonly #slots = new Map<string, number>();
  /** By slot; a slot that was left is taken again. */
  readonly #passages: (IndexedPassage | undefined)[] = [];
  readonly #left: number[] = [];
  readonly #wordsKnown = new Map<string, string>();

  get size(): number {
    return this.#slots.size;
  }

  /** Adds passages, or puts them in the place of those with the same id. */
  put(passages: Iterable<IndexedPassage>): void {
    for (const passage of passages) {
      this.remove([passage.id]);
      const slot = this.#left.pop() ?? this.#passages.length;
      this.#slots.set(passage.id, slot);
      this.#passages[slot] = passage;
      const terms = termsOf(passage);
      for (const word of this.#words.add(slot, terms.words)) this.#spelling.add(word);
      this.#grams.add(slot, terms.grams);
    }
  }

  /** Forgets passages; unknown ids are ignored. */
  remove(ids: Iterable<string>): void {
    for (const id of ids) {
      const slot = this.#slots.get(id);
      const passage = slot === undefined ? undefined : this.#passages[slot];
      if (slot === undefined || !passage) continue;
      const terms = termsOf(passage);
      this.#words.remove(slot, terms.words);
      this.#grams.remove(slot, terms.grams);
      this.#slots.delete(id);
      this.#wordsKnown.delete(id);
      this.#passages[slot] = undefined;
      this.#left.push(slot);
    }
  }

  get(id: string): IndexedPassage | undefined {
    return this.#passages[this.#slots.get(id) ?? -1];
  }

  /**
   * The best passages for a question of a known language, best first.
   * @param accept leaves out passages the asker may not see.
   */
  search(question: string, options: SearchOptions): Found {
    const terms = analyse(question, options.language);
    const asked = { words: [...new Set(terms.words)], grams: [...new Set(terms.grams)] };
    const byWord = this.#ranked(this.#words, this.#corrected(asked.words), options);
    const grammatical = leansOnGrams(options.language);
    const byGram = cutsToGrams(options.language)
      ? this.#ranked(
          this.#grams,
          asked.grams.map((gram) => [gram, 1]),
          options,
        )
      : this.#byPieces(asked.words, byWord.slice(0, WEIGHED_DEPTH));
    const fused = fuse([
      { ranking: byWord, weight: grammatical ? GRAM_WEIGHT : 1 },
      { ranking: byGram, weight: grammatical ? 1 : GRAM_WEIGHT },
    ]);
    const best = fused[0]?.[0];
    const confidence = grammatical
      ? Math.max(this.#covered(asked.words, best, this.#words), this.#covered(asked.grams, best, this.#grams))
      : this.#coveredByPieces(asked.words, best);
    const hits = fused.slice(0, options.limit ?? 10).flatMap(([slot, score]) => {
      const passage = this.#passages[slot];
      return passage ? [{ passage, score }] : [];
    });
    return { hits, confidence };
  }

  /** The asked words, each that no passage holds followed by words one slip away: "batery". */
  #corrected(asked: readonly string[]): [string, number][] {
    return asked.flatMap((word): [string, number][] =>
      this.#words.held(word) > 0
        ? [[word, 1]]
        : this.#spelling.near(word, MOST_SPELLINGS).map((known) => [known, SLIP_WEIGHT]),
    );
  }

  /** Slots of the best passages for terms, best first. */
  #ranked(postings: Postings, terms: readonly [string, number][], options: SearchOptions): number[] {
    const asked = selective(postings, terms);
    this.#scores.clear(this.#passages.length);
    postings.score(
      asked.map(([term]) => term),
      this.#scores,
      asked.map(([, weight]) => weight),
    );
    return this.#scores
      .best(FUSED_DEPTH, (slot, score) => {
        const passage = this.#passages[slot];
        if (!passage || (options.accept && !options.accept(passage))) return 0;
        return passage.language === options.language ? score * SAME_LANGUAGE_BOOST : score;
      })
      .map(({ slot }) => slot);
  }

  /** The best found anew, by how much of each asked word they hold, whole or in pieces ("Displayschaden", "batery"). */
  #byPieces(asked: readonly string[], ranking: readonly number[]): number[] {
    return ranking
      .map((slot) => ({ slot, share: this.#coveredByPieces(asked, slot) }))
      .sort((a, b) => b.share - a.share)
      .map(({ slot }) => slot);
  }

  /** How much of what was asked a passage speaks of, a word that it holds most pieces of included. */
  #coveredByPieces(asked: readonly string[], slot: number | undefined): number {
    const passage = slot === undefined ? undefined : this.#passages[slot];
    if (!passage) return 0;
    const held = this.#wordsOf(passage);
    let found = 0;
    let all = 0;
    for (const term of asked) {
      const weight = this.#rarity(term, this.#words);
      all += weight;
      if (held.includes(` ${term} `)) found += weight;
      else {
        const parts = grams(term);
        const share = parts.filter((part) => held.includes(part)).length / parts.length;
        if (parts.length > 1 && share >= LEAST_PIECES) found += weight * share;
      }
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

  /** How much of what was asked the best passage speaks of: rare terms weigh more, terms nobody wrote weigh most. */
  #covered(asked: readonly string[], slot: number | undefined, postings: Postings): number {
    let found = 0;
    let all = 0;
    for (const term of asked) {
      const weight = this.#rarity(term, postings);
      all += weight;
      if (slot !== undefined && postings.holds(term, slot)) found += weight;
    }
    return all > 0 ? found / all : 0;
  }

  #rarity(term: string, postings: Postings): number {
    return Math.log(1 + this.size / (1 + postings.held(term)));
  }
}

interface SearchOptions {
  language: string;
  limit?: number;
  accept?: (passage: IndexedPassage) => boolean;
}

/** How many of the best by words are weighed again by pieces. */
const WEIGHED_DEPTH = 15;
const REMEMBERED_PASSAGES = 2000;
/** Fewer pieces of a word are chance. */
const LEAST_PIECES = 0.4;
const MOST_SPELLINGS = 3;
const SLIP_WEIGHT = 0.6;
const GRAM_WEIGHT = 0.7;
const SAME_LANGUAGE_BOOST = 1.5;
/** Postings that one question may touch: of more, the terms that most passages hold are left out. */
const MOST_POSTINGS = 1_000_000;
/** How deep each ranking goes into the fusion. */
const FUSED_DEPTH = 100;
const RANK_OFFSET = 20;

/** The terms that are worth their cost, the rarest first: what very many passages hold costs much and tells little. */
function selective(postings: Postings, terms: readonly [string, number][]): [string, number][] {
  let budget = MOST_POSTINGS;
  return [...terms]
    .sort((a, b) => postings.held(a[0]) - postings.held(b[0]))
    .filter(([term], at) => {
      budget -= postings.held(term);
      return budget >= 0 || at === 0;
    });
}

/** The terms of a passage: its text, its section path, and its title twice (a title says what the whole is about). */
function termsOf(passage: IndexedPassage): { words: string[]; grams: string[] } {
  const head = [passage.title, passage.title, ...passage.path].join(' \n ');
  return analyse(`${head} \n ${passage.text}`, passage.language);
}

/** Reciprocal rank fusion (Cormack, Clarke, Büttcher 2009), weighted. */
function fuse(rankings: { ranking: readonly number[]; weight: number }[]): [number, number][] {
  const scores = new Map<number, number>();
  for (const { ranking, weight } of rankings)
    ranking.forEach((slot, rank) => {
      scores.set(slot, (scores.get(slot) ?? 0) + weight / (RANK_OFFSET + rank));
    });
  return [...scores].sort((a, b) => b[1] - a[1]);
}
