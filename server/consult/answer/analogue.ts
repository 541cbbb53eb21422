import { type Alternative, alternatives } from '../../catalogue/alternatives.ts';
import type { OfferRow, ProductRow } from '../../catalogue/rows.ts';
import { say } from '../phrases/table.ts';
import { type Asking, abstain, type Draft, type Outcome } from './draft.ts';
import { attributeText, citeOffer, citeProduct, money, plainNumber } from './facts.ts';
import { offersByProduct } from './offers.ts';

/** "Something like it": up to three in stock, each with its reasons, price and where it is. */
export async function answerAnalogue(asking: Asking, product: ProductRow): Promise<Outcome> {
  const budget = asking.asked.budget;
  const others = asking.world.products.filter((other) => other.category === product.category);
  const offers = await offersByProduct(asking, [product, ...others]);
  const found = alternatives(product, others, offers, { storeId: asking.store?.id ?? null, now: asking.now, limit: 30 })
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
  const words: string[] = [];
  for (const reason of one.reasons) {
    const difference = Math.round((reason.other - reason.own) * 100) / 100;
    if (reason.kind === 'price') {
      const own = offers.get(product.id)?.find((offer) => offer.price === reason.own);
      const ownStore = asking.world.stores.find((store) => store.id === own?.storeId);
      if (!own || !ownStore || own.currency !== one.price?.currency) continue;
      cite(draft, citeOffer(own, product, ownStore));
      words.push(
        say(difference < 0 ? asking.t.cheaper : asking.t.dearer, { n: money(Math.abs(difference), own.currency) }),
      );
    } else if (reason.kind === 'sameDisplay') words.push(say(asking.t.sameDisplay, { size: plainNumber(reason.own) }));
    else if (reason.kind === 'ram')
      words.push(say(difference > 0 ? asking.t.moreRam : asking.t.lessRam, { n: plainNumber(Math.abs(difference)) }));
    else if (reason.kind === 'storage' && difference > 0)
      words.push(say(asking.t.moreStorage, { n: plainNumber(difference) }));
    else if (reason.kind === 'battery')
      words.push(
        say(difference > 0 ? asking.t.moreBattery : asking.t.lessBattery, { n: plainNumber(Math.abs(difference)) }),
      );
    const high = Math.max(reason.own, reason.other);
    const low = Math.min(reason.own, reason.other);
    draft.derived = [
      ...(draft.derived ?? []),
      {
        value: Math.abs(difference),
        terms: [
          { times: 1, amount: high },
          { times: -1, amount: low },
        ],
      },
    ];
  }
  citeSpecs(draft, product);
  citeSpecs(draft, one.product);
  const best = one.offers[0];
  const store = asking.world.stores.find((candidate) => candidate.id === best?.storeId);
  if (best && store) {
    cite(draft, citeOffer(best, one.product, store));
    words.push(say(asking.t.inStore, { count: best.stock ?? '', store: store.name }));
  }
  const priced = one.offers.find((offer) => offer.price === one.price?.amount);
  const pricedStore = asking.world.stores.find((candidate) => candidate.id === priced?.storeId);
  if (priced && pricedStore) cite(draft, citeOffer(priced, one.product, pricedStore));
  return `${one.product.name}${one.price ? `, ${money(one.price.amount, one.price.currency)}` : ''} (${words.join(', ')})`;
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
