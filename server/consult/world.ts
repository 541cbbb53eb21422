import { isAccessory } from '../catalogue/compatibility.ts';
import { ProductMatcher } from '../catalogue/productMatcher.ts';
import type { OfferRow, ProductRow, RuleRow, StoreRow } from '../catalogue/rows.ts';
import { isTariff } from '../catalogue/tariffCost.ts';
import type { ConsultWorld } from './answer/draft.ts';
import { lookupText } from './answer/lookups.ts';
import { columnConcepts } from './understand/concepts.ts';

/** The part of a world that changes only when the catalogue is imported; dear to build, cheap to ask. */
export interface CatalogueView {
  products: readonly ProductRow[];
  byId: ReadonlyMap<string, ProductRow>;
  matcher: ProductMatcher;
  /** Over devices alone: words of accessories are no part of their names. */
  devices: ProductMatcher;
  columns: ReadonlyMap<string, readonly string[]>;
}

export function catalogueView(products: readonly ProductRow[]): CatalogueView {
  return {
    products,
    byId: new Map(products.map((product) => [product.id, product])),
    matcher: new ProductMatcher(products),
    devices: new ProductMatcher(products.filter((product) => !isAccessory(product) && !isTariff(product))),
    columns: columnConcepts(products),
  };
}

/** A world over a catalogue and ways to read the rest; `seen` collects the offers that were read, for checking. */
export function worldOf(
  view: CatalogueView,
  rest: {
    stores: readonly StoreRow[];
    rules: readonly RuleRow[];
    offersOf(productIds: readonly string[]): Promise<OfferRow[]>;
    passages: ConsultWorld['passages'];
    lookUp?: ConsultWorld['lookUp'] | undefined;
    synonyms?: ConsultWorld['synonyms'];
  },
): { world: ConsultWorld; seen: Map<string, OfferRow>; told: Map<string, string> } {
  const seen = new Map<string, OfferRow>();
  const told = new Map<string, string>();
  const world: ConsultWorld = {
    lookUp: async (kind, reference) => {
      const answer = (await rest.lookUp?.(kind, reference)) ?? ({ state: 'unknown' } as const);
      if (answer.state === 'found') told.set(answer.answer.id, lookupText(answer.answer));
      return answer;
    },
    products: view.products,
    matcher: view.matcher,
    devices: view.devices,
    columns: view.columns,
    stores: rest.stores,
    rules: rest.rules,
    synonyms: rest.synonyms,
    passages: rest.passages,
    offersOf: async (productIds) => {
      const offers = await rest.offersOf(productIds);
      for (const offer of offers) seen.set(offer.id, offer);
      return offers;
    },
  };
  return { world, seen, told };
}
