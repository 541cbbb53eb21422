import { useQuery } from '@tanstack/react-query';
import type { Notification } from '../../../server/alerts/schema.ts';
import { get, type Page, put } from '../../shared/api.ts';
import { queryClient } from '../queryClient.ts';

/** What the user was told, newest first; live by `notification.made`. */
export function useAlerts(): Notification[] {
  return (
    useQuery({
      queryKey: ['alerts'],
      queryFn: async ({ signal }) => (await get<Page<Notification>>('/notifications', { limit: 30 }, signal)).items,
    }).data ?? []
  );
}

/** How many of them are new. */
export function useFreshAlerts(): number {
  return useAlerts().filter((alert) => alert.readAt === null).length;
}

export async function sawAlert(id: string): Promise<void> {
  await put(`/notifications/${id}/read`);
  await queryClient.invalidateQueries({ queryKey: ['alerts'] });
}

export async function sawAllAlerts(): Promise<void> {
  await put('/notifications/read');
  await queryClient.invalidateQueries({ queryKey: ['alerts'] });
}
