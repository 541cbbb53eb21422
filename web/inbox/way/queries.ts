import { useQuery } from '@tanstack/react-query';
import type { ThreadStep } from '../../../server/routing/schema.ts';
import { get } from '../../shared/api.ts';

/** Where a thread went and why, newest first. */
export function useWay(threadId: string, wanted = true): ThreadStep[] {
  return (
    useQuery({
      queryKey: ['way', threadId],
      queryFn: async ({ signal }) =>
        (await get<{ items: ThreadStep[] }>(`/threads/${threadId}/way`, undefined, signal)).items,
      enabled: wanted,
    }).data ?? []
  );
}
