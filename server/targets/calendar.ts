import { storeDay } from '../catalogue/hours.ts';
import type { Slot, WorkingHours } from './clock.ts';

/** A week with the days that differ from it. */
export interface WeekCalendar {
  timezone: string;
  /** Seven lists, Monday first. */
  week: readonly (readonly Slot[])[];
  /** ISO dates without working time. */
  holidays: readonly string[];
  /** They win over holidays. */
  exceptions: readonly { date: string; slots: readonly Slot[] }[];
}

/** A week calendar as the clock reads it. */
export function weekHours(calendar: WeekCalendar): WorkingHours {
  const holidays = new Set(calendar.holidays);
  const exceptions = new Map(calendar.exceptions.map((day) => [day.date, day.slots]));
  return {
    timezone: calendar.timezone,
    slotsOn: (date, weekday) => exceptions.get(date) ?? (holidays.has(date) ? [] : (calendar.week[weekday - 1] ?? [])),
  };
}

/** A store's own opening hours (OSM opening_hours and holidays) as the clock reads them; null when they are not known. */
export function storeHours(store: { timezone: string; hours: string; holidays: string[] }): WorkingHours | null {
  if (storeDay(store, new Date(0)) === null) return null;
  return {
    timezone: store.timezone,
    slotsOn(date) {
      // Noon of that day: no clock change moves it to another date.
      const noon = new Date(`${date}T12:00:00Z`);
      for (const ahead of [0, -1, 1]) {
        const day = storeDay(store, noon, ahead);
        if (day?.date === date) return day.open;
      }
      return [];
    },
  };
}
