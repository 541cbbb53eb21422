/** Times and sizes as people of a language write them; `locale` is BCP 47, times are in the visitor's own zone. */

/** "4 minutes", "2 hours": rounded up, so that it promises no less than it says. */
export function span(ms: number, locale: string): string {
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  const [value, unit] =
    minutes <= 90
      ? [minutes, 'minute']
      : minutes <= 36 * 60
        ? [Math.ceil(minutes / 60), 'hour']
        : [Math.ceil(minutes / 1440), 'day'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** "14:05" */
export function clock(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(new Date(at));
}

/** "14:05" today, else with the day: when something opens or was true. */
export function moment(at: string, locale: string, now = new Date()): string {
  const date = new Date(at);
  if (dayOf(at) === dayOf(now.toISOString())) return clock(at, locale);
  return new Intl.DateTimeFormat(locale, { weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(date);
}

/**
 * The same for what an answer stands on, in the zone in which its text names times (IANA): "14:05", and where the reader's own
 * clock shows another hour, with the zone's name, "14:05 CET".
 */
export function momentThere(at: string, locale: string, timeZone: string, now = new Date()): string {
  const date = new Date(at);
  const day = (each: Date) => each.toLocaleDateString('en-CA', { timeZone });
  const hour = (zone?: string) => date.toLocaleTimeString('en-GB', zone === undefined ? {} : { timeZone: zone });
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    ...(day(date) === day(now) ? {} : { weekday: 'short' }),
    hour: 'numeric',
    minute: '2-digit',
    ...(hour() === hour(timeZone) ? {} : { timeZoneName: 'short' }),
  }).format(date);
}

/** "12 March" */
export function dayName(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'long' }).format(new Date(at));
}

/** A key of the local calendar day; equal for two times of one day. */
export function dayOf(at: string): string {
  return new Date(at).toDateString();
}

/** "1.2 MB" */
export function size(bytes: number, locale: string): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(
    value,
  );
}
