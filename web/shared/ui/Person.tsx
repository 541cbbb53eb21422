import classes from './Person.module.css';

/** A person's initials in a round; decorative beside the written name, named by `label` where it stands alone. */
export function Person({ name, size = 24, label }: { name: string; size?: number; label?: string }) {
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label, title: label };
  return (
    <span
      className={classes.person}
      data-tone={toneOf(name)}
      // Drawn, not written: the name is said by the words beside it, or by the label.
      data-initials={initialsOf(name)}
      style={{ width: size, height: size, fontSize: size * 0.4 }}
      {...named}
    />
  );
}

/** First letters of the first and last word; two letters of a single one. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const [first = '?', last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  const letters = last === undefined ? [...first].slice(0, 2) : [[...first][0], [...last][0]];
  return letters.join(last === undefined ? '' : '\u200c').toLocaleUpperCase();
}

function toneOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return sum % 4;
}
