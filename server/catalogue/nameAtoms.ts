import { fold } from '../knowledge/analysis/fold.ts';
import { spokenNumber } from '../knowledge/analysis/numberWords.ts';
import { SPOKEN_NAMES } from '../knowledge/analysis/spokenNames.ts';
import { spokenForm } from '../knowledge/analysis/transliterate.ts';

/** One comparable piece of a model name, and where it stood in the folded text. */
export interface NameAtom {
  text: string;
  start: number;
  end: number;
}

/**
 * Cuts text into the pieces model names are compared by. Spellings of one name meet: "S21FE", "s21 fe" -> s21, fe;
 * "Galaxy S III", "s3" -> s3; "Note20+", "note 20 plus" -> note, 20, plus; "20 W" -> 20w; "айфон13" -> iphone, 13.
 */
export function nameAtoms(text: string): NameAtom[] {
  const folded = fold(text);
  const found: NameAtom[] = [];
  for (const match of folded.matchAll(/[a-z]+(?=\p{Script=Hangul})|\p{L}[\p{L}\p{M}]*|\d+(?:[.,]\d+)?|\+/gu)) {
    const start = match.index;
    const raw = match[0];
    const last = found.at(-1);
    if (raw === '+') {
      if (last && start - last.end <= 1 && !RADIO.test(last.text)) found.push({ text: 'plus', start, end: start + 1 });
      continue;
    }
    // "Джи би эль", "جی بی ال": a name that is spelt out letter by letter.
    const first = found.at(-2);
    const spelt =
      first && last && start - last.end === 1 && last.start - first.end === 1 && start - first.start < LONGEST_SPELT
        ? (SPOKEN_NAMES.get(folded.slice(first.start, first.end) + folded.slice(last.start, last.end) + raw) ?? null)
        : null;
    if (spelt && first) {
      found.splice(-2, 2, { text: spelt, start: first.start, end: start + raw.length });
      continue;
    }
    const pair =
      last && start - last.end === 1 && raw.length > 1 ? spokenForm(folded.slice(last.start, last.end) + raw) : null;
    if (pair && last && !isExactlySpoken(folded.slice(last.start, last.end), raw, pair))
      found.splice(-1, 1, { text: pair, start: last.start, end: start + raw.length });
    else found.push({ text: canonical(raw), start, end: start + raw.length });
  }
  return joined(found, folded);
}

const LONGEST_SPELT = 10;

/** "Wi-Fi + Cellular" and "GPS + Cellular" add; "Buds +" and "S20+" name. */
const RADIO = /^(fi|wifi|gps|cellular|lte)$/;

/** "galaxy note" said by ear is two names that stand side by side, not one that holds a space. */
function isExactlySpoken(left: string, right: string, pair: string): boolean {
  return spokenForm(left) === pair || spokenForm(right) === pair;
}

const ROMAN: Readonly<Record<string, string>> = { ii: '2', iii: '3', iv: '4', vi: '6', vii: '7', viii: '8', ix: '9' };
const UNIT = /^(w|m|mm|mah|gb|tb|мм|гб|тб|вт|mp|hz)$/;
const UNITS: Readonly<Record<string, string>> = {
  мм: 'mm',
  гб: 'gb',
  тб: 'tb',
  вт: 'w',
  м: 'm',
  метр: 'm',
  метра: 'm',
  метров: 'm',
  metre: 'm',
  metres: 'm',
  meter: 'm',
  meters: 'm',
  metri: 'm',
  metru: 'm',
  metro: 'm',
  metros: 'm',
  متر: 'm',
  متری: 'm',
  미터: 'm',
};
const CYRILLIC_LETTERS: Readonly<Record<string, string>> = {
  х: 'x',
  с: 's',
  а: 'a',
  м: 'm',
  е: 'e',
  в: 'v',
  з: 'z',
  п: 'p',
  г: 'g',
  к: 'k',
  т: 't',
  н: 'n',
  р: 'r',
  ж: 'j',
  ф: 'f',
  л: 'l',
  д: 'd',
  б: 'b',
  ا: 'a',
};

function canonical(raw: string): string {
  return (
    spokenForm(raw) ??
    ROMAN[raw] ??
    UNITS[raw] ??
    raw
      .replace(/^(\d+),(\d)$/, '$1.$2')
      .replace(/^(\d+\.\d*?)0+$/, '$1')
      .replace(/\.$/, '')
  );
}

/** Puts single letters and units to the number they belong to. */
function joined(atoms: NameAtom[], folded: string): NameAtom[] {
  const out: NameAtom[] = [];
  for (let at = 0; at < atoms.length; at++) {
    const atom = atoms[at] as NameAtom;
    const next = atoms[at + 1];
    const gap = next ? folded.slice(atom.end, next.start) : '';
    const after = atoms[at + 2];
    const counted = next && after && UNIT.test(after.text) && /^[ -]?$/.test(folded.slice(next.end, after.start));
    const letter = atom.text.length === 1 && !/\d/.test(atom.text) && !(counted && gap !== '');
    if (next && letter && /^\d/.test(next.text) && /^[ -]?$/.test(gap)) {
      out.push({ text: (CYRILLIC_LETTERS[atom.text] ?? atom.text) + next.text, start: atom.start, end: next.end });
      at++;
      continue;
    }
    const counts = next && gap === ' ' && UNIT.test(next.text) && next.text.length < next.end - next.start;
    const spoken = counts ? spokenNumber([atom.text], 0) : null;
    if (next && spoken) {
      // "Two metre", "دو متری"
      out.push({ text: `${spoken.value}${next.text}`, start: atom.start, end: next.end });
      at++;
      continue;
    }
    const isNumber = /^\d/.test(atom.text);
    // "۱۶ ای": the English letter behind a number, by its name.
    if (next && isNumber && /^ ?$/.test(gap) && folded.slice(next.start, next.end) === 'ای') {
      out.push({ text: `${atom.text}a`, start: atom.start, end: next.end });
      at++;
      continue;
    }
    if (
      next &&
      isNumber &&
      ((gap === '' && (/^[a-z]$/.test(next.text) || next.text in CYRILLIC_LETTERS)) ||
        (/^[ -]?$/.test(gap) && UNIT.test(next.text)))
    ) {
      out.push({ text: atom.text + (CYRILLIC_LETTERS[next.text] ?? next.text), start: atom.start, end: next.end });
      at++;
      continue;
    }
    out.push(atom);
  }
  return out;
}
