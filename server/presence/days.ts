import { DateTime } from 'luxon';
import { type WorkingHours, workingBetween } from '../targets/clock.ts';
import type { PresenceDay, PresenceState } from './schema.ts';

/** One stretch of presence, as instants in milliseconds. */
export interface Stretch {
  state: PresenceState;
  from: number;
  to: number;
}

/**
 * A person's shifts beside what they did, day by day: how late they came and how long they were away in working time. Pure.
 * What has not happened yet (after `now`) counts for nothing; a day without a shift has no lateness.
 */
export function daysOf(
  hours: WorkingHours,
  stretches: readonly Stretch[],
  span: { from: Date; to: Date },
  now: Date,
): PresenceDay[] {
  const days: PresenceDay[] = [];
  let day = DateTime.fromJSDate(span.from, { zone: hours.timezone }).startOf('day');
  while (day.toMillis() < span.to.getTime()) {
    const next = day.plus({ days: 1 }).startOf('day');
    days.push(dayOf(hours, stretches, day, next, now));
    day = next;
  }
  return days;
}

function dayOf(
  hours: WorkingHours,
  stretches: readonly Stretch[],
  day: DateTime,
  next: DateTime,
  now: Date,
): PresenceDay {
  const date = day.toISODate() ?? '';
  const begin = day.toMillis();
  const end = Math.min(next.toMillis(), now.getTime());
  const slots = hours.slotsOn(date, day.weekday);
  const within = (from: number, to: number) =>
    to <= from ? 0 : workingBetween(hours, new Date(Math.max(from, begin)), new Date(Math.min(to, end)));
  const shiftMs = workingBetween(hours, day.toJSDate(), next.toJSDate());
  const here = stretches.filter(
    (part) => (part.state === 'available' || part.state === 'busy') && part.to > begin && part.from < end,
  );
  const cameAt = here.length === 0 ? null : Math.max(begin, Math.min(...here.map((part) => part.from)));
  const leftAt = here.length === 0 ? null : Math.min(end, Math.max(...here.map((part) => part.to)));
  const pauses = stretches.filter(
    (part) => part.state === 'away' && cameAt !== null && leftAt !== null && part.from >= cameAt && part.from < leftAt,
  );
  return {
    date,
    shift: slots.map(({ from, to }) => ({ from, to })),
    shiftMs,
    cameAt: cameAt === null ? null : new Date(cameAt).toISOString(),
    leftAt: leftAt === null || leftAt === now.getTime() ? null : new Date(leftAt).toISOString(),
    lateMs: slots.length === 0 || end <= begin ? 0 : within(begin, cameAt ?? end),
    pausesMs: pauses.reduce((sum, part) => sum + within(part.from, part.to), 0),
    pauses: pauses.length,
    hereMs: here.reduce((sum, part) => sum + Math.max(0, Math.min(part.to, end) - Math.max(part.from, begin)), 0),
  };
}
