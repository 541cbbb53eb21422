import { useMemo } from 'react';
import { safeElements } from '../../shared/ui/safeElements.tsx';
import classes from './Message.module.css';

/** Our own simple HTML as React elements: parsed without running anything, nothing but known elements made. */
export function SafeHtml({ html }: { html: string }) {
  const content = useMemo(() => safeElements(html), [html]);
  return (
    <div className={classes.rich} dir="auto">
      {content}
    </div>
  );
}
