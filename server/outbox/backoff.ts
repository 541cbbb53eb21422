const firstMs = 5_000;
const longestMs = 30 * 60_000;
/** A message that could not be sent for this long is given back to its writer. */
export const giveUpAfterMs = 24 * 60 * 60_000;

/**
 * Time to wait before the next try.
 * @param attempt tries so far, 1 or more
 * @param chance 0..1, spreads tries that failed together
 */
export function backoff(attempt: number, chance: number): number {
  const grown = Math.min(longestMs, firstMs * 3 ** (attempt - 1));
  return Math.round(grown * (0.8 + 0.4 * chance));
}
