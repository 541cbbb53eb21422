import type { Reader } from '../db/tx.ts';
import { type Columns, quarterMs, quarterOf, scopesOf, unpack } from './columns.ts';
import { type Family, gather } from './gather.ts';
import { dayMs, gapsBetween, type Span } from './span.ts';

/**
 * The facts of a period: of sealed days from their columns, of everything else from the rows. A thread that changed since its days
 * were sealed is left out of the columns and read from the rows, so that a report is right before its days are mended.
 */

/** Facts to count: those of the quarter-hours from `first` to before `end` whose scope is not left out. */
export interface Part {
  columns: Columns;
  first: number;
  end: number;
  without: ReadonlySet<number>;
  /** All facts of a sealed day: what was counted of its columns once is true as long as they are. */
  whole: boolean;
  /** Read from the rows for this report alone: all of it is asked for. */
  isRows: boolean;
}

/** Bytes of sealed days that a process keeps; a quarter of ten million messages takes about two thirds of it. */
const keptBytes = 256 << 20;
const daysAtOnce = 15;

const kept = new Map<string, { columns: Columns; bytes: number }>();
let heldBytes = 0;

export interface SealedDay {
  day: Date;
  version: string;
  upTo: Date;
}

/** Everything of a family in a span. */
export async function readParts(reader: Reader, family: Family, span: Span): Promise<Part[]> {
  // First the list, then the days: what is mended in between is only read twice from where it is right.
  const touched = await reader.reportTouched.findMany({ select: { matter: true, since: true } });
  const days = await reader.reportDay.findMany({
    // Both are compared as dates: the day that `to` lies in is one of them.
    where: { day: { gte: startOfDay(span.from), lt: new Date(Math.ceil(span.to.getTime() / dayMs) * dayMs) } },
    select: { day: true, version: true, upTo: true },
    orderBy: { day: 'asc' },
  });
  const sealed = (await loadDays(reader, family, days)).flatMap(({ columns, day, upTo }) => {
    const first = Math.max(quarterOf(day), Math.ceil(span.from.getTime() / quarterMs));
    const end = Math.min(quarterOf(upTo), quarterOf(span.to));
    const whole = first === quarterOf(day) && end === quarterOf(upTo);
    return first < end ? [{ columns, first, end, day, whole }] : [];
  });
  const covered = joined(
    sealed.map(({ first, end }) => ({ from: new Date(first * quarterMs), to: new Date(end * quarterMs) })),
  );
  const matters = [...new Set(touched.map((row) => row.matter))];
  const since = earliest(touched);
  const rows = await Promise.all([
    ...gapsBetween(span, covered).map((gap) => gather(reader, family, gap)),
    ...(matters.length === 0
      ? []
      : covered.flatMap((part) => (part.to.getTime() < since ? [] : [gather(reader, family, part, matters)]))),
  ]);
  const none = new Set<number>();
  return [
    ...sealed.map(({ columns, first, end, day, whole }) => {
      const without = day.getTime() + dayMs <= since ? none : scopesOf(columns, matters);
      return { columns, first, end, without, whole: whole && without.size === 0, isRows: false };
    }),
    ...rows.map((columns) => ({
      columns,
      first: 0,
      end: Number.MAX_SAFE_INTEGER,
      without: none,
      whole: false,
      isRows: true,
    })),
  ];
}

/** The oldest of what changed, ms; Infinity of nothing. The list has any length: no spreading. */
export const earliest = (touched: readonly { since: Date }[]): number =>
  touched.reduce((first, { since }) => Math.min(first, since.getTime()), Number.POSITIVE_INFINITY);

/** When an instant's UTC day began. */
export const startOfDay = (at: Date): Date => new Date(Math.floor(at.getTime() / dayMs) * dayMs);

/** Spans in order, with those that touch as one. */
function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const span of spans) {
    const last = all.at(-1);
    if (last !== undefined && last.to.getTime() === span.from.getTime()) last.to = span.to;
    else all.push({ ...span });
  }
  return all;
}

/** The columns of sealed days, from memory where this process has read the same version before. */
export async function loadDays(
  reader: Reader,
  family: Family,
  days: readonly SealedDay[],
): Promise<(SealedDay & { columns: Columns })[]> {
  const found = new Map<number, SealedDay & { columns: Columns }>();
  for (const day of days) {
    const key = `${family} ${day.version}`;
    const held = kept.get(key);
    if (held === undefined) continue;
    found.set(day.day.getTime(), { ...day, columns: held.columns });
    // Asked last, let go last.
    kept.delete(key);
    kept.set(key, held);
  }
  const missing = days.filter(({ day }) => !found.has(day.getTime()));
  for (let from = 0; from < missing.length; from += daysAtOnce) {
    const rows = await reader.reportDay.findMany({
      where: { day: { in: missing.slice(from, from + daysAtOnce).map(({ day }) => day) } },
      select: { day: true, version: true, upTo: true, waits: family === 'waits', deeds: family === 'deeds' },
    });
    for (const { day, version, upTo, waits, deeds } of rows) {
      const packed = waits ?? deeds ?? new Uint8Array(0);
      const columns = unpack(packed);
      keep(`${family} ${version}`, columns, packed.byteLength);
      found.set(day.getTime(), { day, version, upTo, columns });
    }
  }
  return days.flatMap(({ day }) => found.get(day.getTime()) ?? []);
}

function keep(key: string, columns: Columns, bytes: number): void {
  if (kept.has(key)) return;
  kept.set(key, { columns, bytes });
  heldBytes += bytes;
  for (const [oldest, { bytes: freed }] of kept) {
    if (heldBytes <= keptBytes) break;
    kept.delete(oldest);
    heldBytes -= freed;
  }
}
