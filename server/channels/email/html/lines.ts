import { Parser } from 'htmlparser2';
import { voidElements } from './elements.ts';
import { type Hint, hintOf } from './hints.ts';
import { partBreak } from './partBreak.ts';

/** One line of an HTML letter as a reader sees it. */
export interface HtmlLine {
  text: string;
  /** How many quotations it stands in. */
  depth: number;
  /** What the markup says of it; null when it says nothing. */
  hint: Exclude<Hint, 'quote' | 'hidden'> | null;
}

/** Renders HTML as plain lines with what the markup says about each. Any input, broken too; linear in its length. */
export function htmlLines(html: string): HtmlLine[] {
  return html.split(partBreak).flatMap(linesOfPart);
}

function linesOfPart(html: string): HtmlLine[] {
  const lines: HtmlLine[] = [];
  const stack: Open[] = [];
  const state = { depth: 0, hidden: 0, pre: 0, lists: [] as number[], inside: [] as HtmlLine['hint'][] };
  let current = '';
  let wantBlank = false;
  let hint: HtmlLine['hint'] = null;

  const flush = (force = false) => {
    const text = state.pre ? current.replace(/\s+$/, '') : current.trim();
    if (text !== '' || force) {
      if (wantBlank && lines.length > 0 && lines[lines.length - 1]?.text !== '') push('');
      wantBlank = false;
      push(text);
    }
    current = '';
  };
  const push = (text: string) => {
    lines.push({ text, depth: state.depth, hint: hint ?? state.inside[state.inside.length - 1] ?? null });
    if (text !== '') hint = null;
  };

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (state.hidden > 0 || unseen.has(name)) {
          state.hidden++;
          stack.push({ name, hint: 'hidden' });
          return;
        }
        const found = hintOf(name, attributes);
        if (name === 'br') {
          flush(true);
          return;
        }
        if (blocks.has(name) || found === 'cut') flush();
        if (paragraphs.has(name)) wantBlank = true;
        if (found === 'hidden') state.hidden++;
        if (found === 'quote') state.depth++;
        if (found === 'cut') hint = 'cut';
        if (found === 'attribution' && current.trim() !== '') flush();
        if (name === 'pre' || name === 'textarea') state.pre++;
        if (name === 'ol' || name === 'ul') state.lists.push(name === 'ol' ? 1 : 0);
        if (name === 'li') current += bullet(state.lists);
        if (name === 'td' || name === 'th') current += current.trim() ? ' ' : '';
        if (name === 'img' && attributes.alt?.trim() && !attributes.alt.startsWith('http'))
          current += attributes.alt.trim();
        if (name === 'hr' && found !== 'cut') {
          current = '________________________________';
          flush();
        }
        if (voidElements.has(name)) return;
        if (found === 'signature' || found === 'attribution') state.inside.push(found);
        stack.push({ name, hint: found });
      },
      ontext(text) {
        if (state.hidden > 0) return;
        if (!state.pre) {
          const words = text.replace(/[ \t\r\n\f]+/g, ' ');
          current += current === '' ? words.trimStart() : current.endsWith(' ') ? words.replace(/^ /, '') : words;
          return;
        }
        const [first = '', ...others] = text.split(/\r?\n/);
        current += first;
        for (const line of others) {
          flush(true);
          current = line;
        }
      },
      onclosetag(name) {
        const open = stack[stack.length - 1];
        if (!open || open.name !== name) return;
        if (open.hint === 'hidden') {
          state.hidden--;
          stack.pop();
          return;
        }
        if (blocks.has(name) || open.hint) flush();
        if (paragraphs.has(name)) wantBlank = true;
        if (name === 'pre' || name === 'textarea') state.pre--;
        if (name === 'ol' || name === 'ul') state.lists.pop();
        if (open.hint === 'quote') state.depth--;
        if (open.hint === 'signature' || open.hint === 'attribution') state.inside.pop();
        stack.pop();
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.end(html);
  flush();
  return lines;
}

/** The lines as text, runs of blank lines shortened. */
export function plainText(lines: { text: string }[]): string {
  return lines
    .map((line) => line.text.replace(/\u00a0/g, ' '))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

interface Open {
  name: string;
  hint: Hint | null;
}

function bullet(lists: number[]): string {
  const last = lists.length - 1;
  const number = lists[last] ?? 0;
  if (number === 0) return '- ';
  lists[last] = number + 1;
  return `${number}. `;
}

const unseen = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'object', 'svg', 'math', 'xml']);
const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'dl', 'table', 'pre']);
const blocks = new Set([
  ...paragraphs,
  ...'div blockquote li tr section article header footer main nav address center form fieldset hr dt dd body html figure aside tbody thead caption'.split(
    ' ',
  ),
]);
