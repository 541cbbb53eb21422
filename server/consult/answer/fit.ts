import { type Fit, fitOf, isAccessory } from '../../catalogue/compatibility.ts';
import type { OfferRow, ProductRow } from '../../catalogue/rows.ts';
import { say } from '../phrases/table.ts';
import { isOfCategory } from '../understand/kinds.ts';
import { modelName, modelOf } from './attributes.ts';
import { type Asking, abstain, clarify, type Draft, type Outcome } from './draft.ts';
import { attributeText, citeOffer, citeProduct, money } from './facts.ts';
import { offersByProduct } from './offers.ts';

/** "Does this case fit X?", "a charger for X?": what the accessory's row says it is made for. */
export async function answerFit(
  asking: Asking,
  devices: readonly ProductRow[],
  accessory: ProductRow | null,
): Promise<Outcome> {
  const device = devices[0];
  if (accessory && device)
    return devices.length > 1 ? manyDevices(asking, devices, accessory) : one(asking, device, accessory);
  if (accessory) return madeFor(asking, accessory);
  if (!device) return abstain(asking.t.notUnderstood);
  // "iPhone": what fits one of them may not fit another.
  if (!modelOf(devices)) return clarify(asking, devices);
  const wanted = asking.asked.categories.filter((category) => category !== 'phone' && category !== 'tablet');
  const fitting = asking.world.products.flatMap((product) => {
    if (
      product.id === device.id ||
      !(wanted.length > 0 ? wanted.some((category) => isOfCategory(product, category)) : isAccessory(product))
    )
      return [];
    const fits = devices.map((candidate) => fitOf(product, candidate)).find((fit) => fit?.fits);
    return fits ? [{ product, fit: fits }] : [];
  });
  if (fitting.length === 0) return abstain(say(asking.t.fitsUnknown, { product: device.name }), [device]);
  const offers = await offersByProduct(
    asking,
    fitting.map(({ product }) => product),
  );
  const shown = fitting
    .map((one) => ({ ...one, offer: sellable(asking, offers.get(one.product.id) ?? []) }))
    .sort((a, b) => Number(b.offer !== undefined) - Number(a.offer !== undefined))
    .slice(0, 5);
  const named = ({ product, offer }: (typeof shown)[number]) =>
    offer ? `${product.name} – ${money(offer.price ?? 0, offer.currency)}${stockOf(asking, offer)}` : product.name;
  const draft: Draft = {
    text: say(asking.t.fitsList, { product: modelName(devices), list: shown.map(named).join('; ') }),
    citations: [citeProduct(device)],
    confidence: 0.88,
    products: [device, ...shown.map(({ product }) => product)],
  };
  for (const { product, fit, offer } of shown) {
    draft.citations.push(...evidence(product, device, fit));
    const store = asking.world.stores.find((candidate) => candidate.id === offer?.storeId);
    if (offer && store) draft.citations.push(citeOffer(offer, product, store));
  }
  return { kind: 'answer', draft };
}

function stockOf(asking: Asking, offer: OfferRow): string {
  const store = asking.world.stores.find((candidate) => candidate.id === offer.storeId);
  const told = store && (offer.stock ?? 0) > 0;
  return told ? ` (${say(asking.t.inStore, { count: offer.stock ?? '', store: store.name })})` : '';
}

/** The offer whose price is told: of the asker's store first, valid today, in stock before out of stock. */
function sellable(asking: Asking, offers: readonly OfferRow[]): OfferRow | undefined {
  const rank = (offer: OfferRow) => Number((offer.stock ?? 0) > 0) * 2 + Number(offer.storeId === asking.store?.id);
  return offers
    .filter((offer) => offer.price !== null && (!offer.validUntil || offer.validUntil >= asking.now))
    .sort((a, b) => rank(b) - rank(a))[0];
}

function manyDevices(asking: Asking, devices: readonly ProductRow[], accessory: ProductRow): Outcome {
  const fits = devices.map((device) => fitOf(accessory, device)?.fits ?? null);
  return fits.every((fit) => fit === fits[0])
    ? one(asking, devices[0] as ProductRow, accessory)
    : clarify(asking, devices);
}

function one(asking: Asking, device: ProductRow, accessory: ProductRow): Outcome {
  const fit = fitOf(accessory, device);
  if (!fit) return abstain(say(asking.t.fitsUnknown, { product: device.name }), [accessory, device]);
  const text = say(fit.fits ? asking.t.fits : asking.t.fitsNot, { accessory: accessory.name, product: device.name });
  return {
    kind: 'answer',
    draft: {
      text,
      citations: [citeProduct(accessory), citeProduct(device), ...evidence(accessory, device, fit)],
      confidence: 0.92,
      products: [accessory, device],
    },
  };
}

function madeFor(asking: Asking, accessory: ProductRow): Outcome {
  const models = accessory.attributes.compatible_with;
  if (models === undefined) return abstain(say(asking.t.fitsUnknown, { product: accessory.name }), [accessory]);
  const list = Array.isArray(models) ? models.join(', ') : String(models);
  const text = say(asking.t.fits, { accessory: accessory.name, product: list });
  return {
    kind: 'answer',
    draft: {
      text,
      citations: [citeProduct(accessory), citeProduct(accessory, attributeText('compatible_with', models))],
      confidence: 0.9,
      products: [accessory],
    },
  };
}

function evidence(accessory: ProductRow, device: ProductRow, fit: NonNullable<Fit>): Draft['citations'] {
  const citations = [citeProduct(accessory, attributeText(fit.key, accessory.attributes[fit.key]))];
  if (fit.key === 'connector' && device.attributes.port !== undefined)
    citations.push(citeProduct(device, attributeText('port', device.attributes.port)));
  if (fit.key === 'standard')
    citations.push(citeProduct(device, attributeText('wireless_charging', device.attributes.wireless_charging)));
  return citations;
}
