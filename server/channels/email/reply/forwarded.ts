import { isForwardMark } from './forward.ts';
import { headerBlockAt, isOriginalMark } from './headerBlock.ts';
import { textLines } from './line.ts';

/** How far down a forwarded letter begins at most, lines: above stand a greeting and a signature. */
const looked = 80;

/**
 * Who wrote the letter that this one forwards: the From of the first header lines under a mark of forwarding (or under any
 * rule, where the subject says Fwd). Null when it forwards none, or names no address. Pure.
 */
export function forwardedFrom(subject: string, text: string): { name: string; address: string } | null {
  if (!text.includes('@')) return null;
  const lines = textLines(text.slice(0, 20_000)).slice(0, looked);
  const says = forwardSubject.test(subject);
  let marked = says;
  for (const [at, line] of lines.entries()) {
    if (isForwardMark(line) || (says && isOriginalMark(line.text))) marked = true;
    if (!marked) continue;
    const from = headerBlockAt(lines, at)?.from;
    if (from !== null && from !== undefined) return person(from);
  }
  return null;
}

/** Fwd, WG (German), TR (French), ENC (Portuguese), RV (Spanish), Пересл (Russian), … as mail programs write them. */
const forwardSubject =
  /^\s*(?:re\s*:\s*)?(?:fwd?|wg|tr|enc|rv|i|vs|vb|doorst|pd|fs|ynt|ilt|továbbítás|пересл|fw|전달|转发|轉寄)\s*[:：]/iu;

/** `Ann Lee <ann@x.example>`, `ann@x.example [mailto:…]` and their kin. */
function person(value: string): { name: string; address: string } | null {
  const plain = value.slice(0, 500).replace(/\[mailto:([^\]]+)\]/i, '<$1>');
  const address = /[^\s<>()"',;:[\]]{1,64}@[^\s<>()"',;:[\]]{1,255}/.exec(plain)?.[0].toLowerCase();
  if (address === undefined) return null;
  const name = plain
    .split(/[<(]/)[0]
    ?.replace(/^[\s"'*]+|[\s"'*]+$/g, '')
    .trim();
  return { name: name === undefined || name.includes('@') ? '' : name.slice(0, 200), address };
}
