import { fold } from '../knowledge/analysis/fold.ts';
import { grams } from '../knowledge/analysis/grams.ts';
import { hasStemmer, stem } from '../knowledge/analysis/stems.ts';
import { STOP_WORDS } from '../knowledge/analysis/stopWords.ts';
import { words } from '../knowledge/analysis/tokens.ts';

/** A question as clustering sees it. */
export interface Asked {
  id: string;
  question: string;
  language: string;
}

/** Two questions are one when so much of the lesser one's meaning stands in the other, 0..1. */
const ALIKE = 0.6;

/**
 * Groups questions that ask the same: by the words that carry meaning, rare ones counting more. Each joins the group whose
 * members it is most like on average. Pure; the largest group first.
 */
export function cluster<T extends Asked>(questions: readonly T[]): T[][] {
  const terms = questions.map((question) => termsOf(question.question, question.language));
  const { likeness } = weighing(terms);
  const groups: number[][] = [];
  for (const [at, set] of terms.entries()) {
    let best: { group: number[]; score: number } | null = null;
    for (const group of groups) {
      const score = group.reduce((total, other) => total + likeness(set, terms[other] ?? set), 0) / group.length;
      if (score >= ALIKE && (best === null || score > best.score)) best = { group, score };
    }
    if (best) best.group.push(at);
    else groups.push([at]);
  }
  return groups.sort((a, b) => b.length - a.length).map((group) => group.flatMap((at) => questions[at] ?? []));
}

/** How much each of the others asks the same as one question, 0..1, in their order. Pure. */
export function likenessOf(asked: Asked, others: readonly Asked[]): number[] {
  const own = termsOf(asked.question, asked.language);
  const terms = others.map((other) => termsOf(other.question, other.language));
  const { likeness } = weighing([own, ...terms]);
  return terms.map((set) => likeness(own, set));
}

/** The one that shares most with the others. Pure. */
export function typical<T extends Asked>(group: readonly T[]): T | undefined {
  const sets = group.map((one) => termsOf(one.question, one.language));
  const shared = sets.map((set) =>
    sets.reduce((total, other) => total + [...set].filter((term) => other.has(term)).length / Math.max(1, set.size), 0),
  );
  return group[shared.indexOf(Math.max(...shared))];
}

/** Compares sets of words; what few of them hold counts more. */
function weighing(terms: readonly ReadonlySet<string>[]) {
  const spread = new Map<string, number>();
  for (const set of terms) for (const term of set) spread.set(term, (spread.get(term) ?? 0) + 1);
  const weight = (term: string) => Math.log(1 + terms.length / (spread.get(term) ?? 1)) + 0.5;
  const sum = (set: Iterable<string>) => [...set].reduce((total, term) => total + weight(term), 0);
  const likeness = (a: ReadonlySet<string>, b: ReadonlySet<string>) => {
    const common = sum([...a].filter((term) => b.has(term)));
    const [mine, theirs] = [sum(a), sum(b)];
    const lesser = Math.min(mine, theirs);
    // A single common word is enough only where there is no more to say.
    return lesser === 0 ? 0 : common / (0.7 * lesser + 0.3 * Math.max(mine, theirs));
  };
  return { likeness };
}

function termsOf(question: string, language: string): Set<string> {
  const stops = STOP_WORDS[language] ?? new Set<string>();
  const said = words(fold(question)).filter((word) => !stops.has(word) && !SMALL.has(word));
  return new Set(said.flatMap((word) => (hasStemmer(language) ? [stem(word, language)] : grams(word))));
}

/** Words of asking that no list of stop words holds. */
const SMALL = new Set('hello hi please thanks thank you do does can could would want get have got'.split(' '));
