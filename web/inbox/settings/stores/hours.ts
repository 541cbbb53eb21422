/** A shop's opening hours (OSM opening_hours) as a reader's table: the same days together, in the reader's words. */

const dayNames = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;
const dayPattern = new RegExp(`^((?:${dayNames.join('|')}|PH)(?:-(?:${dayNames.join('|')}))?)(?:,|$)`);

export interface HoursLine {
  /** 0 is Monday; `[0, 4]` is Monday to Friday. Null is public holidays. */
  days: [number, number] | null;
  /** `10:00–20:00`; empty is closed. */
  times: string[];
}

/**
 * The lines of a plain week. Null for what is more than days and times (seasons, weeks of a month): then the text
 * itself is shown rather than a wrong table.
 */
export function readHours(text: string): HoursLine[] | null {
  const rule = text.trim();
  if (rule === '') return [];
  if (rule === '24/7') return [{ days: [0, 6], times: ['00:00–24:00'] }];
  const week = new Map<number | 'PH', string[]>();
  for (const part of rule.split(';').map((each) => each.trim())) {
    if (part === '') continue;
    const [selector = '', ...rest] = part.split(/\s+(?=\d|off|closed)/i);
    const given = /^[\d]|^(off|closed)$/i.test(selector) ? null : selector;
    const days = given === null ? dayNames.map((_, index) => index) : readDays(given.replace(/\s+/g, ''));
    const times = readTimes(given === null ? part : rest.join(' '));
    if (days === null || times === null) return null;
    for (const day of days) week.set(day, times);
  }
  return grouped(week);
}

/** `Monday – Friday`, in the reader's language. */
export function daysInWords(days: [number, number], locale: string): string {
  const name = (day: number) =>
    // 1 January 2024 was a Monday.
    new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, 1 + day)));
  return days[0] === days[1] ? name(days[0]) : `${name(days[0])} – ${name(days[1])}`;
}

function readDays(text: string): (number | 'PH')[] | null {
  const days: (number | 'PH')[] = [];
  let left = text;
  while (left !== '') {
    const [whole, range] = dayPattern.exec(left) ?? [];
    if (whole === undefined || range === undefined) return null;
    if (range === 'PH') days.push('PH');
    else {
      const [from = '', to = from] = range.split('-');
      const start = dayNames.indexOf(from as (typeof dayNames)[number]);
      const end = dayNames.indexOf(to as (typeof dayNames)[number]);
      for (let day = start; ; day = (day + 1) % 7) {
        days.push(day);
        if (day === end) break;
      }
    }
    left = left.slice(whole.length);
  }
  return days;
}

function readTimes(text: string): string[] | null {
  if (/^(off|closed)$/i.test(text)) return [];
  const times = text.split(',').map((each) => each.trim());
  return times.every((each) => /^\d{1,2}:\d{2}-\d{1,2}:\d{2}$/.test(each))
    ? times.map((each) => each.replace('-', '–'))
    : null;
}

function grouped(week: Map<number | 'PH', string[]>): HoursLine[] {
  const lines: HoursLine[] = [];
  for (let day = 0; day < 7; day++) {
    const times = week.get(day) ?? [];
    const last = lines.at(-1);
    if (last?.days && last.times.join() === times.join()) last.days[1] = day;
    else lines.push({ days: [day, day], times });
  }
  const holidays = week.get('PH');
  return holidays === undefined ? lines : [...lines, { days: null, times: holidays }];
}
