import { soundKey } from '../knowledge/analysis/transliterate.ts';
import { closeSpelling } from './closeSpelling.ts';
import { colourOf } from './colours.ts';
import type { NameAtom } from './nameAtoms.ts';

/** All pieces of all model names, and how people's spellings of them are brought to the catalogue's. */
export class NameVocabulary {
  readonly #holders = new Map<string, number[]>();
  readonly #bySound = new Map<string, string[]>();
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
      const key = /\d/.test(atom) || atom.length < 3 ? '' : soundKey(atom);
      if (key.length >= 2) this.#bySound.set(key, [...(this.#bySound.get(key) ?? []), atom]);
    }
  }

  has(atom: string): boolean {
    return this.#holders.has(atom);
  }

  /** Places of the names that hold a piece. */
  holders(atom: string): readonly number[] {
    return this.#holders.get(atom) ?? [];
  }

  /** "one plus" -> oneplus, where the catalogue writes it in one. */
  joinSplit(atoms: NameAtom[]): NameAtom[] {
    const out: NameAtom[] = [];
    for (let at = 0; at < atoms.length; at++) {
      const one = atoms[at] as NameAtom;
      const next = atoms[at + 1];
      const both = next ? one.text + next.text : '';
      if (next && both.length >= 6 && /^[a-z]+$/.test(both) && this.has(both)) {
        out.push({ text: both, start: one.start, end: next.end });
        at++;
      } else out.push(one);
    }
    return out;
  }

  /** The catalogue's own spelling of a piece: as it is, cut in two ("galaxys21"), by typo or by sound; else itself. */
  spell(text: string): string[] {
    if (this.has(text)) return [text];
    const cut = this.#cutGlued(text);
    if (cut) return cut;
    if (/\d/.test(text) || text.length < 4 || colourOf(text)) return [text];
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
      const telling = /\d/.test(right) || this.holders(left).length >= COMMON_LINE;
      if (telling && !colourOf(left) && this.has(left) && this.has(right)) return [left, right];
    }
    return null;
  }

  #byTypo(text: string): string | null {
    const allowed = text.length >= 8 ? 2 : 1;
    let best: { atom: string; distance: number; held: number } | null = null;
    for (const [atom, { length: held }] of this.#holders) {
      if (/\d/.test(atom) || atom.length < 4 || atom[0] !== text[0]) continue;
      const distance = closeSpelling(text, atom, allowed);
      if (distance !== null && (!best || distance < best.distance || (distance === best.distance && held > best.held)))
        best = { atom, distance, held };
    }
    return best?.atom ?? null;
  }

  /** Tries the word without its last letters too: they may be an ending of the language. */
  #byEar(text: string): string | null {
    for (let length = text.length; length >= Math.max(4, text.length - 3); length--) {
      const key = soundKey(text.slice(0, length));
      if (key.length < 3) return null;
      const heard = [...(this.#bySound.get(key) ?? [])].sort(
        (a, b) => this.holders(b).length - this.holders(a).length,
      )[0];
      if (heard) return heard;
    }
    return null;
  }
}

const REMEMBERED = 20_000;
/** A piece that so many names hold is a line ("galaxy"), to which more may be glued. */
const COMMON_LINE = 5;
