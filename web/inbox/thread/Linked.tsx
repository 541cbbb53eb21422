import { createElement, Fragment, type ReactNode } from 'react';
import { markDirection } from '../../shared/textDirection.ts';
import classes from './Message.module.css';

const LINK = /\b(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/g;

/** Plain text with its links and addresses clickable; each paragraph in its own direction. */
export function Linked({ text }: { text: string }) {
  return <p className={classes.text}>{createElement(Fragment, null, ...parts(markDirection(text)))}</p>;
}

function parts(text: string): ReactNode[] {
  return text.split(LINK).map((part, index) => (index % 2 === 0 ? part : link(part)));
}

function link(address: string): ReactNode {
  const href = address.includes('://') ? address : `mailto:${address}`;
  return createElement('a', { href, target: '_blank', rel: 'noreferrer noopener', dir: 'ltr' }, address);
}
