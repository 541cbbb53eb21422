import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { Colleague, Me, Permission, Preferences } from '../../../server/users/schema.ts';
import { auth, fetchWithCursor, get, patch } from '../../shared/api.ts';
import { queryClient } from '../queryClient.ts';

/** Who is signed in, and the feed's cursor at that moment: where the socket begins. */
export interface SignedIn {
  me: Me;
  cursor: string | null;
}

const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async (): Promise<SignedIn> => {
    const { data, cursor } = await fetchWithCursor<Me>('/me');
    return { me: data, cursor };
  },
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

/** Asks while the scripts still load; the answer, or the refusal, waits in the cache. */
export function prepareMe(): void {
  void queryClient.prefetchQuery({ ...meQuery, retry: false });
}

/** The signed-in user; throws ApiError 401 for nobody. For route guards. */
export function fetchMe(): Promise<SignedIn> {
  return queryClient.fetchQuery(meQuery);
}

/** Below the shell there is always somebody signed in. */
export function useSignedIn(): SignedIn {
  return useSuspenseQuery(meQuery).data;
}

export function useMe(): Me {
  return useSignedIn().me;
}

/** Whether the signed-in user's role allows something; screens hide what it does not. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useMe();
  return (permission) => permissions.includes(permission);
}

const colleaguesQuery = queryOptions({
  queryKey: ['users', 'colleagues'],
  queryFn: async ({ signal }) => {
    const answer = await get<Colleague[] | { items: Colleague[] }>('/users', undefined, signal);
    return Array.isArray(answer) ? answer : answer.items;
  },
  staleTime: 5 * 60_000,
});

/** Everybody who works here, also those who left: history keeps their names. */
export function useColleagues(): Colleague[] {
  return useQuery(colleaguesQuery).data ?? [];
}

/** The name of a colleague; empty when it cannot be known. For what is said outside of components. */
export async function colleagueName(id: string | null): Promise<string> {
  if (id === null) return '';
  const colleagues = await queryClient.ensureQueryData(colleaguesQuery).catch(() => []);
  return colleagues.find((colleague) => colleague.id === id)?.name ?? '';
}

export function useColleagueName(): (id: string | null) => string {
  const colleagues = useColleagues();
  return (id) => colleagues.find((colleague) => colleague.id === id)?.name ?? '';
}

/** Changes the own name, language or preferences, on this screen at once. */
export async function editMe(change: {
  name?: string;
  locale?: string;
  preferences?: Partial<Preferences>;
}): Promise<void> {
  queryClient.setQueryData(meQuery.queryKey, (known) =>
    known === undefined
      ? known
      : {
          ...known,
          me: { ...known.me, ...change, preferences: { ...known.me.preferences, ...change.preferences } },
        },
  );
  await patch('/me', change);
}

export async function signOut(): Promise<void> {
  await auth('/sign-out');
  // A new page is the one sure way that nothing of the last user stays in memory.
  window.location.assign('/sign-in');
}
