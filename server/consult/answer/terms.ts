import { isAccessory } from '../../catalogue/compatibility.ts';
import type { ProductRow } from '../../catalogue/rows.ts';
import type { Found } from '../../knowledge/passageIndex.ts';
import { answerLanguage, lexiconOf } from '../understand/lexicon.ts';
import { findPhrases } from '../understand/phrases.ts';
import { tokenise } from '../understand/quantities.ts';
import { modelName } from './attributes.ts';
import { type Asking, abstain, type Outcome } from './draft.ts';
import { answerFromPassages } from './passages.ts';
import { answerRule } from './rules.ts';

/** Terms of trade stand in rules, else in the product's row, else in an article. */
export async function answerTerms(asking: Asking, found: Found): Promise<Outcome> {
  const { question, small, intent } = asking.asked;
  // "Back glass of the iPhone": what is repaired is a device, whatever accessory has the words.
  const named = asking.asked.mention;
  const isDevice = (product: ProductRow | undefined) => product !== undefined && !isAccessory(product);
  const known =
    named.kind === 'one' ? isDevice(named.product) : named.kind === 'several' && isDevice(named.products[0]);
  const mention = intent === 'repairPrice' && !known ? asking.world.devices.find(question, { spent: small }) : named;
  const product =
    mention.kind === 'one'
      ? mention.product
      : mention.kind === 'several'
        ? commonTerms(asking, mention.products)
        : null;
  const ruled = await answerRule(asking, product);
  if (ruled) return ruled;
  const fromPassages = answerFromPassages(asking, found);
  return fromPassages.kind === 'answer' && speaksOf(asking, found, fromPassages.draft.citations[0]?.id)
    ? fromPassages
    : abstain(asking.t.ruleNone, product ? [product] : []);
}

/** Terms of trade are told only by a passage that speaks of them: a trade-in is not a defect that has a crack in it too. */
function speaksOf({ asked }: Asking, { hits }: Found, passageId: string | undefined): boolean {
  const passage = hits.find((hit) => hit.passage.id === passageId)?.passage;
  const phrases = passage && lexiconOf(answerLanguage(passage.language)).intents.get(asked.intent);
  if (!passage || !phrases || asked.intent === 'defective') return true;
  if (answerLanguage(passage.language) !== passage.language) return true;
  const texts = tokenise([passage.title, ...passage.path, passage.text].join(' \n ')).map((token) => token.text);
  return findPhrases(texts, phrases).length > 0;
}

/** Variants of a model share brand and category, and so their terms. */
function commonTerms(asking: Asking, products: readonly ProductRow[]): ProductRow | null {
  const first = products[0];
  const same = products.every((product) => product.brand === first?.brand && product.category === first?.category);
  const special = asking.world.rules.some((one) => products.some((product) => one.appliesTo.sku === product.sku));
  return first && same && !special ? { ...first, name: modelName(products) } : null;
}
