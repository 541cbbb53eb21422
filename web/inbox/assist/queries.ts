import { useQuery } from '@tanstack/react-query';
import type { Proposals, Reworded, Rewriting, Translation } from '../../../server/assist/schema.ts';
import { get, post } from '../../shared/api.ts';

/** A message in the reader's language; asked for only when it is opened. */
export function useTranslationOf(messageId: string, to: string, wanted: boolean) {
  return useQuery({
    queryKey: ['assist', 'translation', messageId, to],
    queryFn: () => post<Translation>(`/messages/${messageId}/translation`, { to }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    enabled: wanted,
  });
}

/** Tags and the reason that would fit; asked anew when the client has written. */
export function useProposals(threadId: string, lastInboundAt: string | null) {
  return useQuery({
    queryKey: ['assist', 'proposals', threadId, lastInboundAt],
    queryFn: ({ signal }) => get<Proposals>(`/threads/${threadId}/proposals`, undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    enabled: lastInboundAt !== null,
  });
}

export function rewrite(threadId: string, how: Rewriting): Promise<Reworded> {
  return post(`/threads/${threadId}/rewriting`, how);
}

export function summarise(threadId: string, to: string): Promise<Reworded> {
  return post(`/threads/${threadId}/summary`, { to });
}
