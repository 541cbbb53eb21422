/**
 * Cuts folded text into words. Letters and digits stay together ("s21fe", "4g"), so do decimal numbers ("6.1") and
 * a plus sign that ends a model name ("s20+").
 */
export function words(folded: string): string[] {
  return folded.match(WORD) ?? [];
}

const WORD = /\d+(?:[.,]\d+)+(?![\p{L}\d])|[\p{L}\p{M}\p{N}]+\+?(?![\p{L}\p{N}])|[\p{L}\p{M}\p{N}]+/gu;

/**
 * The pieces of a word that mixes letters and digits: "s21fe" -> s21, fe; "256gb" -> 256, gb; "айфон13" -> айфон, 13.
 * A single letter stays with its number, because "s 21" without its letter is any 21.
 */
export function modelPieces(word: string): string[] {
  if (!/\d/.test(word) || !/\p{L}/u.test(word)) return [];
  const runs = word.match(/\p{L}[\p{L}\p{M}]*|\d+(?:[.,]\d+)*|\+/gu) ?? [];
  const pieces: string[] = [];
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at] as string;
    const next = runs[at + 1];
    if (run.length === 1 && /\p{L}/u.test(run) && next !== undefined && /^\d/.test(next)) {
      pieces.push(run + next);
      at++;
    } else pieces.push(run);
  }
  return pieces.length > 1 ? pieces : [];
}

/** Cuts between a letter and a digit, and nowhere else: "s21fe" -> s, 21, fe. The atoms that model names are compared by. */
export function atoms(folded: string): string[] {
  return folded.match(/\p{L}[\p{L}\p{M}]*|\d+(?:[.,]\d+)*|\+/gu) ?? [];
}
