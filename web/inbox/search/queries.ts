import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SearchAnswer } from '../../../server/search/schema.ts';
import { get } from '../../shared/api.ts';

export const kinds = ['threads', 'messages', 'clients', 'articles', 'products'] as const;
export type Kind = (typeof kinds)[number];

/** How many of each kind are shown beside the others, and of one kind alone. */
const FEW = 5;
const MANY = 50;

/** Everything with the words that the user may see; the last answer stays while the next comes. */
export function useSearch(q: string, kind: Kind | null) {
  return useQuery({
    queryKey: ['search', 'place', q, kind],
    queryFn: ({ signal }) =>
      get<SearchAnswer>('/search', { q, in: kind ?? kinds.join(','), limit: kind === null ? FEW : MANY }, signal),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}

export function isWhole(found: number, kind: Kind | null): boolean {
  return kind !== null || found < FEW;
}
