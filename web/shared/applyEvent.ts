import type { FeedEvent } from '../../server/realtime/schema.ts';
import type { Message, Thread, ThreadRow, ThreadSummary } from '../../server/threads/schema.ts';
import type { Cached, CachedCounts, CachedList, CachedMessages, CachedThread } from './cached.ts';
import { compareCursors } from './cursor.ts';
import { belongs, placeOf, sortsBefore } from './listOrder.ts';

/** What the fold needs to know beside the piece itself. */
export interface Known {
  /** The user whose screen it is. */
  meId: string;
  /** The thread as it was before this event, when some piece of the screen has it; null: it did not exist. */
  before: ThreadSummary | null | undefined;
  /** How far this user has read the thread; undefined when nobody here knows. */
  readAt: string | null | undefined;
}

/**
 * Folds one event of the feed into one piece of the screen. Pure: the same piece comes back when the event does
 * not touch it or is already in it (its cursor is not newer).
 *
 * The promise (tests/web/applyEvent.test.ts): folding all events since the piece's cursor gives what a fresh fetch
 * would give, or a piece that says `stale`.
 */
export function applyEvent<T extends Cached>(piece: T, event: FeedEvent, known: Known): T;
export function applyEvent(piece: Cached, event: FeedEvent, known: Known): Cached {
  if (piece.cursor !== null && compareCursors(event.cursor, piece.cursor) <= 0) return piece;
  switch (piece.kind) {
    case 'list':
      return applyToList(piece, event, known);
    case 'thread':
      return applyToThread(piece, event);
    case 'messages':
      return applyToMessages(piece, event);
    case 'counts':
      return applyToCounts(piece, event, known);
  }
}

/** The thread after the event, when the event is about one. */
export function threadOf(event: FeedEvent): ThreadSummary | null {
  return (event.patch.thread as ThreadSummary | undefined) ?? null;
}

/** How far the user has read, when the event says so (it then comes to that user alone). */
export function readAtOf(event: FeedEvent): string | undefined {
  return event.type === 'thread.read' ? (event.patch.readAt as string) : undefined;
}

function applyToList(list: CachedList, event: FeedEvent, known: Known): CachedList {
  if (event.type === 'client.merged') return { ...list, cursor: event.cursor, stale: true };
  const id = event.ids.threadId;
  if (id === undefined || id === null) return list;
  if (event.type === 'thread.left') {
    const items = list.items.filter((row) => row.id !== id);
    return items.length === list.items.length ? list : { ...list, items, cursor: event.cursor };
  }
  const old = list.items.find((row) => row.id === id);
  const readAt = readAtOf(event) ?? known.readAt ?? old?.readAt;
  const after = threadOf(event) ?? old;
  if (after === undefined) return list;
  const row: ThreadRow = { ...after, readAt: readAt ?? null };

  if (list.query.q !== undefined) {
    // Only the server knows what matches words; a row that is there stays and is kept true.
    const items = list.items.map((each) => (each.id === id ? row : each));
    return { ...list, items, cursor: event.cursor, stale: list.stale || old === undefined };
  }
  const fits = belongs(row, list.query, known.meId) && withinEnd(row, list);
  if (!fits && old === undefined) return list;
  const rest = old === undefined ? list.items : list.items.filter((each) => each.id !== id);
  const items = fits ? inserted(rest, row, list) : rest;
  return { ...list, items, cursor: event.cursor };
}

function withinEnd(row: ThreadRow, list: CachedList): boolean {
  return list.end === null || !sortsBefore(list.end, placeOf(row, list.query.sort), list.query.sort);
}

function inserted(rows: ThreadRow[], row: ThreadRow, { query: { sort } }: CachedList): ThreadRow[] {
  const place = placeOf(row, sort);
  const index = rows.findIndex((each) => sortsBefore(place, placeOf(each, sort), sort));
  return index === -1 ? [...rows, row] : [...rows.slice(0, index), row, ...rows.slice(index)];
}

/** What an event changes of a thread beyond its summary: the server works it out. */
const deepChanges = new Set([
  'delivery.undone',
  'thread.merged',
  'thread.split',
  'thread.botChanged',
  'client.merged',
  'channel.changed',
]);

function applyToThread(piece: CachedThread, event: FeedEvent): CachedThread {
  const { thread } = piece;
  const after = threadOf(event);
  const about = event.ids.threadId === thread.id;
  const touchesClient = event.ids.clientId === thread.clientId;
  if (!about) {
    if (after !== null && after.clientId === thread.clientId)
      return { ...piece, cursor: event.cursor, thread: { ...thread, siblings: siblingsWith(thread, after) } };
    if (event.type === 'message.read') return piece;
    const stale = touchesClient || event.ids.otherId === thread.id || event.type === 'channel.changed';
    return stale ? { ...piece, cursor: event.cursor, stale: true } : piece;
  }
  if (event.type === 'thread.left') return { ...piece, cursor: event.cursor, stale: true };
  const readAt = readAtOf(event) ?? thread.readAt;
  const deep =
    deepChanges.has(event.type) ||
    ((event.type === 'message.sent' || event.type === 'message.released') && thread.firstResponseAt === null) ||
    (event.type === 'message.received' && after?.channelId !== thread.channelId);
  return { ...piece, cursor: event.cursor, stale: piece.stale || deep, thread: { ...thread, ...after, readAt } };
}

/** The same client's other open threads, the one with the newest message first. */
function siblingsWith(thread: Thread, other: ThreadSummary): Thread['siblings'] {
  const rest = thread.siblings.filter((each) => each.id !== other.id);
  if (other.status === 'closed' || other.mergedIntoId !== null) return rest;
  const { id, channelKind, lastMessageAt } = other;
  const subject = other.subject === '' ? other.preview : other.subject;
  return [...rest, { id, subject, channelKind, lastMessageAt }].sort(
    (a, b) => b.lastMessageAt.localeCompare(a.lastMessageAt) || b.id.localeCompare(a.id),
  );
}

function applyToMessages(piece: CachedMessages, event: FeedEvent): CachedMessages {
  const about = event.ids.threadId === piece.threadId;
  const other = event.ids.otherId === piece.threadId;
  if (!about && !other) return piece;
  const id = event.ids.messageId ?? null;
  const cursor = event.cursor;
  switch (event.type) {
    case 'message.received':
    case 'message.sent':
    case 'message.noted': {
      if (id === null) return { ...piece, cursor, stale: true };
      const here = piece.items.some((message) => message.id === id) || piece.missing.includes(id);
      return here ? { ...piece, cursor } : { ...piece, cursor, missing: [...piece.missing, id] };
    }
    case 'message.edited':
    case 'answer.wrong':
    case 'thread.merged':
    case 'thread.split':
      return { ...piece, cursor, stale: true };
    case 'delivery.changed':
      return { ...piece, cursor, items: piece.items.map((message) => withDelivery(message, event)) };
    case 'message.read':
      return { ...piece, cursor, items: piece.items.map((message) => withReading(message, event)) };
    case 'delivery.undone':
      return {
        ...piece,
        cursor,
        items: piece.items.filter((message) => message.id !== id),
        missing: piece.missing.filter((each) => each !== id),
      };
    default:
      return piece;
  }
}

function withDelivery(message: Message, event: FeedEvent): Message {
  const change = event.patch.delivery as (Partial<Message['delivery']> & { messageId: string }) | undefined;
  if (change === undefined || change.messageId !== message.id || message.delivery === null) return message;
  const { messageId: _, ...delivery } = change;
  return { ...message, delivery: { ...message.delivery, ...delivery } };
}

function withReading(message: Message, event: FeedEvent): Message {
  const { messageIds, deliveredIds, readAt } = event.patch as {
    messageIds: string[];
    deliveredIds: string[];
    readAt: string;
  };
  if (!messageIds.includes(message.id)) return message;
  const delivery =
    message.delivery !== null && deliveredIds.includes(message.id)
      ? { ...message.delivery, state: 'read' as const }
      : message.delivery;
  return { ...message, readAt, delivery };
}

function applyToCounts(piece: CachedCounts, event: FeedEvent, known: Known): CachedCounts {
  const gone = event.type === 'thread.left';
  const after = threadOf(event);
  if (after === null && !gone) return piece;
  const before = event.type === 'thread.opened' ? null : known.before;
  const { counts } = piece;
  // A capped counter says "or more": nobody can count down from it.
  const capped = [counts.mine, counts.unassigned, counts.all, counts.waiting].some((count) => count >= counts.limit);
  if (before === undefined || capped) return { ...piece, cursor: event.cursor, stale: true };
  const step = (is: (thread: ThreadSummary) => boolean) =>
    Number(after !== null && is(after)) - Number(before !== null && is(before));
  const open = (thread: ThreadSummary) => thread.status === 'open' && thread.mergedIntoId === null;
  return {
    ...piece,
    cursor: event.cursor,
    counts: {
      limit: counts.limit,
      mine: counts.mine + step((thread) => open(thread) && thread.assigneeId === known.meId),
      unassigned: counts.unassigned + step((thread) => open(thread) && thread.assigneeId === null),
      all: counts.all + step(open),
      waiting: counts.waiting + step((thread) => thread.mergedIntoId === null && thread.waitingSince !== null),
    },
  };
}
