import type { HtmlLine } from '../html/lines.ts';

/** A longer line is a paragraph: no mark, header or attribution is judged in it, and no pattern loses its time on it. */
export const longestJudged = 1_000;

/** One line of a letter on its way to being told apart. */
export interface Line {
  /** As written, without the `>` marks of a plain quotation. */
  text: string;
  /** As written; what `rest` shows. */
  raw: string;
  depth: number;
  hint: HtmlLine['hint'];
  /** What became of it. */
  part: 'new' | 'quote' | 'signature';
}

/** Lines of a plain-text body; `>` at the start is depth. */
export function textLines(text: string): Line[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u2060]/g, '')
    .split('\n')
    .map((raw) => {
      const marks = /^[ \t]{0,3}((?:>[ \t]?)+)/.exec(raw)?.[1] ?? '';
      const depth = marks.replace(/[^>]/g, '').length;
      const line = depth > 0 ? raw.replace(/^[ \t]{0,3}(?:>[ \t]?)+/, '') : raw;
      return {
        text: clean(line),
        raw: raw === '-- ' ? raw : raw.trimEnd(),
        depth,
        hint: null,
        part: 'new',
      };
    });
}

/** Lines of an HTML body with what its markup says of them. */
export function markedLines(lines: HtmlLine[]): Line[] {
  return lines.map(({ text, depth, hint }) => {
    const own = depth === 0 ? textLines(text)[0] : undefined;
    const quoted = own?.depth ?? 0;
    const plain = text.replace(/[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u2060]/g, '');
    return {
      text: clean(quoted > 0 && own ? own.text : plain),
      raw: depth > 0 ? `${'>'.repeat(depth)} ${plain}` : plain,
      depth: Math.max(depth, quoted),
      hint,
      part: 'new',
    };
  });
}

function clean(line: string): string {
  return line.replace(/\u00a0|\u3000/g, ' ').trimEnd();
}

/** Index of the next line with text at or after `from`; the length when there is none. */
export function nextText(lines: Line[], from: number): number {
  let i = from;
  while (i < lines.length && lines[i]?.text.trim() === '') i++;
  return i;
}
