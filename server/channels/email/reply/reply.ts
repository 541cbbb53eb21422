import { htmlLines, plainText } from '../html/lines.ts';
import { attributionEndingAt, type Span } from './attribution.ts';
import { isForwardMark } from './forward.ts';
import { fieldsAbove, headerBlockAt, isOriginalMark } from './headerBlock.ts';
import { type Line, longestJudged, markedLines, nextText, textLines } from './line.ts';
import { markSignature } from './signature.ts';
import { forwardPrefix } from './words.ts';

/** A letter told apart. */
export interface SplitLetter {
  /** What the person wrote, a forwarded letter and inline answers included. */
  text: string;
  /** Quotations and signature in their order; null when there are none. */
  rest: string | null;
  /** The letter carries a forwarded one; `from` is that letter's writer as written. */
  forwarded: { from: string | null } | null;
}

export interface LetterBody {
  text: string | null;
  html: string | null;
  subject: string | null;
}

/**
 * Tells what a person wrote from what their mail program added. Pure.
 *
 * The plain part is judged by its words and marks; where it shows no quotation and the HTML part does (Outlook and mobile
 * programs write plain parts without any mark), the HTML is judged instead, by its markup and words.
 */
export function splitReply({ text, html, subject }: LetterBody): SplitLetter {
  const isForward = forwardPrefix.test(subject ?? '');
  const plain = text !== null && text.trim() !== '' ? tellApart(textLines(text), isForward) : null;
  if (plain && (plain.quoted || plain.forwarded || html === null)) return plain;
  if (html === null) return { text: '', rest: null, forwarded: null };
  const marked = tellApart(markedLines(htmlLines(html)), isForward);
  return plain && !marked.quoted && !marked.forwarded ? better(plain, marked) : marked;
}

/** Neither form shows a quotation: the one whose signature was recognised says less that is not the writer's. */
function better(plain: Told, marked: Told): Told {
  return plain.rest === null && marked.rest !== null && marked.text !== '' ? marked : plain;
}

interface Told extends SplitLetter {
  quoted: boolean;
}

function tellApart(lines: Line[], subjectSaysForward: boolean): Told {
  const scan: Scan = { attributions: [], quoted: false, forwarded: null, forwardAt: lines.length };
  scanLines(lines, subjectSaysForward, scan);
  const runs = newRuns(lines, scan.forwardAt);
  for (const run of runs) markSignature(lines, run.start, run.end);
  keepAttributionOfInlineAnswers(lines, scan.attributions);
  const text = plainText(lines.filter((line) => line.part === 'new'));
  const rest = lines.filter((line) => line.part !== 'new').map((line) => line.raw);
  const restText = withoutOuterBlankLines(rest).join('\n');
  const told = { quoted: scan.quoted, forwarded: scan.forwarded };
  // A letter that is nothing but `>` lines or a signature is shown rather than folded away whole.
  if (text === '' && !scan.quoted) return { ...told, text: plainText(lines), rest: null };
  return { ...told, text, rest: restText === '' ? null : restText };
}

function withoutOuterBlankLines(lines: string[]): string[] {
  const first = lines.findIndex((line) => line !== '');
  const last = lines.findLastIndex((line) => line !== '');
  return first < 0 ? [] : lines.slice(first, last + 1);
}

interface Scan {
  attributions: Span[];
  quoted: boolean;
  forwarded: { from: string | null } | null;
  /** First line of the forwarded letter; everything from it on is kept. */
  forwardAt: number;
}

/** Lines judged by their words; below, only `>` and the markup count. No person's letter is that long. */
const linesJudged = 8_000;

/** Marks what is quoted, from the top; stops where all that follows is quoted, or forwarded and kept. */
function scanLines(lines: Line[], subjectSaysForward: boolean, scan: Scan): void {
  for (const line of lines.slice(linesJudged)) if (line.depth > 0) line.part = 'quote';
  for (let i = 0; i < Math.min(lines.length, linesJudged); i++) {
    const line = lines[i];
    if (!line || line.text.trim() === '') {
      if (line && line.depth > 0) line.part = 'quote';
      continue;
    }
    const startsQuote = line.depth > 0 && (lines[i - 1]?.depth ?? 0) === 0;
    if ((line.depth === 0 || startsQuote) && isForwardMark(line)) {
      keepForward(lines, i, scan);
      return;
    }
    if (line.depth > 0) {
      line.part = 'quote';
      const end = startsQuote ? groupWiseAttribution(lines, i) : null;
      if (end === null) continue;
      const goesOn = isQuoted(lines, end);
      cut(lines, i, goesOn ? end : lines.length, scan);
      if (!goesOn) return;
      continue;
    }
    const block = headerBlockAt(lines, i);
    if (block) {
      if (subjectSaysForward && !scan.quoted) {
        keepForward(lines, i, scan);
        return;
      }
      const goesOn = isQuoted(lines, block.end);
      cut(lines, block.start, goesOn ? block.end : lines.length, scan);
      if (!goesOn) return;
      i = block.end - 1;
      continue;
    }
    if (
      line.hint === 'cut' ||
      isOriginalMark(line.text) ||
      (line.text.length <= longestJudged && replyAbove.test(line.text))
    ) {
      if (line.hint === 'cut' && subjectSaysForward && !scan.quoted) {
        keepForward(lines, i, scan);
        return;
      }
      const goesOn = line.hint !== 'cut' && isQuoted(lines, i + 1);
      cut(lines, i, goesOn ? i + 1 : lines.length, scan);
      if (!goesOn) return;
      continue;
    }
    const span = line.hint === 'attribution' ? { start: i, end: i + 1 } : attributionEndingAt(lines, i);
    if (!span) continue;
    const goesOn = line.hint === 'attribution' || isQuoted(lines, span.end);
    if (goesOn) scan.attributions.push(span);
    cut(lines, fieldsAbove(lines, span.start), goesOn ? span.end : lines.length, scan);
    if (!goesOn) return;
  }
}

/**
 * `>>> Ann Lee <ann@example.com> 02.04.2013 13:00 >>>`: GroupWise marks the line that names the other, and not always what
 * was said. Returns one past that line; null when it is an ordinary quotation.
 */
function groupWiseAttribution(lines: Line[], at: number): number | null {
  const raw = lines[at]?.raw ?? '';
  if (!raw.startsWith('>>> ')) return null;
  if (/\s>>>\s*$/.test(raw)) return at + 1;
  if (!/, in message\b/i.test(raw)) return null;
  for (let i = at; i < Math.min(lines.length, at + 4); i++) if (/:\s*$/.test(lines[i]?.text ?? '')) return i + 1;
  return null;
}

function cut(lines: Line[], from: number, to: number, scan: Scan): void {
  scan.quoted = true;
  for (let i = from; i < to; i++) {
    const line = lines[i];
    if (line) line.part = 'quote';
  }
}

function keepForward(lines: Line[], at: number, scan: Scan): void {
  scan.forwardAt = at;
  let from: string | null = null;
  for (let i = at; i < Math.min(lines.length, at + 12) && from === null; i++)
    from = headerBlockAt(lines, i)?.from ?? null;
  scan.forwarded = { from };
}

function isQuoted(lines: Line[], from: number): boolean {
  return (lines[nextText(lines, from)]?.depth ?? 0) > 0;
}

function newRuns(lines: Line[], end: number): Span[] {
  const runs: Span[] = [];
  let start = -1;
  for (let i = 0; i <= end; i++) {
    const isNew = i < end && lines[i]?.part === 'new';
    if (isNew && start < 0) start = i;
    if (!isNew && start >= 0) {
      runs.push({ start, end: i });
      start = -1;
    }
  }
  return runs;
}

/**
 * Answers written between quotations lose their sense without the line that says who is answered, so it stays with
 * them; below one whole quotation (or above it) it says nothing and goes.
 */
function keepAttributionOfInlineAnswers(lines: Line[], attributions: Span[]): void {
  const first = attributions[0];
  if (!first) return;
  const says = (run: Span) =>
    lines.slice(run.start, run.end).some((line) => line.part === 'new' && line.text.trim() !== '');
  const runs = newRuns(lines, lines.length).filter(says);
  const before = runs.filter((run) => run.end <= first.start).length;
  const after = runs.length - before;
  if (after === 0 || (before === 0 && after === 1)) return;
  for (let i = first.start; i < first.end; i++) {
    const line = lines[i];
    if (line) line.part = 'new';
  }
}

const replyAbove = new RegExp(
  `^\\W*(${[
    '(please )?(type your )?(reply|respond|write) (above|below) this line',
    '(bitte )?(antworten sie|antwort) (bitte )?(über|oberhalb) dieser (zeile|linie)',
    '(merci de |veuillez )?(répond(re|ez)|écri(re|vez)) (votre réponse )?au[- ]dessus de cette ligne',
    '(por favor,? )?(responda|escriba|escribe|responde) (su respuesta )?(por encima|arriba) de esta línea',
    '(por favor,? )?(responda|escreva) (sua resposta )?acima desta linha',
    'rispond(i|ere|ete) (al di )?sopra (a )?questa (riga|linea)',
    '(gelieve )?(uw )?(antwoord|reageer|reactie|antwoorden) boven deze (regel|lijn)( te (plaatsen|typen))?',
    '(пожалуйста, )?(ответьте|напишите|пишите)( ваш ответ)? (выше|над) этой (линии|линией|строки|строкой)',
  ].join('|')})[^\\p{L}]*$|^##-.{0,80}-##$`,
  'iu',
);
