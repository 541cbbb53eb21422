import type { Found, Hit } from '../passageIndex.ts';

/** What the place in a ranking is softened by, as in the paper. */
const rankOffset = 60;

/**
 * Two rankings as one: reciprocal rank fusion (Cormack, Clarke, Büttcher 2009). How sure the words are of the new best stays
 * the measure of confidence: what merely means something near is no support for an answer.
 *
 * @param near passages by meaning, best first
 * @param sureOf how much of what was asked a passage speaks of, 0..1
 */
export function fuseByRank(byWords: Found, near: readonly Hit['passage'][], sureOf: (id: string) => number): Found {
  const scores = new Map<string, { passage: Hit['passage']; score: number }>();
  const rank = (passages: readonly Hit['passage'][]) =>
    passages.forEach((passage, at) => {
      const held = scores.get(passage.id) ?? { passage, score: 0 };
      held.score += 1 / (rankOffset + at + 1);
      scores.set(passage.id, held);
    });
  rank(byWords.hits.map((hit) => hit.passage));
  rank(near);
  const hits = [...scores.values()].sort((a, b) => b.score - a.score);
  const best = hits[0]?.passage.id;
  if (best === undefined || best === byWords.hits[0]?.passage.id)
    return { hits, confidence: byWords.confidence, lead: byWords.lead };
  return { hits, confidence: sureOf(best), lead: null };
}
