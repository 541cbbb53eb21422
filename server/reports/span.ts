import { DateTime } from 'luxon';

/** From an instant to before another. */
export interface Span {
  from: Date;
  to: Date;
}

export const dayMs = 24 * 60 * 60_000;
const usualDays = 7;

/** The period that is asked for: as given, else the seven days until now. */
export function spanOf(query: { from?: Date | undefined; to?: Date | undefined }, now: Date): Span {
  const to = query.to ?? now;
  return { from: query.from ?? new Date(to.getTime() - usualDays * dayMs), to };
}

/** The period of the same length before. */
export const spanBefore = ({ from, to }: Span): Span => ({
  from: new Date(2 * from.getTime() - to.getTime()),
  to: from,
});

/** The parts of a span that none of these covers; `covered` is in order and does not overlap. */
export function gapsBetween(span: Span, covered: readonly Span[]): Span[] {
  const gaps: Span[] = [];
  let from = span.from.getTime();
  for (const part of covered) {
    const end = Math.min(part.from.getTime(), span.to.getTime());
    if (end > from) gaps.push({ from: new Date(from), to: new Date(end) });
    from = Math.max(from, part.to.getTime());
  }
  if (from < span.to.getTime()) gaps.push({ from: new Date(from), to: span.to });
  return gaps;
}

/** When an instant's day began in a time zone. */
export const startOfLocalDay = (at: Date, timezone: string): Date =>
  DateTime.fromJSDate(at, { zone: timezone }).startOf('day').toJSDate();
