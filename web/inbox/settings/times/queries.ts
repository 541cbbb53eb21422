import { useQuery } from '@tanstack/react-query';
import type { Acknowledgement } from '../../../../server/acknowledgement/schema.ts';
import type { RoutingProfile, RoutingSettings } from '../../../../server/routing/schema.ts';
import type { Calendar, EditCalendar, HolderKind, NewPolicy, Policy } from '../../../../server/targets/schema.ts';
import { get, post, put, remove } from '../../../shared/api.ts';
import { queryClient } from '../../queryClient.ts';

/** What the settings of times and routing read and write. */

interface List<T> {
  items: T[];
}

/** Working hours of the company, stores and teams, and people's shifts. */
export function useCalendars() {
  return useQuery({
    queryKey: ['targets', 'calendars'],
    queryFn: async ({ signal }) => (await get<List<Calendar>>('/calendars', undefined, signal)).items,
  });
}

/** Sets somebody's hours; null removes them. */
export async function saveCalendar(kind: HolderKind, holderId: string | null, hours: EditCalendar | null) {
  const path = `/calendars/${kind}/${holderId ?? 'company'}`;
  await (hours === null ? remove(path) : put(path, hours));
  await queryClient.invalidateQueries({ queryKey: ['targets'] });
}

/** Every version of every target, so that the page can say what applied when. */
export function usePolicies() {
  return useQuery({
    queryKey: ['targets', 'policies'],
    queryFn: async ({ signal }) => (await get<List<Policy>>('/targets', { history: '1' }, signal)).items,
  });
}

/** Makes a target, or a new version of the one with that series. */
export async function savePolicy(seriesId: string | null, policy: NewPolicy): Promise<void> {
  await (seriesId === null ? post('/targets', policy) : put(`/targets/${seriesId}`, policy));
  await queryClient.invalidateQueries({ queryKey: ['targets'] });
}

export async function endPolicy(seriesId: string): Promise<void> {
  await remove(`/targets/${seriesId}`);
  await queryClient.invalidateQueries({ queryKey: ['targets'] });
}

export function useRouting() {
  return useQuery({
    queryKey: ['routing', 'settings'],
    queryFn: ({ signal }) => get<RoutingSettings>('/routing', undefined, signal),
  });
}

export async function saveRouting(settings: RoutingSettings): Promise<void> {
  await put('/routing', settings);
  await queryClient.invalidateQueries({ queryKey: ['routing'] });
}

export type Profile = RoutingProfile & { userId: string };

export function useProfiles() {
  return useQuery({
    queryKey: ['routing', 'profiles'],
    queryFn: async ({ signal }) => (await get<List<Profile>>('/routing/profiles', undefined, signal)).items,
  });
}

export async function saveProfile({ userId, ...profile }: Profile): Promise<void> {
  await put(`/routing/profiles/${userId}`, profile);
  await queryClient.invalidateQueries({ queryKey: ['routing'] });
}

export function useAcknowledgement() {
  return useQuery({
    queryKey: ['acknowledgement'],
    queryFn: ({ signal }) => get<Acknowledgement>('/acknowledgement', undefined, signal),
  });
}

export async function saveAcknowledgement(value: Acknowledgement): Promise<void> {
  await put('/acknowledgement', value);
  await queryClient.invalidateQueries({ queryKey: ['acknowledgement'] });
}
