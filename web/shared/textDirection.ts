const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/g;
const LETTER = /\p{L}/gu;
const FIRST_LETTER = /\p{L}/u;
const MARK = '\u200f';
/** A line with so many of its letters from right to left is one, even where Latin names open it. */
const SHARE = 0.15;

/**
 * The same text to be shown: a line that is mostly Persian, Arabic or Hebrew but opens with a Latin name ("Galaxy A55 در …")
 * begins with a mark of its direction, because a browser judges a line by its first letter alone (UAX #9, P2).
 */
export function markDirection(text: string): string {
  if (text.search(RIGHT_TO_LEFT) < 0) return text;
  return text
    .split('\n')
    .map((line) => {
      const first = FIRST_LETTER.exec(line)?.[0];
      if (first === undefined || first.search(RIGHT_TO_LEFT) >= 0) return line;
      const [right, all] = [line.match(RIGHT_TO_LEFT)?.length ?? 0, line.match(LETTER)?.length ?? 1];
      return right / all >= SHARE ? MARK + line : line;
    })
    .join('\n');
}
