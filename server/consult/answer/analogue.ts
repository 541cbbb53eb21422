import { type Alternative, type AlternativeReason, alternatives } from '../../catalogue/alternatives.ts';
import type { OfferRow, ProductRow, StoreRow } from '../../catalogue/rows.ts';
import { type PhraseTable, say } from '../phrases/table.ts';
import { type Asking, abstain, type Draft, type Outcome } from './draft.ts';
import { attributeText, citeOffer, citeProduct, money, plainNumber } from './facts.ts';
import { offersByProduct } from './offers.ts';

/** "Something like it": up to three in stock, each with its reasons, price and where it is. */
export async function answerAnalogue(asking: Asking, product: ProductRow): Promise<Outcome> {
  const budget = asking.asked.budget;
  const others = asking.world.products.filter((other) => other.category === product.category);
  const offers = await offersByProduct(asking, [product, ...others]);
  const found = alternatives(product, others, offers, { storeId: asking.store?.id ?? null, now: asking.now, limit: 30 })
    .filter(
      (one) => !asking.asked.cheap || one.reasons.every(({ kind, own, other }) => kind !== 'price' || other < own),
    )
    .filter((one) => !budget?.max || (one.price !== null && one.price.amount <= budget.max))
    .slice(0, 3);
  if (found.length === 0) return abstain(say(asking.t.noAnalogue, { product: product.name }), [product]);
  const draft: Draft = {
    text: '',
    citations: [citeProduct(product)],
    confidence: 0.85,
    products: [product, ...found.map((one) => one.product)],
  };
  const lines = found.map((one) => alternativeLine(asking, draft, product, one, offers));
  draft.text = say(asking.t.instead, { product: product.name, list: lines.join('; ') });
  return { kind: 'answer', draft };
}

/** "Galaxy A54, 399 EUR (same 6.4 in display, +2 GB RAM, 3 at Riverside)"; cites what it says in the draft. */
export function alternativeLine(
  asking: Asking,
  draft: Draft,
  product: ProductRow,
  one: Alternative,
  offers: ReadonlyMap<string, readonly OfferRow[]>,
): string {
  const { stores } = asking.world;
  const storeOf = (offer: OfferRow | undefined) => stores.find((store) => store.id === offer?.storeId);
  const told: AlternativeReason[] = [];
  for (const reason of one.reasons) {
    if (reason.kind === 'price') {
      const own = offers.get(product.id)?.find((offer) => offer.price === reason.own);
      const store = storeOf(own);
      if (!own || !store || own.currency !== one.price?.currency) continue;
      cite(draft, citeOffer(own, product, store));
    }
    told.push(reason);
    const [high, low] = [Math.max(reason.own, reason.other), Math.min(reason.own, reason.other)];
    const value = Math.round((high - low) * 100) / 100;
    draft.derived = [
      ...(draft.derived ?? []),
      {
        value,
        terms: [
          { times: 1, amount: high },
          { times: -1, amount: low },
        ],
      },
    ];
  }
  citeSpecs(draft, product);
  citeSpecs(draft, one.product);
  for (const offer of [one.offers[0], one.offers.find((candidate) => candidate.price === one.price?.amount)]) {
    const store = storeOf(offer);
    if (offer && store) cite(draft, citeOffer(offer, one.product, store));
  }
  const words = reasonWords(asking.t, { ...one, reasons: told }, stores);
  return `${one.product.name}${one.price ? `, ${money(one.price.amount, one.price.currency)}` : ''} (${words.join(', ')})`;
}

/** Why a product stands in, in words: what is the same, more, less, cheaper, and where it is. */
export function reasonWords(t: PhraseTable, one: Alternative, stores: readonly StoreRow[]): string[] {
  const words = one.reasons.flatMap(({ kind, own, other }): string[] => {
    const difference = Math.round((other - own) * 100) / 100;
    const n = plainNumber(Math.abs(difference));
    switch (kind) {
      case 'sameDisplay':
        return [say(t.sameDisplay, { size: plainNumber(own) })];
      case 'ram':
        return [say(difference > 0 ? t.moreRam : t.lessRam, { n })];
      case 'storage':
        return difference > 0 ? [say(t.moreStorage, { n })] : [];
      case 'battery':
        return [say(difference > 0 ? t.moreBattery : t.lessBattery, { n })];
      default:
        return [
          say(difference < 0 ? t.cheaper : t.dearer, { n: money(Math.abs(difference), one.price?.currency ?? '') }),
        ];
    }
  });
  const best = one.offers[0];
  const store = stores.find((candidate) => candidate.id === best?.storeId);
  return best && store ? [...words, say(t.inStore, { count: best.stock ?? '', store: store.name })] : words;
}

const SPECS = ['display_in', 'display', 'ram_gb', 'ram', 'storage_gb', 'storage', 'battery_mah'];

function citeSpecs(draft: Draft, product: ProductRow): void {
  const quote = SPECS.flatMap((key) =>
    product.attributes[key] === undefined ? [] : [attributeText(key, product.attributes[key])],
  )[0];
  cite(draft, citeProduct(product, quote ?? product.name));
}

function cite(draft: Draft, citation: Draft['citations'][number]): void {
  if (
    !draft.citations.some(
      (held) => held.kind === citation.kind && held.id === citation.id && held.quote === citation.quote,
    )
  )
    draft.citations.push(citation);
}
