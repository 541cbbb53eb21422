/** The words of an index by what a word with one slip in it shares with them: first letter and about the length. */
export class Spelling {
  readonly #words = new Map<string, string[]>();

  constructor(private readonly held: (word: string) => number) {}

  add(word: string): void {
    if (word.length < SHORTEST - 1 || /\d/.test(word)) return;
    const key = keyOf(word, word.length);
    const words = this.#words.get(key);
    if (words) words.push(word);
    else this.#words.set(key, [word]);
  }

  /** Words one slip away (a letter too many, too few, wrong, or two swapped), the most frequent first; no more than `most`. */
  near(word: string, most: number): string[] {
    if (word.length < SHORTEST || /\d/.test(word)) return [];
    const found = new Set<string>();
    for (let length = word.length - 1; length <= word.length + 1; length++) {
      const key = keyOf(word, length);
      // Words that no passage holds any more are forgotten here, where it costs nothing.
      const words = this.#words.get(key)?.filter((known) => this.held(known) > 0);
      if (words) this.#words.set(key, words);
      for (const known of words ?? []) if (isOneSlip(word, known)) found.add(known);
    }
    return [...found].sort((a, b) => this.held(b) - this.held(a)).slice(0, most);
  }
}

const SHORTEST = 5;

function keyOf(word: string, length: number): string {
  return `${word.charAt(0)}${length}`;
}

/** Whether one insertion, deletion, replacement or swap of neighbours makes the one word the other. */
function isOneSlip(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let end = 0;
  while (end < shorter - start && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end++;
  const [left, right] = [a.length - start - end, b.length - start - end];
  if (left <= 1 && right <= 1) return true;
  return left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}
