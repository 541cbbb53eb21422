import type { Message } from '../../../server/threads/schema.ts';

/** One line of the thread as it is shown. */
export type FlowItem =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'message'; key: string; message: Message; continued: boolean; followed: boolean; album: Message[] }
  | { kind: 'folded'; key: string; messages: Message[] };

/** Messages of one author closer than this stand together under one name, ms. */
const GROUP_MS = 5 * 60_000;

/**
 * Pure: days broken, authors grouped, an album's messages in its first one, runs of system lines folded into one when there
 * are three or more.
 */
export function flowOf(messages: Message[]): FlowItem[] {
  const items: FlowItem[] = [];
  let day = '';
  let before: Message | null = null;
  for (let index = 0; index < messages.length; index++) {
    const message = messages[index];
    if (message === undefined) break;
    const thisDay = new Date(message.receivedAt).toDateString();
    if (thisDay !== day) {
      items.push({ kind: 'day', key: `day ${message.receivedAt}`, at: message.receivedAt });
      day = thisDay;
      before = null;
    }
    const run = systemRun(messages, index, thisDay);
    if (run.length >= 3) {
      items.push({ kind: 'folded', key: `folded ${message.id}`, messages: run });
      index += run.length - 1;
      before = null;
      continue;
    }
    const continued = before !== null && continues(before, message);
    const last = items.at(-1);
    if (continued && last?.kind === 'message') last.followed = true;
    const album = albumRun(messages, index);
    items.push({ kind: 'message', key: message.id, message, continued, followed: false, album });
    index += album.length;
    before = album.at(-1) ?? message;
  }
  return items;
}

/** What follows of the same album and says nothing of its own. */
function albumRun(messages: Message[], at: number): Message[] {
  const first = messages[at];
  if (first === undefined || first.album === null) return [];
  const rest = messages.slice(at + 1);
  const end = rest.findIndex((each) => each.album !== first.album || each.text.trim() !== '');
  return end < 0 ? rest : rest.slice(0, end);
}

function systemRun(messages: Message[], from: number, day: string): Message[] {
  const run: Message[] = [];
  for (let index = from; index < messages.length; index++) {
    const message = messages[index];
    if (message?.author.kind !== 'system' || new Date(message.receivedAt).toDateString() !== day) break;
    run.push(message);
  }
  return run;
}

function continues(before: Message, message: Message): boolean {
  return (
    message.channelKind !== 'email' &&
    before.direction === message.direction &&
    before.channelId === message.channelId &&
    before.classification === message.classification &&
    before.author.kind === message.author.kind &&
    before.author.userId === message.author.userId &&
    before.author.name === message.author.name &&
    Date.parse(message.receivedAt) - Date.parse(before.receivedAt) < GROUP_MS
  );
}

/** The first message that came after this user last looked; null when all was seen. */
export function firstUnread(messages: Message[], readAt: string | null): string | null {
  if (readAt === null) return null;
  return messages.find((message) => message.direction === 'inbound' && message.receivedAt > readAt)?.id ?? null;
}
