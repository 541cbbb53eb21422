import { diffLines } from './diff.ts';
import classes from './Knowledge.module.css';

/** What changed between two states of an article: what is gone, and what stands in its place. */
export function DiffView({ before, after }: Record<'before' | 'after', { title: string; body: string }>) {
  return (
    <pre className={classes.diff} dir="auto">
      {before.title !== after.title && (
        <>
          <del># {before.title}</del>
          <ins># {after.title}</ins>
        </>
      )}
      {diffLines(before.body, after.body).map((line, index) => {
        const text = line.text === '' ? ' ' : line.text;
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a diff have no other name and never move
        if (line.kind === 'gone') return <del key={index}>{text}</del>;
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        return line.kind === 'new' ? <ins key={index}>{text}</ins> : <span key={index}>{text}</span>;
      })}
    </pre>
  );
}
