import { useInfiniteQuery } from '@tanstack/react-query';
import type { ClientPromise, PromiseState } from '../../../server/promises/schema.ts';
import { get, type Page, put, remove } from '../../shared/api.ts';
import { queryClient } from '../queryClient.ts';

const key = ['promises'];

export type Whose = 'me' | 'all';
export type Shown = 'open' | 'settled';

/** Promises, the next due first; live by feed/invalidate.ts. */
export function usePromises(whose: Whose, shown: Shown) {
  return useInfiniteQuery({
    queryKey: [...key, whose, shown],
    queryFn: async ({ signal, pageParam }) => {
      const page = await get<Page<ClientPromise>>(
        '/promises',
        {
          ...(whose === 'me' ? { owner: 'me' } : {}),
          state: shown === 'open' ? 'open' : 'all',
          cursor: pageParam,
          limit: 50,
        },
        signal,
      );
      return shown === 'open' ? page : { ...page, items: page.items.filter((item) => item.state !== 'open') };
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export async function settle(id: string, state: Exclude<PromiseState, 'open'>): Promise<void> {
  await put(`/promises/${id}/outcome`, { state });
  await queryClient.invalidateQueries({ queryKey: key });
}

/** The store keeps the thing for the client, or cannot; the client is told either way. */
export async function confirmHold(id: string, keeps: boolean): Promise<void> {
  await put(`/promises/${id}/confirmation`, { keeps });
  await queryClient.invalidateQueries({ queryKey: key });
}

export async function reopen(id: string): Promise<void> {
  await remove(`/promises/${id}/outcome`);
  await queryClient.invalidateQueries({ queryKey: key });
}
