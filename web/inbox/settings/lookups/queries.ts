import { useQuery } from '@tanstack/react-query';
import { get, put } from '../../../shared/api.ts';
import { queryClient } from '../../queryClient.ts';

export const lookupKinds = ['order', 'repair', 'purchase'] as const;
export type LookupKind = (typeof lookupKinds)[number];

/** One of the store's own systems; its secret is never read back. */
export interface Lookup {
  kind: LookupKind;
  url: string;
}

export function useLookups() {
  return useQuery({
    queryKey: ['lookups'],
    queryFn: async ({ signal }) => (await get<{ items: Lookup[] }>('/lookups', undefined, signal)).items,
  });
}

/** Throws ApiError when the server refuses the address or the secret. */
export async function saveLookup(kind: LookupKind, change: { url: string; secret: string }): Promise<void> {
  await put(`/lookups/${kind}`, change);
  await queryClient.invalidateQueries({ queryKey: ['lookups'] });
}
