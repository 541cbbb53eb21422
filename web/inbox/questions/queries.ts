import { useInfiniteQuery } from '@tanstack/react-query';
import type { ListedRequest } from '../../../server/requests/schema.ts';
import { get, type Page } from '../../shared/api.ts';
import type { QuestionSearch } from './search.ts';

/** Questions to colleagues that an address asks for; live by feed/invalidate.ts. */
export function useQuestions({ box, shown, due, ...places }: QuestionSearch) {
  const question = { box: box ?? 'me', state: shown ?? 'open', due: shown === undefined ? due : undefined, ...places };
  return useInfiniteQuery({
    queryKey: ['requests', question],
    queryFn: ({ signal, pageParam }) =>
      get<Page<ListedRequest>>('/requests', { ...question, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
