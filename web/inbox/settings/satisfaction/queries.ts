import { useQuery } from '@tanstack/react-query';
import type { RatingSettings } from '../../../../server/ratings/schema.ts';
import type { Reason } from '../../../../server/reasons/schema.ts';
import { get, put } from '../../../shared/api.ts';
import { queryClient } from '../../queryClient.ts';

/** Whether clients are asked how it was, and the shop's own list of reasons. */

export function useRatingSettings() {
  return useQuery({
    queryKey: ['ratings', 'settings'],
    queryFn: ({ signal }) => get<RatingSettings>('/rating-settings', undefined, signal),
  });
}

export async function saveRatingSettings(value: RatingSettings): Promise<void> {
  await put('/rating-settings', value);
  await queryClient.invalidateQueries({ queryKey: ['ratings'] });
}

/** Every reason that is not retired, in the list's own order. */
export function useReasons(wanted = true) {
  return useQuery({
    queryKey: ['reasons', 'list'],
    queryFn: async ({ signal }) => (await get<{ items: Reason[] }>('/reasons', undefined, signal)).items,
    enabled: wanted,
    staleTime: 60_000,
  });
}

/** The whole list as it is to be; what it leaves out is retired. */
export async function saveReasons(items: Reason[]): Promise<void> {
  await put('/reasons', { items });
  await queryClient.invalidateQueries({ queryKey: ['reasons'] });
}
