import { createElement, Fragment, type ReactNode, useMemo } from 'react';
import classes from './Message.module.css';

/** What simple formatting is made of; everything else is read through to its text. */
const kept = new Set(['p', 'br', 'b', 'strong', 'i', 'em', 'ul', 'ol', 'li', 'blockquote', 'code', 'pre', 'a', 'del']);

/** Our own simple HTML as React elements: parsed without running anything, nothing but known elements made. */
export function SafeHtml({ html }: { html: string }) {
  const content = useMemo(() => {
    const parsed = new DOMParser().parseFromString(html, 'text/html');
    return children(parsed.body);
  }, [html]);
  return (
    <div className={classes.rich} dir="auto">
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
  if (name === 'br') return createElement('br', { key });
  if (name !== 'a') return createElement(name, { key }, ...children(node));
  const href = node.getAttribute('href') ?? '';
  return /^(https?:|mailto:|tel:)/i.test(href)
    ? createElement('a', { key, href, target: '_blank', rel: 'noreferrer noopener' }, ...children(node))
    : createElement(Fragment, { key }, ...children(node));
}
