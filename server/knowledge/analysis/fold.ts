/**
 * Brings text to one comparable form: NFKC, lower case, no diacritics (but Hangul, kana and Indic vowel signs stay),
 * no zero-width marks, one spelling of Arabic and Persian letters, ASCII digits.
 */
export function fold(text: string): string {
  const lower = text.normalize('NFKC').toLowerCase();
  if (isPlainAscii(lower)) return lower;
  return lower
    .replace(ZERO_WIDTH, (mark) => (mark === ZWNJ ? ' ' : ''))
    .replace(FOREIGN_DIGIT, asciiDigit)
    .replace(FOLDABLE_LETTER, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(STRIPPED_MARKS, '')
    .normalize('NFC');
}

const ZWNJ = '\u200c';
const ZERO_WIDTH = /[\u00ad\u200b-\u200f\u2060\ufeff\u0640]|\ufe0f/g;
const FOREIGN_DIGIT = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59]/g;
/** Latin, Greek, Cyrillic, Arabic and Hebrew marks; marks of other scripts carry meaning of their own, and й is a letter. */
const STRIPPED_MARKS = /(?<!и)[\u0300-\u036f\u064b-\u065f\u0670\u0591-\u05c7]/g;

/** Letters that Unicode does not decompose, and letters that writers of Persian and Arabic use for each other. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ي: 'ی',
  ى: 'ی',
  ئ: 'ی',
  ك: 'ک',
  ة: 'ه',
  ۀ: 'ه',
  ؤ: 'و',
  أ: 'ا',
  إ: 'ا',
  ٱ: 'ا',
  آ: 'ا',
};
const FOLDABLE_LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = [0x660, 0x6f0, 0x966, 0xe50].findLast((start) => code >= start) ?? 0x30;
  return String(code - zero);
}

function isPlainAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 126) return false;
  return true;
}
