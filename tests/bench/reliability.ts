/** One answer: how sure it said it was (0..1), and whether it was right. */
export interface Told {
  confidence: number;
  right: boolean;
}

export interface Bin {
  from: number;
  to: number;
  n: number;
  /** Means over the bin; NaN where it is empty. */
  said: number;
  right: number;
}

/** A reliability table (Murphy, Winkler 1977): answers by how sure they were, with how many were right. */
export function reliability(told: readonly Told[], edges: readonly number[] = EDGES): Bin[] {
  return edges.slice(1).map((to, at) => {
    const from = edges[at] as number;
    const rows = told.filter((one) => one.confidence >= from && (one.confidence < to || at === edges.length - 2));
    return { from, to, n: rows.length, said: mean(rows.map((one) => one.confidence)), right: rightShare(rows) };
  });
}

/** How far what was said lies from what was right, over all answers: the expected calibration error, 0..1. */
export function calibrationError(bins: readonly Bin[]): number {
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  return bins.reduce((sum, bin) => sum + (bin.n > 0 ? (bin.n / n) * Math.abs(bin.said - bin.right) : 0), 0);
}

/** The share of `others` that would be refused, were so large a share of `answerable` refused too. */
export function refusedAt(answerable: readonly number[], others: readonly number[], falseShare: number): number {
  if (answerable.length === 0 || others.length === 0) return Number.NaN;
  const sorted = [...answerable].sort((a, b) => a - b);
  const least = sorted[Math.floor(sorted.length * falseShare)] as number;
  return others.filter((confidence) => confidence < least).length / others.length;
}

/** An answer of passages says 0.56 at least. */
const EDGES = [0, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 1];

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rightShare = (rows: readonly Told[]) => rows.filter((one) => one.right).length / rows.length;
