import { marked } from 'marked';
import { createElement, Fragment, type ReactNode, useMemo } from 'react';
import classes from './Knowledge.module.css';

/** What Markdown can make; everything else is read through to its text. */
const kept = new Set(
  'h1 h2 h3 h4 h5 h6 p br hr b strong i em del ul ol li blockquote code pre a table thead tbody tr th td img'.split(
    ' ',
  ),
);

/** Markdown as React elements: nothing of it runs, only known elements are made. */
export function MarkdownView({ text }: { text: string }) {
  const content = useMemo(() => {
    const html = marked.parse(text, { async: false, gfm: true, breaks: false });
    return children(new DOMParser().parseFromString(html, 'text/html').body);
  }, [text]);
  return (
    <div className={classes.view} dir="auto">
      {content}
    </div>
  );
}

function children(node: Node): ReactNode[] {
  return [...node.childNodes].map((child, index) => render(child, index));
}

function render(node: Node, key: number): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (!(node instanceof Element)) return null;
  const name = node.localName;
  if (name === 'script' || name === 'style') return null;
  if (!kept.has(name)) return createElement(Fragment, { key }, ...children(node));
  if (name === 'br' || name === 'hr') return createElement(name, { key });
  if (name === 'img') return picture(node, key);
  if (name === 'a') return link(node, key);
  // The page has its own first heading.
  const heading = /^h([1-5])$/.exec(name);
  if (heading !== null) return createElement(`h${Number(heading[1]) + 1}`, { key }, ...children(node));
  return createElement(name, { key }, ...children(node));
}

function link(node: Element, key: number): ReactNode {
  const href = node.getAttribute('href') ?? '';
  return /^(https?:|mailto:|tel:|\/|#)/i.test(href)
    ? createElement('a', { key, href, target: '_blank', rel: 'noreferrer noopener' }, ...children(node))
    : createElement(Fragment, { key }, ...children(node));
}

function picture(node: Element, key: number): ReactNode {
  const [src, alt] = [node.getAttribute('src') ?? '', node.getAttribute('alt') ?? ''];
  // Pictures from elsewhere are not loaded: they would tell who reads what. Browsers read `/\\host` as `//host`.
  if (/^(\/[\w.-][\w./?=&%-]*$|data:image\/)/i.test(src))
    return createElement('img', { key, src, alt, loading: 'lazy' });
  return createElement('em', { key }, alt);
}
