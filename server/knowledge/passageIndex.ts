import { analyse, cutsToGrams, leansOnGrams, type Terms } from './analysis/analyse.ts';
import { grams } from './analysis/grams.ts';
import { Postings, Scores, type Weighed } from './index/postings.ts';
import { Spelling } from './index/spelling.ts';
import { SynonymTable } from './synonymTable.ts';

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

/** One thing said before a question, by the client or by us. */
export interface Turn {
  role: 'client' | 'us';
  text: string;
}

/** What a search answers. `confidence` (0..1) is comparable between questions: low means nothing here speaks of it. */
export interface Found {
  hits: Hit[];
  confidence: number;
}

/**
 * BM25 over passages, in this process. A passage scores by its words, by how its words begin, and by pieces of words where
 * a language has no stemmer or writes compounds in one; of the best, those that ask the same way ("who", "how long") lead.
 */
export class PassageIndex {
  readonly #fields = { words: new Postings(), starts: new Postings(), grams: new Postings(), small: new Postings() };
  readonly #spelling = new Spelling((word) => this.#fields.words.held(word));
  readonly #scores = new Scores();
  readonly #slots = new Map<string, number>();
  /** By slot; a slot that was left is taken again. */
  readonly #passages: (IndexedPassage | undefined)[] = [];
  readonly #left: number[] = [];
  readonly #wordsKnown = new Map<string, string>();

  #synonyms = new SynonymTable([]);

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
      const terms = termsOf(passage);
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
      const terms = termsOf(passage);
      for (const field of FIELDS) this.#fields[field].remove(slot, terms[field]);
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
    const asked = analyse(question, options.language);
    const words = [...new Set(asked.words)];
    const alike = this.#alike(question, options.language);
    const before = said(options);
    const named = [...this.#corrected(words, alike), ...alike.flatMap((one) => weighed(one.words, ALIKE_WEIGHT))];
    const ranked = leansOnGrams(options.language)
      ? fuse([
          {
            ranking: this.#ranked([['words', beside(named, before.words)]], options),
            weight: WORDS_BESIDE_GRAMS,
          },
          {
            ranking: this.#ranked(
              [
                [
                  'grams',
                  beside(
                    [...weighed(asked.grams, 1), ...alike.flatMap((one) => weighed(one.grams, ALIKE_WEIGHT))],
                    before.grams,
                  ),
                ],
              ],
              options,
            ),
            weight: 1,
          },
        ])
      : this.#ranked(
          [
            ['words', beside(named, before.words)],
            ['starts', weighed(asked.starts, cutsToGrams(options.language) ? START_BESIDE_GRAMS : START_WEIGHT)],
            ['grams', weighed(cutsToGrams(options.language) ? asked.grams : [], GRAM_WEIGHT)],
          ],
          options,
          weighed(asked.small, SMALL_WEIGHT),
        );
    const confidence = this.#sureOf(asked, ranked[0]?.slot, alike, options.language);
    const hits = ranked.slice(0, options.limit ?? 10).flatMap(({ slot, score }) => {
      const passage = this.#passages[slot];
      return passage ? [{ passage, score }] : [];
    });
    return { hits, confidence };
  }

  /** How much of a question a passage speaks of, 0..1. */
  sureOf(question: string, language: string, id: string): number {
    return this.#sureOf(analyse(question, language), this.#slots.get(id), this.#alike(question, language), language);
  }

  #sureOf(asked: Terms, slot: number | undefined, alike: readonly AlikeTerms[], language: string): number {
    const words = [...new Set(asked.words)];
    return leansOnGrams(language)
      ? Math.max(
          this.#covered(words, slot, 'words', alike),
          this.#covered([...new Set(asked.grams)], slot, 'grams', alike),
        )
      : this.#coveredByPieces(words, slot, alike);
  }

  /** The other words of what is asked, as the store's synonyms know them. */
  #alike(question: string, language: string): AlikeTerms[] {
    return this.#synonyms.find(question, language).flatMap(({ said: phrase, others }) => {
      const asked = analyse(phrase, language);
      return others.map((other) => {
        const terms = analyse(other, language);
        // A word of another language keeps its own form in the passages of that language.
        return { asked, words: [...new Set([...terms.words, ...other.split(' ')])], grams: terms.grams, other: terms };
      });
    });
  }

  /** The asked words; in the place of one that no passage holds, words one slip away: "batery". */
  #corrected(asked: readonly string[], alike: readonly AlikeTerms[]): Weighed[] {
    return asked.flatMap((word): Weighed[] =>
      this.#fields.words.held(word) > 0 || alike.some((one) => one.asked.words.includes(word))
        ? [[word, 1]]
        : this.#spelling.near(word, MOST_SPELLINGS).map((known) => [known, SLIP_WEIGHT]),
    );
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

  /** How much of what was asked a passage speaks of, a word that it holds most pieces of included. */
  #coveredByPieces(asked: readonly string[], slot: number | undefined, alike: readonly AlikeTerms[]): number {
    const passage = slot === undefined ? undefined : this.#passages[slot];
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
      const weight = this.#rarity(term, this.#fields.words);
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
  #covered(
    asked: readonly string[],
    slot: number | undefined,
    field: 'words' | 'grams',
    alike: readonly AlikeTerms[],
  ): number {
    const postings = this.#fields[field];
    const meant = new Set(
      alike
        .filter((one) => slot !== undefined && one.other[field].every((term) => postings.holds(term, slot)))
        .flatMap((one) => one.asked[field]),
    );
    let found = 0;
    let all = 0;
    for (const term of asked) {
      const weight = this.#rarity(term, postings);
      all += weight;
      if (slot !== undefined && (postings.holds(term, slot) || meant.has(term))) found += weight;
    }
    return all > 0 ? found / all : 0;
  }

  #rarity(term: string, postings: Postings): number {
    return Math.log(1 + this.size / (1 + postings.held(term)));
  }
}

interface SearchOptions {
  language: string;
  /** What was said before, the last turn last: it adds to what the question leaves unsaid. */
  history?: readonly Turn[];
  limit?: number;
  accept?: (passage: IndexedPassage) => boolean;
}

/** Terms of what was asked, and of another word for it. */
interface AlikeTerms {
  asked: Terms;
  other: Terms;
  /** To look for. */
  words: string[];
  grams: string[];
}

const FIELDS = ['words', 'starts', 'grams', 'small'] as const;
type Field = (typeof FIELDS)[number];

interface Ranked {
  slot: number;
  score: number;
}

const REMEMBERED_PASSAGES = 2000;
/** Fewer pieces of a word are chance. */
const LEAST_PIECES = 0.4;
const MOST_SPELLINGS = 3;
/** Weights beside a whole word's 1, chosen on FAQ paraphrases, manuals and encyclopaedia (see the bench). */
const SLIP_WEIGHT = 0.6;
/** The store's own other word for a thing is nearly the thing. */
const ALIKE_WEIGHT = 0.8;
const START_WEIGHT = 0.5;
const START_BESIDE_GRAMS = 0.3;
const GRAM_WEIGHT = 0.5;
const SMALL_WEIGHT = 0.4;
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

/** What a term of an earlier turn counts: of the client's last, of ours after or before it, of the client's earlier. */
const LAST_TURN = 0.4;
const OUR_TURN = 0.15;
const EARLIER_TURN = 0.25;
const TURNS_HEARD = 4;

/** The terms of the turns before a question, each with the most it counts in one of them. */
function said(options: SearchOptions): { words: Weighed[]; grams: Weighed[] } {
  const turns = (options.history ?? []).slice(-TURNS_HEARD);
  const last = turns.findLast((turn) => turn.role === 'client');
  const words = new Map<string, number>();
  const grams = new Map<string, number>();
  for (const turn of turns) {
    const weight = turn === last ? LAST_TURN : turn.role === 'us' ? OUR_TURN : EARLIER_TURN;
    const terms = analyse(turn.text.slice(0, LONGEST_TURN), options.language);
    for (const word of terms.words) words.set(word, Math.max(words.get(word) ?? 0, weight));
    for (const gram of terms.grams) grams.set(gram, Math.max(grams.get(gram) ?? 0, weight));
  }
  return { words: [...words], grams: [...grams] };
}

const LONGEST_TURN = 600;

/** The asked terms, and those said before that are not asked again. */
function beside(asked: readonly Weighed[], before: readonly Weighed[]): Weighed[] {
  const known = new Set(asked.map(([term]) => term));
  return [...asked, ...before.filter(([term]) => !known.has(term))];
}

/** Each term once, with a weight. */
function weighed(terms: readonly string[], weight: number): Weighed[] {
  return [...new Set(terms)].map((term) => [term, weight]);
}

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

/** The terms of a passage: its text, its section path, and its title twice (a title says what the whole is about). */
function termsOf(passage: IndexedPassage): Terms {
  const head = [passage.title, passage.title, ...passage.path].join(' \n ');
  return analyse(`${head} \n ${passage.text}`, passage.language);
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
