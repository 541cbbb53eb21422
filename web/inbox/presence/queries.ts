import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { PresenceDay, PresenceState, presenceNow } from '../../../server/presence/schema.ts';
import { get, put } from '../../shared/api.ts';
import { useMe } from '../me/queries.ts';
import { queryClient } from '../queryClient.ts';

export type PresenceNow = z.infer<typeof presenceNow>;

const key = ['presence'];

/** Everybody's presence as they last said. */
export function usePresences() {
  return useQuery({
    queryKey: [...key, 'now'],
    queryFn: async ({ signal }) => (await get<{ items: PresenceNow[] }>('/presence', undefined, signal)).items,
  });
}

/** My own; `off` until it is known. */
export function useMyPresence(): PresenceState {
  const me = useMe();
  return usePresences().data?.find((person) => person.userId === me.id)?.state ?? 'off';
}

export async function sayPresence(state: PresenceState): Promise<void> {
  await put('/me/presence', { state });
  await queryClient.invalidateQueries({ queryKey: key });
}

export interface PresenceDays {
  timezone: string;
  days: PresenceDay[];
}

/** A person's days beside their shifts: they see of themselves what their supervisor sees. */
export function usePresenceDays(user: string, from: string, to: string) {
  return useQuery({
    queryKey: [...key, 'days', user, from, to],
    queryFn: ({ signal }) => get<PresenceDays>('/presence/days', { user, from, to }, signal),
  });
}
