import { createElement, Fragment, type ReactNode } from 'react';

/** What may be made of HTML beside simple formatting. */
export interface May {
  /** Headings (one level down: the page has its own first), tables, rules, and links within this site. */
  document?: boolean;
  /** Pictures of this site; of others their words. */
  pictures?: boolean;
}

const simple = 'p br b strong i em ul ol li blockquote code pre a del'.split(' ');
const documents = 'h1 h2 h3 h4 h5 h6 hr table thead tbody tr th td'.split(' ');

/** HTML as React elements: parsed without running anything; only known elements are made, the rest is read through to its text. */
export function safeElements(html: string, may: May = {}): ReactNode[] {
  const kept = new Set([...simple, ...(may.document ? documents : []), ...(may.pictures ? ['img'] : [])]);
  return children(new DOMParser().parseFromString(html, 'text/html').body, kept, may);
}

function children(node: Node, kept: Set<string>, may: May): ReactNode[] {
  return [...node.childNodes].map((child, index) => render(child, index, kept, may));
}

function render(node: Node, key: number, kept: Set<string>, may: May): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (!(node instanceof Element)) return null;
  const name = node.localName;
  if (name === 'script' || name === 'style') return null;
  const inside = () => children(node, kept, may);
  if (!kept.has(name)) return createElement(Fragment, { key }, ...inside());
  if (name === 'br' || name === 'hr') return createElement(name, { key });
  if (name === 'img') return picture(node, key);
  if (name === 'a') {
    const href = node.getAttribute('href') ?? '';
    return (may.document ? anyLink : outsideLink).test(href)
      ? createElement('a', { key, href, target: '_blank', rel: 'noreferrer noopener' }, ...inside())
      : createElement(Fragment, { key }, ...inside());
  }
  const heading = /^h([1-5])$/.exec(name);
  return createElement(heading === null ? name : `h${Number(heading[1]) + 1}`, { key }, ...inside());
}

const outsideLink = /^(https?:|mailto:|tel:)/i;
const anyLink = /^(https?:|mailto:|tel:|\/|#)/i;

function picture(node: Element, key: number): ReactNode {
  const [src, alt] = [node.getAttribute('src') ?? '', node.getAttribute('alt') ?? ''];
  // Pictures from elsewhere are not loaded: they would tell who reads what. Browsers read `/\\host` as `//host`.
  if (/^(\/[\w.-][\w./?=&%-]*$|data:image\/)/i.test(src))
    return createElement('img', { key, src, alt, loading: 'lazy' });
  return createElement('em', { key }, alt);
}
