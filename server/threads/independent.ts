import type { Claimed } from './store.ts';

/** Text that one run may carry in one statement. */
const runChars = 4_000_000;

/**
 * The places of those messages that can be stored together now: none of them has a writer, an id or bytes of an earlier
 * one, or refers to it or to what it refers to. One that does waits, and so does all that has to do with it, in order. A
 * message that changes another, or proves several addresses, is stored alone. At least the first.
 */
export function independent(claimed: readonly Claimed[]): number[] {
  const seen = new Set<string>();
  const chosen: number[] = [];
  let chars = 0;
  for (const [position, one] of claimed.entries()) {
    const { message } = one;
    if (message.edits !== undefined || message.from.length > 1) return position === 0 ? [0] : chosen;
    chars += message.text.length + (message.html?.length ?? 0) + (message.rest?.length ?? 0);
    if (position > 0 && chars > runChars) return chosen;
    const keys = keysOf(one);
    if (!keys.some((key) => seen.has(key))) chosen.push(position);
    for (const key of keys) seen.add(key);
  }
  return chosen;
}

function keysOf({ message, files }: Claimed): string[] {
  const [writer] = message.from;
  return [
    `from ${writer?.kind} ${writer?.value ?? ''}`,
    ...(message.messageId === null ? [] : [`id ${message.messageId}`]),
    ...message.references.map((id) => `id ${id}`),
    ...(files.digest === null ? [] : [`bytes ${files.digest}`]),
    ...(message.threadToken === null ? [] : [`token ${message.threadToken}`]),
  ];
}
