import type { Intent } from '../intents.ts';

/**
 * How one language says things. A phrase is words in a row; a word that ends with `*` may go on ("цен*" is цена, цены),
 * one that begins with it may end a compound ("*uhr" is uhr, Kinderuhr);
 * `…` between words lets up to three others stand there. Phrases of a key are split by `,`.
 */
export interface WordTable {
  intents: Partial<Record<Intent, string>>;
  /** Attribute concept (see attributeConcepts) -> phrases. */
  attributes: Record<string, string>;
  /** Category of the catalogue -> phrases. */
  categories: Record<string, string>;
  /** "under", "at most", "from": words that make a number a budget. */
  atMost: string;
  atLeast: string;
  cheap: string;
  best: string;
  yesNo: string;
  /** Day words: days ahead of today. */
  today: string;
  tomorrow: string;
  dayAfter: string;
  /** "or", "versus" between two things. */
  or: string;
  /** Country code -> what its people are asked about by, beside the name that Intl knows. */
  countries: Record<string, string>;
  /** Units of usage. */
  minutes: string;
  gigabytes: string;
  messages: string;
  days: string;
  weeks: string;
  months: string;
  years: string;
  unlimited: string;
  ago: string;
  /** Function words and small talk that are never part of a model's name. */
  small: string;
}
