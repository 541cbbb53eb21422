import type { ThreadSummary } from '../../server/threads/schema.ts';
import type { ListQuery } from './cached.ts';

/** Who is in a list of threads and in what order; the same rules as GET /threads. */

/** Where a thread stands in a list. */
export interface Place {
  at: string | null;
  id: string;
}

/** Whether a thread is in the list that the query asks for (`q`, words, only the server can tell). */
export function belongs(thread: ThreadSummary, query: ListQuery, meId: string): boolean {
  if (thread.mergedIntoId !== null) return false;
  if (query.status !== 'all' && thread.status !== query.status) return false;
  if (query.sort === 'waiting' && thread.waitingSince === null) return false;
  if (query.team !== undefined && thread.teamId !== query.team) return false;
  if (query.store !== undefined && thread.storeId !== query.store) return false;
  if (query.channel !== undefined && thread.channelId !== query.channel) return false;
  if (query.client !== undefined && thread.clientId !== query.client) return false;
  if (query.tag !== undefined && !thread.tags.includes(query.tag)) return false;
  switch (query.assignee) {
    case undefined:
      return true;
    case 'none':
      return thread.assigneeId === null;
    case 'me':
      return thread.assigneeId === meId;
    default:
      return thread.assigneeId === query.assignee;
  }
}

export function placeOf(thread: ThreadSummary, sort: ListQuery['sort']): Place {
  return { at: sort === 'last' ? thread.lastMessageAt : thread.waitingSince, id: thread.id };
}

/** Newest message first, or longest waiting first; ids settle a tie in the same direction. */
export function sortsBefore(a: Place, b: Place, sort: ListQuery['sort']): boolean {
  const order = compareText(a.at ?? '', b.at ?? '') || compareText(a.id, b.id);
  return sort === 'last' ? order > 0 : order < 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
