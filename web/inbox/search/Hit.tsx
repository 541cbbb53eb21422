import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ListTime } from '../../shared/ui/Time.tsx';
import { Marked } from './Marked.tsx';
import classes from './Search.module.css';

/** One thing that was found: what it is, when, and the words around the match. */
export function Hit({
  to,
  icon,
  title,
  text,
  at,
  words,
}: {
  to: string;
  icon: ReactNode;
  title: string;
  text: string;
  at?: string;
  words: string;
}) {
  return (
    <Link to={to} className={classes.hit}>
      {icon}
      <span className={classes.main}>
        <span className={classes.head}>
          <bdi className="p-ellipsis">
            <Marked text={title} words={words} />
          </bdi>
          {at !== undefined && <ListTime at={at} />}
        </span>
        {text !== '' && (
          <span className={`${classes.text} p-line`} dir="auto">
            <Marked text={text} words={words} />
          </span>
        )}
      </span>
    </Link>
  );
}
