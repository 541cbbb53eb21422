import { useQuery } from '@tanstack/react-query';
import type { BotSettings } from '../../../../server/bot/schema.ts';
import { get, put } from '../../../shared/api.ts';
import { queryClient } from '../../queryClient.ts';

const key = ['botSettings'];

/** What the bot promises by itself. */
export function useBotSettings() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => get<BotSettings>('/bot/settings', undefined, signal),
  });
}

export async function saveBotSettings(settings: BotSettings): Promise<void> {
  queryClient.setQueryData(key, await put<BotSettings>('/bot/settings', settings));
}
