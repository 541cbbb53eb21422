/** Figures of a ranking against what should have been found. */
export interface Asked {
  id: string;
  lang?: string | undefined;
  kind?: string | undefined;
  gold: readonly string[];
  alt?: readonly string[] | undefined;
  ranked: readonly string[];
}

export interface RankFigures {
  n: number;
  hit1: number;
  hit5: number;
  mrr: number;
  ndcg: number;
}

const depth = 10;

/** Hit at 1 and 5, mean reciprocal rank and nDCG at 10, of the questions that have an answer. */
export function rankFigures(asked: readonly Asked[]): RankFigures {
  const answerable = asked.filter((one) => one.gold.length > 0);
  const sums = { hit1: 0, hit5: 0, mrr: 0, ndcg: 0 };
  for (const one of answerable) {
    const right = one.ranked.slice(0, depth).map((id) => one.gold.includes(id) || (one.alt ?? []).includes(id));
    const first = right.indexOf(true);
    if (first === 0) sums.hit1++;
    if (first >= 0 && first < 5) sums.hit5++;
    if (first >= 0) sums.mrr += 1 / (first + 1);
    const ideal = Array.from({ length: Math.min(depth, one.gold.length) }, (_, at) => 1 / Math.log2(at + 2)).reduce(
      (a, b) => a + b,
      0,
    );
    sums.ndcg += Math.min(1, right.reduce((sum, hit, at) => sum + (hit ? 1 / Math.log2(at + 2) : 0), 0) / ideal);
  }
  const n = answerable.length;
  return {
    n,
    hit1: sums.hit1 / (n || 1),
    hit5: sums.hit5 / (n || 1),
    mrr: sums.mrr / (n || 1),
    ndcg: sums.ndcg / (n || 1),
  };
}

/** Area under the ROC curve: how often an answerable question is surer than one that is not. */
export function auc(answerable: readonly number[], other: readonly number[]): number {
  if (answerable.length === 0 || other.length === 0) return Number.NaN;
  let won = 0;
  for (const a of answerable) for (const b of other) won += a > b ? 1 : a === b ? 0.5 : 0;
  return won / (answerable.length * other.length);
}

/** Groups with the whole first: "all", then by language, then by kind. */
export function groups<T extends { lang?: string | undefined; kind?: string | undefined }>(
  rows: readonly T[],
): [string, T[]][] {
  const found = new Map<string, T[]>([['all', [...rows]]]);
  for (const key of ['lang', 'kind'] as const)
    for (const row of rows) {
      const value = row[key];
      if (value === undefined) continue;
      const name = `${key}=${value}`;
      found.set(name, [...(found.get(name) ?? []), row]);
    }
  return [...found];
}

export const share = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(3));

/** A text as it is compared: letters and figures, single spaces between. */
export function normal(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
