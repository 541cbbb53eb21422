import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Live } from '../../../server/reports/schema.ts';
import { get } from '../../shared/api.ts';
import { refresh } from '../feed/cache.ts';
import { useFeedEvents } from '../feed/listen.ts';
import type { LiveSearch } from './search.ts';

/** What changes a figure of the page; typing and reading do not. */
const changes =
  /^(message\.(received|sent|released)|delivery\.(undone|changed)|thread\.(?!read)|target\.|channel\.|user\.|promise\.|request\.|presence\.|absence\.|client\.merged)/;

/** What the page shows, and how far the server's clock is ahead of this device's, ms. */
export interface LiveNow extends Live {
  aheadMs: number;
}

/**
 * Who waits now, of what is asked for. Asked again when the feed tells of something that changes it (at most once a second), and at the
 * moment when the next client's answer becomes late; never by the clock alone.
 */
export function useLive(asked: LiveSearch) {
  const hash = JSON.stringify(asked);
  const live = useQuery({
    queryKey: ['now', hash],
    queryFn: async ({ signal }): Promise<LiveNow> => {
      const data = await get<Live>(
        '/reports/live',
        { ...asked, late: asked.late ? '1' : undefined, dayStart: startOfToday().toISOString() },
        signal,
      );
      return { ...data, aheadMs: Date.parse(data.at) - Date.now() };
    },
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
  useFeedEvents((events) => {
    if (events.some((event) => changes.test(event.type))) refresh(['now', hash]);
  });
  const nextDue = live.data === undefined ? null : nextDueMs(live.data);
  useEffect(() => {
    if (nextDue === null) return;
    const timer = setTimeout(() => refresh(['now', hash]), nextDue);
    return () => clearTimeout(timer);
  }, [nextDue, hash]);
  return live;
}

/** The server's time, moving on every second. */
export function useServerNow(aheadMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now + aheadMs;
}

/** How long until the next answer is late; null when none is due. */
function nextDueMs(live: LiveNow): number | null {
  const at = Date.parse(live.at);
  const due = live.waiting
    .flatMap(({ dueAt }) => (dueAt === null ? [] : [Date.parse(dueAt) - at]))
    .filter((ms) => ms > 0);
  // Longer waits than a browser's timer can hold (24 days) need no timer.
  const next = Math.min(...due);
  return Number.isFinite(next) && next < 2 ** 31 ? next + 50 : null;
}

function startOfToday(): Date {
  const today = new Date();
  today.setHours(0, 0, 0, 0);
  return today;
}
