import type { Message, Thread, ThreadCounts, ThreadRow } from '../../server/threads/schema.ts';

/**
 * What the screen keeps of the server, each piece with the feed's cursor it is true for. `stale` says that an
 * event touched it in a way that cannot be computed here: it must be fetched again (the old data stays shown).
 */
interface Piece {
  cursor: string | null;
  stale: boolean;
}

/** What a list asks for; the subset of GET /threads that decides who is in it. */
export interface ListQuery {
  status: 'open' | 'snoozed' | 'closed' | 'all';
  assignee?: string;
  team?: string;
  store?: string;
  channel?: string;
  client?: string;
  tag?: string;
  q?: string;
  sort: 'last' | 'waiting';
}

/** The loaded beginning of a list: everything that belongs and is not after `end`, in order. */
export interface CachedList extends Piece {
  kind: 'list';
  query: ListQuery;
  items: ThreadRow[];
  /** Where the next page begins; null when all is loaded. */
  nextCursor: string | null;
  /** The place of the last row that was fetched; rows after it are not ours to show. Null: no end. */
  end: { at: string | null; id: string } | null;
}

export interface CachedThread extends Piece {
  kind: 'thread';
  thread: Thread;
}

/** The newest messages of a thread, oldest first. */
export interface CachedMessages extends Piece {
  kind: 'messages';
  threadId: string;
  items: Message[];
  /** Where older ones begin; null when the first message is loaded. */
  olderCursor: string | null;
  /** Messages that are known to exist and are not here yet; `?after=` brings them. */
  missing: string[];
}

export interface CachedCounts extends Piece {
  kind: 'counts';
  counts: ThreadCounts;
}

export type Cached = CachedList | CachedThread | CachedMessages | CachedCounts;
