import type { Line } from './line.ts';
import { forwardWords } from './words.ts';

/** `---------- Forwarded message ----------` and its kin, in any known language. */
export function isForwardMark(line: Line): boolean {
  const text = line.text.trim();
  return text.length < 120 && (ruled.test(text) || bare.test(text));
}

const ruled = new RegExp(
  `^[-_=*>\\s\u2010-\u2015\u2500-\u257f]{2,}\\s*(?:${forwardWords})(?![\\p{L}\\p{N}]).{0,40}$`,
  'iu',
);
const bare = new RegExp(`^(?:${forwardWords})\\s*[:：]?$`, 'iu');
