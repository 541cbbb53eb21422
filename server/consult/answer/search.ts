import { cheapest } from '../../catalogue/alternatives.ts';
import { unitOf } from '../../catalogue/attributes.ts';
import { colourOf } from '../../catalogue/colours.ts';
import { coloursOf, modelEntry } from '../../catalogue/modelEntry.ts';
import { nameAtoms } from '../../catalogue/nameAtoms.ts';
import type { OfferRow, ProductRow } from '../../catalogue/rows.ts';
import { fold } from '../../knowledge/analysis/fold.ts';
import { attributeName } from '../phrases/attributeNames.ts';
import { say } from '../phrases/table.ts';
import { CONCEPTS, figureOf, knownOf } from '../understand/concepts.ts';
import { isOfCategory } from '../understand/kinds.ts';
import { type Asking, abstain, type Draft, type Outcome } from './draft.ts';
import { attributeText, citeOffer, citeProduct, money } from './facts.ts';
import { offersByProduct } from './offers.ts';

/** "A phone with a good battery under 300": by category, brand, attributes and price, three of them, the best first. */
export async function answerSearch(asking: Asking): Promise<Outcome> {
  if (!isNarrowed(asking.asked)) return abstain(asking.t.notFound);
  const ofBrand = brandFilter(asking);
  const ofColour = colourFilter(asking);
  const candidates = asking.world.products.filter(
    (product) => inCategory(asking, product) && ofBrand(product) && ofColour(product) && hasAttributes(asking, product),
  );
  const offers = await offersByProduct(asking, candidates);
  const priced = candidates
    .map((product) => ({ product, price: priceOf(asking, product, offers.get(product.id) ?? []) }))
    .filter(({ price }) => inBudget(asking, price));
  const ranked = priced.sort(
    (a, b) =>
      rank(asking, b.product) - rank(asking, a.product) ||
      (a.price?.amount ?? Number.MAX_VALUE) - (b.price?.amount ?? Number.MAX_VALUE),
  );
  const shown = ranked.slice(0, 3);
  if (shown.length === 0) return abstain(asking.t.notFound);
  const draft: Draft = { text: '', citations: [], confidence: 0.85, products: shown.map(({ product }) => product) };
  const lines = shown.map(({ product, price }) => line(asking, draft, product, price));
  draft.text = say(asking.t.found, { list: lines.join('; ') });
  return { kind: 'answer', draft };
}

/** Something is said of the thing that is looked for: a list of just anything answers nobody. */
function isNarrowed({ categories, attributes, brands, budget, cheap, numbers, question }: Asking['asked']): boolean {
  return (
    categories.length + attributes.length + brands.length + numbers.length > 0 ||
    budget !== null ||
    cheap ||
    nameAtoms(question).some((atom) => colourOf(atom.text) !== null)
  );
}

interface Price {
  amount: number;
  currency: string;
  /** Null for a price that came with the product. */
  offer: OfferRow | null;
}

function inCategory(asking: Asking, product: ProductRow): boolean {
  const categories = asking.asked.categories;
  // For whom it is narrows what it is.
  if (categories.includes('kids') && !isOfCategory(product, 'kids')) return false;
  const kinds = categories.filter((category) => category !== 'kids');
  if (kinds.length === 0) return categories.length > 0 || isOfCategory(product, 'phone');
  const specific = kinds.filter((category) => category !== 'phone');
  return (specific.length > 0 ? specific : kinds).some((category) => isOfCategory(product, category));
}

function brandFilter({ asked }: Asking): (product: ProductRow) => boolean {
  return (product) => asked.brands.length === 0 || asked.brands.includes(fold(product.brand));
}

function colourFilter(asking: Asking): (product: ProductRow) => boolean {
  const asked = nameAtoms(asking.asked.question).flatMap((atom) => colourOf(atom.text) ?? []);
  return (product) => asked.length === 0 || coloursOf(modelEntry(product)).some((colour) => asked.includes(colour));
}

/** A figure asked for ("8 GB RAM", "5000 mAh") is a least one; a yes-or-no attribute must be a yes. */
function hasAttributes(asking: Asking, product: ProductRow): boolean {
  return asking.asked.attributes.every((concept) => {
    const known = knownOf(product, concept);
    if (!known || known.kind === 'no') return false;
    const wanted = wantedFigure(asking, concept);
    const figure = figureOf(known);
    return (
      wanted === null || figure === null || (wanted.bound === 'max' ? figure <= wanted.value : figure >= wanted.value)
    );
  });
}

const CONCEPT_UNIT: Readonly<Record<string, string>> = {
  ram: 'gb',
  storage: 'gb',
  battery: 'mah',
  display: 'inch',
  camera: 'mp',
  power: 'watt',
};

function wantedFigure(asking: Asking, concept: string): { value: number; bound: 'max' | 'min' | null } | null {
  const unit = CONCEPT_UNIT[concept];
  return asking.asked.numbers.find((number) => unit !== undefined && number.unit === unit) ?? null;
}

/** "Good battery" wants much of it; without such a word the cheapest come first. */
function rank(asking: Asking, product: ProductRow): number {
  if (asking.asked.cheap) return 0;
  const concept = asking.asked.attributes.find((name) => CONCEPTS[name]?.more && wantedFigure(asking, name) === null);
  return concept ? (figureOf(knownOf(product, concept)) ?? 0) : 0;
}

function priceOf(asking: Asking, product: ProductRow, offers: readonly OfferRow[]): Price | null {
  const inStore =
    asking.asked.stores.length > 0
      ? offers.filter((offer) => asking.asked.stores.some((store) => store.id === offer.storeId))
      : offers;
  const stocked = cheapest(inStore, asking.now, false);
  if (stocked)
    return {
      ...stocked,
      offer: inStore.find((offer) => offer.price === stocked.amount && (offer.stock ?? 0) > 0) ?? null,
    };
  const monthly = product.attributes.price_month;
  if (typeof monthly === 'number')
    return { amount: monthly, currency: String(product.attributes.currency ?? ''), offer: null };
  return null;
}

function inBudget(asking: Asking, price: Price | null): boolean {
  const budget = asking.asked.budget;
  if (!price) return false;
  if (!budget) return true;
  return (budget.max === null || price.amount <= budget.max) && (budget.min === null || price.amount >= budget.min);
}

function line(asking: Asking, draft: Draft, product: ProductRow, price: Price | null): string {
  const said: string[] = [];
  for (const concept of asking.asked.attributes.slice(0, 2)) {
    const known = knownOf(product, concept);
    if (known?.kind !== 'value') continue;
    draft.citations.push(citeProduct(product, attributeText(known.key, product.attributes[known.key])));
    const unit = typeof known.value === 'number' ? unitOf(known.key) : undefined;
    said.push(
      `${attributeName(concept, asking.language)} ${Array.isArray(known.value) ? known.value.join(', ') : String(known.value)}${unit ? ` ${unit}` : ''}`,
    );
  }
  draft.citations.push(citeProduct(product));
  const store = asking.world.stores.find((candidate) => candidate.id === price?.offer?.storeId);
  if (price?.offer && store) {
    draft.citations.push(citeOffer(price.offer, product, store));
    said.push(say(asking.t.inStore, { count: price.offer.stock ?? '', store: store.name }));
  } else if (price)
    draft.citations.push(citeProduct(product, attributeText('price_month', product.attributes.price_month)));
  return `${product.name}${price ? `, ${money(price.amount, price.currency)}` : ''}${said.length > 0 ? ` (${said.join(', ')})` : ''}`;
}
