import type { ReactNode } from 'react';
import classes from './Badge.module.css';

export type Tone = 'plain' | 'green' | 'amber' | 'red' | 'accent';

/** A state in a word; the colour only repeats it. */
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {children}
    </span>
  );
}
