import { decodeText } from './charset.ts';

/**
 * Decodes RFC 2047 encoded words as real software breaks them: spaces, line breaks and question marks inside a word,
 * a character cut in two between words, missing padding, words inside quotes, unknown charsets.
 * What is no encoded word is left as it stands.
 */
export function decodeWords(value: string): string {
  if (!value.includes('=?') || value.length > maxValueChars) return value;
  let text = '';
  let open: OpenWord | null = null;
  let end = 0;
  const close = () => {
    if (open) text += decodeText(Buffer.concat(open.bytes), open.charset);
    open = null;
  };
  for (const match of value.matchAll(encodedWord)) {
    const between = value.slice(end, match.index);
    const charset = (match[1] ?? '').split('*')[0]?.toLowerCase() ?? '';
    const bytes = wordBytes(match[2] ?? '', match[3] ?? '');
    const touches = /^\s*$/.test(between);
    const current = open as OpenWord | null;
    if (current && touches && current.charset === charset) current.bytes.push(bytes);
    else {
      close();
      if (!current || !touches) text += between;
      open = { charset, bytes: [bytes] };
    }
    end = match.index + match[0].length;
  }
  close();
  return text + value.slice(end);
}

/** A header value beyond this is no text for people. */
const maxValueChars = 20_000;

interface OpenWord {
  charset: string;
  bytes: Buffer[];
}

/** The text runs to the nearest `?=`, which a Q word may hold only encoded; charsets have no spaces. */
const encodedWord = /=\?([^?\s]{1,60})\?([BbQq])\?((?:(?!\?=)[\s\S]){0,4000}?)\?=/g;

function wordBytes(encoding: string, text: string): Buffer {
  if (encoding.toUpperCase() === 'B') return Buffer.from(text.replace(/[^A-Za-z0-9+/_-]/g, ''), 'base64');
  const spaced = text.replace(/=\s+(?=[0-9A-Fa-f]{2})/g, '=').replace(/_/g, ' ');
  const latin = Buffer.from(spaced, 'utf8').toString('latin1');
  return Buffer.from(
    latin.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}
