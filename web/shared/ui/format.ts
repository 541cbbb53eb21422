import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

/** Times, sizes and numbers as the reader's language writes them. `now` is a parameter everywhere. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key);
  if (known instanceof Intl.DateTimeFormat) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
}

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${locale}${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known instanceof Intl.NumberFormat) return known;
  const made = new Intl.NumberFormat(locale, options);
  formats.set(key, made);
  return made;
}

/** 14:05, by this device's time zone or by another. */
export function clockTime(at: string, locale: string, timeZone?: string): string {
  return dateFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(new Date(at));
}

/** Saturday 21 November 2026, 14:05:10 */
export function exactTime(at: string, locale: string): string {
  return dateFormat(locale, { dateStyle: 'full', timeStyle: 'medium' }).format(new Date(at));
}

/** 21 Nov 2026, 14:05 */
export function shortDateTime(at: string, locale: string): string {
  const date = new Date(at);
  if (date.getFullYear() !== new Date().getFullYear())
    return dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
  return dateFormat(locale, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }).format(date);
}

/** For a list: 5m · 14:05 · Mon · 21 Nov · 21/11/2025, the shortest that is clear. */
export function listTime(at: string, locale: string, now: number): string {
  const date = new Date(at);
  const age = now - date.getTime();
  if (age < MINUTE_MS) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second');
  if (age < HOUR_MS) return duration(age, locale);
  if (sameDay(date, new Date(now))) return clockTime(at, locale);
  if (age < 6 * DAY_MS) return dateFormat(locale, { weekday: 'short' }).format(date);
  if (date.getFullYear() === new Date(now).getFullYear())
    return dateFormat(locale, { day: 'numeric', month: 'short' }).format(date);
  return dateFormat(locale, { dateStyle: 'short' }).format(date);
}

/** Today, yesterday, Saturday 21 November: the break between two days of a thread. */
export function dayName(at: string, locale: string, now: number): string {
  const date = new Date(at);
  const days = Math.round((startOfDay(date) - startOfDay(new Date(now))) / DAY_MS);
  if (days === 0 || days === -1) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
  const year = date.getFullYear() === new Date(now).getFullYear() ? {} : ({ year: 'numeric' } as const);
  return dateFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(date);
}

/** A length of time in its largest one or two units: 40s, 12m, 3h 5m, 2d. */
export function duration(ms: number, locale: string, units: 1 | 2 = 2): string {
  // `19m` is clear where letters are Latin; elsewhere the short word is.
  const narrow = /^(en|de|fr|ro|sv)/.test(locale) ? 'narrow' : 'short';
  const unit = (value: number, name: string) =>
    numberFormat(locale, { style: 'unit', unit: name, unitDisplay: narrow }).format(value);
  if (ms < MINUTE_MS) return unit(Math.floor(ms / 1000), 'second');
  if (ms < HOUR_MS) return unit(Math.floor(ms / MINUTE_MS), 'minute');
  if (ms < DAY_MS) {
    const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
    const hours = unit(Math.floor(ms / HOUR_MS), 'hour');
    return minutes === 0 || units === 1 ? hours : `${hours} ${unit(minutes, 'minute')}`;
  }
  return unit(Math.floor(ms / DAY_MS), 'day');
}

/** Five minutes ago, in 2 days. */
export function ago(at: string, locale: string, now: number): string {
  const ms = new Date(at).getTime() - now;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const size = Math.abs(ms);
  if (size < MINUTE_MS) return format.format(Math.round(ms / 1000), 'second');
  if (size < HOUR_MS) return format.format(Math.round(ms / MINUTE_MS), 'minute');
  if (size < DAY_MS) return format.format(Math.round(ms / HOUR_MS), 'hour');
  if (size < 60 * DAY_MS) return format.format(Math.round(ms / DAY_MS), 'day');
  return format.format(Math.round(ms / (30 * DAY_MS)), 'month');
}

/**
 * The server's words about figures with the digits of the reader's language: `+2 GB` is `+۲ GB`, and stays in that order
 * between words from right to left. Names that hold digits (A55) stay as they are.
 */
export function localFigures(text: string, locale: string): string {
  if (count(1, locale) === '1') return text;
  return text.replace(FIGURE, (_, sign: string, figure: string, unit: string | undefined) => {
    if (unit?.trim() === 'EUR') return `\u2066${euros(Number(sign + figure), sign !== '', locale)}\u2069`;
    const digits = figure.replace(/\d/g, (digit) => count(Number(digit), locale)).replace('.', '٫');
    return `\u2066${sign}${digits}${unit ?? ''}\u2069`;
  });
}

function euros(amount: number, signed: boolean, locale: string): string {
  return numberFormat(locale, {
    style: 'currency',
    currency: 'EUR',
    ...(Number.isInteger(amount) ? { maximumFractionDigits: 0 } : {}),
    ...(signed ? { signDisplay: 'always' } : {}),
  }).format(amount);
}

/** A sign, a number that is no part of a name, and its unit in Latin letters. */
const FIGURE = /(?<![\p{Script=Latin}\d.,-])([+-]?)(\d+(?:\.\d+)?)(\s(?:GB|EUR|mAh))?(?![\p{Script=Latin}\d])/gu;

export function count(value: number, locale: string): string {
  return numberFormat(locale, {}).format(value);
}

/** A counter that is exact up to its limit: 9,999+. */
export function countUpTo(value: number, limit: number, locale: string): string {
  return value >= limit ? `${count(limit, locale)}+` : count(value, locale);
}

/** 840 B, 12 kB, 3.4 MB */
export function fileSize(bytes: number, locale: string): string {
  const [value, unit] =
    bytes < 1000 ? [bytes, 'byte'] : bytes < 1e6 ? [bytes / 1e3, 'kilobyte'] : [bytes / 1e6, 'megabyte'];
  return numberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 && unit !== 'byte' ? 1 : 0,
  }).format(value);
}

/** The language that times are written in on this screen. */
export function useLocale(): string {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage ?? i18n.language;
  // The region is the device's: its clock has 12 or 24 hours.
  return navigator.languages.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}

const TICK_MS = 10_000;
let tick = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;
const listeners = new Set<() => void>();

/** The time, moving on every ten seconds: one timer for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => tick);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) {
    tick = Date.now();
    timer = setInterval(() => {
      tick = Date.now();
      for (const each of listeners) each();
    }, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
}

function sameDay(a: Date, b: Date): boolean {
  return startOfDay(a) === startOfDay(b);
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
