import classes from './Presence.module.css';

/** A state as a shape and a colour; the word stands beside it, or is its label. */
export function PresenceDot({ state, label }: { state: string; label?: string }) {
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label, title: label };
  return <span className={classes.dot} data-state={state} {...named} />;
}
