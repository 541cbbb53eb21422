import { useInfiniteQuery } from '@tanstack/react-query';
import type { ClientPromise, PromiseState } from '../../../server/promises/schema.ts';
import { get, type Page, put, remove } from '../../shared/api.ts';
import { queryClient } from '../queryClient.ts';

import type { PromiseSearch } from './search.ts';

const key = ['promises'];

/** Promises that an address asks for: open ones the next due first, settled ones the last first; live by feed/invalidate.ts. */
export function usePromises({ whose, shown, kind, due, user, ...places }: PromiseSearch) {
  const question = {
    ...(user !== undefined ? { owner: user } : whose === 'all' ? {} : { owner: 'me' }),
    state: shown ?? 'open',
    kind,
    due,
    ...places,
  };
  return useInfiniteQuery({
    queryKey: [...key, question],
    queryFn: ({ signal, pageParam }) =>
      get<Page<ClientPromise>>('/promises', { ...question, cursor: pageParam, limit: 50 }, signal),
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
