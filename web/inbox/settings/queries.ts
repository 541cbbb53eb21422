import { useQuery } from '@tanstack/react-query';
import type { ApiKey, Invitation, NewInvitation, Team, User } from '../../../server/users/schema.ts';
import { get, patch, post, remove } from '../../shared/api.ts';
import { queryClient } from '../queryClient.ts';

interface List<T> {
  items: T[];
}

/** Everybody who works here, with addresses. */
export function useAccounts() {
  return useQuery({
    queryKey: ['users', 'accounts'],
    queryFn: async ({ signal }) => (await get<List<User>>('/users/accounts', undefined, signal)).items,
  });
}

/** Invitations nobody has accepted yet. */
export function useInvitations() {
  return useQuery({
    queryKey: ['users', 'invitations'],
    queryFn: async ({ signal }) => (await get<List<Invitation>>('/invitations', undefined, signal)).items,
  });
}

/** Teams for the page that changes them. */
export function useTeamList() {
  return useQuery({
    queryKey: ['users', 'teams'],
    queryFn: async ({ signal }) => (await get<List<Team>>('/teams', undefined, signal)).items,
  });
}

/** My keys; the keys themselves are never told again. */
export function useApiKeys() {
  return useQuery({
    queryKey: ['apiKeys'],
    queryFn: async ({ signal }) => (await get<List<ApiKey>>('/api-keys', undefined, signal)).items,
  });
}

/** The answer holds the link, once. */
export async function makeInvitation(invitation: NewInvitation): Promise<Invitation & { mailed: boolean }> {
  const made = await post<Invitation & { mailed: boolean }>('/invitations', invitation);
  await queryClient.invalidateQueries({ queryKey: ['users', 'invitations'] });
  return made;
}

export async function withdrawInvitation(id: string): Promise<void> {
  await remove(`/invitations/${id}`);
  await queryClient.invalidateQueries({ queryKey: ['users', 'invitations'] });
}

export interface UserChange {
  name?: string;
  role?: User['role'];
  storeIds?: string[];
  teamIds?: string[];
  active?: boolean;
}

export async function editUser(id: string, change: UserChange): Promise<void> {
  await patch(`/users/${id}`, change);
  await queryClient.invalidateQueries({ queryKey: ['users'] });
}

/** Makes a team, or changes the one with that id. */
export async function saveTeam(id: string | null, team: { name: string; memberIds: string[] }): Promise<void> {
  await (id === null ? post('/teams', team) : patch(`/teams/${id}`, team));
  await queryClient.invalidateQueries({ queryKey: ['users'] });
}

export async function removeTeam(id: string): Promise<void> {
  await remove(`/teams/${id}`);
  await queryClient.invalidateQueries({ queryKey: ['users'] });
}

/** The answer holds the key, once. */
export async function makeApiKey(name: string, endsAt: Date | null): Promise<ApiKey> {
  const made = await post<ApiKey>('/api-keys', { name, expiresAt: endsAt?.toISOString() ?? null });
  await queryClient.invalidateQueries({ queryKey: ['apiKeys'] });
  return made;
}

export async function revokeApiKey(id: string): Promise<void> {
  await remove(`/api-keys/${id}`);
  await queryClient.invalidateQueries({ queryKey: ['apiKeys'] });
}
