import sanitizeHtml from 'sanitize-html';
import { hintOf } from './hints.ts';
import { partBreak } from './partBreak.ts';
import { safeStyle } from './style.ts';
import { trackerName } from './trackers.ts';

/** HTML that may be shown in Parley's sandboxed frame. */
export interface SafeHtml {
  html: string;
  /** Pictures and backgrounds that would be fetched from elsewhere, trackers not counted. */
  remoteCount: number;
  /** Names of what would have reported the reading, once each. */
  trackers: string[];
}

/** Characters of HTML that are cleaned; the rest of a longer letter stays in its original. */
const maxHtmlChars = 2 * 1024 * 1024;
/** Elements within elements; deeper ones lose their tags, not their text. */
const maxNesting = 150;

/**
 * Cleans the HTML of a letter. Pure.
 *
 * Nothing in the result executes, submits, redirects or fetches by itself:
 * - scripts, frames, objects, SVG, MathML, forms, style sheets, meta and base are gone, text of forms stays;
 * - a remote picture has no `src` but `data-remote-src`, a remote background `data-remote-background`; the client asks
 *   first and then loads them through Parley's proxy;
 * - an attached picture has no `src` but `data-cid` with its Content-ID, which the client maps to an attachment;
 * - pictures that only report the reading are gone and named in `trackers`;
 * - links lead to http, https, mailto and tel alone, in a new window, without referrer, and show their target as title;
 * - of classes and ids only those stay by which the screen folds earlier letters;
 * - styles are kept by a list of properties that cannot fetch, cover or escape.
 */
export function sanitise(html: string): SafeHtml {
  const found: Found = { remoteCount: 0, trackers: new Set<string>() };
  const parts = html.slice(0, maxHtmlChars).split(partBreak);
  const clean = parts.map((part) => cleanPart(part, found)).join('\n');
  return { html: clean.trim(), remoteCount: found.remoteCount, trackers: [...found.trackers] };
}

interface Found {
  remoteCount: number;
  trackers: Set<string>;
}

function cleanPart(html: string, found: Found): string {
  return sanitizeHtml(html, {
    allowedTags: tags,
    nonTextTags: ['script', 'style', 'noscript', 'title', 'template', 'svg', 'math', 'object', 'xml', 'select'],
    allowedAttributes: {
      '*': [...commonAttributes, 'class', 'id'],
      blockquote: ['type'],
      a: ['href', 'rel', 'target', 'title'],
      img: [...imageAttributes],
      ol: ['start', 'type'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel', 'data'],
    allowedSchemesByTag: { a: ['http', 'https', 'mailto', 'tel'], img: ['data'] },
    allowedSchemesAppliedToAttributes: ['href', 'src'],
    allowProtocolRelative: false,
    parseStyleAttributes: false,
    nestingLimit: maxNesting,
    transformTags: { '*': (tagName, attributes) => anyElement(tagName, attributes, found) },
    exclusiveFilter: (frame) => frame.tag === 'img' && 'data-drop' in frame.attribs,
  });
}

function anyElement(tag: string, attributes: sanitizeHtml.Attributes, found: Found): sanitizeHtml.Tag {
  if (tag === 'a') return { tagName: tag, attribs: link(attributes) };
  if (tag === 'img') return { tagName: tag, attribs: image(attributes, found) };
  return { tagName: tag === 'body' || tag === 'html' ? 'div' : tag, attribs: common(tag, attributes, found) };
}

function common(tag: string, attributes: sanitizeHtml.Attributes, found: Found): sanitizeHtml.Attributes {
  const kept: sanitizeHtml.Attributes = {};
  for (const name of commonAttributes) if (attributes[name] !== undefined) kept[name] = attributes[name];
  delete kept['data-remote-background'];
  if (attributes.style) {
    const { style, remote } = safeStyle(attributes.style);
    if (style) kept.style = style;
    else delete kept.style;
    if (remote.length > 0) {
      found.remoteCount += remote.length;
      kept['data-remote-background'] = remote[0] ?? '';
    }
  }
  const background = attributes.background?.trim();
  if (background && /^https?:\/\//i.test(background)) {
    found.remoteCount++;
    kept['data-remote-background'] = background;
  }
  Object.assign(kept, quoteMarks(tag, attributes));
  if (tag === 'ol') Object.assign(kept, pick(attributes, ['start', 'type']));
  return kept;
}

/** Marks by which the screen folds earlier letters; no other class or id is kept. */
function quoteMarks(tag: string, attributes: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  const marks: sanitizeHtml.Attributes = {};
  const classes = (attributes.class ?? '').split(/\s+/).filter((one) => quoteClasses.has(one));
  if (classes.length > 0) marks.class = classes.join(' ');
  const id = (attributes.id ?? '').replace(/^x_/, '');
  if (quoteIds.has(id)) marks.id = id;
  if (tag === 'blockquote' && hintOf(tag, attributes) === 'quote') marks.type = 'cite';
  return marks;
}

const quoteClasses = new Set(['gmail_quote', 'gmail_extra', 'yahoo_quoted', 'moz-cite-prefix', 'protonmail_quote']);
const quoteIds = new Set(['divRplyFwdMsg', 'appendonsend']);

function link(attributes: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  const kept: sanitizeHtml.Attributes = attributes.style ? { style: safeStyle(attributes.style).style } : {};
  // Browsers drop these characters from a scheme before they read it; so it is read without them here too.
  const href = (attributes.href ?? '')
    .replace(/[\p{Cc}\s]+/gu, (space) => (space.includes(' ') && space.trim() === '' ? ' ' : ''))
    .trim();
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(href)) return kept;
  return { ...kept, href, title: href.slice(0, 500), rel: 'noopener noreferrer nofollow', target: '_blank' };
}

function image(attributes: sanitizeHtml.Attributes, found: Found): sanitizeHtml.Attributes {
  const source = (attributes.src ?? attributes['data-src'] ?? '').trim();
  const kept = { ...pick(attributes, ['alt', 'width', 'height', 'border', 'align']), ...styleOf(attributes) };
  if (/^cid:/i.test(source)) return { ...kept, 'data-cid': decode(source.slice(4)).replace(/^<|>$/g, '') };
  if (/^data:image\/(png|jpe?g|gif|webp|bmp);base64,[a-z0-9+/=\s]*$/i.test(source)) return { ...kept, src: source };
  const remote = source.startsWith('//') ? `https:${source}` : source;
  if (!/^https?:\/\//i.test(remote)) return kept;
  const tracker = trackerName(remote, attributes);
  if (tracker) {
    found.trackers.add(tracker);
    return { 'data-drop': '' };
  }
  found.remoteCount++;
  return { ...kept, 'data-remote-src': remote };
}

function styleOf(attributes: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  const style = attributes.style ? safeStyle(attributes.style).style : '';
  return style ? { style } : {};
}

function pick(attributes: sanitizeHtml.Attributes, names: string[]): sanitizeHtml.Attributes {
  return Object.fromEntries(
    names.flatMap((name) => (attributes[name] === undefined ? [] : [[name, attributes[name]]])),
  );
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const commonAttributes = [
  'align',
  'valign',
  'dir',
  'lang',
  'width',
  'height',
  'bgcolor',
  'color',
  'size',
  'face',
  'border',
  'cellpadding',
  'cellspacing',
  'colspan',
  'rowspan',
  'style',
  'data-remote-background',
];
const imageAttributes = [
  'alt',
  'width',
  'height',
  'border',
  'align',
  'style',
  'src',
  'data-cid',
  'data-remote-src',
  'data-drop',
];
const tags =
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr'.split(
    ' ',
  );
