import { DateTime } from 'luxon';
import { type Db, Prisma } from '../db/client.ts';
import { decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import { loadHours } from '../targets/rules.ts';
import { type Columns, quarterMs } from './columns.ts';
import { type Part, readParts } from './days.ts';
import { waitMeasures } from './gather.ts';
import { deedsAQuarter, waitsAQuarter } from './quarters.ts';
import type { Narrowed, Volume, WaitingQuery, WorkFact } from './schema.ts';
import type { Cell } from './sheet.ts';
import type { Span } from './span.ts';
import { walk, wide } from './walk.ts';

const counted = ['received', 'answered', 'byBot', 'opened', 'closed'] as const;

/**
 * How much was written and answered a local day, when clients write, and how many waited as each day ended. Clients' messages
 * are whose the thread is, answers whose wrote them; a wait is whose answered it, or of whom it waits for.
 */
export async function readVolume(db: Db, span: Span, now: Date, narrowed: Narrowed = {}): Promise<Volume> {
  const { timezone } = await loadHours(db);
  const calendar = calendarOf(span, timezone);
  // Who was answered after the span waited in it.
  const after = { from: span.from, to: new Date(Math.max(span.to.getTime(), now.getTime() + 1)) };
  const [deeds, waits, open] = await Promise.all([
    readParts(db, 'deeds', span),
    readParts(db, 'waits', after),
    // The index alone tells since when they wait, where nothing else of them is asked for.
    db.$queryRaw<{ day: string; n: number }[]>`
      SELECT to_char(t."waitingSince" AT TIME ZONE ${timezone}, 'YYYY-MM-DD') AS day, count(*)::int AS n FROM thread t
        ${narrowed.level === undefined ? Prisma.empty : Prisma.sql`JOIN client c ON c.id = t."clientId"`}
      WHERE t."waitingSince" IS NOT NULL AND t."mergedIntoId" IS NULL AND ${placedIn(narrowed, Prisma.sql`t."assigneeId"`, Prisma.sql`c.level`)}
      GROUP BY 1`,
  ]);
  const days = calendar.days.map(({ day, from, to }) => ({
    day,
    from: new Date(Math.max(from.getTime(), span.from.getTime())).toISOString(),
    to: new Date(Math.min(to.getTime(), span.to.getTime())).toISOString(),
    received: 0,
    answered: 0,
    byBot: 0,
    opened: 0,
    closed: 0,
    waitingAtEnd: 0,
  }));
  const heat = new Float64Array(8 * 24);
  const perDay = new Float64Array(days.length * counted.length);
  const received = counted.indexOf('received');
  const add = (quarter: number, what: number, times: number) => {
    const day = calendar.dayAt[quarter];
    if (what < 0 || day === undefined) return;
    const place = day * counted.length + what;
    perDay[place] = (perDay[place] ?? 0) + times;
    if (what !== received) return;
    const cell = calendar.cellAt[quarter] ?? 0;
    heat[cell] = (heat[cell] ?? 0) + times;
  };
  const placesOf = ({ kinds }: Columns) => kinds.map((name) => (counted as readonly string[]).indexOf(name));
  await walk(
    deeds,
    narrowed,
    (columns) => {
      const { base } = columns;
      const [at, kind] = [wide(columns, 'at'), wide(columns, 'kind')];
      const places = placesOf(columns);
      return (rows, count) => {
        for (let index = 0; index < count; index++) {
          const row = rows[index] ?? 0;
          add(base + (at[row] ?? 0) - calendar.first, places[kind[row] ?? 0] ?? -1, 1);
        }
      };
    },
    (columns) => {
      const places = placesOf(columns);
      deedsAQuarter(columns).forEach((times, cell) => {
        if (times === 0) return;
        const quarter = Math.floor(cell / places.length);
        add(columns.base + quarter - calendar.first, places[cell % places.length] ?? -1, times);
      });
    },
  );
  days.forEach((day, place) => {
    counted.forEach((what, at) => {
      day[what] = perDay[place * counted.length + at] ?? 0;
    });
  });
  const changes = await waitingChanges(waits, narrowed, calendar, days.length);
  const first = days[0]?.day ?? '';
  for (const { day, n } of open) {
    const place = days.findIndex((one) => one.day === day);
    changes.add(day < first ? -1 : place < 0 ? days.length : place, n);
  }
  let waiting = changes.before;
  days.forEach((day, at) => {
    waiting += changes.on[at] ?? 0;
    day.waitingAtEnd = waiting;
  });
  return {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    timezone,
    days,
    heat: [...heat].flatMap((n, cell) => (n === 0 ? [] : [{ weekday: Math.floor(cell / 24), hour: cell % 24, n }])),
  };
}

/** Waits begun less ended, a local day; `before` is of all that began before the first. */
async function waitingChanges(parts: Part[], narrowed: Narrowed, calendar: Calendar, days: number) {
  const changes = {
    before: 0,
    on: new Float64Array(days),
    add(day: number, n: number) {
      if (day < 0) this.before += n;
      else if (day < days) this.on[day] = (this.on[day] ?? 0) + n;
    },
  };
  const resolution = waitMeasures.indexOf('resolution');
  // What lies outside of the days is before all or after all of them.
  const change = (quarter: number, times: number) => {
    const day = quarter < 0 ? undefined : calendar.dayAt[quarter];
    if (day !== undefined) changes.on[day] = (changes.on[day] ?? 0) + times;
    else if (quarter < 0) changes.before += times;
  };
  await walk(
    parts,
    narrowed,
    (columns) => {
      const { base } = columns;
      const [at, asked, kind] = [wide(columns, 'at'), wide(columns, 'asked'), wide(columns, 'kind')];
      return (rows, count) => {
        for (let index = 0; index < count; index++) {
          const row = rows[index] ?? 0;
          if (((kind[row] ?? 0) & 3) === resolution) continue;
          const ended = base + (at[row] ?? 0) - calendar.first;
          change(ended - (asked[row] ?? 0), 1);
          change(ended, -1);
        }
      };
    },
    (columns) => {
      for (const [quarter, times] of waitsAQuarter(columns)) change(columns.base + quarter - calendar.first, times);
    },
  );
  return changes;
}

/** The local days that a span touches, and where in them a quarter-hour lies. */
interface Calendar {
  days: (Span & { day: string })[];
  /** The quarter-hour since 1970 that the first day begins with; the others are counted from it. */
  first: number;
  /** Place of the day of each quarter-hour; there is none before the first day and after the last. */
  dayAt: Int32Array;
  /** Weekday * 24 + hour of each quarter-hour. */
  cellAt: Uint8Array;
}

function calendarOf({ from, to }: Span, timezone: string): Calendar {
  const days: Calendar['days'] = [];
  const places: number[] = [];
  const cells: number[] = [];
  const begin = DateTime.fromJSDate(from, { zone: timezone }).startOf('day');
  const last = DateTime.fromMillis(to.getTime() - 1, { zone: timezone }).startOf('day');
  const first = Math.floor(begin.toMillis() / quarterMs);
  for (let day = begin; day <= last; day = day.plus({ days: 1 })) {
    const next = day.plus({ days: 1 });
    days.push({ day: day.toISODate() ?? '', from: day.toJSDate(), to: next.toJSDate() });
    const quarters = Math.round(next.diff(day).toMillis() / quarterMs);
    for (let quarter = 0; quarter < quarters; quarter++) {
      places.push(days.length - 1);
      // A day on which the clock is changed has other hours.
      const hour = quarters === 96 ? Math.floor(quarter / 4) : day.plus({ minutes: 15 * quarter }).hour;
      cells.push(day.weekday * 24 + hour);
    }
  }
  return { days, first, dayAt: Int32Array.from(places), cellAt: Uint8Array.from(cells) };
}

/** Conditions on a thread `t`, with whose it is and its client's level said otherwise. */
function placedIn(narrowed: Narrowed, user: Prisma.Sql, level: Prisma.Sql, t = Prisma.sql`t`): Prisma.Sql {
  const wanted = [Prisma.sql`TRUE`];
  if (narrowed.user !== undefined) wanted.push(Prisma.sql`${user} = ${narrowed.user}::uuid`);
  if (narrowed.team !== undefined) wanted.push(Prisma.sql`${t}."teamId" = ${narrowed.team}::uuid`);
  if (narrowed.store !== undefined) wanted.push(Prisma.sql`${t}."storeId" = ${narrowed.store}::uuid`);
  if (narrowed.channel !== undefined) wanted.push(Prisma.sql`${t}."channelId" = ${narrowed.channel}::uuid`);
  if (narrowed.level !== undefined) wanted.push(Prisma.sql`${level} = ${narrowed.level}::"ClientLevel"`);
  if (narrowed.tag !== undefined) wanted.push(Prisma.sql`${t}.tags @> ARRAY[${narrowed.tag}]::text[]`);
  return Prisma.join(wanted, ' AND ');
}

/** Who waited for a person at an instant, the longest first: since answered, or waiting still. */
export async function listWaiting(db: Db, query: WaitingQuery): Promise<Page<WorkFact>> {
  const after = decodeCursor(query.cursor, ['time', 'id']);
  const rows = await db.$queryRaw<(Omit<WorkFact, 'at'> & { at: Date })[]>`
    SELECT w.at, w."threadId", c.name AS "clientName", coalesce(nullif(t.subject, ''), t.preview) AS subject, w."userId"
    FROM (
      SELECT r."askedAt" AS at, r."threadId", r."userId" FROM response r
      WHERE r."answeredAt" > ${query.at}::timestamptz AND r."askedAt" <= ${query.at}::timestamptz AND ${placedIn(query, Prisma.sql`r."userId"`, Prisma.sql`r.level`, Prisma.sql`r`)}
      UNION ALL SELECT t."waitingSince", t.id, t."assigneeId" FROM thread t JOIN client c ON c.id = t."clientId"
      WHERE t."waitingSince" <= ${query.at}::timestamptz AND t."mergedIntoId" IS NULL AND ${placedIn(query, Prisma.sql`t."assigneeId"`, Prisma.sql`c.level`)}
    ) AS w JOIN thread t ON t.id = w."threadId" JOIN client c ON c.id = t."clientId"
    WHERE ${after === null ? Prisma.sql`TRUE` : Prisma.sql`(w.at, w."threadId") > (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    ORDER BY w.at, w."threadId" LIMIT ${query.limit + 1}`;
  const page = pageFrom(rows, query.limit, (row) => [row.at.toISOString(), row.threadId]);
  return { items: page.rows.map((row) => ({ ...row, at: row.at.toISOString() })), nextCursor: page.nextCursor };
}

/** A row a day. */
export function volumeTable({ days }: Volume): Cell[][] {
  return [
    ['day', ...counted, 'waiting_at_end'],
    ...days.map((day) => [day.day, ...counted.map((what) => day[what]), day.waitingAtEnd]),
  ];
}

/** A row a weekday (1 = Monday), a column an hour. */
export function heatTable({ heat }: Volume): Cell[][] {
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const at = new Map(heat.map(({ weekday, hour, n }) => [weekday * 24 + hour, n]));
  return [
    ['weekday', ...hours.map(String)],
    ...[1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, ...hours.map((hour) => at.get(weekday * 24 + hour) ?? 0)]),
  ];
}
