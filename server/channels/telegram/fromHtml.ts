import { Parser } from 'htmlparser2';
import type { OutgoingEntity } from './split.ts';

type Format = OutgoingEntity['type'];

const FORMATS: Record<string, Format> = {
  b: 'bold',
  strong: 'bold',
  h1: 'bold',
  h2: 'bold',
  h3: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  s: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  a: 'text_link',
};
const BLOCKS = new Set('p div h1 h2 h3 h4 blockquote pre ul ol table tr li'.split(' '));
const PARAGRAPHS = new Set('p h1 h2 h3 blockquote pre ul ol'.split(' '));
const LINK = /^(https?:|mailto:|tel:)/i;

/**
 * What Telegram can show of a composed HTML answer: text, and entities for bold, italic, underline, strike, code,
 * quotes and links. Paragraphs become empty lines, list items lines with a bullet or number; all else is plain text.
 */
export function fromHtml(html: string): { text: string; entities: OutgoingEntity[] } {
  let text = '';
  const entities: OutgoingEntity[] = [];
  const open: { name: string; offset: number; url: string | undefined }[] = [];
  const lists: (number | null)[] = [];
  let breaks = 0;
  const need = (count: number) => {
    if (text !== '') breaks = Math.max(breaks, count);
  };
  const write = (piece: string) => {
    if (piece === '') return;
    text = `${text.replace(/ +$/, breaks > 0 ? '' : '$&')}${'\n'.repeat(breaks)}${piece}`;
    breaks = 0;
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'br') breaks += text === '' ? 0 : 1;
      if (BLOCKS.has(name)) need(PARAGRAPHS.has(name) && lists.length === 0 ? 2 : 1);
      if (name === 'ul') lists.push(null);
      if (name === 'ol') lists.push(1);
      if (name === 'li') write(bullet(lists));
      open.push({ name, offset: -1, url: attributes.href });
    },
    ontext(data) {
      const inPre = open.some(({ name }) => name === 'pre');
      const atStart = text === '' || breaks > 0 || /\s$/.test(text);
      const collapsed = inPre ? data : data.replace(/\s+/g, ' ');
      const piece = atStart && !inPre ? collapsed.trimStart() : collapsed;
      if (piece === '') return;
      write(piece);
      const offset = text.length - piece.length;
      for (const tag of open) if (tag.offset < 0) tag.offset = offset;
    },
    onclosetag(name) {
      const tag = open.pop();
      if (tag && tag.offset >= 0) entities.push(...entityOf(tag, text));
      if (name === 'ul' || name === 'ol') lists.pop();
      if (BLOCKS.has(name)) need(PARAGRAPHS.has(name) && lists.length === 0 ? 2 : 1);
    },
  });
  parser.end(html);
  return { text: text.trimEnd(), entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) };
}

function bullet(lists: (number | null)[]): string {
  const indent = '  '.repeat(Math.max(0, lists.length - 1));
  const number = lists.at(-1);
  if (typeof number !== 'number') return `${indent}• `;
  lists[lists.length - 1] = number + 1;
  return `${indent}${number}. `;
}

function entityOf(tag: { name: string; offset: number; url: string | undefined }, text: string): OutgoingEntity[] {
  const type = FORMATS[tag.name];
  const length = text.trimEnd().length - tag.offset;
  if (!type || length <= 0) return [];
  if (type !== 'text_link') return [{ type, offset: tag.offset, length }];
  const url = tag.url ?? '';
  return LINK.test(url) && text.slice(tag.offset, tag.offset + length) !== url
    ? [{ type, offset: tag.offset, length, url }]
    : [];
}
