import { fold } from '../knowledge/analysis/fold.ts';
import { atoms } from '../knowledge/analysis/tokens.ts';
import { colourOf } from './colours.ts';
import { isAccessory } from './compatibility.ts';
import {
  coloursOf,
  isKindWord,
  isVariantAtom,
  type ModelEntry,
  modelEntry,
  NOISE,
  storageSaid,
  storageSizes,
} from './modelEntry.ts';
import { nameAtoms } from './nameAtoms.ts';
import { NameVocabulary } from './nameVocabulary.ts';
import type { ProductRow } from './rows.ts';

/** What a question names. `absent` is a model that the catalogue does not hold; `near` are the ones it could be taken for. */
export type Mention =
  | { kind: 'none' }
  | { kind: 'one'; product: ProductRow; score: number; words: string[]; complete: boolean }
  | { kind: 'several'; products: ProductRow[]; score: number; words: string[]; complete: boolean }
  | { kind: 'absent'; said: string; near: ProductRow[] };

export interface MentionOptions {
  /**
   * Folded words that the question uses for something else (an attribute, a store, an intent): they may support a name
   * and never make or break one.
   */
  spent?: ReadonlySet<string>;
  /** Products that a letter or number alone may name ("plan M"). */
  bare?: (product: ProductRow) => boolean;
  /** Only these products come into question. */
  accept?: (product: ProductRow) => boolean;
}

/**
 * Finds the product a question speaks of among all of the catalogue. Compares pieces of names, so that order, spacing,
 * script, typos and left-out brands do not matter, while a number or a suffix ("Pro", "13") that differs always does.
 */
export class ProductMatcher {
  readonly #entries: ModelEntry[];
  readonly #vocabulary = new NameVocabulary();
  readonly #brands: string[];
  /** Article numbers: a sku, a GTIN, a maker's model number; null when several products share it. */
  readonly #numbers = new Map<string, ProductRow | null>();

  constructor(products: readonly ProductRow[]) {
    this.#entries = products.map(modelEntry);
    this.#brands = [...new Set(products.map((product) => fold(product.brand)))].filter((brand) => brand.length > 1);
    this.#entries.forEach((entry, at) => {
      this.#vocabulary.add(entry.all, at);
    });
    for (const product of products) {
      const numbers = product.attributes.model_numbers;
      this.#addNumbers(product, [
        product.sku,
        product.gtin ?? '',
        ...(Array.isArray(numbers) ? (numbers as string[]) : []),
      ]);
    }
  }

  find(question: string, options: MentionOptions = {}): Mention {
    const exact = this.#byNumber(question);
    if (exact) return { kind: 'one', product: exact, score: 100, words: [fold(exact.sku)], complete: true };
    const asked = this.#asked(question, options.spent ?? new Set());
    const scored = this.#scored(asked, options);
    const best = scored[0] && scored[0].score >= WEAKEST ? scored[0] : scored.find((one) => one.missed.length > 0);
    if (!best) return unknownModel(question, options.spent);
    const ties = scored.filter((one) => best.score - one.score < TIE);
    const near = ties.slice(0, 5).map((one) => one.entry.product);
    const chosen = best.missed.length > 0 ? [] : ofVariantSaid(ties, asked);
    const first = chosen[0];
    if (!first) return { kind: 'absent', said: saidText(question, asked, best), near };
    const words = asked
      .filter((one) => best.matched.has(one.name))
      .flatMap((one) => [one.name, one.raw, ...atoms(one.raw)]);
    if (chosen.length === 1)
      return { kind: 'one', product: first.entry.product, score: best.score, words, complete: best.complete };
    return {
      kind: 'several',
      products: chosen.map((one) => one.entry.product),
      score: best.score,
      words,
      complete: best.complete,
    };
  }

  /** Every piece of these words stands in names of the catalogue. */
  knows(words: string): boolean {
    const pieces = nameAtoms(words).map((atom) => atom.text);
    return pieces.some((piece) => !NOISE.has(piece)) && pieces.every((piece) => this.#vocabulary.has(piece));
  }

  /** The products whose maker and name hold all of these words, the maker's among them unless it need not be. */
  named(words: readonly string[], byMaker = true): ProductRow[] {
    const pieces = words.flatMap((word) => nameAtoms(word)).flatMap(({ text }) => this.#vocabulary.spell(text));
    return this.#entries
      .filter(
        ({ brand, all, product }) =>
          (byMaker ? pieces.some((piece) => brand.has(piece)) : pieces.length > 0) &&
          pieces.every((piece) => all.has(piece) || hasFigure(product, piece)),
      )
      .map((entry) => entry.product);
  }

  /** Every piece of these words is of a maker's name: "Insta360". */
  isMaker(words: string): boolean {
    const pieces = nameAtoms(words).flatMap(({ text }) => this.#vocabulary.spell(text));
    return pieces.length > 0 && this.#entries.some(({ brand }) => pieces.every((piece) => brand.has(piece)));
  }

  /** Small words of a language that are a maker's name here: "Nothing" before "Phone" or "3a". */
  makersIn(question: string): string[] {
    const pieces = nameAtoms(question).map((atom) => atom.text);
    return pieces.filter((piece, at) => {
      const next = pieces[at + 1];
      return (
        next !== undefined &&
        this.#vocabulary.holders(piece).some((place) => {
          const { brand, all } = this.#entries[place] as ModelEntry;
          return brand.has(piece) && next !== piece && all.has(next) && !NOISE.has(next);
        })
      );
    });
  }

  /**
   * The makers that a question names, folded; in a compound too ("Honorhandy").
   *
   * @param byEar with typos and by sound too: for words that mean nothing else, because "гарантия" sounds like Ugreen
   */
  brandsIn(question: string, byEar = false): string[] {
    const pieces = nameAtoms(question).flatMap(({ text }) => (byEar ? this.#vocabulary.spell(text) : [text]));
    return this.#brands.filter((brand) =>
      pieces.some((piece) => piece === brand || (brand.length >= 5 && /^[a-z]/.test(piece) && piece.startsWith(brand))),
    );
  }

  /** Makers of nothing but what goes with other things, folded: "PanzerGlass". */
  accessoryMakers(): ReadonlySet<string> {
    const makers = new Map<string, boolean>();
    for (const { product } of this.#entries) {
      const brand = fold(product.brand);
      makers.set(brand, (makers.get(brand) ?? true) && isAccessory(product));
    }
    return new Set([...makers].filter(([, only]) => only).map(([brand]) => brand));
  }

  #addNumbers(product: ProductRow, numbers: string[]): void {
    for (const number of numbers) {
      const key = fold(number);
      if (key.length < SHORTEST_NUMBER || !/\d/.test(key)) continue;
      const holder = this.#numbers.get(key);
      this.#numbers.set(key, holder === undefined || holder === product ? product : null);
    }
  }

  #byNumber(question: string): ProductRow | null {
    for (const word of fold(question).split(/[\s,;!?()"']+/)) {
      const product = this.#numbers.get(word.replace(/[.:]+$/, ''));
      if (product) return product;
    }
    return null;
  }

  #asked(question: string, spent: ReadonlySet<string>): Asked[] {
    const folded = fold(question);
    const pieces = this.#vocabulary.joinSplit(nameAtoms(question));
    return pieces.flatMap((atom, at) => {
      const raw = folded.slice(atom.start, atom.end);
      const isSpent = spent.has(atom.text) || spent.has(raw) || (!UNIT_ATOM.test(atom.text) && piecesSpent(raw, spent));
      const before = pieces[at - 1]?.text ?? '';
      const number = this.#vocabulary.numbered(this.#vocabulary.spell(before).at(-1) ?? before, atom.text);
      const short = isSpent ? null : this.#vocabulary.besideNumber(atom.text, pieces[at + 1]?.text ?? '');
      if (short) return [{ raw, start: atom.start, end: atom.end, spent: false, name: short }];
      if (number) return [{ raw, start: atom.start, end: atom.end, spent: false, name: number }];
      const names = isSpent ? [atom.text] : this.#vocabulary.spell(atom.text, raw);
      return names.map((name) => ({ raw, start: atom.start, end: atom.end, spent: isSpent, name }));
    });
  }

  #scored(asked: Asked[], { accept, bare }: MentionOptions): Scored[] {
    const matchedBy = new Map<number, Set<string>>();
    for (const { name } of asked)
      for (const at of this.#vocabulary.holders(name)) {
        const matched = matchedBy.get(at);
        if (matched) matched.add(name);
        else matchedBy.set(at, new Set([name]));
      }
    const scored: Scored[] = [];
    for (const [at, matched] of matchedBy) {
      const entry = this.#entries[at] as ModelEntry;
      if (accept && !accept(entry.product)) continue;
      const one = this.#scoreOne(asked, entry, matched, bare);
      if (one) scored.push(one);
    }
    return scored.sort((a, b) => b.score - a.score || a.entry.product.name.localeCompare(b.entry.product.name));
  }

  /** What was said of the name counts for it; what was said and is not of it, and what is of it and unsaid, against. */
  #scoreOne(asked: Asked[], entry: ModelEntry, matched: Set<string>, bare: MentionOptions['bare']): Scored | null {
    const live = new Set(asked.filter((one) => !one.spent && matched.has(one.name)).map((one) => one.name));
    if (![...live].some((atom) => (entry.core.has(atom) || entry.brand.has(atom)) && !NOISE.has(atom))) return null;
    // "8 December", "are u open": a bare number or letter names nothing.
    const isBare = ![...live].some((atom) => atom.length > 1 && /\p{L}/u.test(atom));
    if (isBare && !bare?.(entry.product)) return null;
    const telling = [...live].filter((atom) => !SUFFIX.has(atom) && !NOISE.has(atom));
    if (telling.length === 0 && [...entry.core].some((atom) => !live.has(atom))) return null;
    const missed = missedPieces(asked, matched, entry);
    const supported = [...matched].some((atom) => entry.brand.has(atom) || isKindWord(atom));
    const coded = [...live].some((atom) => this.#isCodeOf(atom, entry, supported));
    let score = 0;
    let coreWeight = 0;
    let coreSaid = 0;
    for (const atom of matched) score += this.#weight(atom) * (live.has(atom) ? 1 : 0.15);
    for (const atom of entry.core) {
      if (entry.brand.has(atom)) continue;
      const weight = this.#weight(atom);
      coreWeight += weight;
      if (live.has(atom)) coreSaid += weight;
      if (!matched.has(atom)) score -= (coded ? UNSAID_BESIDE_CODE : 0.5) * weight;
    }
    if ([...entry.named].some((atom) => !matched.has(atom) && !NOISE.has(atom))) score -= 0.3;
    for (const one of asked)
      if (!one.spent && !matched.has(one.name) && !missed.includes(one) && this.#vocabulary.has(one.name))
        score -=
          this.#vocabulary.holders(one.name).length >= LINE_HOLDERS
            ? this.#weight(one.name) + 1
            : 0.7 * this.#weight(one.name);
    score -= missed.length * MISSED;
    // "Watch7" is sooner the Watch7 than the Watch Series 7.
    if (asked.some((one, place) => entry.numbered.has(`${asked[place - 1]?.name} ${one.name}`))) score += BESIDE;
    const named = coreWeight === 0 ? 1 : coreSaid / coreWeight;
    if (named < LEAST_NAMED && !coded && !missed.some((one) => /\d/.test(one.name))) return null;
    const complete = coreSaid >= coreWeight - 0.2;
    return { entry, score, matched, missed, complete };
  }

  /**
   * "V12": letters with figures that no other model has name it, whatever else its name says. So does a word or a number
   * of its own beside its maker or what it is: "Philips LatteGo", "the LatteGo machine".
   */
  #isCodeOf(atom: string, { core, brand, product }: ModelEntry, supported: boolean): boolean {
    const alone = /^[a-z]+\d|^\d+[a-z]/.test(atom);
    // A long word of one model alone ("ScanWatch") names it by itself.
    const own =
      !isAccessory(product) && (supported ? /^([a-z]{4,}|\d{3,})$/.test(atom) : isOwnWord(atom, entryWords(product)));
    if (!alone && !own) return false;
    if (!core.has(atom) || brand.has(atom) || isVariantAtom(atom) || SUFFIX.has(atom)) return false;
    return this.#vocabulary.holders(atom).every((at) => {
      const other = (this.#entries[at] as ModelEntry).product;
      return other === product || (product.groupSku !== null && other.groupSku === product.groupSku);
    });
  }

  #weight(atom: string): number {
    if (NOISE.has(atom)) return 0.05;
    const rarity = Math.log(1 + this.#entries.length / (1 + this.#vocabulary.holders(atom).length));
    return Math.max(/\d/.test(atom) ? 2 : 0.5, Math.min(rarity, 6));
  }
}

/** A word so long is no other word's slip, when the name has it and it says no kind of thing. */
function isOwnWord(atom: string, named: ReadonlySet<string>): boolean {
  return atom.length >= LONG_WORD && /^[a-z]+$/.test(atom) && named.has(atom) && !isKindWord(atom);
}

const LONG_WORD = 8;

function entryWords({ name }: ProductRow): ReadonlySet<string> {
  return new Set(nameAtoms(name).map((atom) => atom.text));
}

interface Asked {
  /** As written, folded. */
  raw: string;
  start: number;
  end: number;
  /** In the catalogue's spelling, when it has one. */
  name: string;
  spent: boolean;
}

interface Scored {
  entry: ModelEntry;
  score: number;
  matched: Set<string>;
  missed: Asked[];
  /** Every piece that makes the model was said. */
  complete: boolean;
}

/** "3월" of a date is spent when both its pieces are; "20 W" makes a name of two words that a question uses otherwise. */
function piecesSpent(raw: string, spent: ReadonlySet<string>): boolean {
  const pieces = atoms(raw);
  return pieces.length > 1 && /[^a-z\d]/.test(raw) && pieces.every((piece) => spent.has(piece));
}

const UNIT_ATOM = /^\d+(w|mm|mah|gb|tb|mp|hz)$/;

/** What a number or suffix that the product does not have costs it. */
const MISSED = 2.5;
/** What a number right behind its word, as in the name, counts for. */
const BESIDE = 0.6;
/** A piece that so many names hold is a line ("iphone"): a product without it is not meant. */
const LINE_HOLDERS = 5;
const WEAKEST = 0.5;
const TIE = 0.25;
/** What a piece of the name that was not said costs beside the model's own code. */
const UNSAID_BESIDE_CODE = 0.15;
/** Less of a name than this is no mention of it. */
const LEAST_NAMED = 0.34;
const SHORTEST_NUMBER = 5;

/** What follows a model's name and makes it another model. */
const SUFFIX = new Set(
  'pro max plus ultra mini lite light se fe air note edge fold flip neo prime play power active compact premium xl xs xr x s e t c r z g'.split(
    ' ',
  ),
);

/** "Blackview BV9900": a word that can only be a model's name, and no model here has it. */
const MODEL_WORD = /^[a-z]{1,6}-?\d{2,5}[a-z]{0,3}$/;

function unknownModel(question: string, spent: ReadonlySet<string> = new Set()): Mention {
  const said = fold(question)
    .split(/[\s,;!?()"'.]+/)
    .find((word) => MODEL_WORD.test(word) && !spent.has(word) && !isVariantAtom(word));
  return said ? { kind: 'absent', said, near: [] } : { kind: 'none' };
}

/** "LG 55": a figure of its row, as its size is. */
function hasFigure(product: ProductRow, piece: string): boolean {
  return /^\d+(\.\d+)?$/.test(piece) && Object.values(product.attributes).includes(Number(piece));
}

/** Pieces right beside the matched ones that say "another model": a number or a suffix the product does not have. */
function missedPieces(asked: Asked[], matched: Set<string>, entry: ModelEntry): Asked[] {
  const missed: Asked[] = [];
  const numbered = [...matched].some((atom) => /\d/.test(atom));
  asked.forEach((one, at) => {
    if (one.spent || entry.all.has(one.name) || isVariantAtom(one.name) || colourOf(one.name)) return;
    const before = asked[at - 1];
    const after = asked[at + 1];
    const inName = (other: Asked | undefined) =>
      other !== undefined && ((matched.has(other.name) && !other.spent) || missed.includes(other));
    const follows = before !== undefined && inName(before) && one.start - before.end <= 2;
    const inside = follows || (inName(before) && inName(after));
    if (!(inside || (MODEL_WORD.test(one.name) && one.name.length > 2)) || (numbered && storageSaid(one.name) !== null))
      return;
    if (/\d/.test(one.name) || SUFFIX.has(one.name)) missed.push(one);
  });
  return missed;
}

/** Of products that fit equally, those of the memory and colour that was said. Empty when no variant is of them. */
function ofVariantSaid(ties: Scored[], asked: Asked[]): Scored[] {
  let left = ties;
  for (const one of asked) {
    if (one.spent) continue;
    const colour = colourOf(one.name) ?? colourOf(one.raw);
    const size = left.some((scored) => scored.entry.core.has(one.name)) ? null : storageSaid(one.name);
    if (colour) left = kept(left, (scored) => coloursOf(scored.entry), colour);
    else if (size !== null && size >= 16) left = kept(left, (scored) => storageSizes(scored.entry.product), size);
  }
  return left;
}

/** What has the value; all, when one of them does not say what it has. */
function kept<T>(left: Scored[], valuesOf: (scored: Scored) => T[], said: T): Scored[] {
  const some = left.filter((scored) => valuesOf(scored).includes(said));
  const allTold = left.every((scored) => valuesOf(scored).length > 0);
  return some.length > 0 || allTold ? some : left;
}

function saidText(question: string, asked: Asked[], best: Scored): string {
  const involved = asked.filter(
    (one) => (best.matched.has(one.name) && !NOISE.has(one.name)) || best.missed.includes(one),
  );
  const start = Math.min(...involved.map((one) => one.start));
  const end = Math.max(...involved.map((one) => one.end));
  return (fold(question).length === question.length ? question : fold(question)).slice(start, end);
}
