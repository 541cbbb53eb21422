/** A run of blanks this long lays nothing out any more. */
const blanks = /[^\S\r\n]{80,}/g;

/**
 * Text with runs of blanks beyond all reason made one. The patterns by which a letter is judged look for blanks in many
 * places, and need quadratic time or worse on half a megabyte of them.
 */
export function squash(text: string): string {
  return text.replace(blanks, ' ');
}
