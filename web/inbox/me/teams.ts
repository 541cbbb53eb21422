import { useQuery } from '@tanstack/react-query';
import type { Team } from '../../../server/users/schema.ts';
import { get } from '../../shared/api.ts';
import { useMay } from './queries.ts';

/** Teams a thread can be moved to; none for those who may not move threads. */
export function useTeams(): Team[] {
  const may = useMay();
  return (
    useQuery({
      queryKey: ['users', 'teams'],
      queryFn: async ({ signal }) => (await get<{ items: Team[] }>('/teams', undefined, signal)).items,
      enabled: may('threads.assignOthers'),
      staleTime: 5 * 60_000,
    }).data ?? []
  );
}
