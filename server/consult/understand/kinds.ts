import type { ProductRow } from '../../catalogue/rows.ts';
import { fold } from '../../knowledge/analysis/fold.ts';
import { words } from '../../knowledge/analysis/tokens.ts';
import { spokenLanguages } from '../languages.ts';
import { THING_CATEGORIES } from '../words/things.ts';
import { lexiconOf } from './lexicon.ts';
import { findPhrases } from './phrases.ts';

/** What the catalogue may call the categories people name. */
const CATEGORY_WORDS: Readonly<Record<string, RegExp>> = {
  phone: /(?<!head|ear|micro)phone|mobile|telefon|handy/i,
  tablet: /tablet/i,
  headphones: /headphone|earphone|earbud|headset|audio/i,
  watch: /watch/i,
  charger: /charg|adapter|power supply/i,
  case: /case|cover/i,
  cable: /cable/i,
  accessory: /accessor/i,
  speaker: /speaker/i,
  tariff: /tariff|plan/i,
  glass: /glass|protector/i,
  powerbank: /power ?bank|portable (charger|batter)|battery pack/i,
  kids: /\bkid|child|junior/i,
  memory: /memory card|sd ?card|micro ?sd/i,
};

/** True when a product is of a category as people name it: by its own category, else by its name. */
export function isOfCategory(product: ProductRow, category: string): boolean {
  const pattern = CATEGORY_WORDS[category];
  if (category === 'kids') return pattern?.test(`${product.category} ${product.name}`) ?? false;
  if (product.category === category || pattern?.test(product.category) || isCalled(product.category, category))
    return true;
  // Under "smart home" or "accessory" it is the name that says what a thing is.
  if (category in THING_CATEGORIES && isCalled(product.name, category)) return true;
  return (
    pattern !== undefined &&
    ['case', 'cable', 'glass', 'charger', 'powerbank', 'memory'].includes(category) &&
    /accessor|case|charg|cable|power|memory|storage/i.test(product.category) &&
    pattern.test(product.name)
  );
}

/** True when a catalogue's own category is what people call such a kind of thing in any language that we speak. */
function isCalled(name: string, category: string): boolean {
  const key = `${category}\0${name}`;
  const known = called.get(key);
  if (known !== undefined) return known;
  const texts = words(fold(name));
  const found = spokenLanguages.some(
    (language) => findPhrases(texts, lexiconOf(language).categories.get(category) ?? [], 'exact').length > 0,
  );
  if (called.size >= REMEMBERED) called.clear();
  called.set(key, found);
  return found;
}

const called = new Map<string, boolean>();
const REMEMBERED = 20_000;
