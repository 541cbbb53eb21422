import { spokenNumber } from '../knowledge/analysis/numberWords.ts';
import { SPOKEN_LETTERS } from '../knowledge/analysis/spokenNames.ts';
import { hangulKey, romanise, soundKey } from '../knowledge/analysis/transliterate.ts';
import { closeSpelling } from './closeSpelling.ts';
import { colourOf } from './colours.ts';
import type { NameAtom } from './nameAtoms.ts';

/** All pieces of all model names, and how people's spellings of them are brought to the catalogue's. */
export class NameVocabulary {
  readonly #holders = new Map<string, number[]>();
  readonly #bySound = new Map<string, string[]>();
  readonly #byHangul = new Map<string, string[]>();
  readonly #spelt = new Map<string, string | null>();

  /** Adds the pieces of the name at a place of the catalogue. */
  add(atoms: ReadonlySet<string>, at: number): void {
    for (const atom of atoms) {
      const held = this.#holders.get(atom);
      if (held) {
        held.push(at);
        continue;
      }
      this.#holders.set(atom, [at]);
      if (/\d/.test(atom) || atom.length < 3) continue;
      for (const [sounds, key] of [
        [this.#bySound, soundKey(atom)],
        [this.#byHangul, hangulKey(atom)],
      ] as const)
        if (key.length >= 2) sounds.set(key, [...(sounds.get(key) ?? []), atom]);
    }
  }

  has(atom: string): boolean {
    return this.#holders.has(atom);
  }

  /** Places of the names that hold a piece. */
  holders(atom: string): readonly number[] {
    return this.#holders.get(atom) ?? [];
  }

  /** "one plus" -> oneplus, "اف ۷" -> f7, where the catalogue writes it in one. */
  joinSplit(atoms: NameAtom[]): NameAtom[] {
    const out: NameAtom[] = [];
    for (let at = 0; at < atoms.length; at++) {
      const one = atoms[at] as NameAtom;
      const next = atoms[at + 1];
      const lettered =
        next && /^\d/.test(next.text) && next.start - one.end <= 1
          ? (SPOKEN_LETTERS.get(one.text) ?? []).map((letter) => letter + next.text).find((name) => this.has(name))
          : undefined;
      // "XM5" where the catalogue writes X-M5.
      const tail =
        next && /^\d/.test(next.text) && next.start === one.end && /^[a-z]{2,4}$/.test(one.text) && !this.has(one.text)
          ? ([one.text.slice(0, -1), one.text.slice(-1) + next.text] as const)
          : null;
      if (next && tail && this.has(tail[0]) && this.has(tail[1]) && this.#together(...tail)) {
        out.push(
          { text: tail[0], start: one.start, end: one.end },
          { text: tail[1], start: one.end - 1, end: next.end },
        );
        at++;
        continue;
      }
      // "۱۵ تی" is 15T.
      const behind =
        next && /^\d+$/.test(one.text) && next.start - one.end <= 1
          ? (SPOKEN_LETTERS.get(next.text) ?? []).map((letter) => one.text + letter).find((name) => this.has(name))
          : undefined;
      if (next && behind) {
        out.push({ text: behind, start: one.start, end: next.end });
        at++;
        continue;
      }
      if (next && lettered) {
        out.push({ text: lettered, start: one.start, end: next.end });
        at++;
        continue;
      }
      const both = next ? one.text + next.text : '';
      if (next && both.length >= 6 && /^[a-z]+$/.test(both) && this.has(both)) {
        out.push({ text: both, start: one.start, end: next.end });
        at++;
      } else out.push(one);
    }
    return out;
  }

  /** The catalogue's own spelling of a piece: as it is, cut in two ("galaxys21"), by typo or by sound; else itself. */
  spell(text: string, raw = text): string[] {
    if (this.has(text)) return [text];
    // Persian names the letters A and E alike.
    if (/^\d+a$/.test(text) && raw.endsWith('ای') && this.has(text.replace('a', 'e'))) return [text.replace('a', 'e')];
    const looked = this.#lookalike(text, raw);
    if (looked) return [looked];
    // "A 20000 power bank" leaves out what it counts.
    if (/^\d{4,5}$/.test(text) && this.has(`${text}mah`)) return [`${text}mah`];
    const cut = this.#cutGlued(text);
    if (cut) return cut;
    if (/\d/.test(text) || text.length < (HANGUL.test(text) ? 2 : 4) || colourOf(text)) return [text];
    let known = this.#spelt.get(text);
    if (known === undefined) {
      known = /^[a-z]+$/.test(text) ? this.#byTypo(text) : this.#byEar(text);
      if (this.#spelt.size >= REMEMBERED) this.#spelt.clear();
      this.#spelt.set(text, known);
    }
    return [known ?? text];
  }

  #cutGlued(text: string): string[] | null {
    if (text.length < 6 || !/^[a-z]/.test(text)) return null;
    for (let cut = text.length - 2; cut >= 3; cut--) {
      const [left, right] = [text.slice(0, cut), text.slice(cut)];
      const telling =
        /\d/.test(right) ||
        this.holders(left).length >= COMMON_LINE ||
        (right.length >= 4 && this.#together(left, right));
      if (telling && !colourOf(left) && this.has(left) && this.has(right)) return [left, right];
    }
    return null;
  }

  /** "С75" typed with a Cyrillic С: what its letters look like, where what they sound like is no name. */
  #lookalike(text: string, raw: string): string | null {
    if (!/\d/.test(text) || !/^[а-я]?\d+[а-я]?$/.test(raw.replace(/\s|-/g, ''))) return null;
    const seen = raw.replace(/\s|-/g, '').replace(/[а-я]/g, (letter) => LOOKALIKES[letter] ?? letter);
    return this.has(seen) ? seen : null;
  }

  /**
   * A short word in another script beside a number, by its sound: "рено 14", where one name has both a word that sounds so
   * and the number. Null for any other.
   */
  besideNumber(text: string, number: string): string | null {
    if (!/^\d/.test(number) || /^[a-z\d]/.test(text) || text.length < 2 || this.has(text)) return null;
    const hangul = HANGUL.test(text);
    const key = (hangul ? hangulKey : soundKey)(text);
    if (key.length < 2) return null;
    const heard = (hangul ? this.#byHangul : this.#bySound).get(key) ?? [];
    return (
      heard.find(
        (atom) =>
          romanise(text).length >= atom.length - 1 &&
          [number, ROMAN_LETTERS[number] ?? number].some((one) => this.#together(atom, one)),
      ) ?? null
    );
  }

  /** "Go four", "Major 5" for Major V: a number as the same name has it after this word; else null. */
  numbered(before: string, text: string): string | null {
    const roman = ROMAN_LETTERS[text];
    if (roman && !this.#together(before, text) && this.#together(before, roman)) return roman;
    const spoken = this.has(text) ? null : spokenNumber([text], 0);
    return spoken && this.#together(before, String(spoken.value)) ? String(spoken.value) : null;
  }

  /** Two words stand in one name ("power bank"). */
  #together(left: string, right: string): boolean {
    const held = new Set(this.holders(left));
    return this.holders(right).some((at) => held.has(at));
  }

  #byTypo(text: string): string | null {
    const allowed = text.length >= 8 ? 2 : 1;
    let best: { atom: string; distance: number; held: number } | null = null;
    for (const [atom, { length: held }] of this.#holders) {
      if (/\d/.test(atom) || atom.length < 4 || atom[0] !== text[0]) continue;
      // "Back" is no black.
      if (text.length < 5 && colourOf(atom)) continue;
      const distance = closeSpelling(text, atom, allowed);
      if (distance !== null && (!best || distance < best.distance || (distance === best.distance && held > best.held)))
        best = { atom, distance, held };
    }
    return best?.atom ?? null;
  }

  /** Tries the word without its last letters too: they may be an ending of the language. */
  #byEar(text: string): string | null {
    const hangul = HANGUL.test(text);
    const [sounds, keyOf] = hangul ? [this.#byHangul, hangulKey] : [this.#bySound, soundKey];
    for (let length = text.length; length >= Math.max(hangul ? 2 : 4, text.length - 3); length--) {
      const key = keyOf(text.slice(0, length));
      // Two syllables that sound like a name must sound like all of it.
      if (key.length < (length < 4 ? 4 : 3)) return null;
      const heard = [...(sounds.get(key) ?? [])].sort((a, b) => this.holders(b).length - this.holders(a).length)[0];
      if (heard) return heard;
    }
    return null;
  }
}

/** Numbers that are written with one letter, which by itself is read as a letter. */
const ROMAN_LETTERS: Readonly<Record<string, string>> = { 1: 'i', 5: 'v', 10: 'x' };
const HANGUL = /^\p{Script=Hangul}/u;
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  е: 'e',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  х: 'x',
};
const REMEMBERED = 20_000;
/** A piece that so many names hold is a line ("galaxy"), to which more may be glued. */
const COMMON_LINE = 5;
