import { convert } from 'html-to-text';
import { lexer, type Token, type Tokens } from 'marked';
import { markdownTable } from './markdownTable.ts';

/** A piece of an article: the headings above it (outermost first) and its plain text, one to a few paragraphs. */
export interface SplitPassage {
  path: string[];
  text: string;
}

export type ArticleFormat = 'markdown' | 'html' | 'text';

/**
 * Cuts an article into passages that can be found and quoted alone: a section is one passage until it grows past
 * {@link PASSAGE_CHARACTERS}, then it is cut between blocks, and a longer block between sentences. Never empty text.
 */
export function splitArticle(body: string, format: ArticleFormat = 'markdown'): SplitPassage[] {
  const markdown = format === 'html' ? htmlToMarkdown(body) : body;
  const passages: SplitPassage[] = [];
  const path: { depth: number; text: string }[] = [];
  let blocks: string[] = [];
  const flush = () => {
    const headings = path.map((heading) => heading.text);
    for (const text of packed(blocks)) passages.push({ path: headings, text });
    blocks = [];
  };
  for (const token of format === 'text' ? paragraphsOf(markdown) : lexer(markdown)) {
    if (token.type === 'heading') {
      flush();
      while ((path.at(-1)?.depth ?? 0) >= (token as Tokens.Heading).depth) path.pop();
      path.push({ depth: (token as Tokens.Heading).depth, text: inlineText(token.tokens ?? []).trim() });
    } else blocks.push(...blockTexts(token).filter(Boolean));
  }
  flush();
  return passages;
}

/** The first heading of an article, for a file that brings no title; null when there is none. */
export function firstHeading(body: string, format: ArticleFormat = 'markdown'): string | null {
  if (format === 'text') return body.trim().split('\n')[0]?.trim().slice(0, 200) || null;
  const heading = lexer(format === 'html' ? htmlToMarkdown(body) : body).find((token) => token.type === 'heading');
  return heading ? inlineText((heading as Tokens.Heading).tokens).trim() : null;
}

/** Turns HTML into Markdown that keeps headings, lists and the words, and drops everything else. */
export function htmlToMarkdown(html: string): string {
  return convert(html, {
    wordwrap: false,
    formatters: {
      markdownHeading: (element, walk, builder) => {
        builder.openBlock({ leadingLineBreaks: 2 });
        builder.addInline(`${'#'.repeat(Number(element.name?.slice(1) ?? 1))} `);
        walk(element.children, builder);
        builder.closeBlock({ trailingLineBreaks: 2 });
      },
      markdownTable,
      markdownImage: (element, _walk, builder) => {
        const src = String(element.attribs?.src ?? '');
        if (src !== '' && !src.startsWith('data:')) builder.addInline(`![${element.attribs?.alt ?? ''}](${src})`);
      },
    },
    selectors: [
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, format: 'markdownHeading' })),
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'table', format: 'markdownTable' },
      { selector: 'img', format: 'markdownImage' },
      ...['script', 'style', 'nav', 'header > nav', 'footer', 'noscript'].map((selector) => ({
        selector,
        format: 'skip',
      })),
    ],
  });
}

/** About a screen of a phone: long enough to answer, short enough to quote. */
const PASSAGE_CHARACTERS = 1000;

function paragraphsOf(text: string): Token[] {
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim())
    .map((paragraph) => ({ type: 'paragraph', raw: paragraph, text: paragraph, tokens: [textToken(paragraph)] }));
}

function textToken(text: string): Tokens.Text {
  return { type: 'text', raw: text, text, escaped: false };
}

function blockTexts(token: Token): string[] {
  switch (token.type) {
    case 'space':
    case 'hr':
    case 'def':
      return [];
    case 'list':
      return [
        (token as Tokens.List).items
          .map((item, at) => {
            const ordered = (token as Tokens.List).ordered;
            return `${ordered ? `${Number((token as Tokens.List).start || 1) + at}.` : '-'} ${item.tokens.flatMap(blockTexts).join('\n')}`;
          })
          .join('\n'),
      ];
    case 'table':
      return [tableText(token as Tokens.Table)];
    case 'blockquote':
      return ((token as Tokens.Blockquote).tokens ?? []).flatMap(blockTexts);
    case 'code':
      return [(token as Tokens.Code).text];
    case 'html':
      return [convert(token.raw, { wordwrap: false }).trim()];
    default:
      return ['tokens' in token && token.tokens ? inlineText(token.tokens).trim() : token.raw.trim()];
  }
}

/** A row is a sentence of its own ("Plan: S; Price: 10"), so that a row quoted alone still says what its cells are. */
function tableText(table: Tokens.Table): string {
  const titles = table.header.map((cell) => inlineText(cell.tokens).trim());
  return table.rows
    .map((row) =>
      row
        .map((cell, at) => [titles[at], inlineText(cell.tokens).trim()].filter(Boolean).join(': '))
        .filter(Boolean)
        .join('; '),
    )
    .join('\n');
}

function inlineText(tokens: Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'br') return '\n';
      if (token.type === 'html') return '';
      if ('tokens' in token && token.tokens && token.tokens.length > 0) return inlineText(token.tokens);
      return decodeEntities('text' in token ? String(token.text) : token.raw);
    })
    .join('');
}

function decodeEntities(text: string): string {
  return text.includes('&') ? convert(text.replaceAll('<', '&lt;'), { wordwrap: false, preserveNewlines: true }) : text;
}

function packed(blocks: string[]): string[] {
  const passages: string[] = [];
  let current = '';
  for (const block of blocks.flatMap((text) => (text.length > PASSAGE_CHARACTERS ? sentencesPacked(text) : [text]))) {
    if (current && current.length + block.length + 2 > PASSAGE_CHARACTERS) {
      passages.push(current);
      current = '';
    }
    current = current ? `${current}\n\n${block}` : block;
  }
  if (current) passages.push(current);
  return passages;
}

function sentencesPacked(text: string): string[] {
  const pieces: string[] = [];
  let current = '';
  for (const sentence of sentencesOf(text)) {
    if (current && current.length + sentence.length > PASSAGE_CHARACTERS) {
      pieces.push(current.trim());
      current = '';
    }
    current += sentence;
  }
  if (current.trim()) pieces.push(current.trim());
  return pieces;
}

/** Sentences and lines of a text, each with the blanks after it, so that joining them gives the text back. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=\n)/)
    .flatMap((line) =>
      [...new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(line)].map((part) => part.segment),
    );
}
