import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { ThreadCounts, ThreadRow } from '../../../server/threads/schema.ts';
import { fetchWithCursor, get, type Page } from '../../shared/api.ts';
import type { CachedCounts, CachedList, ListQuery } from '../../shared/cached.ts';
import { placeOf, sortsBefore } from '../../shared/listOrder.ts';
import { loadPiece } from '../feed/cache.ts';
import { queryClient } from '../queryClient.ts';
import type { ListSearch } from './search.ts';

const PAGE = 50;
/** A refetch brings back as many rows as were shown, up to this many. */
const MAX_REFETCH = 500;

/** The list that an address shows. */
export function listQueryOf(search: ListSearch): ListQuery {
  const { tab, status, channel, tag, team, store, sort, q } = search;
  const assignee = search.assignee ?? (tab === 'all' ? undefined : tab === 'unassigned' ? 'none' : 'me');
  return {
    status: status ?? (q === undefined ? 'open' : 'all'),
    sort: sort ?? 'last',
    // Words are looked for everywhere: who searches does not know whose it was.
    ...(assignee === undefined || (q !== undefined && search.assignee === undefined) ? {} : { assignee }),
    ...(channel === undefined ? {} : { channel }),
    ...(tag === undefined ? {} : { tag }),
    ...(team === undefined ? {} : { team }),
    ...(store === undefined ? {} : { store }),
    ...(q === undefined ? {} : { q }),
  };
}

const listOptions = (query: ListQuery) => {
  const queryKey = ['live', 'list', query] as const;
  return queryOptions({
    queryKey,
    queryFn: ({ signal }) => {
      const shown = queryClient.getQueryData<CachedList>(queryKey)?.items.length ?? 0;
      return loadPiece(queryKey, () => fetchList(query, Math.min(MAX_REFETCH, shown), signal));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
};

/** The beginning of a list, kept true by the feed. While words are typed the former answer stays. */
export function useThreadList(query: ListQuery) {
  return useQuery({
    ...listOptions(query),
    ...(query.q === undefined ? {} : { placeholderData: keepPreviousData<CachedList> }),
  });
}

let loading: Promise<void> | null = null;

/** Appends the next page; one at a time. */
export function loadMore(query: ListQuery): Promise<void> {
  loading ??= appendPage(query).finally(() => {
    loading = null;
  });
  return loading;
}

async function appendPage(query: ListQuery): Promise<void> {
  const { queryKey } = listOptions(query);
  const known = queryClient.getQueryData<CachedList>(queryKey);
  if (known === undefined || known.nextCursor === null) return;
  const from = known.nextCursor;
  const page = await loadPiece(queryKey, async () => {
    const { data, cursor } = await fetchWithCursor<Page<ThreadRow>>('/threads', {
      query: { ...query, limit: PAGE, cursor: from },
    });
    return toList(query, data.items, data.nextCursor, cursor);
  });
  queryClient.setQueryData<CachedList>(queryKey, (now) => {
    if (now === undefined || now.nextCursor !== from) return now;
    const have = new Set(now.items.map((row) => row.id));
    const items = [...now.items, ...page.items.filter((row) => !have.has(row.id))].sort((a, b) =>
      sortsBefore(placeOf(a, query.sort), placeOf(b, query.sort), query.sort) ? -1 : 1,
    );
    return { ...now, items, nextCursor: page.nextCursor, end: page.end };
  });
}

async function fetchList(query: ListQuery, atLeast: number, signal: AbortSignal): Promise<CachedList> {
  const items: ThreadRow[] = [];
  let next: string | null = null;
  let first: string | null = null;
  do {
    const { data, cursor }: { data: Page<ThreadRow>; cursor: string | null } = await fetchWithCursor('/threads', {
      query: { ...query, limit: atLeast > PAGE ? 100 : PAGE, cursor: next },
      signal,
    });
    first ??= cursor;
    items.push(...data.items);
    next = data.nextCursor;
  } while (next !== null && items.length < atLeast);
  return toList(query, items, next, first);
}

function toList(query: ListQuery, items: ThreadRow[], nextCursor: string | null, cursor: string | null): CachedList {
  const last = items.at(-1);
  const end = nextCursor === null || last === undefined ? null : placeOf(last, query.sort);
  return { kind: 'list', query, items, nextCursor, end, cursor, stale: false };
}

const countsKey = ['live', 'counts'] as const;

/** Open threads by tab, kept true by the feed. */
export function useCounts(): ThreadCounts | undefined {
  return useQuery({
    queryKey: countsKey,
    queryFn: ({ signal }) =>
      loadPiece(countsKey, async (): Promise<CachedCounts> => {
        const { data, cursor } = await fetchWithCursor<ThreadCounts>('/threads/counts', { signal });
        return { kind: 'counts', counts: data, cursor, stale: false };
      }),
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.counts;
}

/** Tags in use, once they are wanted. */
export function useTags(wanted: boolean): string[] {
  return (
    useQuery({
      queryKey: ['tags'],
      enabled: wanted,
      queryFn: async ({ signal }) => {
        const answer = await get<{ items: (string | { tag: string })[] }>('/tags', undefined, signal);
        return answer.items.map((item) => (typeof item === 'string' ? item : item.tag));
      },
    }).data ?? []
  );
}
