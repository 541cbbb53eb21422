import type { PhraseTable } from '../phrases/table.ts';
import type { SpokenLanguage } from '../understand/lexicon.ts';
import { PHRASES } from './draft.ts';

/** Why there is no answer, for colleagues, whose screens speak another language than the client: a word and what it is about. */
export interface Why {
  code: (typeof whyCodes)[number];
  /** The thing that was asked for; empty where none is named. */
  about: string;
}

/** Phrases that say why there is no answer. */
export const whyCodes = [
  'absent',
  'noOffer',
  'noPriceToday',
  'notFound',
  'lookupFailed',
  'needsProof',
  'noAnalogue',
  'nothingFound',
  'notUnderstood',
  'hoursUnknown',
  'attributeUnknown',
  'noCommon',
  'fitsUnknown',
  'tariffNone',
  'roamingNone',
  'needsPerson',
  'asksNothing',
  'backUnknown',
  'ruleNone',
] as const satisfies readonly (keyof PhraseTable)[];

/** Reads a reason that was told in the client's language; null when it is none of ours. Pure. */
export function whyOf(reason: string, language: SpokenLanguage): Why | null {
  for (const code of whyCodes) {
    const found = patternOf(language, code).exec(reason);
    if (found) return { code, about: found.slice(1).join(', ').slice(0, 300) };
  }
  return null;
}

const patterns = new Map<string, RegExp>();

function patternOf(language: SpokenLanguage, code: Why['code']): RegExp {
  const key = `${language} ${code}`;
  let pattern = patterns.get(key);
  if (!pattern) {
    const parts = PHRASES[language][code].split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    pattern = new RegExp(`^${parts.join('(.+)')}$`, 'su');
    patterns.set(key, pattern);
  }
  return pattern;
}
