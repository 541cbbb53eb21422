import type { Intent } from '../consult/intents.ts';
import { numbersOf } from '../consult/verify.ts';
import { fold } from '../knowledge/analysis/fold.ts';
import { hasStemmer, stem } from '../knowledge/analysis/stems.ts';
import { words } from '../knowledge/analysis/tokens.ts';
import type { styles } from './styles.ts';

/** Help with words where no model is set, and the check of what a model says. Pure. */

/** What a text can be given without a model: tidy spaces, capitals and stops; fewer sentences; a greeting and a close. */
export function rewriteByRules(
  text: string,
  style: (typeof styles)[number],
  { greeting, close }: { greeting: string; close: string },
): string {
  const tidy = tidied(text);
  if (style === 'shorter') {
    const sentences = tidy.split(/(?<=[.!?؟。])\s+/u);
    // What holds figures or asks something is what the client needs.
    const kept = sentences.filter((sentence, at) => at === 0 || /\d|[?؟]/u.test(sentence));
    return kept.join(' ');
  }
  if (style === 'kinder' || style === 'formal') {
    const greeted = fold(tidy).startsWith(fold(greeting).split(/[\s,]/)[0] ?? '') ? tidy : `${greeting}\n\n${tidy}`;
    return fold(greeted).includes(fold(close)) ? greeted : `${greeted}\n\n${close}`;
  }
  return tidy;
}

function tidied(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const trimmed = line
        .replace(/[ \t]+/g, ' ')
        .replace(/ ([,.;:!?])/g, '$1')
        .trim();
      if (trimmed === '' || /^[-•|#>]/.test(trimmed)) return trimmed;
      const capital = trimmed.replace(
        /(^|[.!?]\s+)(\p{Ll})/gu,
        (_, before: string, letter: string) => before + letter.toUpperCase(),
      );
      return /[\p{L}\p{N}]$/u.test(capital) && capital.length > 20 ? `${capital}.` : capital;
    })
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Tags in use whose words stand in what the client wrote, then the reason itself; at most three. */
export function proposeTags(
  said: string,
  language: string,
  inUse: readonly string[],
  has: readonly string[],
  reason: Intent,
): string[] {
  const stems = (text: string) =>
    new Set(words(fold(text)).map((word) => (hasStemmer(language) ? stem(word, language) : word)));
  const spoken = stems(said);
  const fits = inUse.filter((tag) => {
    const parts = [...stems(tag)];
    return parts.length > 0 && parts.every((part) => spoken.has(part));
  });
  const plain = plainTag(reason);
  const named = inUse.find((tag) => letters(tag) === letters(plain)) ?? (NAMED.has(reason) ? plain : null);
  return [...new Set([...fits, ...(named === null ? [] : [named])])].filter((tag) => !has.includes(tag)).slice(0, 3);
}

/** A reason as people write tags: `repairPrice` is `repair-price`. */
function plainTag(reason: Intent): string {
  return reason.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What two spellings of one tag share. */
function letters(tag: string): string {
  return fold(tag).replace(/[^\p{L}\p{N}]/gu, '');
}

/** Reasons that are worth a tag of their own. */
const NAMED: ReadonlySet<Intent> = new Set([
  'return',
  'defective',
  'warranty',
  'repairPrice',
  'repairStatus',
  'orderStatus',
  'delivery',
  'payment',
  'tradeIn',
  'tariff',
  'roaming',
  'hold',
]);

/** True when no figure was lost or made up between two texts in whatever languages. */
export function sameFigures(before: string, after: string): boolean {
  const [a, b] = [numbersOf(before), numbersOf(after)];
  return a.size === b.size && [...a].every((number) => b.has(number));
}

/** True when a shorter text holds no figure that the longer does not. */
export function noNewFigures(source: string, text: string): boolean {
  const known = numbersOf(source);
  return [...numbersOf(text)].every((number) => known.has(number));
}
