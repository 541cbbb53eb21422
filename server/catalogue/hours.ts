import { DateTime } from 'luxon';
import openingHours from 'opening_hours';
import type { StoreRow } from './rows.ts';

type Calendar = Pick<StoreRow, 'hours' | 'holidays' | 'timezone'>;

/** A stretch of one local day, "HH:mm"; `to` is "24:00" when the store is open past midnight. */
export interface OpenStretch {
  from: string;
  to: string;
}

/** What a store's calendar says about one local day. */
export interface StoreDay {
  /** ISO date in the store's own time zone. */
  date: string;
  /** 1 = Monday. */
  weekday: number;
  holiday: boolean;
  open: OpenStretch[];
}

/** True when the text is readable as OSM opening_hours. */
export function isOpeningHours(hours: string): boolean {
  try {
    return compile(hours) !== null;
  } catch {
    return false;
  }
}

/**
 * The store's day `daysAhead` days after `now`, in its own time zone; null when the store has no hours, which means
 * "not known" and never "closed". On the store's holidays the `PH` rule decides, when there is one.
 */
export function storeDay(store: Calendar, now: Date, daysAhead = 0): StoreDay | null {
  const compiled = store.hours ? compile(store.hours) : null;
  if (!compiled) return null;
  const day = DateTime.fromJSDate(now, { zone: store.timezone }).startOf('day').plus({ days: daysAhead });
  const date = day.toISODate() ?? '';
  const holiday = store.holidays.includes(date);
  const rules = holiday && compiled.onHoliday ? compiled.onHoliday : compiled.usual;
  return { date, weekday: day.weekday, holiday, open: stretches(rules, day) };
}

/** Whether the store is open at `now`, until when, and when it opens next ("HH:mm" local, within two weeks). */
export function openState(
  store: Calendar,
  now: Date,
): { open: boolean; until: string | null; next: { day: StoreDay; at: string; daysAhead: number } | null } | null {
  const today = storeDay(store, now);
  if (!today) return null;
  const clock = DateTime.fromJSDate(now, { zone: store.timezone }).toFormat('HH:mm');
  const current = today.open.find((stretch) => stretch.from <= clock && clock < stretch.to);
  let next: { day: StoreDay; at: string; daysAhead: number } | null = null;
  for (let ahead = 0; ahead <= 14 && !next; ahead++) {
    const day = ahead === 0 ? today : storeDay(store, now, ahead);
    const stretch = day?.open.find((candidate) => ahead > 0 || candidate.from > clock);
    if (day && stretch) next = { day, at: stretch.from, daysAhead: ahead };
  }
  return { open: current !== undefined, until: current?.to ?? null, next };
}

/** When a store that is closed at `now` opens next; null when it is open or its hours are not known. */
export function nextOpening(store: Calendar, now: Date): Date | null {
  const state = openState(store, now);
  if (state === null || state.open || state.next === null) return null;
  return DateTime.fromISO(`${state.next.day.date}T${state.next.at}`, { zone: store.timezone }).toJSDate();
}

interface Compiled {
  usual: openingHours | null;
  onHoliday: openingHours | null;
}

const compiledHours = new Map<string, Compiled>();
const REMEMBERED = 1000;

/** Splits what `PH` says from the rest, because our holidays are the store's own dates and not a country's. */
function compile(hours: string): Compiled {
  const known = compiledHours.get(hours);
  if (known) return known;
  const usual: string[] = [];
  let holidayTimes: string | null = null;
  for (const rule of hours
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)) {
    const selectors = /^[^\d]*?(?=\s*(\d{1,2}:|off|closed|open|$))/i.exec(rule)?.[0] ?? '';
    if (!/\bPH\b/.test(selectors)) {
      usual.push(rule);
      continue;
    }
    const times = rule.slice(selectors.length).trim();
    holidayTimes = times || '00:00-24:00';
    const others = selectors
      .replace(/\s*,?\s*\bPH\b\s*,?\s*/g, (match, at: number) => (at === 0 || !/,.*,/.test(match) ? '' : ','))
      .trim();
    if (others) usual.push(`${others} ${times}`.trim());
  }
  const compiled: Compiled = {
    usual: usual.length > 0 ? new openingHours(usual.join('; '), null) : null,
    onHoliday: holidayTimes ? new openingHours(holidayTimes, null) : null,
  };
  if (!compiled.usual && !compiled.onHoliday) throw new Error('empty opening_hours');
  if (compiledHours.size >= REMEMBERED) compiledHours.clear();
  compiledHours.set(hours, compiled);
  return compiled;
}

/** The library reads wall-clock time from a Date's local parts, so the store's wall clock is put there. */
function stretches(rules: openingHours | null, day: DateTime): OpenStretch[] {
  if (!rules) return [];
  const from = new Date(day.year, day.month - 1, day.day);
  const to = new Date(day.year, day.month - 1, day.day + 1);
  return rules
    .getOpenIntervals(from, to)
    .filter(([, , unknown]) => !unknown)
    .map(([start, end]) => ({ from: clockOf(start), to: end.getTime() >= to.getTime() ? '24:00' : clockOf(end) }));
}

function clockOf(date: Date): string {
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}
