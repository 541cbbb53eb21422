import { analyse, cutsToGrams, leansOnGrams } from './analysis/analyse.ts';
import { alikeTerms, gramsToFind, saidBefore, type Turn, weighed, wordsToFind } from './index/askedTerms.ts';
import { Coverage } from './index/coverage.ts';
import { type IndexedPassage, termsOf, textOf } from './index/passageTerms.ts';
import { Postings, Scores, type Weighed } from './index/postings.ts';
import { Spelling } from './index/spelling.ts';
import { SynonymTable } from './synonymTable.ts';

/** A passage found. `score` is the fused score, best first, comparable within one answer only. */
export interface Hit {
  passage: IndexedPassage;
  score: number;
}

/** Names what a text of a language (ISO 639-1) speaks of, by whatever words and in whatever language. */
type TopicFinder = (text: string, language: string) => readonly string[];

/**
 * What a search answers. `confidence` (0..1) is comparable between questions: low means nothing here speaks of it. `lead`
 * (0..1) is how far the best is ahead of the next article by its words: 0 means that another fits as well, null that it leads
 * by its meaning.
 */
export interface Found {
  hits: Hit[];
  confidence: number;
  lead: number | null;
}

/**
 * BM25 over passages, in this process. A passage scores by its words, by how its words begin, and by pieces of words where
 * a language has no stemmer or writes compounds in one; of the best, those that ask the same way ("who", "how long") lead.
 */
export class PassageIndex {
  readonly #fields = {
    words: new Postings(),
    starts: new Postings(),
    grams: new Postings(),
    small: new Postings(),
    topics: new Postings(),
  };
  readonly #spelling = new Spelling((word) => this.#fields.words.held(word));
  readonly #scores = new Scores();
  readonly #slots = new Map<string, number>();
  /** By slot; a slot that was left is taken again. */
  readonly #passages: (IndexedPassage | undefined)[] = [];
  readonly #left: number[] = [];
  readonly #coverage = new Coverage(this.#fields, (slot) => this.#passages[slot]);
  #synonyms = new SynonymTable([]);

  /** @param topicsOf names what a text of a language speaks of, whatever its words for it and whatever the language */
  constructor(private readonly topicsOf: TopicFinder = () => []) {}

  get size(): number {
    return this.#slots.size;
  }

  /** From now on these words mean the same. */
  understand(synonyms: SynonymTable): void {
    this.#synonyms = synonyms;
  }

  /** Adds passages, or puts them in the place of those with the same id. */
  put(passages: Iterable<IndexedPassage>): void {
    for (const passage of passages) {
      this.remove([passage.id]);
      const slot = this.#left.pop() ?? this.#passages.length;
      this.#slots.set(passage.id, slot);
      this.#passages[slot] = passage;
      const terms = this.#termsOf(passage);
      for (const field of FIELDS) {
        const fresh = this.#fields[field].add(slot, terms[field]);
        if (field === 'words') for (const word of fresh) this.#spelling.add(word);
      }
    }
  }

  /** Forgets passages; unknown ids are ignored. */
  remove(ids: Iterable<string>): void {
    for (const id of ids) {
      const slot = this.#slots.get(id);
      const passage = slot === undefined ? undefined : this.#passages[slot];
      if (slot === undefined || !passage) continue;
      const terms = this.#termsOf(passage);
      for (const field of FIELDS) this.#fields[field].remove(slot, terms[field]);
      this.#slots.delete(id);
      this.#coverage.forget(id);
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
    const { language } = options;
    const asked = analyse(question, language);
    const alike = alikeTerms(question, language, this.#synonyms, (word) => this.#fields.words.held(word) > 0);
    const before = saidBefore(options.history ?? [], language);
    const words = wordsToFind(asked, alike, before.words, { words: this.#fields.words, spelling: this.#spelling });
    const topics = weighed(this.topicsOf(question, language), TOPIC_WEIGHT);
    const byWords = leansOnGrams(language)
      ? this.#ranked(
          [
            ['words', words],
            ['topics', topics],
          ],
          options,
        )
      : this.#ranked(
          [
            ['words', words],
            ['topics', topics],
            ['starts', weighed(asked.starts, cutsToGrams(language) ? START_BESIDE_GRAMS : START_WEIGHT)],
            ['grams', weighed(cutsToGrams(language) ? asked.grams : [], GRAM_WEIGHT)],
          ],
          options,
          weighed(asked.small, SMALL_WEIGHT),
        );
    const byGrams = leansOnGrams(language)
      ? this.#ranked([['grams', gramsToFind(asked, alike, before.grams)]], options)
      : null;
    const ranked = byGrams
      ? fuse([
          { ranking: byWords, weight: WORDS_BESIDE_GRAMS },
          { ranking: byGrams, weight: 1 },
        ])
      : byWords;
    const hits = ranked.slice(0, options.limit ?? 10).flatMap(({ slot, score }) => {
      const passage = this.#passages[slot];
      return passage ? [{ passage, score }] : [];
    });
    const best = ranked[0]?.slot;
    const confidence = this.#coverage.of(asked, best, alike, language);
    return { hits, confidence, lead: this.#lead(byGrams ?? byWords, best) };
  }

  /** How far a passage is ahead, in a ranking, of the best of another article. */
  #lead(ranking: readonly Ranked[], slot: number | undefined): number {
    const own = ranking.find((one) => one.slot === slot)?.score ?? 0;
    const article = slot === undefined ? undefined : this.#passages[slot]?.articleId;
    const next = ranking.find((one) => this.#passages[one.slot]?.articleId !== article)?.score ?? 0;
    return own > 0 ? Math.max(0, 1 - next / own) : 0;
  }

  /** How much of a question a passage speaks of, 0..1. */
  sureOf(question: string, language: string, id: string): number {
    const alike = alikeTerms(question, language, this.#synonyms, (word) => this.#fields.words.held(word) > 0);
    return this.#coverage.of(analyse(question, language), this.#slots.get(id), alike, language);
  }

  #termsOf(passage: IndexedPassage): Record<Field, readonly string[]> {
    return { ...termsOf(passage), topics: this.topicsOf(textOf(passage), passage.language) };
  }

  /** The best passages by the terms of some fields, best first; `small` words only order what was found. */
  #ranked(
    fields: readonly [Field, readonly Weighed[]][],
    options: SearchOptions,
    small: readonly Weighed[] = [],
  ): Ranked[] {
    this.#scores.clear(this.#passages.length);
    for (const [field, terms] of fields) this.#fields[field].score(selective(this.#fields[field], terms), this.#scores);
    const own = (slot: number) => (this.#passages[slot]?.language === options.language ? SAME_LANGUAGE : 1);
    const best = () =>
      this.#scores.best(RANKED_DEPTH, (slot, score) => {
        const passage = this.#passages[slot];
        return !passage || (options.accept && !options.accept(passage)) ? 0 : score * own(slot);
      });
    const found = best();
    if (small.length === 0) return found;
    if (found.length < FEW) {
      this.#fields.small.score(small, this.#scores);
      return best();
    }
    return found
      .map(({ slot, score }) => ({ slot, score: score + own(slot) * this.#fields.small.scoreOf(slot, small) }))
      .sort((a, b) => b.score - a.score);
  }
}

interface SearchOptions {
  language: string;
  /** What was said before, the last turn last: it adds to what the question leaves unsaid. */
  history?: readonly Turn[];
  limit?: number;
  accept?: (passage: IndexedPassage) => boolean;
}

const FIELDS = ['words', 'starts', 'grams', 'small', 'topics'] as const;
type Field = (typeof FIELDS)[number];

interface Ranked {
  slot: number;
  score: number;
}

/** Weights beside a whole word's 1, chosen on FAQ paraphrases, manuals and encyclopaedia (see the bench). */
const START_WEIGHT = 0.5;
const START_BESIDE_GRAMS = 0.3;
const GRAM_WEIGHT = 0.5;
const SMALL_WEIGHT = 0.4;
/** Chosen on one half of three sets of support questions, confirmed on the other; see the bench. */
const TOPIC_WEIGHT = 0.6;
/** Where there is no stemmer grams lead, and the ranking by words counts this much. */
const WORDS_BESIDE_GRAMS = 0.7;
/** What a passage in the language of the question counts; at most {@link HIGHEST_WEIGHT}. */
const SAME_LANGUAGE = 3;
/** Postings that one question may touch: of more, the terms that most passages hold are left out. */
const MOST_POSTINGS = 1_000_000;
/** When so few are found, small words find too. */
const FEW = 10;
/** How deep a ranking goes. */
const RANKED_DEPTH = 200;
const RANK_OFFSET = 20;

/** The terms that are worth their cost, the rarest first: what very many passages hold costs much and tells little. */
function selective(postings: Postings, terms: readonly Weighed[]): Weighed[] {
  let budget = MOST_POSTINGS;
  return [...terms]
    .sort((a, b) => postings.held(a[0]) - postings.held(b[0]))
    .filter(([term], at) => {
      budget -= postings.held(term);
      return budget >= 0 || at === 0;
    });
}

/** Reciprocal rank fusion (Cormack, Clarke, Büttcher 2009), weighted. */
function fuse(rankings: { ranking: readonly Ranked[]; weight: number }[]): Ranked[] {
  const scores = new Map<number, number>();
  for (const { ranking, weight } of rankings)
    ranking.forEach(({ slot }, rank) => {
      scores.set(slot, (scores.get(slot) ?? 0) + weight / (RANK_OFFSET + rank));
    });
  return [...scores].map(([slot, score]) => ({ slot, score })).sort((a, b) => b.score - a.score);
}
