import type { Claimed } from './store.ts';

/** Text that one run may carry in one statement. */
const runChars = 4_000_000;

/**
 * How many of these messages, from the first, can be stored together: none of them has a writer, an id or bytes of an
 * earlier one, or refers to it. A message that changes another, or proves several addresses, is stored alone. At least 1.
 */
export function independentRun(claimed: readonly Claimed[]): number {
  const seen = new Set<string>();
  let chars = 0;
  for (const [position, one] of claimed.entries()) {
    const { message } = one;
    if (message.edits !== undefined || message.from.length > 1) return Math.max(1, position);
    chars += message.text.length + (message.html?.length ?? 0) + (message.rest?.length ?? 0);
    if (position > 0 && chars > runChars) return position;
    const own = keysOf(one);
    if ([...own, ...message.references.map((id) => `id ${id}`)].some((key) => seen.has(key))) return position;
    for (const key of own) seen.add(key);
  }
  return claimed.length;
}

function keysOf({ message, files }: Claimed): string[] {
  const [writer] = message.from;
  return [
    `from ${writer?.kind} ${writer?.value ?? ''}`,
    ...(message.messageId === null ? [] : [`id ${message.messageId}`]),
    ...(files.digest === null ? [] : [`bytes ${files.digest}`]),
    ...(message.threadToken === null ? [] : [`token ${message.threadToken}`]),
  ];
}
