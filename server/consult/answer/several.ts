import type { OfferRow, ProductRow } from '../../catalogue/rows.ts';
import { isTariff } from '../../catalogue/tariffCost.ts';
import { say } from '../phrases/table.ts';
import { modelOf } from './attributes.ts';
import { type Asking, clarify, type Draft, type Outcome } from './draft.ts';
import { citeOffer, citeProduct, moment, money } from './facts.ts';
import { offersByProduct } from './offers.ts';

/** One answer of several: their sentences one after another, each with what it stands on. */
export function merged(drafts: readonly Draft[]): Draft {
  const first = drafts[0] as Draft;
  const handover = drafts.find((draft) => draft.handover)?.handover;
  return {
    ...first,
    text: saidOnce(drafts.map((draft) => draft.text)),
    citations: drafts.flatMap((draft) => draft.citations),
    confidence: Math.min(...drafts.map((draft) => draft.confidence)),
    derived: drafts.flatMap((draft) => draft.derived ?? []),
    echoed: drafts.flatMap((draft) => draft.echoed ?? []),
    products: [...new Map(drafts.flatMap((draft) => draft.products).map((one) => [one.id, one])).values()],
    ...(handover && { handover }),
  };
}

/** Texts one after another without the sentences that were said before; how old a figure is does not make it another. */
function saidOnce(texts: readonly string[]): string {
  const said = new Map<string, string>();
  for (const sentence of texts.flatMap((text) => text.split(/(?<=[.!?。])\s+/u))) {
    const plain = sentence.replace(/\s*\([^)]*\)/g, '');
    const before = said.get(plain);
    if (before === undefined || sentence.length > before.length) said.set(plain, sentence);
  }
  return [...said.values()].join(' ');
}

/**
 * "What does the Reno14 cost, have you any?" where it comes in a few versions: price and stock of each, so that nobody has
 * to be asked back. Asks which one is meant where they are different models, or too many to tell.
 */
export async function answerVersions(asking: Asking, products: readonly ProductRow[]): Promise<Outcome> {
  if (products.length > MOST_VERSIONS || !modelOf(products) || products.some(isTariff))
    return clarify(asking, products);
  const offers = await offersByProduct(asking, products);
  const told = products.map((product) => ({
    product,
    line: versionLine(asking, product, offers.get(product.id) ?? []),
  }));
  if (told.some(({ line }) => line === null)) return clarify(asking, products);
  const { question, options } = clarify(asking, products);
  const used = told.flatMap(({ line }) => line?.cited ?? []);
  const draft: Draft = {
    text: `${told.map(({ line }) => line?.text ?? '').join('; ')}${age(asking, used)}.`,
    citations: [
      ...products.map((product) => citeProduct(product)),
      ...told.flatMap(({ product, line }) => (line?.cited ?? []).flatMap((offer) => cited(asking, offer, product))),
    ],
    confidence: 0.88,
    clarify: { question, options },
    products: [...products],
  };
  return { kind: 'answer', draft };
}

const MOST_VERSIONS = 4;

/** Name, price or range of prices, and where it is; null when no price is valid today. */
function versionLine(
  asking: Asking,
  product: ProductRow,
  offers: readonly OfferRow[],
): { text: string; cited: OfferRow[] } | null {
  const places = asking.asked.stores.length > 0 ? asking.asked.stores.map((store) => store.id) : null;
  const near = offers.filter((offer) => !places || places.includes(offer.storeId));
  const valid = near.filter((offer) => offer.price !== null && (!offer.validUntil || offer.validUntil >= asking.now));
  const here = valid.filter((offer) => offer.storeId === asking.store?.id);
  const priced = [...(here.length > 0 ? here : valid)].sort((a, b) => (a.price ?? 0) - (b.price ?? 0));
  const [low, high] = [priced[0], priced.at(-1)];
  if (!low || !high || low.currency !== high.currency) return null;
  const price =
    low.price === high.price
      ? money(low.price ?? 0, low.currency)
      : `${money(low.price ?? 0, low.currency)} – ${money(high.price ?? 0, high.currency)}`;
  const stocked = near
    .filter((offer) => (offer.stock ?? 0) > 0)
    .sort((a, b) => Number(b.storeId === asking.store?.id) - Number(a.storeId === asking.store?.id))
    .slice(0, 4);
  const where = stocked.flatMap((offer) => {
    const store = asking.world.stores.find((one) => one.id === offer.storeId);
    return store ? [say(asking.t.fewOf, { store: store.name, count: offer.stock ?? '' })] : [];
  });
  return {
    text: `${product.name} – ${price}${where.length > 0 ? `, ${where.join(', ')}` : ''}`,
    cited: [...new Set([low, high, ...stocked])],
  };
}

function cited(asking: Asking, offer: OfferRow, product: ProductRow): Draft['citations'] {
  const store = asking.world.stores.find((one) => one.id === offer.storeId);
  return store ? [citeOffer(offer, product, store)] : [];
}

function age(asking: Asking, offers: readonly OfferRow[]): string {
  const oldest = new Date(Math.min(...offers.map((offer) => offer.asOf.getTime())));
  const zone = asking.world.stores.find((store) => store.id === offers[0]?.storeId)?.timezone ?? 'UTC';
  return ` ${say(asking.t.asOf, { time: moment(oldest, asking.now, zone, asking.language) })}`;
}
