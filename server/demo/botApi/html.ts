import type { MessageEntity } from 'telegraf/types';

const TAGS: Record<string, MessageEntity['type']> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  'tg-spoiler': 'spoiler',
  a: 'text_link',
};
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/**
 * Text and entities of `parse_mode: "HTML"` (core.telegram.org/bots/api#html-style). Throws an Error with Telegram's
 * own words for an unknown or unclosed tag.
 */
export function parseHtml(source: string): { text: string; entities: MessageEntity[] } {
  const entities: MessageEntity[] = [];
  const open: { tag: string; offset: number; url: string | undefined }[] = [];
  let text = '';
  for (const [piece, tagName, attributes] of source.matchAll(/<\/?([a-z-]+)([^>]*)>|&#?\w+;|[^<&]+|[<&]/gi)) {
    if (tagName === undefined) {
      text += decode(piece);
      continue;
    }
    const tag = tagName.toLowerCase();
    if (!(tag in TAGS)) throw new Error(`can't parse entities: Unsupported start tag "${tag}"`);
    if (!piece.startsWith('</')) {
      open.push({ tag, offset: text.length, url: attributes?.match(/href="([^"]*)"/)?.[1] });
      continue;
    }
    const last = open.pop();
    if (last?.tag !== tag) throw new Error(`can't parse entities: Unmatched end tag "${tag}"`);
    const entity = { type: TAGS[tag], offset: last.offset, length: text.length - last.offset };
    if (entity.length > 0)
      entities.push({ ...entity, ...(last.url ? { url: decode(last.url) } : {}) } as MessageEntity);
  }
  const left = open.pop();
  if (left) throw new Error(`can't parse entities: Can't find end tag corresponding to start tag "${left.tag}"`);
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) };
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return NAMED[name] ?? whole;
  });
}
