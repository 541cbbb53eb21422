import { useQuery } from '@tanstack/react-query';
import type { ClientPromise, NewPromise } from '../../../server/promises/schema.ts';
import type { ColleagueRequest, NewRequest } from '../../../server/requests/schema.ts';
import { get, type Page, post, put, remove } from '../../shared/api.ts';
import { queryClient } from '../queryClient.ts';

/** What we owe a client (promises), and what colleagues owe a thread (requests). */

/** A client's open promises, in every thread. */
export function usePromises(clientId: string): ClientPromise[] {
  return (
    useQuery({
      queryKey: ['promises', 'client', clientId],
      queryFn: async ({ signal }) =>
        (await get<Page<ClientPromise>>('/promises', { client: clientId, state: 'open', limit: 50 }, signal)).items,
    }).data ?? []
  );
}

/** A thread's open requests to colleagues; without a thread none. */
export function useRequests(threadId: string | null): ColleagueRequest[] {
  const requests = useQuery({
    queryKey: ['requests', 'thread', threadId],
    queryFn: async ({ signal }) =>
      (await get<{ items: ColleagueRequest[] }>(`/threads/${threadId}/requests`, undefined, signal)).items,
    enabled: threadId !== null,
  });
  return (requests.data ?? []).filter((request) => request.state === 'open');
}

export async function promise(body: NewPromise): Promise<void> {
  await post('/promises', body);
  await queryClient.invalidateQueries({ queryKey: ['promises'] });
}

/** It was done, or it is no longer owed. */
export async function settle(id: string, state: 'kept' | 'cancelled'): Promise<void> {
  await put(`/promises/${id}/outcome`, { state });
  await queryClient.invalidateQueries({ queryKey: ['promises'] });
}

export async function unsettle(id: string): Promise<void> {
  await remove(`/promises/${id}/outcome`);
  await queryClient.invalidateQueries({ queryKey: ['promises'] });
}

export async function ask(threadId: string, body: NewRequest): Promise<void> {
  await post(`/threads/${threadId}/requests`, body);
  await queryClient.invalidateQueries({ queryKey: ['requests'] });
}

export async function answer(id: string, text: string): Promise<void> {
  await put(`/requests/${id}/answer`, { text });
  await queryClient.invalidateQueries({ queryKey: ['requests'] });
}

export async function withdraw(id: string): Promise<void> {
  await remove(`/requests/${id}`);
  await queryClient.invalidateQueries({ queryKey: ['requests'] });
}
