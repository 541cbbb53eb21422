import type { Message } from '../../../server/threads/schema.ts';

/**
 * Pure: who else was on the client's last letter, beside the client and ourselves; nobody when it was to us alone.
 * `own` are the shop's addresses; plus-addresses of theirs are theirs too.
 */
export function othersOn(messages: Message[], own: string[]): string[] {
  const letter = messages.findLast(
    (message) =>
      message.direction === 'inbound' && message.channelKind === 'email' && message.classification === 'person',
  );
  if (letter === undefined || letter.participants === null) return [];
  const { to, cc } = letter.participants;
  if (to.length + cc.length < 2) return [];
  const not = new Set([letter.author.address ?? '', ...own].map(plain));
  return [...new Set([...to, ...cc].map((address) => address.toLowerCase()))].filter(
    (address) => !not.has(plain(address)),
  );
}

/** An address without case and without its plus part. */
function plain(address: string): string {
  return address.toLowerCase().replace(/\+[^@]*@/, '@');
}
