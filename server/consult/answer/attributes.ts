import { unitOf } from '../../catalogue/attributes.ts';
import type { ProductRow } from '../../catalogue/rows.ts';
import { attributeName } from '../phrases/attributeNames.ts';
import { say } from '../phrases/table.ts';
import { CONCEPTS, conceptOfKey, type Knowledge, knownOf } from '../understand/concepts.ts';
import { type Asking, abstain, clarify, type Draft, type Outcome } from './draft.ts';
import { attributeText, citeProduct, money, plainNumber } from './facts.ts';
import { offersByProduct } from './offers.ts';

/** "Has X NFC, how big is its battery?": what the row says; what it does not say is said to be unknown. */
export function answerAttributes(asking: Asking, products: readonly ProductRow[]): Outcome {
  const first = products[0] as ProductRow;
  const concepts = asking.asked.attributes.slice(0, 4);
  if (concepts.length === 0)
    return abstain(
      say(asking.t.attributeUnknown, { attribute: asking.asked.unexplained, product: first.name }),
      products,
    );
  if (
    !products.every((product) =>
      concepts.every((concept) => sameKnowledge(knownOf(first, concept), knownOf(product, concept))),
    )
  )
    return byVersion(asking, products, concepts);
  const draft: Draft = { text: '', citations: [], confidence: 0.93, products: [...products] };
  const named = products.length > 1 ? { ...first, name: commonName(products) || first.name } : first;
  const unknown: string[] = [];
  const sentences: string[] = [];
  for (const concept of concepts) {
    const sentence = attributeSentence(asking, draft, named, concept);
    if (sentence) sentences.push(sentence);
    else unknown.push(attributeName(concept, asking.language));
  }
  const missing =
    unknown.length > 0 ? say(asking.t.attributeUnknown, { attribute: unknown.join(', '), product: named.name }) : '';
  if (sentences.length === 0) return abstain(missing, products);
  draft.text = [...sentences, missing].filter(Boolean).join(' ');
  if (missing) draft.citations.push(citeProduct(first));
  return { kind: 'answer', draft };
}

/** Versions of one model that differ in what is asked: what each of them has. Asks which is meant of different models. */
function byVersion(asking: Asking, products: readonly ProductRow[], concepts: readonly string[]): Outcome {
  if (products.length > MOST_VERSIONS || !modelOf(products)) return clarify(asking, products);
  const draft: Draft = { text: '', citations: [], confidence: 0.9, products: [...products] };
  const sentences: string[] = [];
  for (const concept of concepts) {
    const alike = products.every((product) =>
      sameKnowledge(knownOf(products[0] as ProductRow, concept), knownOf(product, concept)),
    );
    for (const product of alike ? products.slice(0, 1) : products) {
      const told = alike ? { ...product, name: modelName(products) } : product;
      const sentence = attributeSentence(asking, draft, told, concept);
      // What one version's row does not say is no fact of the others.
      if (!sentence) return clarify(asking, products);
      sentences.push(sentence);
    }
  }
  draft.text = sentences.join(' ');
  return { kind: 'answer', draft };
}

const MOST_VERSIONS = 4;

/** What products are called together: the model whose variants they are, else the first of them. */
export function modelName(products: readonly ProductRow[]): string {
  return commonName(products) || (products[0]?.name ?? '');
}

/**
 * Variants of one model as one thing: with their common name and what is the same of all. Null when they are different
 * models.
 */
export function modelOf(products: readonly ProductRow[]): ProductRow | null {
  const [first] = products;
  if (!first) return null;
  if (products.every((product) => product.name === first.name)) return first;
  const name = commonName(products);
  const group = first.groupSku;
  if (!name || !products.every((product) => product.brand === first.brand && product.groupSku === group)) return null;
  if (group === null && name.split(' ').length < 3) return null;
  const same = Object.entries(first.attributes).filter(([key, value]) =>
    products.every((product) => JSON.stringify(product.attributes[key]) === JSON.stringify(value)),
  );
  return { ...first, name, attributes: Object.fromEntries(same) };
}

/** What the names of variants begin with: the model. */
function commonName(products: readonly ProductRow[]): string {
  const words = products.map((product) => product.name.split(' '));
  const length = (words[0] ?? []).findIndex((word, at) => words.some((other) => other[at] !== word));
  return (words[0] ?? [])
    .slice(0, length < 0 ? undefined : length)
    .join(' ')
    .replace(/[\s(,–-]+$/, '')
    .replace(/\s+\d+\s*$/, (tail) => (words.every((own) => /^[GT]B$/i.test(own[length] ?? '')) ? '' : tail));
}

/** "A or B?": what both rows say, side by side; price where both have one. */
export async function answerCompare(asking: Asking, left: ProductRow, right: ProductRow): Promise<Outcome> {
  const wanted = asking.asked.attributes.length > 0 ? asking.asked.attributes : COMPARED;
  const draft: Draft = {
    text: '',
    citations: [citeProduct(left), citeProduct(right)],
    confidence: 0.9,
    products: [left, right],
  };
  const lines: string[] = [];
  for (const concept of wanted) {
    const [a, b] = [knownOf(left, concept), knownOf(right, concept)];
    // Hours are not held against milliampere-hours.
    if (!a || !b || (a.kind === 'value' && b.kind === 'value' && unitOf(a.key) !== unitOf(b.key))) continue;
    const attribute = attributeName(toldAs(concept, a), asking.language);
    lines.push(
      say(asking.t.versus, {
        attribute,
        a: left.name,
        left: valueText(asking, left, a),
        b: right.name,
        right: valueText(asking, right, b),
      }),
    );
    draft.citations.push(citeProduct(left, evidence(left, a)), citeProduct(right, evidence(right, b)));
  }
  // What was asked for and is not known is not answered by a price.
  if (lines.length > 0 || asking.asked.attributes.length === 0) await addPrices(asking, draft, lines, left, right);
  if (lines.length === 0) {
    const attribute = wanted.map((concept) => attributeName(concept, asking.language)).join(', ');
    return abstain(
      asking.asked.attributes.length > 0
        ? say(asking.t.attributeUnknown, { attribute, product: `${left.name}, ${right.name}` })
        : asking.t.noCommon,
      [left, right],
    );
  }
  draft.text = lines.join(' ');
  return { kind: 'answer', draft };
}

const COMPARED = ['display', 'battery', 'ram', 'storage', 'released'];

async function addPrices(
  asking: Asking,
  draft: Draft,
  lines: string[],
  left: ProductRow,
  right: ProductRow,
): Promise<void> {
  // A model with many variants has no one price.
  const isRow = (product: ProductRow) => asking.world.products.some((row) => row.name === product.name);
  if (!isRow(left) || !isRow(right)) return;
  const offers = await offersByProduct(asking, [left, right]);
  const priced = [left, right].map((product) => {
    const valid = (offers.get(product.id) ?? []).filter(
      (offer) => offer.price !== null && (!offer.validUntil || offer.validUntil >= asking.now),
    );
    return valid.sort(
      (a, b) =>
        Number(b.storeId === asking.store?.id) - Number(a.storeId === asking.store?.id) ||
        (a.price ?? 0) - (b.price ?? 0),
    )[0];
  });
  const [a, b] = priced;
  const stores = priced.map((offer) => asking.world.stores.find((store) => store.id === offer?.storeId));
  if (!a || !b || !stores[0] || !stores[1]) return;
  lines.push(
    say(asking.t.versus, {
      attribute: attributeName('price', asking.language),
      a: left.name,
      left: money(a.price ?? 0, a.currency),
      b: right.name,
      right: money(b.price ?? 0, b.currency),
    }),
  );
  for (const [offer, product, store] of [
    [a, left, stores[0]],
    [b, right, stores[1]],
  ] as const)
    draft.citations.push({
      kind: 'offer',
      id: offer.id,
      title: `${product.name} – ${store.name}`,
      quote: `price: ${money(offer.price ?? 0, offer.currency)}`,
      asOf: offer.asOf.toISOString(),
    });
}

function attributeSentence(asking: Asking, draft: Draft, product: ProductRow, concept: string): string | null {
  if (concept === 'dimensions') return dimensionSentence(asking, draft, product);
  const known = knownOf(product, concept);
  if (!known) return null;
  draft.citations.push(citeProduct(product, evidence(product, known)));
  const names = { product: product.name, attribute: attributeName(toldAs(concept, known), asking.language) };
  draft.echoed = [...(draft.echoed ?? []), ...(names.attribute.match(/\d+/g) ?? [])];
  if (known.kind === 'yes') return say(asking.t.has, names);
  if (known.kind === 'no') return say(asking.t.hasNot, names);
  return say(asking.t.attributeIs, { ...names, value: valueText(asking, product, known) });
}

/** What was told in the place of what was asked has its own name: the battery's size for how long it lasts. */
function toldAs(concept: string, { key }: NonNullable<Knowledge>): string {
  const other = CONCEPTS[concept]?.orElse;
  return other !== undefined && conceptOfKey(key) === other ? other : concept;
}

function dimensionSentence(asking: Asking, draft: Draft, product: ProductRow): string | null {
  const keys = (CONCEPTS.dimensions?.keys ?? []).filter((key) => product.attributes[key] !== undefined);
  if (keys.length === 0) return null;
  for (const key of keys) draft.citations.push(citeProduct(product, attributeText(key, product.attributes[key])));
  const value = keys
    .map((key) => `${String(product.attributes[key])}${unitOf(key) ? ` ${unitOf(key)}` : ''}`)
    .join(' × ');
  return say(asking.t.attributeIs, {
    product: product.name,
    attribute: attributeName('dimensions', asking.language),
    value,
  });
}

function valueText(asking: Asking, product: ProductRow, known: NonNullable<Knowledge>): string {
  if (known.kind !== 'value') return known.kind === 'yes' ? asking.t.yes : asking.t.no;
  const unit = unitOf(known.key);
  if (typeof known.value === 'number') {
    if (/price/.test(known.key)) return money(known.value, String(product.attributes.currency ?? ''));
    return `${plainNumber(known.value)}${unit ? ` ${unit}` : ''}`;
  }
  return typeof known.value === 'string' ? known.value : known.value.join(', ');
}

function evidence(product: ProductRow, known: NonNullable<Knowledge>): string {
  return attributeText(known.key, product.attributes[known.key]);
}

function sameKnowledge(a: Knowledge, b: Knowledge): boolean {
  if (!a || !b) return a === b;
  if (a.kind === 'value' && b.kind === 'value') return JSON.stringify(a.value) === JSON.stringify(b.value);
  return a.kind === b.kind;
}
