const firstMs = 5_000;
const longestMs = 30 * 60_000;
/**
 * Tries before a message is given back to its writer: about a day of them. Counted, and not timed from its writing: what is
 * sent later, was retried by hand, or waited for Parley itself to come back has its tries before it.
 */
export const triesAtMost = 54;

/**
 * Time to wait before the next try.
 * @param attempt tries so far, 1 or more
 * @param chance 0..1, spreads tries that failed together
 */
export function backoff(attempt: number, chance: number): number {
  const grown = Math.min(longestMs, firstMs * 3 ** (attempt - 1));
  return Math.round(grown * (0.8 + 0.4 * chance));
}
