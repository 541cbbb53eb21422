import { DateTime } from 'luxon';
import type { ProductRow } from '../../catalogue/rows.ts';
import { spokenLanguages } from '../languages.ts';
import type { LookupAnswer } from '../lookup.ts';
import { namedDay, writtenDay } from '../understand/dates.ts';
import { lexiconOf } from '../understand/lexicon.ts';
import { tokenise } from '../understand/quantities.ts';
import { referenceIn } from '../understand/references.ts';
import type { Asking, Draft } from './draft.ts';
import { lookupDraft } from './lookups.ts';

/** What the store's records say of a purchase that the asker has proved to be theirs. */
export interface Purchase {
  /** What the records say, word for word, and its citation. */
  said: Draft;
  /** Null when the records name no day, or several: it is not guessed. */
  day: DateTime | null;
  /** Null when the records name none of the catalogue; without an id when they name a model and not which variant. */
  product: ProductRow | null;
}

/** The purchase that a question names by receipt or IMEI; a word why there is none. */
export async function findPurchase(asking: Asking): Promise<Purchase | 'unnamed' | 'unknown' | 'failed'> {
  const reference = referenceIn(asking.asked, false);
  if (!reference) return 'unnamed';
  const told = await asking.world.lookUp('purchase', reference);
  if (told.state !== 'found') return told.state;
  return {
    said: lookupDraft(asking, 'purchase', reference, told.answer),
    day: purchaseDay(told.answer, asking.now),
    product: productOf(asking, told.answer),
  };
}

function productOf({ world }: Asking, { sku, text, status }: LookupAnswer): ProductRow | null {
  const bySku = sku ? world.products.find((product) => product.sku === sku) : undefined;
  if (bySku) return bySku;
  const mention = world.matcher.find(`${text} ${status}`);
  if (mention.kind === 'one') return mention.product;
  const [first] = mention.kind === 'several' ? mention.products : [];
  // Variants of one model share its terms.
  const oneModel =
    mention.kind === 'several' &&
    mention.products.every((product) => product.groupSku !== null && product.groupSku === first?.groupSku);
  return first && oneModel ? { ...first, id: '', sku: '' } : null;
}

/**
 * The day of purchase: the one the system names apart, else the one its words name as such, else the only past day among
 * them. Null where that leaves a choice. Pure.
 */
export function purchaseDay(answer: Pick<LookupAnswer, 'purchasedOn' | 'text' | 'status'>, now: Date): DateTime | null {
  const today = DateTime.fromJSDate(now, { zone: 'utc' }).startOf('day');
  if (answer.purchasedOn !== null) {
    const day = DateTime.fromISO(answer.purchasedOn, { zone: 'utc' });
    return day.isValid && day <= today ? day : null;
  }
  const days = [answer.text, answer.status].flatMap((text) => daysIn(text, today));
  const bought = days.filter((one) => one.bought);
  const told = new Set((bought.length > 0 ? bought : days).map((one) => one.day.toISODate()));
  const [only] = [...told];
  return told.size === 1 && only ? DateTime.fromISO(only, { zone: 'utc' }) : null;
}

function daysIn(text: string, today: DateTime): { day: DateTime; bought: boolean }[] {
  const found: { day: DateTime; bought: boolean }[] = [];
  for (const part of text.split(/[;\n]|[,.](?=\s)/)) {
    const written = [...part.matchAll(WRITTEN)].map(([date]) => (isUnclear(date) ? null : writtenDay(date, today)));
    const named = written.length > 0 ? [] : spokenLanguages.map((one) => yearNamed(part, one, today));
    for (const day of [...written, ...named]) if (day && day <= today) found.push({ day, bought: BOUGHT.test(part) });
  }
  return found;
}

/** "12 March 2026": a day without its year may be of any. */
function yearNamed(part: string, language: (typeof spokenLanguages)[number], today: DateTime): DateTime | null {
  return /(?<!\d)20\d\d(?!\d)/.test(part) ? namedDay(tokenise(part), lexiconOf(language), today) : null;
}

const WRITTEN =
  /(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}\/\d{1,2}\/\d{4}|\d{4}년\s*\d{1,2}월\s*\d{1,2}일)(?!\d)/gu;

/** 3/4/2026 is March in one country and April in another. */
function isUnclear(date: string): boolean {
  const [first, second] = date.split('/').map(Number);
  return date.includes('/') && first !== second && (first ?? 0) <= 12 && (second ?? 0) <= 12;
}

const BOUGHT =
  /bought|purchase|sold|gekauft|kauf|verkauft|comprad|compra|vendid|cump[aă]rat|v[aâ]ndut|k[oö]pt|s[aå]ld|куплен|покупк|продан|구매|구입|판매|خرید|فروخته/iu;
