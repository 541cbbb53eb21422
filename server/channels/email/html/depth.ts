import { voidElements } from './elements.ts';

/** Elements within elements that a letter of people reaches; programs that build HTML by hand stay far below. */
const maxDepth = 400;

/**
 * Takes the containers out of HTML that is nested beyond all reason, so that no later step (each of which keeps a stack of
 * open elements) becomes slow on it. Other HTML comes back as it is. Linear.
 */
export function flattenDeep(html: string): string {
  if (!isDeep(html)) return html;
  return html.replace(/<\/?([a-zA-Z][\w:-]{0,40})(?![\w:-])[^<>]*>/g, (tag, name: string) => {
    const lower = name.toLowerCase();
    if (flat.has(lower)) return tag;
    return lines.has(lower) ? '<br>' : '';
  });
}

function isDeep(html: string): boolean {
  let depth = 0;
  for (const match of html.matchAll(/<(\/?)([a-zA-Z][\w:-]*)/g)) {
    const name = (match[2] ?? '').toLowerCase();
    if (flat.has(name) || impliedEnd.has(name)) continue;
    depth = match[1] ? Math.max(0, depth - 1) : depth + 1;
    if (depth > maxDepth) return true;
  }
  return false;
}

/** Elements without content, and those whose content is no HTML: their tags nest nothing. */
const flat = new Set([...voidElements, 'script', 'style', 'title']);
/** Their end tags are often left out. */
const impliedEnd = new Set([
  'p',
  'li',
  'td',
  'th',
  'tr',
  'dt',
  'dd',
  'option',
  'thead',
  'tbody',
  'body',
  'html',
  'head',
]);
const lines = new Set(['div', 'p', 'table', 'tr', 'li', 'ul', 'ol', 'blockquote', 'section', 'h1', 'h2', 'h3']);
