import type { SafeHtml } from '../html/sanitise.ts';
import { sanitise } from '../html/sanitise.ts';
import { type SplitLetter, splitReply } from '../reply/reply.ts';
import type { Letter } from './letter.ts';
import { parseLetter } from './parse.ts';

/** All that is read out of the bytes of a letter: plain data, so that it can cross from a worker. */
export interface ReadLetter {
  letter: Letter;
  split: SplitLetter;
  safe: SafeHtml | null;
}

/**
 * Parses a letter, tells apart what its writer wrote and cleans its HTML: everything that costs time in proportion to
 * what a stranger sent. Pure.
 *
 * @throws LetterLimit and whatever the parser throws
 */
export async function readLetter(bytes: Uint8Array): Promise<ReadLetter> {
  const letter = await parseLetter(bytes);
  const split = splitReply(letter);
  const safe = letter.html === null ? null : sanitise(letter.html);
  return { letter, split, safe };
}
