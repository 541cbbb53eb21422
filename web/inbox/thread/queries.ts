import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Message, Thread } from '../../../server/threads/schema.ts';
import { fetchWithCursor, type Page } from '../../shared/api.ts';
import type { CachedMessages, CachedThread } from '../../shared/cached.ts';
import { loadPiece, refresh } from '../feed/cache.ts';
import { queryClient } from '../queryClient.ts';
import { sendsSettled } from './sending.ts';

const PAGE = 50;

const threadOptions = (threadId: string) => {
  const queryKey = ['live', 'thread', threadId] as const;
  return queryOptions({
    queryKey,
    queryFn: ({ signal }) =>
      loadPiece(queryKey, async (): Promise<CachedThread> => {
        const { data, cursor } = await fetchWithCursor<Thread>(`/threads/${threadId}`, { signal });
        return { kind: 'thread', thread: data, cursor, stale: false };
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });
};

const messagesOptions = (threadId: string) => {
  const queryKey = messagesKey(threadId);
  return queryOptions({
    queryKey,
    queryFn: ({ signal }) => {
      const shown = queryClient.getQueryData<CachedMessages>(queryKey)?.items.length ?? 0;
      return loadPiece(queryKey, () => fetchMessages(threadId, shown, signal));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
};

export function messagesKey(threadId: string) {
  return ['live', 'messages', threadId] as const;
}

/** The open thread, kept true by the feed. */
export function useThread(threadId: string) {
  return useQuery(threadOptions(threadId));
}

/** The thread as the cache has it; for keys and commands. */
export function knownThread(threadId: string): Thread | undefined {
  return queryClient.getQueryData<CachedThread>(threadOptions(threadId).queryKey)?.thread;
}

/** Asks again for what the feed cannot know (after an action of one's own that has deep effects). */
export function refreshThread(threadId: string): void {
  refresh(threadOptions(threadId).queryKey);
}

/** The newest messages, kept true by the feed: new ones are fetched as soon as it names them. */
export function useMessages(threadId: string) {
  const messages = useQuery(messagesOptions(threadId));
  const missing = messages.data?.missing.length ?? 0;
  useEffect(() => {
    if (missing > 0) void fetchMissing(threadId);
  }, [threadId, missing]);
  return messages;
}

/** The thread and its messages, in the cache before they are shown. Throws ApiError. */
export async function loadThread(threadId: string): Promise<Thread> {
  const options = threadOptions(threadId);
  // What another screen did to it may be on its way: its moves are asked afresh.
  const [known] = await Promise.all([
    queryClient.fetchQuery({ ...options, staleTime: 0 }),
    queryClient.fetchQuery(messagesOptions(threadId)),
  ]);
  return known.thread;
}

/** Loads a thread before it is opened. */
export function prefetchThread(threadId: string): void {
  void queryClient.prefetchQuery(threadOptions(threadId));
  void queryClient.prefetchQuery(messagesOptions(threadId));
}

/** Loads the page before the oldest message shown. */
export async function loadOlder(threadId: string): Promise<void> {
  const known = queryClient.getQueryData<CachedMessages>(messagesKey(threadId));
  if (known === undefined || known.olderCursor === null) return;
  const from = known.olderCursor;
  const { data } = await fetchWithCursor<Page<Message>>(`/threads/${threadId}/messages`, {
    query: { limit: PAGE, cursor: from },
  });
  change(threadId, (now) =>
    now.olderCursor !== from ? now : { ...now, items: merged(now.items, data.items), olderCursor: data.nextCursor },
  );
}

/** Puts a message that a POST answered with into the open thread. */
export function addMessage(message: Message): void {
  change(message.threadId, (now) => ({
    ...now,
    items: merged(now.items, [message]),
    missing: now.missing.filter((id) => id !== message.id),
  }));
}

const fetching = new Map<string, Promise<void>>();

/** Brings what the feed named; one request at a time a thread, and never beside one's own sending. */
function fetchMissing(threadId: string): Promise<void> {
  const running = fetching.get(threadId);
  if (running !== undefined) return running;
  const work = bringMissing(threadId).finally(() => fetching.delete(threadId));
  fetching.set(threadId, work);
  return work;
}

async function bringMissing(threadId: string): Promise<void> {
  const key = messagesKey(threadId);
  await sendsSettled(threadId);
  const known = queryClient.getQueryData<CachedMessages>(key);
  if (known === undefined || known.missing.length === 0) return;
  const after = known.items.at(-1)?.id;
  if (after === undefined) return refresh(key);
  const { data } = await fetchWithCursor<Page<Message>>(`/threads/${threadId}/messages`, {
    query: { after, limit: 100 },
  });
  change(threadId, (now) => {
    const items = merged(now.items, data.items);
    const have = new Set(items.map((message) => message.id));
    return { ...now, items, missing: now.missing.filter((id) => !have.has(id)) };
  });
  const left = queryClient.getQueryData<CachedMessages>(key);
  // It arrived late but stands further up (the far side's own time): only the whole page shows where.
  if (left !== undefined && known.missing.some((id) => left.missing.includes(id))) refresh(key);
  else if ((left?.missing.length ?? 0) > 0) await bringMissing(threadId);
}

function change(threadId: string, by: (now: CachedMessages) => CachedMessages): void {
  queryClient.setQueryData<CachedMessages>(messagesKey(threadId), (now) => (now === undefined ? now : by(now)));
}

async function fetchMessages(threadId: string, atLeast: number, signal: AbortSignal): Promise<CachedMessages> {
  let items: Message[] = [];
  let older: string | null = null;
  let first: string | null = null;
  do {
    const { data, cursor }: { data: Page<Message>; cursor: string | null } = await fetchWithCursor(
      `/threads/${threadId}/messages`,
      { query: { limit: PAGE, cursor: older }, signal },
    );
    first ??= cursor;
    items = merged(items, data.items);
    older = data.nextCursor;
  } while (older !== null && items.length < Math.min(atLeast, 500));
  return { kind: 'messages', threadId, items, olderCursor: older, missing: [], cursor: first, stale: false };
}

/** Both without doubles, the later answer winning, oldest first. */
function merged(a: Message[], b: Message[]): Message[] {
  const byId = new Map([...a, ...b].map((message) => [message.id, message]));
  return [...byId.values()].sort((x, y) => compare(x.receivedAt, y.receivedAt) || compare(x.id, y.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
