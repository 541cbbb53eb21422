import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReasonReport } from '../../../server/reasons/schema.ts';
import type { OwnFact, OwnWait, ResponseTimes, Volume } from '../../../server/reports/schema.ts';
import { get, type Page } from '../../shared/api.ts';
import { type Asked, filtersOf, fromOf } from './search.ts';

const key = ['reports'];

function queryOf(asked: Asked) {
  const { by, measure, time } = asked;
  return { from: fromOf(asked.days, new Date()), by, measure, time, ...filtersOf(asked) };
}

/** The address of the same report as a table for a spreadsheet. */
export function csvAddress(asked: Asked, format: 'csv' | 'xlsx' = 'csv'): string {
  return `/api/v1/reports/response-times?${new URLSearchParams({ ...queryOf(asked), format })}`;
}

/** How fast clients were answered; asked again when somebody answers (feed/invalidate.ts). */
export function useResponseTimes(asked: Asked) {
  const { key: _, late: __, ...question } = asked;
  return useQuery({
    queryKey: [...key, 'times', question],
    queryFn: ({ signal }) => get<ResponseTimes>('/reports/response-times', { ...queryOf(asked), compare: '1' }, signal),
    placeholderData: keepPreviousData,
  });
}

/** How much, when, and who still waits; narrowed like everything else. */
export function useVolume(asked: Asked) {
  const only = filtersOf(asked);
  return useQuery({
    queryKey: [...key, 'volume', asked.days, only],
    queryFn: ({ signal }) => get<Volume>('/reports/volume', { from: fromOf(asked.days, new Date()), ...only }, signal),
    placeholderData: keepPreviousData,
  });
}

/** The address of a report of this period, narrowed as it is, as a file. */
export function fileOf(path: string, asked: Asked, more: Record<string, string>): string {
  return `/api/v1${path}?${new URLSearchParams({ from: fromOf(asked.days, new Date()), ...more, ...filtersOf(asked) })}`;
}

/** The threads behind a number, page by page; `path` is the report's own list. */
export function useThreadsBehind(path: string, question: Record<string, string | undefined>) {
  return useInfiniteQuery({
    queryKey: [...key, 'behind', path, question],
    queryFn: ({ signal, pageParam }) => get<Page<OwnFact>>(path, { ...question, cursor: pageParam, limit: 20 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** The answered waits behind a figure, the longest first; `path` is the report's own list, or that of one's own. */
export function useWaits(path: string, question: Record<string, string | undefined>) {
  return useInfiniteQuery({
    queryKey: [...key, 'waits', path, question],
    queryFn: ({ signal, pageParam }) => get<Page<OwnWait>>(path, { ...question, cursor: pageParam, limit: 20 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** What the waits behind a row of a report are asked by. */
export const waitsOf = (asked: Asked): Record<string, string | undefined> => ({
  ...queryOf(asked),
  key: asked.key,
  ...(asked.late ? { late: '1', sort: 'latest' } : {}),
});

export type ReasonGrouping = 'reason' | 'product' | 'store' | 'user';

/** Confirmed reasons, most frequent first, with their days. */
export function useReasonReport(asked: Asked, kind: 'contact' | 'dissatisfaction', by: ReasonGrouping) {
  const only = filtersOf(asked);
  return useQuery({
    queryKey: ['reports', 'reasons', asked.days, kind, by, only],
    queryFn: ({ signal }) =>
      get<ReasonReport>('/reports/reasons', { from: fromOf(asked.days, new Date()), kind, by, ...only }, signal),
    placeholderData: keepPreviousData,
  });
}
