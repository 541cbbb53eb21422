import { Fragment } from 'react';
import classes from './Message.module.css';

const LINK = /\b(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/g;

/** Plain text with its links and addresses clickable; each paragraph in its own direction. */
export function Linked({ text }: { text: string }) {
  return <p className={classes.text}>{parts(text)}</p>;
}

function parts(text: string) {
  return text.split(LINK).map((part, index) =>
    index % 2 === 0 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one unchanging text
      <Fragment key={index}>{part}</Fragment>
    ) : (
      <a
        key={index}
        href={part.includes('://') ? part : `mailto:${part}`}
        target="_blank"
        rel="noreferrer noopener"
        dir="ltr"
      >
        {part}
      </a>
    ),
  );
}
