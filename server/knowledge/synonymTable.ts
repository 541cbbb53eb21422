import { fold } from './analysis/fold.ts';
import { hasStemmer, stem } from './analysis/stems.ts';

/** A phrase of a group that stands in a text, and the other words of its groups. */
export interface Alike {
  /** Places in the folded text. */
  start: number;
  end: number;
  /** As written, folded. */
  said: string;
  /** Folded. */
  others: string[];
}

/** The store's own words that mean the same. Pure; a text's words are compared by their stems in its language. */
export class SynonymTable {
  readonly #phrases: Phrase[];
  /** By how their first word begins. */
  readonly #beginning = new Map<string, Phrase[]>();

  /** @param groups words or short phrases that mean the same, as people typed them */
  constructor(groups: readonly (readonly string[])[]) {
    this.#phrases = groups
      .flatMap((group) => {
        const members = [...new Set(group.map((member) => fold(member).trim()))];
        return members.map((member) => ({
          words: tokensOf(member).map((token) => token.text),
          others: members.filter((other) => other !== member),
        }));
      })
      .filter((phrase) => phrase.words.length > 0)
      // The longest phrase of those that begin at a place is the one meant.
      .sort((a, b) => b.words.length - a.words.length);
    for (const phrase of this.#phrases) {
      const key = beginningOf(phrase.words[0] as string);
      this.#beginning.set(key, [...(this.#beginning.get(key) ?? []), phrase]);
    }
  }

  /** The phrases in a text of a language (ISO 639-1), left to right; what stands in two groups has the words of both. */
  find(text: string, language: string): Alike[] {
    if (this.#phrases.length === 0) return [];
    const tokens = tokensOf(fold(text));
    const stems = tokens.map((token) => stem(token.text, language));
    const found: Alike[] = [];
    for (let at = 0; at < tokens.length; at++) {
      // The Arabic stemmer takes an article away: a word may begin otherwise than its stem.
      const possible =
        language === 'ar' ? this.#phrases : (this.#beginning.get(beginningOf(tokens[at]?.text ?? '')) ?? []);
      const fitting = possible.filter(({ words }) =>
        words.every((word, step) => isSame(word, tokens[at + step]?.text, stems[at + step], language)),
      );
      const length = fitting[0]?.words.length ?? 0;
      const [first, last] = [tokens[at], tokens[at + length - 1]];
      if (length === 0 || !first || !last) continue;
      const others = fitting.filter((one) => one.words.length === length).flatMap((one) => one.others);
      const said = tokens.slice(at, at + length).map((token) => token.text);
      found.push({ start: first.start, end: last.end, said: said.join(' '), others: [...new Set(others)] });
      at += length - 1;
    }
    return found;
  }

  /** The text as it is, and with one phrase in another word of its group; at most {@link MOST_WAYS}. */
  ways(text: string): string[] {
    const folded = fold(text);
    const others = this.find(text, 'en').flatMap(({ start, end, others }) =>
      others.map((other) => folded.slice(0, start) + other + folded.slice(end)),
    );
    return [text, ...others].slice(0, MOST_WAYS);
  }

  /**
   * The folded text with each phrase that `knows` refuses in the words of its group that `knows` accepts; the text as it
   * was where there is none.
   */
  reword(text: string, language: string, knows: (words: string) => boolean): string {
    const changes = this.find(text, language).flatMap(({ start, end, said, others }) => {
      const known = knows(said) ? undefined : others.find(knows);
      return known === undefined ? [] : [{ start, end, known }];
    });
    if (changes.length === 0) return text;
    let out = '';
    let from = 0;
    const folded = fold(text);
    for (const { start, end, known } of changes) {
      out += folded.slice(from, start) + known;
      from = end;
    }
    return out + folded.slice(from);
  }
}

interface Phrase {
  words: string[];
  others: string[];
}

/** Endings change a word, its first letters stay. */
function beginningOf(word: string): string {
  return word.slice(0, 2);
}

function tokensOf(folded: string): { text: string; start: number; end: number }[] {
  return [...folded.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Where there is no stemmer, a few letters may follow a longer word: particles and endings. */
function isSame(word: string, said: string | undefined, saidStem: string | undefined, language: string): boolean {
  if (said === undefined) return false;
  if (said === word) return true;
  if (hasStemmer(language)) return saidStem === stem(word, language);
  return word.length >= 2 && said.startsWith(word) && said.length - word.length <= MOST_ENDING && !/\d$/.test(word);
}

const MOST_ENDING = 3;
const MOST_WAYS = 8;
