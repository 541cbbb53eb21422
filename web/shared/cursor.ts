/** Cursors are decimal serial numbers as strings (they may outgrow a double). Negative when `a` is before `b`. */
export function compareCursors(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** The later of two; null is before everything. */
export function laterCursor(a: string | null, b: string | null): string | null {
  if (a === null) return b;
  if (b === null) return a;
  return compareCursors(a, b) >= 0 ? a : b;
}
