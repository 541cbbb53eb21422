import { useQuery } from '@tanstack/react-query';
import type { Channel } from '../../../server/channels/schema.ts';
import { get } from '../../shared/api.ts';
import { useMay } from './queries.ts';

/** Connected accounts by name, for those who may see them, once they are wanted; the settings page asks with the same key. */
export function useChannels(wanted = true): Channel[] {
  return useChannelsQuery(wanted).data ?? [];
}

/** The same, with whether the answer is there yet. */
export function useChannelsQuery(wanted = true) {
  const may = useMay();
  return useQuery({
    queryKey: ['channels'],
    queryFn: async ({ signal }) => (await get<{ items: Channel[] }>('/channels', undefined, signal)).items,
    enabled: wanted && may('channels.read'),
  });
}
