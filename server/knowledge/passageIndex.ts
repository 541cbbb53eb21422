import MiniSearch from 'minisearch';
import { analyse, cutsToGrams, leansOnGrams } from './analysis/analyse.ts';
import { grams } from './analysis/grams.ts';

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
  readonly #engine = new MiniSearch<IndexedPassage>({
    fields: ['words', 'grams'],
    extractField: (passage, field) => this.#extract(passage, field),
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term || null,
    searchOptions: { fields: ['words'] },
    autoVacuum: { minDirtCount: 1000, minDirtFactor: 0.2, batchSize: 500, batchWait: 5 },
  });
  readonly #passages = new Map<string, IndexedPassage>();
  readonly #documentCounts = new Map<string, number>();
  readonly #piecesOf = new Map<string, { words: Set<string>; pieces: Set<string> }>();
  #analysed: { id: string; words: string[]; grams: string[] } | null = null;

  get size(): number {
    return this.#passages.size;
  }

  /** Adds passages, or puts them in the place of those with the same id. */
  put(passages: Iterable<IndexedPassage>): void {
    for (const passage of passages) {
      this.remove([passage.id]);
      this.#passages.set(passage.id, passage);
      this.#engine.add(passage);
      this.#count(passage, 1);
    }
  }

  /** Forgets passages; unknown ids are ignored. */
  remove(ids: Iterable<string>): void {
    for (const id of ids) {
      const passage = this.#passages.get(id);
      if (!passage) continue;
      this.#passages.delete(id);
      this.#piecesOf.delete(id);
      this.#engine.discard(id);
      this.#count(passage, -1);
    }
  }

  get(id: string): IndexedPassage | undefined {
    return this.#passages.get(id);
  }

  /**
   * The best passages for a question of a known language, best first.
   * @param accept leaves out passages the asker may not see.
   */
  search(
    question: string,
    options: { language: string; limit?: number; accept?: (passage: IndexedPassage) => boolean },
  ): Found {
    const limit = options.limit ?? 10;
    const terms = analyse(question, options.language);
    const asked = { words: [...new Set(terms.words)], grams: [...new Set(terms.grams)] };
    const misspelt = asked.words.filter((term) => this.#isMisspelt(term));
    const byWord = this.#run([...this.#selective(asked.words, 'w'), ...misspelt], 'words', options, misspelt);
    const grammatical = leansOnGrams(options.language);
    const byGram = cutsToGrams(options.language)
      ? this.#run(this.#selective(asked.grams, 'g'), 'grams', options)
      : this.#byPieces(asked.words, byWord.slice(0, WEIGHED_DEPTH));
    const fused = fuse([
      { ranking: byWord, weight: grammatical ? GRAM_WEIGHT : 1 },
      { ranking: byGram, weight: grammatical ? 1 : GRAM_WEIGHT },
    ]);
    const best = fused[0]?.[0];
    const confidence = grammatical
      ? Math.max(this.#covered(asked.words, byWord, best, 'w'), this.#covered(asked.grams, byGram, best, 'g'))
      : this.#coveredByPieces(asked.words, best);
    const hits: Hit[] = [];
    for (const [id, score] of fused) {
      const passage = this.#passages.get(id);
      if (passage) hits.push({ passage, score });
      if (hits.length === limit) break;
    }
    return { hits, confidence };
  }

  #run(
    terms: string[],
    field: 'words' | 'grams',
    options: { language: string; accept?: (passage: IndexedPassage) => boolean },
    misspelt: readonly string[] = [],
  ): Ranked[] {
    if (terms.length === 0) return [];
    const accept = options.accept;
    const results = this.#engine.search(terms.join(' '), {
      fields: [field],
      fuzzy: (term) => (misspelt.includes(term) ? 1 : false),
      boostDocument: (id) =>
        this.#passages.get(id as string)?.language === options.language ? SAME_LANGUAGE_BOOST : 1,
      ...(accept && {
        filter: (result) => {
          const passage = this.#passages.get(result.id as string);
          return passage !== undefined && accept(passage);
        },
      }),
    });
    return results.slice(0, FUSED_DEPTH).map((result) => ({ id: result.id as string, matched: result.queryTerms }));
  }

  /** The best found anew, by how much of each asked word they hold, whole or in pieces ("Displayschaden", "batery"). */
  #byPieces(asked: readonly string[], ranking: readonly Ranked[]): Ranked[] {
    return ranking
      .map((ranked) => ({ ...ranked, share: this.#coveredByPieces(asked, ranked.id) }))
      .sort((a, b) => b.share - a.share);
  }

  /** How much of what was asked a passage speaks of, a word that it holds most pieces of included. */
  #coveredByPieces(asked: readonly string[], id: string | undefined): number {
    const passage = id === undefined ? undefined : this.#passages.get(id);
    if (!passage) return 0;
    const held = this.#pieces(passage);
    let found = 0;
    let all = 0;
    for (const term of asked) {
      const weight = Math.log(1 + this.size / (1 + (this.#documentCounts.get(`w${term}`) ?? 0)));
      all += weight;
      if (held.words.has(term)) found += weight;
      else {
        const parts = grams(term);
        const share = parts.filter((part) => held.pieces.has(part)).length / parts.length;
        if (parts.length > 1 && share >= LEAST_PIECES) found += weight * share;
      }
    }
    return all > 0 ? found / all : 0;
  }

  #pieces(passage: IndexedPassage): { words: Set<string>; pieces: Set<string> } {
    const known = this.#piecesOf.get(passage.id);
    if (known) return known;
    const words = new Set(termsOf(passage).words);
    const pieces = new Set([...words].flatMap(grams));
    if (this.#piecesOf.size >= REMEMBERED_PASSAGES) this.#piecesOf.clear();
    this.#piecesOf.set(passage.id, { words, pieces });
    return { words, pieces };
  }

  /** How much of what was asked the best passage speaks of: rare terms weigh more, terms nobody wrote weigh most. */
  #covered(asked: string[], ranking: Ranked[], best: string | undefined, kind: 'w' | 'g'): number {
    const matched = new Set(ranking.find((ranked) => ranked.id === best)?.matched ?? []);
    let found = 0;
    let all = 0;
    for (const term of asked) {
      const weight = Math.log(1 + this.size / (1 + (this.#documentCounts.get(kind + term) ?? 0)));
      all += weight;
      if (matched.has(term)) found += weight;
    }
    return all > 0 ? found / all : 0;
  }

  /** A long word that no passage holds is looked for with one edit: "batery". */
  #isMisspelt(term: string): boolean {
    return term.length >= SHORTEST_TYPO && !/\d/.test(term) && !this.#documentCounts.has(`w${term}`);
  }

  /** Terms worth asking for, the rarest first: what very many passages hold costs much and tells little. */
  #selective(terms: string[], kind: 'w' | 'g'): string[] {
    const counted = terms
      .map((term) => ({ term, held: this.#documentCounts.get(kind + term) ?? 0 }))
      .filter(({ held }) => held > 0)
      .sort((a, b) => a.held - b.held);
    let budget = MOST_POSTINGS;
    return counted
      .filter(({ held }, at) => {
        budget -= held;
        return budget >= 0 || at === 0;
      })
      .map(({ term }) => term);
  }

  #extract(passage: IndexedPassage, field: string): string {
    if (field === 'id') return passage.id;
    if (this.#analysed?.id !== passage.id) this.#analysed = { id: passage.id, ...termsOf(passage) };
    return (field === 'words' ? this.#analysed.words : this.#analysed.grams).join(' ');
  }

  #count(passage: IndexedPassage, change: 1 | -1): void {
    const { words, grams } = this.#analysed?.id === passage.id ? this.#analysed : termsOf(passage);
    this.#analysed = null;
    for (const [kind, terms] of [
      ['w', words],
      ['g', grams],
    ] as const)
      for (const term of new Set(terms)) {
        const count = (this.#documentCounts.get(kind + term) ?? 0) + change;
        if (count > 0) this.#documentCounts.set(kind + term, count);
        else this.#documentCounts.delete(kind + term);
      }
  }
}

interface Ranked {
  id: string;
  /** The question's terms that the passage holds. */
  matched: string[];
}

/** How many of the best by words are weighed again by pieces. */
const WEIGHED_DEPTH = 15;
const REMEMBERED_PASSAGES = 5000;
/** Fewer pieces of a word are chance. */
const LEAST_PIECES = 0.4;
const SHORTEST_TYPO = 5;
const GRAM_WEIGHT = 0.7;
const SAME_LANGUAGE_BOOST = 1.5;
/** Passages that one question may touch, counted for each of its terms. */
const MOST_POSTINGS = 12_000;
/** How deep each ranking goes into the fusion. */
const FUSED_DEPTH = 100;
const RANK_OFFSET = 20;

/** The terms of a passage: its text, its section path, and its title twice (a title says what the whole is about). */
function termsOf(passage: IndexedPassage): { words: string[]; grams: string[] } {
  const head = [passage.title, passage.title, ...passage.path].join(' \n ');
  return analyse(`${head} \n ${passage.text}`, passage.language);
}

/** Reciprocal rank fusion (Cormack, Clarke, Büttcher 2009), weighted. */
function fuse(rankings: { ranking: Ranked[]; weight: number }[]): [string, number][] {
  const scores = new Map<string, number>();
  for (const { ranking, weight } of rankings)
    ranking.forEach(({ id }, rank) => {
      scores.set(id, (scores.get(id) ?? 0) + weight / (RANK_OFFSET + rank));
    });
  return [...scores].sort((a, b) => b[1] - a[1]);
}
