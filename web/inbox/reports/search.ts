import type { Grouping, ResponseTimes } from '../../../server/reports/schema.ts';
import { type Narrowed, narrowedOf } from '../filters/search.ts';

/** What the page asks, kept in its address: a figure can be sent as a link. */
export interface Asked extends Narrowed {
  days: 1 | 7 | 30 | 90;
  by: Grouping;
  measure: ResponseTimes['measure'];
  time: ResponseTimes['time'];
  /** The row whose waits are shown. */
  key?: string;
  /** Of them only what was late, the latest first. */
  late?: true | undefined;
}

/** What is asked for besides the period: the filters alone. */
export const filtersOf = (asked: Asked): Narrowed => narrowedOf({ ...asked });

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
    ...(search.late === true ? { late: true } : {}),
    ...narrowedOf(search),
  };
}

/** The period's beginning: whole days of this device, today among them. */
export function fromOf(days: number, now: Date): string {
  const from = new Date(now);
  from.setHours(0, 0, 0, 0);
  from.setDate(from.getDate() - (days - 1));
  return from.toISOString();
}
