import { hashKey, type QueryKey } from '@tanstack/react-query';
import type { FeedEvent } from '../../../server/realtime/schema.ts';
import type { ThreadSummary } from '../../../server/threads/schema.ts';
import { applyEvent, type Known, readAtOf, threadOf } from '../../shared/applyEvent.ts';
import type { Cached } from '../../shared/cached.ts';
import { compareCursors } from '../../shared/cursor.ts';
import { queryClient } from '../queryClient.ts';
import { invalidateFor } from './invalidate.ts';

/**
 * The one place where the feed meets the query cache. Every query whose key begins with `live` holds a
 * {@link Cached} piece; each event is folded into all of them. An answer that was on its way while events arrived
 * is true for its own cursor: the events after it are folded in before anybody sees it.
 */

/** Events kept for answers that are on their way. */
const KEPT_EVENTS = 3000;
/** Threads remembered as they were last seen, for counting. */
const KEPT_THREADS = 5000;
/** A piece that cannot be folded is fetched at most this often, ms. */
const REFRESH_MS = 1000;

interface Seen {
  thread: ThreadSummary;
  readAt: string | null | undefined;
  cursor: string | null;
}

const recent: FeedEvent[] = [];
/** The cursor of the last event dropped from `recent`; answers older than it are asked again. */
let forgotten: string | null = null;
const lastSeen = new Map<string, Seen>();
let meId = '';

/** Called by the shell once it knows who sits here, with the cursor that the socket begins at: older answers miss what was before. */
export function startCache(userId: string, cursor: string | null): void {
  meId = userId;
  forgotten ??= cursor;
  for (const query of queryClient.getQueryCache().findAll({ queryKey: ['live'] })) {
    const piece = query.state.data as Cached | undefined;
    if (piece !== undefined && isBefore(piece.cursor, forgotten)) refresh(query.queryKey);
  }
}

/** Loads a piece and brings it up to date with what arrived meanwhile. For the queryFn of every `live` query. */
export async function loadPiece<T extends Cached>(queryKey: QueryKey, load: () => Promise<T>): Promise<T> {
  let piece = await load();
  if (isBefore(piece.cursor, forgotten)) piece = await load();
  if (piece.kind === 'list') for (const row of piece.items) remember(row, row.readAt, piece.cursor);
  if (piece.kind === 'thread') remember(piece.thread, piece.thread.readAt, piece.cursor);
  const { cursor } = piece;
  const missed = cursor === null ? [] : recent.filter((event) => compareCursors(event.cursor, cursor) > 0);
  for (const event of missed) piece = applyEvent(piece, event, { ...known(event), before: undefined });
  if (piece.stale) refresh(queryKey);
  return piece;
}

/** Folds events into everything cached, then fetches what could not be folded. */
export function applyEvents(events: FeedEvent[]): void {
  const pieces = queryClient
    .getQueryCache()
    .findAll({ queryKey: ['live'] })
    .filter((query) => query.state.data !== undefined)
    .map((query) => ({ key: query.queryKey, before: query.state.data as Cached, now: query.state.data as Cached }));
  for (const event of events) {
    const about = known(event);
    for (const piece of pieces) piece.now = applyEvent(piece.now, event, about);
    const after = threadOf(event);
    const id = event.ids.threadId;
    if (after !== null) remember(after, readAtOf(event), event.cursor);
    else if (id) rememberRead(id, readAtOf(event));
    recent.push(event);
  }
  const dropped = recent.splice(0, Math.max(0, recent.length - KEPT_EVENTS)).at(-1);
  if (dropped !== undefined) forgotten = dropped.cursor;
  for (const { key, before, now } of pieces) {
    if (now === before) continue;
    queryClient.setQueryData(key, now);
    if (now.stale) refresh(key);
  }
  invalidateFor(events);
}

/** After an absence too long for the server's memory: everything on screen is asked again. */
export function refetchAll(): void {
  recent.length = 0;
  forgotten = null;
  lastSeen.clear();
  void queryClient.invalidateQueries();
}

const refreshing = new Map<string, { again: boolean }>();

/** Fetches a piece again: now, and once more later if it was asked for meanwhile. */
export function refresh(queryKey: QueryKey): void {
  const hash = hashKey(queryKey);
  const running = refreshing.get(hash);
  if (running !== undefined) {
    running.again = true;
    return;
  }
  refreshing.set(hash, { again: false });
  // Not inside the queryFn that found the piece stale: its own answer has to land first.
  setTimeout(() => void queryClient.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false }));
  setTimeout(() => {
    const again = refreshing.get(hash)?.again === true;
    refreshing.delete(hash);
    if (again) refresh(queryKey);
  }, REFRESH_MS);
}

function remember(thread: ThreadSummary, readAt: string | null | undefined, cursor: string | null): void {
  const seen = lastSeen.get(thread.id);
  if (seen !== undefined && isOlder(cursor, seen.cursor)) return;
  lastSeen.delete(thread.id);
  lastSeen.set(thread.id, { thread, readAt: readAt === undefined ? seen?.readAt : readAt, cursor });
  if (lastSeen.size <= KEPT_THREADS) return;
  const oldest = lastSeen.keys().next().value;
  if (oldest !== undefined) lastSeen.delete(oldest);
}

function rememberRead(threadId: string, readAt: string | undefined): void {
  const seen = lastSeen.get(threadId);
  if (seen !== undefined && readAt !== undefined) lastSeen.set(threadId, { ...seen, readAt });
}

/** An answer may be ahead of the feed: then nobody here knows how the thread was before the event. */
function known(event: FeedEvent): Known {
  const id = event.ids.threadId;
  const seen = id === undefined || id === null ? undefined : lastSeen.get(id);
  const ahead = seen !== undefined && isOlder(event.cursor, seen.cursor);
  return { meId, before: ahead ? undefined : seen?.thread, readAt: seen?.readAt };
}

function isBefore(cursor: string | null, than: string | null): boolean {
  return cursor !== null && than !== null && compareCursors(cursor, than) < 0;
}

/** At or before `than`. */
function isOlder(cursor: string | null, than: string | null): boolean {
  return cursor !== null && than !== null && compareCursors(cursor, than) <= 0;
}
