import type { EditCalendar } from '../../../../server/targets/schema.ts';

/** A week of working hours as a form changes it and as a line says it. Pure. */

export type Slot = EditCalendar['week'][number][number];

/** Monday to Friday, nine to five: where a first calendar begins. */
export function usualHours(timezone: string): EditCalendar {
  const day: Slot[] = [{ from: '09:00', to: '17:00' }];
  return { name: '', timezone, week: [day, day, day, day, day, [], []], holidays: [], exceptions: [] };
}

/** Days with the same hours together: `[first, last]` weekday (0 = Monday) and their slots. */
export function runsOf(week: EditCalendar['week']): { days: [number, number]; slots: Slot[] }[] {
  const runs: { days: [number, number]; slots: Slot[] }[] = [];
  week.forEach((slots, day) => {
    const last = runs.at(-1);
    if (last !== undefined && JSON.stringify(last.slots) === JSON.stringify(slots)) last.days[1] = day;
    else runs.push({ days: [day, day], slots });
  });
  return runs;
}

/** What is wrong with a day's slots, by the word of the message; null when nothing is. */
export function slotFault(slots: readonly Slot[]): 'order' | 'overlap' | null {
  if (slots.some((slot) => slot.from >= slot.to)) return 'order';
  return slots.some((slot, index) => index > 0 && (slots[index - 1]?.to ?? '') > slot.from) ? 'overlap' : null;
}

/** The slot that is offered next: an hour after the last, or the morning. */
export function nextSlot(slots: readonly Slot[]): Slot | null {
  const last = slots.at(-1);
  if (last === undefined) return { from: '09:00', to: '17:00' };
  const hour = Number(last.to.slice(0, 2)) + 1;
  if (hour > 22) return null;
  const wall = (value: number) => `${String(value).padStart(2, '0')}:00`;
  return { from: wall(hour), to: wall(Math.min(hour + 3, 23)) };
}

/** The first fault of the whole calendar. */
export function calendarFault(hours: EditCalendar): 'order' | 'overlap' | null {
  for (const slots of [...hours.week, ...hours.exceptions.map((day) => day.slots)]) {
    const fault = slotFault(slots);
    if (fault !== null) return fault;
  }
  return null;
}
