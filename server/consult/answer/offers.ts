import { DateTime } from 'luxon';
import { alternatives } from '../../catalogue/alternatives.ts';
import { openState } from '../../catalogue/hours.ts';
import type { OfferRow, ProductRow, StoreRow } from '../../catalogue/rows.ts';
import { isTariff } from '../../catalogue/tariffCost.ts';
import { say } from '../phrases/table.ts';
import { alternativeLine } from './analogue.ts';
import { planCurrencies } from './currency.ts';
import { type Asking, abstain, type Draft, type Outcome } from './draft.ts';
import { attributeText, citeOffer, citeProduct, citeStore, dayText, moment, money } from './facts.ts';
import { nextOpening } from './hours.ts';

/** "Have you X, where, and for how much?": stock here and elsewhere with its age, price, and when the store opens. */
export async function answerStock(asking: Asking, product: ProductRow): Promise<Outcome> {
  if (isTariff(product)) return answerPrice(asking, product);
  const offers = await asking.world.offersOf([product.id]);
  if (offers.length === 0) return abstain(say(asking.t.noOffer, { product: product.name }), [product]);
  const draft = startDraft(product);
  const here = asking.store ? offers.find((offer) => offer.storeId === asking.store?.id) : undefined;
  const stocked = offers.filter((offer) => (offer.stock ?? 0) > 0);
  if (asking.store) addStockHere(asking, draft, product, here, asking.store);
  else if (stocked.length === 0) {
    add(draft, say(asking.t.outEverywhere, { product: product.name }));
    for (const offer of offers) cite(asking, draft, offer, product);
  }
  const elsewhere = stocked.filter((offer) => offer.storeId !== asking.store?.id);
  if (elsewhere.length > 0 && !((here?.stock ?? 0) > 0)) addElsewhere(asking, draft, product, elsewhere);
  if (asking.store && stocked.length === 0 && offers.length > (here ? 1 : 0)) {
    add(draft, say(asking.t.outEverywhere, { product: product.name }));
    for (const offer of offers) cite(asking, draft, offer, product);
  }
  addPrice(asking, draft, product, offers);
  if (stocked.length === 0) await addInstead(asking, draft, product);
  else if (asking.store && (here?.stock ?? 0) > 0) addOpening(asking, draft, asking.store);
  return { kind: 'answer', draft };
}

/** "What does X cost?": the valid price here, or the range over the stores; a tariff's monthly price. */
export async function answerPrice(asking: Asking, product: ProductRow): Promise<Outcome> {
  if (isTariff(product)) return answerMonthly(asking, product);
  const offers = await asking.world.offersOf([product.id]);
  const draft = startDraft(product);
  if (offers.length === 0) return answerListPrice(asking, product, draft);
  const before = draft.text;
  addPrice(asking, draft, product, offers);
  if (draft.text === before) return abstain(say(asking.t.noPriceToday, { product: product.name }), [product]);
  const here = offers.find((offer) => offer.storeId === asking.store?.id);
  if (asking.store && here?.stock !== undefined && here.stock !== null)
    addStockHere(asking, draft, product, here, asking.store);
  return { kind: 'answer', draft };
}

function startDraft(product: ProductRow): Draft {
  return { text: '', citations: [citeProduct(product)], confidence: 0.92, products: [product] };
}

function add(draft: Draft, sentence: string): void {
  if (sentence && !draft.text.includes(sentence)) draft.text = draft.text ? `${draft.text} ${sentence}` : sentence;
}

function cite(asking: Asking, draft: Draft, offer: OfferRow, product: ProductRow): void {
  const store = storeOf(asking, offer);
  if (store && !draft.citations.some((citation) => citation.kind === 'offer' && citation.id === offer.id))
    draft.citations.push(citeOffer(offer, product, store));
}

function storeOf(asking: Asking, offer: OfferRow): StoreRow | undefined {
  return asking.world.stores.find((store) => store.id === offer.storeId);
}

function addStockHere(
  asking: Asking,
  draft: Draft,
  product: ProductRow,
  here: OfferRow | undefined,
  store: StoreRow,
): void {
  const names = { product: product.name, store: store.name };
  if (!here) {
    add(draft, say(asking.t.outAt, names));
    return;
  }
  cite(asking, draft, here, product);
  if (here.stock === null) add(draft, say(asking.t.stockUnknownAt, names));
  else if (here.stock === 0) add(draft, say(asking.t.outAt, names));
  else add(draft, say(asking.t.inStockAt, { ...names, count: here.stock }));
  addAge(asking, draft, [here], store.timezone);
  if (here.onDisplay) add(draft, say(asking.t.onDisplay, names));
}

function addElsewhere(asking: Asking, draft: Draft, product: ProductRow, offers: OfferRow[]): void {
  const shown = offers.sort((a, b) => (b.stock ?? 0) - (a.stock ?? 0)).slice(0, 5);
  const list = shown
    .map((offer) => say(asking.t.fewOf, { store: storeOf(asking, offer)?.name ?? '', count: offer.stock ?? '' }))
    .join(', ');
  add(
    draft,
    draft.text.includes(product.name)
      ? say(asking.t.alsoAt, { list })
      : `${product.name}. ${say(asking.t.alsoAt, { list })}`,
  );
  for (const offer of shown) cite(asking, draft, offer, product);
  addAge(asking, draft, shown, storeOf(asking, shown[0] as OfferRow)?.timezone ?? 'UTC');
}

/** How old the figures are: the oldest of those shown. */
function addAge(asking: Asking, draft: Draft, offers: readonly OfferRow[], timezone: string): void {
  const oldest = new Date(Math.min(...offers.map((offer) => offer.asOf.getTime())));
  const time = moment(oldest, asking.now, timezone, asking.language);
  const stale = asking.now.getTime() - oldest.getTime() > asking.staleMs;
  if (stale) add(draft, say(asking.t.stale, { time }));
  else if (!draft.text.includes(time))
    draft.text = `${draft.text.replace(/[.。]$/, '')} ${say(asking.t.asOf, { time })}.`;
}

function addPrice(asking: Asking, draft: Draft, product: ProductRow, offers: readonly OfferRow[]): void {
  const valid = offers.filter((offer) => offer.price !== null && (!offer.validUntil || offer.validUntil >= asking.now));
  const here = valid.find((offer) => offer.storeId === asking.store?.id);
  if (here && asking.store) {
    add(
      draft,
      say(asking.t.costsAt, {
        product: product.name,
        price: money(here.price ?? 0, here.currency),
        store: asking.store.name,
      }),
    );
    cite(asking, draft, here, product);
    addValidity(asking, draft, here);
    if (!draft.text.includes('(') && !draft.text.includes(';')) addAge(asking, draft, [here], asking.store.timezone);
    return;
  }
  const sorted = [...valid].sort((a, b) => (a.price ?? 0) - (b.price ?? 0));
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (!low || !high) return;
  const same = low.price === high.price && low.currency === high.currency;
  add(
    draft,
    same
      ? say(asking.t.costs, { product: product.name, price: money(low.price ?? 0, low.currency) })
      : say(asking.t.costsFromTo, {
          product: product.name,
          low: money(low.price ?? 0, low.currency),
          high: money(high.price ?? 0, high.currency),
        }),
  );
  for (const offer of same ? sorted.slice(0, 3) : [low, high]) cite(asking, draft, offer, product);
  if (same) addValidity(asking, draft, low);
}

function addValidity(asking: Asking, draft: Draft, offer: OfferRow): void {
  if (!offer.validUntil) return;
  const zone = storeOf(asking, offer)?.timezone ?? 'UTC';
  add(
    draft,
    say(asking.t.validUntil, { date: dayText(DateTime.fromJSDate(offer.validUntil, { zone }), asking.language) }),
  );
}

function addOpening(asking: Asking, draft: Draft, store: StoreRow): void {
  const state = openState(store, asking.now);
  if (!state || state.open || !state.next) return;
  const sentence = nextOpening(asking, store, state.next);
  draft.echoed = [...(draft.echoed ?? []), ...sentence.figures];
  add(draft, sentence.text);
  draft.citations.push(citeStore(store, store.hours));
}

async function addInstead(asking: Asking, draft: Draft, product: ProductRow): Promise<void> {
  const others = asking.world.products.filter((other) => other.category === product.category);
  const offers = await offersByProduct(asking, [product, ...others]);
  const found = alternatives(product, others, offers, { storeId: asking.store?.id ?? null, now: asking.now });
  if (found.length === 0) return;
  const lines = found.map((one) => alternativeLine(asking, draft, product, one, offers));
  add(draft, say(asking.t.instead, { product: product.name, list: lines.join('; ') }));
  draft.products.push(...found.map((one) => one.product));
}

/** Offers of many products, by product. */
export async function offersByProduct(
  asking: Asking,
  products: readonly ProductRow[],
): Promise<Map<string, OfferRow[]>> {
  const grouped = new Map<string, OfferRow[]>();
  for (const offer of await asking.world.offersOf(products.map((product) => product.id))) {
    const held = grouped.get(offer.productId);
    if (held) held.push(offer);
    else grouped.set(offer.productId, [offer]);
  }
  return grouped;
}

async function answerMonthly(asking: Asking, product: ProductRow): Promise<Outcome> {
  const monthly = product.attributes.price_month ?? product.attributes.price_per_month;
  if (typeof monthly !== 'number') return abstain(say(asking.t.noPriceToday, { product: product.name }), [product]);
  const price = `${money(monthly, (await planCurrencies(asking, [product]))(product))} ${asking.t.perMonth}`;
  const citation = citeProduct(product, attributeText('price_month', monthly));
  return {
    kind: 'answer',
    draft: {
      text: say(asking.t.costs, { product: product.name, price }),
      citations: [citation, citeProduct(product)],
      confidence: 0.92,
      products: [product],
    },
  };
}

/** A catalogue may bring a price with the product; it counts only while no store has an offer for anything. */
async function answerListPrice(asking: Asking, product: ProductRow, draft: Draft): Promise<Outcome> {
  const amount = Number(product.attributes.price);
  const anyOffer =
    product.attributes.price === undefined ||
    (await asking.world.offersOf(asking.world.products.slice(0, 500).map((other) => other.id))).length > 0;
  if (anyOffer || !Number.isFinite(amount)) return abstain(say(asking.t.noOffer, { product: product.name }), [product]);
  draft.citations.push(citeProduct(product, attributeText('price', product.attributes.price)));
  add(
    draft,
    say(asking.t.costs, { product: product.name, price: money(amount, String(product.attributes.currency ?? '')) }),
  );
  return { kind: 'answer', draft };
}
