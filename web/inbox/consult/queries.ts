import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ConsultAnswer, ConsultSending, RecentConsult } from '../../../server/consult/schema.ts';
import { get, type Page, patch, post } from '../../shared/api.ts';
import { queryClient } from '../queryClient.ts';

/** A question at the counter, as the address has it. */
export interface Asked {
  q: string;
  store?: string | undefined;
  /** The product chosen when several fitted. */
  product?: string | undefined;
}

/** An answer and how long it took to be here, ms. */
export interface Answered extends ConsultAnswer {
  tookMs: number;
}

function consultQuery(asked: Asked, locale: string) {
  return queryOptions({
    queryKey: ['consult', asked, locale],
    queryFn: async (): Promise<Answered> => {
      const began = performance.now();
      const answer = await post<ConsultAnswer>('/consult', {
        question: asked.q,
        locale,
        ...(asked.store === undefined ? {} : { storeId: asked.store }),
        ...(asked.product === undefined ? {} : { productId: asked.product }),
      });
      void queryClient.invalidateQueries({ queryKey: ['consults'] });
      return { ...answer, tookMs: Math.round(performance.now() - began) };
    },
    // Each asking is recorded: going back shows the answer that was given.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30 * 60_000,
    retry: false,
  });
}

/** The answer to a question; nothing is asked while there is none. */
export function useConsult(asked: Asked | null, locale: string) {
  return useQuery({ ...consultQuery(asked ?? { q: '' }, locale), enabled: asked !== null });
}

/** What became of a consult; nobody waits for the record. */
export function noteConsult(id: string | undefined, what: { lastedMs?: number; rejected?: boolean }): Promise<unknown> {
  return id === undefined ? Promise.resolve() : patch(`/consults/${id}`, what);
}

export interface Way {
  channelId: string;
  channelKind: 'email' | 'telegram' | 'chat' | 'phone';
  name: string;
  to: string;
}

/** By which channels a client can be written to. */
export function useWays(clientId: string | null) {
  return useQuery({
    queryKey: ['clients', clientId, 'ways'],
    queryFn: async ({ signal }) =>
      (await get<{ items: Way[] }>(`/clients/${clientId}/reply-channels`, undefined, signal)).items,
    enabled: clientId !== null,
  });
}

export function sendConsult(id: string, to: ConsultSending): Promise<{ threadId: string }> {
  return post(`/consults/${id}/sending`, to);
}

/** My last questions, newest first. */
export function useRecentConsults() {
  return useQuery({
    queryKey: ['consults'],
    queryFn: async ({ signal }) => (await get<Page<RecentConsult>>('/consults', { limit: 12 }, signal)).items,
  });
}
