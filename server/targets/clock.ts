import { DateTime } from 'luxon';

/** A stretch of one local day, "HH:mm"; `to` may be "24:00". */
export interface Slot {
  from: string;
  to: string;
}

/** When work is done, as the clock needs to know it: the slots of any local day of one time zone. */
export interface WorkingHours {
  /** IANA name. */
  timezone: string;
  /** @param date ISO date, local. @param weekday 1 = Monday */
  slotsOn(date: string, weekday: number): readonly Slot[];
}

/** Work at all times: working time is clock time. */
export const always: WorkingHours = { timezone: 'UTC', slotsOn: () => [{ from: '00:00', to: '24:00' }] };

/** A deadline or opening that is farther away than this is none: such a calendar never works. */
const horizonDays = 366 * 3;

/** Milliseconds of working time in [from, to); 0 when `to` is not after `from`. */
export function workingBetween(hours: WorkingHours, from: Date, to: Date): number {
  if (hours === always) return Math.max(0, to.getTime() - from.getTime());
  let sum = 0;
  for (const [start, end] of stretches(hours, from)) {
    if (start >= to.getTime()) break;
    sum += Math.min(end, to.getTime()) - start;
  }
  return sum;
}

/**
 * The first instant at which `workMs` of working time have passed since `from`; null when the calendar has no working time
 * for so long (three years). No time at all passes at once: for `workMs` 0 it is `from` itself.
 */
export function deadlineAfter(hours: WorkingHours, from: Date, workMs: number): Date | null {
  if (workMs <= 0) return from;
  if (hours === always) return new Date(from.getTime() + workMs);
  let left = workMs;
  const until = from.getTime() + horizonDays * dayMs;
  for (const [start, end] of stretches(hours, from)) {
    if (start > until) return null;
    if (end - start >= left) return new Date(start + left);
    left -= end - start;
  }
  return null;
}

/** Whether work is done at `at`. */
export function isWorking(hours: WorkingHours, at: Date): boolean {
  for (const [start] of stretches(hours, at)) return start <= at.getTime();
  return false;
}

/** The next instant from `at` on at which work is done; `at` itself while it is; null when there is none in three years. */
export function nextOpening(hours: WorkingHours, at: Date): Date | null {
  for (const [start] of stretches(hours, at)) return new Date(start);
  return null;
}

const dayMs = 24 * 60 * 60_000;

/** Working stretches from `from` on, as instants, in order and without overlap. */
function* stretches(hours: WorkingHours, from: Date): Generator<[number, number]> {
  const since = from.getTime();
  // A day back: a clock change may move the end of yesterday's last slot past midnight.
  let day = DateTime.fromMillis(since, { zone: hours.timezone }).startOf('day').minus({ days: 1 });
  let reached = since;
  for (let count = -1; count <= horizonDays; count++) {
    const next = day.plus({ days: 1 }).startOf('day');
    if (next.toMillis() > since) {
      for (const [start, end] of instantsOn(hours, day, next)) {
        const begin = Math.max(start, reached);
        if (end <= begin) continue;
        reached = end;
        yield [begin, end];
      }
    }
    day = next;
  }
}

/** A local day's slots as instants. A local time that a clock change skips is the instant of the change; one that comes twice is its first. */
function instantsOn(hours: WorkingHours, day: DateTime, next: DateTime): [number, number][] {
  const at = (time: string) => {
    if (time === '24:00') return next.toMillis();
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    const local = day.set({ hour, minute });
    if (local.hour === hour && local.minute === minute) return local.toMillis();
    return gapEnd(local, hour * 60 + minute);
  };
  return hours
    .slotsOn(day.toISODate() ?? '', day.weekday)
    .map((slot): [number, number] => [at(slot.from), at(slot.to)])
    .filter(([start, end]) => end > start)
    .sort(([a], [b]) => a - b);
}

/** luxon moves a skipped local time forward by the length of the gap; the change itself lies so much earlier as it overshot. */
function gapEnd(moved: DateTime, wantedMinutes: number): number {
  const before = moved.minus({ hours: 3 });
  const gapMinutes = moved.offset - before.offset;
  const overshot = moved.hour * 60 + moved.minute - wantedMinutes;
  if (gapMinutes <= 0 || overshot <= 0) return moved.toMillis();
  let instant = moved.toMillis();
  // Walk back to the first instant of the new offset, minute by minute: gaps are at most a few hours.
  while (DateTime.fromMillis(instant - 60_000, { zone: moved.zone }).offset === moved.offset) instant -= 60_000;
  return instant;
}
