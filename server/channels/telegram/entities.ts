import type { Entity } from './update.ts';

const TAGS: Record<string, string> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
  spoiler: 'span',
};
const SAFE_LINK = /^(https?:|mailto:|tel:|tg:)/i;

/**
 * The HTML of a formatted text, or null when nothing in it is formatted (links that are visible as text are left to
 * the screen). Everything is escaped, only the tags above and links of known schemes come out; entities that reach
 * outside the text are ignored.
 */
export function entitiesToHtml(text: string, entities: Entity[]): string | null {
  const shown = entities.filter((entity) => openTag(entity) !== null && entity.offset >= 0 && entity.length > 0);
  const inside = shown.filter(({ offset, length }) => offset + length <= text.length);
  if (inside.length === 0) return null;
  const cuts = new Set([0, text.length]);
  for (const { offset, length } of inside) cuts.add(offset).add(offset + length);
  const points = [...cuts].sort((a, b) => a - b);
  let html = '';
  for (let at = 0; at + 1 < points.length; at++) {
    const [from = 0, to = 0] = [points[at], points[at + 1]];
    // Each stretch is wrapped anew, so that overlapping entities still nest.
    const around = inside.filter(({ offset, length }) => offset <= from && offset + length >= to);
    const piece = escapeHtml(text.slice(from, to)).replaceAll('\n', '<br>');
    html += around.reduceRight((inner, entity) => `${openTag(entity)}${inner}${closeTag(entity)}`, piece);
  }
  return html;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function openTag(entity: Entity): string | null {
  if (entity.type === 'text_link') {
    return entity.url && SAFE_LINK.test(entity.url)
      ? `<a href="${escapeHtml(entity.url)}" rel="noopener nofollow">`
      : null;
  }
  const tag = TAGS[entity.type];
  return tag ? `<${tag}>` : null;
}

function closeTag(entity: Entity): string {
  return entity.type === 'text_link' ? '</a>' : `</${TAGS[entity.type]}>`;
}
