import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReasonReport } from '../../../server/reasons/schema.ts';
import type { AnsweredWait, ResponseTimes, Volume } from '../../../server/reports/schema.ts';
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
  const { key: _, ...question } = asked;
  return useQuery({
    queryKey: [...key, 'times', question],
    queryFn: ({ signal }) => get<ResponseTimes>('/reports/response-times', { ...queryOf(asked), compare: '1' }, signal),
    placeholderData: keepPreviousData,
  });
}

export function useVolume(days: number) {
  return useQuery({
    queryKey: [...key, 'volume', days],
    queryFn: ({ signal }) => get<Volume>('/reports/volume', { from: fromOf(days, new Date()) }, signal),
    placeholderData: keepPreviousData,
  });
}

/** The answered waits behind a row, the longest first. */
export function useWaits(asked: Asked) {
  return useInfiniteQuery({
    queryKey: [...key, 'waits', asked],
    queryFn: ({ signal, pageParam }) =>
      get<Page<AnsweredWait>>(
        '/reports/response-times/waits',
        { ...queryOf(asked), key: asked.key, cursor: pageParam, limit: 20 },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: asked.key !== undefined,
  });
}

export type ReasonGrouping = 'reason' | 'product' | 'store' | 'user';

/** Confirmed reasons, most frequent first, with their days. */
export function useReasonReport(days: number, kind: 'contact' | 'dissatisfaction', by: ReasonGrouping) {
  return useQuery({
    queryKey: ['reports', 'reasons', days, kind, by],
    queryFn: ({ signal }) =>
      get<ReasonReport>('/reports/reasons', { from: fromOf(days, new Date()), kind, by }, signal),
    placeholderData: keepPreviousData,
  });
}
