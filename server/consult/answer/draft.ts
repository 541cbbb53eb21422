import type { Mention, ProductMatcher } from '../../catalogue/productMatcher.ts';
import type { OfferRow, ProductRow, RuleRow, StoreRow } from '../../catalogue/rows.ts';
import type { Turn } from '../../knowledge/index/askedTerms.ts';
import type { Found } from '../../knowledge/passageIndex.ts';
import type { SynonymTable } from '../../knowledge/synonymTable.ts';
import type { LookedUp, LookupKind } from '../lookup.ts';
import { de } from '../phrases/de.ts';
import { en } from '../phrases/en.ts';
import { es } from '../phrases/es.ts';
import { fa } from '../phrases/fa.ts';
import { ko } from '../phrases/ko.ts';
import { ro } from '../phrases/ro.ts';
import { ru } from '../phrases/ru.ts';
import { sv } from '../phrases/sv.ts';
import { type PhraseTable, say } from '../phrases/table.ts';
import type { Citation } from '../schema.ts';
import type { SpokenLanguage } from '../understand/lexicon.ts';
import type { Understood } from '../understand/understand.ts';

/** Everything an answer may stand on. Offers are read when they are needed, so that stock is never a remembered one. */
export interface ConsultWorld {
  products: readonly ProductRow[];
  matcher: ProductMatcher;
  /** Over devices alone. */
  devices: ProductMatcher;
  columns: ReadonlyMap<string, readonly string[]>;
  stores: readonly StoreRow[];
  rules: readonly RuleRow[];
  offersOf(productIds: readonly string[]): Promise<OfferRow[]>;
  synonyms?: SynonymTable | undefined;
  /** Asks the store's own system for somebody who has proved who they are; `unknown` tells nothing, not even existence. */
  lookUp(kind: LookupKind, reference: string): Promise<LookedUp>;
  passages(question: string, language: string, history?: readonly Turn[]): Found | Promise<Found>;
}

/** What one answer is made with. */
export interface Asking {
  world: ConsultWorld;
  asked: Understood;
  /** The store the asker stands in, or the thread is about. */
  store: StoreRow | null;
  now: Date;
  /** An offer older than this is said to be so. */
  staleMs: number;
  /** Words of the answer's language. */
  t: PhraseTable;
  language: SpokenLanguage;
}

/** A number that no row holds but that follows from rows: `value` = Σ times × amount; each amount stands in a cited row. */
export interface Derived {
  value: number;
  terms: readonly { times: number; amount: number }[];
}

/** An answer before it is checked. Dates that follow from a rule and a day are in `days`, ISO. */
export interface Draft {
  text: string;
  citations: Citation[];
  confidence: number;
  derived?: Derived[];
  /** Figures of the client's own words that the answer repeats (a date of purchase, an amount of use), as written. */
  echoed?: string[];
  products: ProductRow[];
  /** A person should look at it all the same. */
  handover?: string;
  /** Told of several at once: one of them may be chosen to hear more of. */
  clarify?: Asked;
}

/** A question of ours with what may be chosen. */
export interface Asked {
  question: string;
  options: { label: string; productId?: string }[];
}

export type Outcome =
  | { kind: 'answer'; draft: Draft }
  | { kind: 'abstain'; reason: string; handover?: string; products: ProductRow[] }
  | ({ kind: 'clarify'; products: ProductRow[] } & Asked);

export const PHRASES: Readonly<Record<SpokenLanguage, PhraseTable>> = { en, ru, ko, ro, fa, sv, de, es };

export function abstain(reason: string, products: readonly ProductRow[] = []): Outcome {
  return { kind: 'abstain', reason, handover: reason, products: [...products] };
}

/** Asks which of several is meant. Names that are the same twice are told apart by their sku. */
export function clarify(asking: Asking, products: readonly ProductRow[]): Extract<Outcome, { kind: 'clarify' }> {
  const options = products.slice(0, MOST_OPTIONS).map((product) => {
    const twice = products.filter((other) => other.name === product.name).length > 1;
    return { label: twice ? `${product.name} (${product.sku})` : product.name, productId: product.id };
  });
  return { kind: 'clarify', question: asking.t.which, options, products: [...products] };
}

const MOST_OPTIONS = 8;

/** A model that the catalogue does not hold, in the words that name it. */
export function absent(asking: Asking, mention: Extract<Mention, { kind: 'absent' }>): Outcome {
  return abstain(say(asking.t.absent, { said: mention.said }));
}
