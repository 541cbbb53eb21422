import { isUtf8 } from 'node:buffer';
import { guessCharset, isOtherScript } from './guess.ts';
import { decodeHz, decodeShifted, decodeUtf7 } from './sevenBit.ts';

/**
 * Decodes text by its declared charset, or by what the bytes say when the declaration is missing, unknown or
 * contradicted by them. Never throws.
 *
 * @param label the charset as written in the letter; may be wrong or absent
 */
export function decodeText(bytes: Uint8Array, label?: string | null): string {
  if (bytes.length === 0) return '';
  const name = charsetName(label);
  if (name === 'utf-7') return decodeUtf7(bytes);
  if (name === 'hz-gb-2312') return decodeHz(bytes);
  if (name === 'iso-2022-kr') return decodeShifted(bytes, 'euc-kr');
  if (name === 'iso-2022-cn') return decodeShifted(bytes, 'gbk');
  const mark = byteOrderMark(bytes);
  if (mark) return decode(bytes, mark);
  if (name?.startsWith('utf-16')) return decode(bytes, looksUtf16(bytes) ?? 'utf-8');
  // Wide alphabets are written to be believed; only these labels are put on anything by careless software.
  if (name && !['utf-8', 'windows-1252', 'iso-8859-15'].includes(name)) return decode(bytes, name);
  if (hasEscapes(bytes)) return decode(bytes, 'iso-2022-jp');
  if (isUtf8(bytes)) return decode(bytes, 'utf-8');
  if (name && name !== 'utf-8') {
    const guessed = guessCharset(bytes);
    return decode(bytes, isOtherScript(guessed) ? guessed : name);
  }
  if (name === 'utf-8' && damagedUtf8(bytes)) return decode(bytes, 'utf-8');
  return decode(bytes, guessCharset(bytes));
}

/** The WHATWG (or own seven-bit) name for a label as mail writes it; null when nothing knows it. */
export function charsetName(label?: string | null): string | null {
  const plain = (label ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']+|["';,]+$/g, '');
  if (plain === '' || plain.length > 60) return null;
  const own = ownNames.get(plain.replace(/^x-/, '').replace(/[\s_.:-]/g, ''));
  if (own) return own;
  for (const candidate of [
    plain,
    plain.replace(/^x-/, ''),
    plain.replace(/^(cp|ms|ibm|win)-?(?=125\d$)/, 'windows-'),
  ]) {
    try {
      const { encoding } = new TextDecoder(candidate);
      if (encoding !== 'replacement') return encoding;
    } catch {
      // Not a label of the platform; the next spelling may be.
    }
  }
  return null;
}

const ownNames = new Map<string, string>([
  ['utf7', 'utf-7'],
  ['unicode11utf7', 'utf-7'],
  ['hzgb2312', 'hz-gb-2312'],
  ['iso2022kr', 'iso-2022-kr'],
  ['iso2022cn', 'iso-2022-cn'],
  ['gb2312', 'gb18030'],
  ['gbk', 'gb18030'],
  ['cp936', 'gb18030'],
  ['ms936', 'gb18030'],
  ['cp932', 'shift_jis'],
  ['sjis', 'shift_jis'],
  ['shiftjis', 'shift_jis'],
  ['cp50220', 'iso-2022-jp'],
  ['iso2022jpms', 'iso-2022-jp'],
  ['iso2022jp1', 'iso-2022-jp'],
  ['iso2022jp2', 'iso-2022-jp'],
  ['cp51932', 'euc-jp'],
  ['eucjpms', 'euc-jp'],
  ['cp949', 'euc-kr'],
  ['uhc', 'euc-kr'],
  ['ksx1001', 'euc-kr'],
  ['cp950', 'big5'],
  ['big5hkscs', 'big5'],
  ['utf8mb4', 'utf-8'],
  ['utf8', 'utf-8'],
  ['ansi', 'windows-1252'],
  ['ascii', 'windows-1252'],
  ['usascii', 'windows-1252'],
  ['koi8ru', 'koi8-u'],
  ['cp866', 'ibm866'],
  ['tis620', 'windows-874'],
  ['maccyrillic', 'x-mac-cyrillic'],
]);

const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

function decode(bytes: Uint8Array, charset: string): string {
  let decoder = decoders.get(charset);
  if (!decoder) {
    decoder = new TextDecoder(charset);
    decoders.set(charset, decoder);
  }
  return decoder.decode(bytes);
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** Letters labelled UTF-16 are as often plain 8-bit text: zero bytes decide. */
function looksUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  let even = 0;
  let odd = 0;
  const end = Math.min(bytes.length, 2_000);
  for (let i = 0; i < end; i++) if (bytes[i] === 0) i % 2 ? odd++ : even++;
  if (odd > even && odd > end / 8) return 'utf-16le';
  if (even > odd && even > end / 8) return 'utf-16be';
  return isUtf8(bytes) && even + odd === 0 ? null : 'utf-16le';
}

function hasEscapes(bytes: Uint8Array): boolean {
  for (let i = bytes.indexOf(0x1b); i >= 0; i = bytes.indexOf(0x1b, i + 1)) {
    const next = bytes[i + 1];
    if (next === 0x24 || (next === 0x28 && [0x42, 0x49, 0x4a].includes(bytes[i + 2] ?? 0))) return true;
  }
  return false;
}

/**
 * True for UTF-8 with a few bad bytes. Too few of them name no other charset, so they stay marked as unreadable
 * rather than become letters that nobody wrote.
 */
function damagedUtf8(bytes: Uint8Array): boolean {
  const text = decode(bytes.subarray(0, 65_536), 'utf-8');
  let bad = 0;
  let good = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd) bad++;
    else if (code > 0x7f) good++;
  }
  return bad < 4 || good > bad * 4;
}
