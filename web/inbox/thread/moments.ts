/** Moments people mean by "later": pure, by the clock of the reader. */
export interface Moment {
  name: 'hour' | 'threeHours' | 'evening' | 'tomorrow' | 'monday';
  at: Date;
}

/** Those that are still to come, the nearest first. */
export function moments(now: Date): Moment[] {
  const all: Moment[] = [
    { name: 'hour', at: new Date(now.getTime() + 3_600_000) },
    { name: 'threeHours', at: new Date(now.getTime() + 3 * 3_600_000) },
    { name: 'evening', at: dayAt(now, 0, 17) },
    { name: 'tomorrow', at: dayAt(now, 1, 9) },
    { name: 'monday', at: dayAt(now, (8 - now.getDay()) % 7 || 7, 9) },
  ];
  return all
    .filter(({ name, at }) => name !== 'evening' || at.getTime() > now.getTime() + 3_600_000)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** What an `<input type=datetime-local>` reads. */
export function toLocalInput(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function dayAt(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}
