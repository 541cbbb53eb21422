import { fold } from '../../knowledge/analysis/fold.ts';
import { SHORTHAND } from '../words/shorthand.ts';
import type { SpokenLanguage } from './lexicon.ts';

/**
 * A question with the short forms of its language written out ("mñn" -> "mañana"), so that the rest needs to know none. A
 * single letter beside a number is a model's and stays.
 */
export function writtenOut(question: string, language: SpokenLanguage): string {
  const words = wordsOf(language);
  return question.replace(WORD, (said: string, at: number) => {
    const whole = words.get(fold(said));
    if (whole === undefined || (said.length === 1 && besideNumber(question, at, said.length))) return said;
    return whole;
  });
}

/** A word with the slash that shortens it ("w/"). */
const WORD = /(?<![\p{L}\d])\p{L}[\p{L}\p{M}]*(?:\/\p{L}?(?!\p{L}))?(?![\p{L}\d])|(?<![\p{L}\d])2mor+ow?(?!\p{L})/gu;

function besideNumber(question: string, at: number, length: number): boolean {
  return /\d$/.test(question.slice(0, at)) || /^\s?-?\d/.test(question.slice(at + length));
}

const known = new Map<SpokenLanguage, ReadonlyMap<string, string>>();

function wordsOf(language: SpokenLanguage): ReadonlyMap<string, string> {
  const held = known.get(language);
  if (held) return held;
  const made = new Map(
    SHORTHAND[language]
      .split(';')
      .map((pair) => pair.split('=') as [string, string])
      .map(([short, whole]) => [fold(short), whole] as const),
  );
  known.set(language, made);
  return made;
}
