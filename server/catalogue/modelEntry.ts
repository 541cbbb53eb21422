import { colourOf } from './colours.ts';
import { nameAtoms } from './nameAtoms.ts';
import type { ProductRow } from './rows.ts';

/** A product's name, taken apart for comparing. */
export interface ModelEntry {
  product: ProductRow;
  /** Pieces that make the model. */
  core: Set<string>;
  /** Pieces that only tell variants apart: in brackets, memory, colour, network. */
  variant: Set<string>;
  /** Those variant pieces that stand in the name itself. */
  named: Set<string>;
  brand: Set<string>;
  all: Set<string>;
  /** A word and the number right behind it in the name: "watch 7". */
  numbered: Set<string>;
}

/** Pieces of names that tell nothing alone. */
export const NOISE: ReadonlySet<string> = new Set(
  'nd st rd th generation gen with for and the of by to in new edition'.split(' '),
);

/** What makers write behind the names of appliances. */
const KIND_WORDS: ReadonlySet<string> = new Set(
  'television tv coffee espresso machine maker vacuum cleaner robot microwave oven kettle fridge refrigerator freezer washing washer dryer dishwasher soundbar laptop notebook monitor printer router projector blender toaster iron shaver toothbrush console airfryer fryer conditioner purifier heater'.split(
    ' ',
  ),
);

/** "Machine", "vacuum": says what a thing is, and not which. */
export function isKindWord(atom: string): boolean {
  return KIND_WORDS.has(atom);
}

/** A model's number with its letter. */
const NUMBERED = /^\d{1,2}[a-z]$/;
const SPEC = /^(\d+)(gb|tb)?$/;
const USUAL_SIZES = new Set([4, 8, 16, 32, 64, 128, 256, 512, 1024]);

export function modelEntry(product: ProductRow): ModelEntry {
  const brand = new Set(nameAtoms(product.brand).map((atom) => atom.text));
  const core = new Set<string>();
  const variant = new Set<string>();
  const bare = product.name.replace(/[([][^)\]]*[)\]]/g, ' ');
  const colour = product.attributes.colour;
  const coloured = new Set(typeof colour === 'string' ? nameAtoms(colour).map((atom) => atom.text) : []);
  for (const { text } of nameAtoms(bare)) (isVariantAtom(text) || coloured.has(text) ? variant : core).add(text);
  const bracketed = (product.name.match(/[([][^)\]]*[)\]]/g) ?? []).join(' ');
  // "Phone (3a)" is no other variant of "Phone (2)".
  for (const { text } of nameAtoms(bracketed))
    if (NUMBERED.test(text) && !isVariantAtom(text)) core.add(text);
    else if (!core.has(text)) variant.add(text);
  if ([...core].every((atom) => NOISE.has(atom))) for (const text of variant) core.add(text);
  const named = new Set(variant);
  // "LatteGo EP2231 coffee machine": what it is tells of no model.
  const telling = [...core].filter((atom) => !KIND_WORDS.has(atom) && !brand.has(atom) && !NOISE.has(atom));
  if (telling.length > 0)
    for (const atom of [...core].filter((one) => KIND_WORDS.has(one))) {
      core.delete(atom);
      variant.add(atom);
    }
  for (const text of coloured) variant.add(text);
  const storage = product.attributes.storage_gb;
  if (typeof storage === 'number') variant.add(`${storage}gb`);
  const colours = [...variant].flatMap((atom) => colourOf(atom) ?? []);
  const pieces = nameAtoms(bare).map(({ text }) => text);
  const numbered = new Set(
    pieces.flatMap((piece, at) => (/^\d/.test(piece) && at > 0 ? [`${pieces[at - 1]} ${piece}`] : [])),
  );
  return { product, core, variant, named, brand, all: new Set([...core, ...variant, ...brand, ...colours]), numbered };
}

/** True for a piece that tells variants of a model apart and never models: memory, network, colour. */
export function isVariantAtom(atom: string): boolean {
  return (
    /^\d+(gb|tb)$/.test(atom) || /^[2345]g$/.test(atom) || atom === 'lte' || colourOf(atom) !== null || NOISE.has(atom)
  );
}

/** Gigabytes that a piece can mean: "256", "256gb", "1tb"; null for any other. A bare number only when it is a usual size. */
export function storageSaid(atom: string): number | null {
  const match = SPEC.exec(atom);
  if (!match) return null;
  const size = Number(match[1]) * (match[2] === 'tb' ? 1024 : 1);
  return match[2] || USUAL_SIZES.has(size) ? size : null;
}

/** Gigabytes of storage a product comes with; empty when the catalogue does not say. */
export function storageSizes(product: ProductRow): number[] {
  const typed = product.attributes.storage_gb;
  if (typeof typed === 'number') return [typed];
  const text = typeof product.attributes.storage === 'string' ? product.attributes.storage : '';
  const listed = /^[\d/ .gtb]+/i.exec(text)?.[0] ?? '';
  const named = nameAtoms(product.name)
    .map((atom) => atom.text)
    .join(' ');
  return [...`${named.match(/\b\d+[gt]b\b/g)?.join(' ') ?? ''} ${listed}`.matchAll(/(\d+)\s*(tb)?/gi)].map(
    (match) => Number(match[1]) * (match[2] ? 1024 : 1),
  );
}

/** English colour names a product comes in; empty when the catalogue does not say. */
export function coloursOf(entry: ModelEntry): string[] {
  return [...entry.variant].flatMap((atom) => colourOf(atom) ?? []);
}
