import type { Grouping, ResponseTimes } from '../../../server/reports/schema.ts';

/** What the page asks, kept in its address: a figure can be sent as a link. */
export interface Asked {
  days: 1 | 7 | 30 | 90;
  by: Grouping;
  measure: ResponseTimes['measure'];
  time: ResponseTimes['time'];
  /** The row whose waits are shown. */
  key?: string;
  /** What everything is narrowed to; they go together. */
  user?: string;
  team?: string;
  store?: string;
  channel?: string;
  level?: 'key' | 'vip' | 'usual';
  tag?: string;
}

export const filters = ['user', 'team', 'store', 'channel', 'level', 'tag'] as const;
export type Filter = (typeof filters)[number];

/** What is asked for besides the period: the filters alone. */
export function filtersOf(asked: Asked): Partial<Record<Filter, string>> {
  return Object.fromEntries(
    filters.flatMap((name) => {
      const value = asked[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

export const shownGroupings = ['user', 'team', 'store', 'channel', 'hour', 'weekday', 'level', 'tag'] as const;

export function askedOf(search: Record<string, unknown>): Asked {
  const days = Number(search.days);
  const by = shownGroupings.find((name) => name === search.by) ?? 'user';
  return {
    days: days === 1 || days === 30 || days === 90 ? days : 7,
    by,
    measure:
      search.measure === 'next' || search.measure === 'all' || search.measure === 'resolution'
        ? search.measure
        : 'first',
    time: search.time === 'working' ? 'working' : 'clock',
    ...(search.key === undefined ? {} : { key: String(search.key) }),
    ...Object.fromEntries(
      filters.flatMap((name) =>
        typeof search[name] === 'string' && search[name] !== '' && (name !== 'level' || isLevel(search[name]))
          ? [[name, search[name]]]
          : [],
      ),
    ),
  };
}

const isLevel = (value: string) => ['key', 'vip', 'usual'].includes(value);

/** The period's beginning: whole days of this device, today among them. */
export function fromOf(days: number, now: Date): string {
  const from = new Date(now);
  from.setHours(0, 0, 0, 0);
  from.setDate(from.getDate() - (days - 1));
  return from.toISOString();
}
