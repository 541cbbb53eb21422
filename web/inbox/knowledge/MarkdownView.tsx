import { marked } from 'marked';
import { useMemo } from 'react';
import { safeElements } from '../../shared/ui/safeElements.tsx';
import classes from './Knowledge.module.css';

/** Markdown as React elements: nothing of it runs, only known elements are made. */
export function MarkdownView({ text }: { text: string }) {
  const content = useMemo(() => {
    const html = marked.parse(text, { async: false, gfm: true, breaks: false });
    return safeElements(html, { document: true, pictures: true });
  }, [text]);
  return (
    <div className={classes.view} dir="auto">
      {content}
    </div>
  );
}
