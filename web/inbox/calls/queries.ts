import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Call } from '../../../server/calls/schema.ts';
import { get, type Page, put } from '../../shared/api.ts';

export type Shown = 'all' | 'missed';

/** Calls, newest first; live by feed/invalidate.ts. */
export function useCalls(shown: Shown) {
  return useInfiniteQuery({
    queryKey: ['calls', shown],
    queryFn: ({ signal, pageParam }) =>
      get<Page<Call>>('/calls', { state: shown, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** What rings or is talked now, and what I just talked. */
export function useCallsNow() {
  return useQuery({
    queryKey: ['calls', 'now'],
    queryFn: ({ signal }) => get<Page<Call>>('/calls', { state: 'now', limit: 20 }, signal),
  });
}

/** Writes down what was said; the feed shows it. */
export async function writeNote(callId: string, note: string): Promise<void> {
  await put(`/calls/${callId}/note`, { note });
}
