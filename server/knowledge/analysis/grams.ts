/** Scripts written without spaces between words: grams run across the whole stretch. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const BIGRAM_SCRIPT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * Overlapping character n-grams of a folded word: two characters for Chinese, Japanese and Korean, four elsewhere (a
 * shorter word is its own gram). Measured better there than any cutting into words that needs a dictionary.
 */
export function grams(word: string): string[] {
  const characters = [...word];
  const size = BIGRAM_SCRIPT.test(word) ? 2 : 4;
  if (characters.length <= size) return [word];
  const found: string[] = [];
  for (let at = 0; at + size <= characters.length; at++) found.push(characters.slice(at, at + size).join(''));
  return found;
}

/** True when a word is a stretch of a script without spaces, where the "word" is a sentence and means nothing as a term. */
export function isUnspaced(word: string): boolean {
  return UNSPACED.test(word);
}
