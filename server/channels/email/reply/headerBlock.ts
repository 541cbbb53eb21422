import { type Line, longestJudged, nextText } from './line.ts';
import { fieldWords, originalWords } from './words.ts';

/** Where the header lines of an answered or forwarded letter stand. */
export interface HeaderBlock {
  /** First line, the rule or `Original Message` above it included. */
  start: number;
  /** First line after the last header. */
  end: number;
  /** The value of From. */
  from: string | null;
}

/**
 * Recognises the header lines that Outlook and its kin put above the answered letter (`From: … Sent: … To: …
 * Subject: …`) in any of the known languages: three different fields, or two with an address, within a few lines.
 */
export function headerBlockAt(lines: Line[], at: number): HeaderBlock | null {
  const first = lines[at];
  if (!first || fieldOf(first.text) === null) return null;
  const seen = new Set<string>();
  let from: string | null = null;
  let end = at;
  let filled = 0;
  for (let i = at; i < lines.length && i < at + 24 && filled < 12; i++) {
    const line = lines[i];
    if (!line || line.depth !== first.depth) break;
    if (line.text.trim() === '') {
      // Converters put blank lines between the fields; two fields further on is another matter.
      const next = lines[nextText(lines, i)];
      if (!next || fieldOf(next.text) === null) break;
      continue;
    }
    filled++;
    const field = fieldOf(line.text);
    if (field) {
      seen.add(field.kind);
      if (field.kind === 'from') from ??= field.value || (lines[i + 1]?.text.trim() ?? null);
      end = i + 1;
    } else if (i > end + 2 || (seen.size >= 3 && !/^[\s<,;"'(]|[;,]$|@/.test(line.text))) break;
  }
  const wanted = seen.has('from') || (seen.has('date') && seen.has('subject'));
  const start = ruleAbove(lines, at);
  // Somebody who writes where they travel from, to and when gives no subject, no address, and draws no line above.
  const block = lines.slice(at, end);
  const sure =
    seen.has('subject') ||
    start < at ||
    block.some(({ text }) => text.includes('@') || saysWhenSent.test(text.slice(0, longestJudged)));
  // A sender's and a receiver's address are a parcel's as well.
  const dated = start < at || seen.has('date') || seen.has('subject');
  const plenty = (seen.size >= 3 && sure) || (seen.size === 2 && dated && from !== null && /@|\[mailto:/.test(from));
  return wanted && plenty ? { start, end, from } : null;
}

/** First of the header lines (and the rule above them) that end right above `at`; Yandex puts To and Subject over its attribution. */
export function fieldsAbove(lines: Line[], at: number): number {
  let start = at;
  while (start > 0 && fieldOf(lines[start - 1]?.text ?? '') !== null) start--;
  return start === at ? at : ruleAbove(lines, start);
}

/** `-----Original Message-----` in any language, or the same words between other rules. */
export function isOriginalMark(text: string): boolean {
  return text.length <= longestJudged && originalMark.test(text.trim());
}

function fieldOf(text: string): { kind: string; value: string } | null {
  if (text.length > longestJudged) return null;
  // Most lines have no colon near their start, and the words of twenty-five languages are dear to try.
  const plain = text.startsWith('|') ? text.replace(tableRow, '$1: $2') : text;
  if (!/^.{1,40}[:：]/u.test(plain)) return null;
  const match = fieldLine.exec(plain);
  if (!match?.groups) return null;
  for (const kind of ['from', 'date', 'to', 'cc', 'subject']) {
    if (match.groups[kind] !== undefined)
      return { kind, value: (match.groups.value ?? '').replace(/^\*+|\*+$/g, '').trim() };
  }
  return null;
}

/** The rule, `Original Message` and blank lines right above the block go with it. */
function ruleAbove(lines: Line[], at: number): number {
  let start = at;
  for (let i = at - 1; i >= 0 && i >= at - 4; i--) {
    const text = lines[i]?.text.trim() ?? '';
    if (text === '') continue;
    if (text.length > longestJudged) break;
    if (anyRule.test(text) || isOriginalMark(text) || bareMark.test(text) || ruledLine.test(text)) start = i;
    else break;
  }
  return start;
}

/** `| From | Ann |`: NetEase writes the header as a table. */
const tableRow = /^\|\s*([^|]{1,30}?)\s*\|\s*(.*?)\s*\|?$/;
/** `Sent: Tuesday, 2 April 2013 13:00`: nobody but a program says of a letter when it was sent, to the minute. */
const saysWhenSent =
  /^[\s*]*(Sent|Gesendet|Envoyé|Envoyé le|Enviad[oa]( el| em)?|Inviato|Verzonden|Skickat|Sendt|Lähetetty|Wysłano|Odesláno|Odoslané|Trimis|Elküldve|Отправлено|Надіслано|Gönderildi|تم الإرسال|보낸 ?날짜|送信日時|发送时间|傳送日期|寄件日期)\*?\s?[:：].*\d{4}.*\d{1,2}[:.]\d{2}/iu;
/** `Original Message` or `Message du 02/04/13 13:00`, without a rule, above header lines. */
const bareMark = new RegExp(`^(?:(?:${originalWords})\\s*[:：]?|Message du ?:?\\s.{6,30})$`, 'iu');
const fieldLine = new RegExp(
  `^[\\s*_|>•]*(?:${Object.entries(fieldWords)
    .map(([kind, words]) => `(?<${kind}>${words})`)
    .join('|')})\\s?\\*{0,2}\\s?[:：]\\*{0,2}(?:\\s+|$|(?=[^\\s/]))(?<value>.*)$`,
  'iu',
);
const originalMark = new RegExp(
  `^(?:[-_=*~\u2010-\u2015\u2500-\u257f]{2,}\\s*\\[?\\s*(?:${originalWords})\\s*\\]?\\s*[:：]?\\s*(?:[-_=*~\u2010-\u2015\u2500-\u257f]{2,}.{0,300}|[-_=*~\u2010-\u2015\u2500-\u257f]*)|[-_=*~]{0,40}\\s*(?:${originalWords})\\s*[-_=*~]{2,})$`,
  'iu',
);
/** `-----Ann Lee <ann@example.com> wrote: -----` (Lotus). */
const ruledLine = /^-{3,}[^-].{1,120}[:：]\s-{3,}$/;
/** A rule with or without words in it; only what stands below says what it is. */
const anyRule =
  /^[-_=*\u2010-\u2015\u2500-\u257f]{2,}(\s*\[?[\p{L} .'’]{4,40}\]?\s*[-_=*\u2010-\u2015\u2500-\u257f]{2,})?$/u;
