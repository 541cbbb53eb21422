import { useQuery } from '@tanstack/react-query';
import type { ClientPromise } from '../../../server/promises/schema.ts';
import type { ResponseTimes, Work } from '../../../server/reports/schema.ts';
import type { SilentClient } from '../../../server/week/schema.ts';
import { get, type Page } from '../../shared/api.ts';

/** A week of this device's days: its Monday and the next. */
export interface Week {
  from: string;
  to: string;
}

/** The week that lies `ago` weeks back; 0 is this one. */
export function weekOf(now: Date, ago: number): Week {
  const monday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - ((now.getDay() + 6) % 7) - 7 * ago);
  const next = new Date(monday.getFullYear(), monday.getMonth(), monday.getDate() + 7);
  return { from: monday.toISOString(), to: next.toISOString() };
}

/** How fast somebody answered, beside the week before; `who` is `me` or a colleague. */
export function useTimesOf(who: string, { from, to }: Week) {
  return useQuery({
    queryKey: ['reports', 'times', 'of', who, from, to],
    queryFn: ({ signal }) =>
      get<ResponseTimes>(
        who === 'me' ? '/reports/response-times/mine' : '/reports/response-times',
        { from, to, by: 'weekday', measure: 'all', compare: '1', ...(who === 'me' ? {} : { user: who }) },
        signal,
      ),
  });
}

/** What somebody did, beside the week before. */
export function useWorkOf(who: string, { from, to }: Week) {
  return useQuery({
    queryKey: ['reports', 'work', 'of', who, from, to],
    queryFn: ({ signal }) =>
      get<Work>(
        who === 'me' ? '/reports/work/mine' : '/reports/work',
        { from, to, by: 'channel', compare: '1', ...(who === 'me' ? {} : { user: who }) },
        signal,
      ),
  });
}

/** Somebody's promises of every state that are due before the week ends. */
export function useWeekPromises(who: string, { from, to }: Week) {
  return useQuery({
    queryKey: ['promises', 'week', who, from, to],
    queryFn: async ({ signal }) => {
      const { items } = await get<Page<ClientPromise>>(
        '/promises',
        { owner: who, state: 'all', due: to, limit: 100 },
        signal,
      );
      return items.filter((item) => item.state === 'open' || (item.dueAt !== null && item.dueAt >= from));
    },
  });
}

/** My clients who should hear from us. */
export function useSilent() {
  return useQuery({
    queryKey: ['promises', 'silent'],
    queryFn: async ({ signal }) => (await get<{ items: SilentClient[] }>('/week/silent', undefined, signal)).items,
  });
}
