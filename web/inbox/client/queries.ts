import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import type { Client, ClientSummary, TimelineItem } from '../../../server/clients/schema.ts';
import type { ThreadRow } from '../../../server/threads/schema.ts';
import { ApiError, get, type Page, patch, post, put, remove } from '../../shared/api.ts';
import { showError } from '../../shared/ui/problem.ts';
import { offerUndo } from '../../shared/ui/undo.tsx';
import { queryClient } from '../queryClient.ts';

/** One client, with identities and merges. */
export function useClient(clientId: string) {
  return useQuery({
    queryKey: ['clients', clientId, 'card'],
    queryFn: ({ signal }) => get<Client>(`/clients/${clientId}`, undefined, signal),
  });
}

/** Everything with this client over all channels, newest first, a page at a time. */
export function useTimeline(clientId: string) {
  return useInfiniteQuery({
    queryKey: ['clients', clientId, 'timeline'],
    queryFn: ({ pageParam, signal }) =>
      get<Page<TimelineItem>>(`/clients/${clientId}/timeline`, { limit: 30, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** A client's threads, whatever their status. */
export function useClientThreads(clientId: string) {
  return useQuery({
    queryKey: ['clients', clientId, 'timeline', 'threads'],
    queryFn: async ({ signal }) =>
      (await get<Page<ThreadRow>>('/threads', { client: clientId, status: 'all', limit: 50 }, signal)).items,
  });
}

/** Clients by name or address. */
export function useClients(q: string) {
  return useInfiniteQuery({
    queryKey: ['clients', 'search', q],
    queryFn: ({ pageParam, signal }) =>
      get<Page<ClientSummary>>('/clients', { q, limit: 50, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
  });
}

export interface ClientChange {
  name?: string;
  level?: Client['level'];
  ownerId?: string | null;
  company?: string | null;
}

/** Changes a client; the screen shows it at once. */
export async function editClient(clientId: string, change: ClientChange): Promise<void> {
  const key = ['clients', clientId, 'card'];
  try {
    const stored = await patch<Client>(`/clients/${clientId}`, change);
    queryClient.setQueryData(key, stored);
  } catch (error) {
    showError(error);
    void queryClient.invalidateQueries({ queryKey: key });
  }
}

/**
 * Saves the note over the one it began with. False when it is not stored: what a colleague wrote meanwhile is then in the
 * cache, and the words stay with their writer.
 */
export async function saveNote(clientId: string, note: string, baseNote: string): Promise<boolean> {
  const key = ['clients', clientId, 'card'];
  try {
    queryClient.setQueryData(key, await patch<Client>(`/clients/${clientId}`, { note, baseNote }));
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'client.noteChanged')
      queryClient.setQueryData<Client>(key, (known) => known && { ...known, note: String(error.problem.note) });
    else showError(error);
    return false;
  }
}

/** An address that the client told us: not proven until they write from it. Throws ApiError when it cannot be one. */
export async function addAddress(clientId: string, kind: 'phone' | 'email', value: string): Promise<void> {
  await post(`/clients/${clientId}/identities`, { kind, value });
  await queryClient.invalidateQueries({ queryKey: ['clients', clientId] });
}

/** A client who wanted to be asked no more how it was is asked again; it can be taken back. */
export async function askAgain(clientId: string, identityId: string): Promise<void> {
  const path = `/clients/${clientId}/identities/${identityId}/rating-stop`;
  const stale = () => queryClient.invalidateQueries({ queryKey: ['clients', clientId] });
  try {
    await remove(path);
    offerUndo(i18next.t('inbox:client.askedAgain'), async () => {
      await put(path);
      await stale();
    });
    await stale();
  } catch (error) {
    showError(error);
  }
}

/** Two clients are one person: one timeline from now on, and it can be taken back. */
export async function mergeClients(clientId: string, otherId: string): Promise<void> {
  try {
    const { id } = await post<{ id: string }>(`/clients/${clientId}/merge`, { otherId });
    offerUndo(i18next.t('inbox:client.merged'), () => undoMerge(clientId, id));
    void queryClient.invalidateQueries({ queryKey: ['clients'] });
  } catch (error) {
    showError(error);
  }
}

/** Takes a merge back, or says no to a proposed one. */
export async function undoMerge(clientId: string, mergeId: string): Promise<void> {
  await remove(`/clients/${clientId}/merge/${mergeId}`);
  void queryClient.invalidateQueries({ queryKey: ['clients'] });
}
