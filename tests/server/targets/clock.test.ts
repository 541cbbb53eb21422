import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { storeHours, type WeekCalendar, weekHours } from '../../../server/targets/calendar.ts';
import { always, deadlineAfter, isWorking, nextOpening, workingBetween } from '../../../server/targets/clock.ts';

const minute = 60_000;
const hour = 60 * minute;
const office: WeekCalendar = {
  timezone: 'Europe/Berlin',
  week: [
    ...Array(5).fill([
      { from: '09:00', to: '13:00' },
      { from: '14:00', to: '18:00' },
    ]),
    [],
    [],
  ],
  holidays: ['2026-12-25'],
  exceptions: [{ date: '2026-12-26', slots: [{ from: '10:00', to: '12:00' }] }],
};
const hours = weekHours(office);
const berlin = (local: string) => DateTime.fromISO(local, { zone: 'Europe/Berlin' }).toJSDate();

describe('working time', () => {
  it('leaves out the lunch break, the night, the weekend and the holiday', () => {
    expect(workingBetween(hours, berlin('2026-11-16T12:00'), berlin('2026-11-16T15:00'))).toBe(2 * hour);
    expect(workingBetween(hours, berlin('2026-11-20T17:00'), berlin('2026-11-23T10:00'))).toBe(2 * hour);
    expect(workingBetween(hours, berlin('2026-12-24T17:00'), berlin('2026-12-28T10:00'))).toBe(4 * hour);
  });

  it('carries a deadline over the break and the weekend', () => {
    expect(deadlineAfter(hours, berlin('2026-11-16T12:30'), hour)).toEqual(berlin('2026-11-16T14:30'));
    expect(deadlineAfter(hours, berlin('2026-11-20T17:30'), hour)).toEqual(berlin('2026-11-23T09:30'));
    expect(deadlineAfter(hours, berlin('2026-11-21T03:00'), 30 * minute)).toEqual(berlin('2026-11-23T09:30'));
  });

  it('counts the hour that comes twice, and not the hour that never comes', () => {
    const round = weekHours({ ...office, week: Array(7).fill([{ from: '00:00', to: '24:00' }]), holidays: [] });
    expect(workingBetween(round, berlin('2026-10-25T00:00'), berlin('2026-10-26T00:00'))).toBe(25 * hour);
    expect(workingBetween(round, berlin('2026-03-29T00:00'), berlin('2026-03-30T00:00'))).toBe(23 * hour);
    const night = weekHours({
      ...office,
      week: Array(7).fill([
        { from: '01:00', to: '02:30' },
        { from: '02:30', to: '04:00' },
      ]),
    });
    expect(workingBetween(night, berlin('2026-03-29T00:00'), berlin('2026-03-29T12:00'))).toBe(2 * hour);
  });

  it('knows a store by its opening hours and holidays, in its own time zone', () => {
    const store = storeHours({ timezone: 'Asia/Tehran', hours: 'Sa-Th 10:00-20:00; PH off', holidays: ['2026-11-22'] });
    if (store === null) throw new Error('the hours should be readable');
    const tehran = (local: string) => DateTime.fromISO(local, { zone: 'Asia/Tehran' }).toJSDate();
    expect(workingBetween(store, tehran('2026-11-19T19:00'), tehran('2026-11-23T11:00'))).toBe(hour + 10 * hour + hour);
    expect(storeHours({ timezone: 'UTC', hours: '', holidays: [] })).toBeNull();
  });

  it('has no deadline in a calendar that never works', () => {
    const never = weekHours({ timezone: 'UTC', week: Array(7).fill([]), holidays: [], exceptions: [] });
    expect(deadlineAfter(never, new Date(0), 1)).toBeNull();
    expect(nextOpening(never, new Date(0))).toBeNull();
    expect(workingBetween(never, new Date(0), new Date(100 * 24 * hour))).toBe(0);
  });

  it('says when it opens next, and that it is open now', () => {
    expect(nextOpening(hours, berlin('2026-11-20T19:00'))).toEqual(berlin('2026-11-23T09:00'));
    expect(nextOpening(hours, berlin('2026-11-20T10:00'))).toEqual(berlin('2026-11-20T10:00'));
    expect([isWorking(hours, berlin('2026-11-20T13:30')), isWorking(hours, berlin('2026-11-20T09:00'))]).toEqual([
      false,
      true,
    ]);
  });

  it('is clock time when work is always done', () => {
    expect(workingBetween(always, new Date(5), new Date(1005))).toBe(1000);
    expect(deadlineAfter(always, new Date(5), 1000)).toEqual(new Date(1005));
  });
});

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kolkata',
  'Africa/Cairo',
];
const time = fc.integer({ min: 0, max: 24 * 60 });
const wall = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const day = fc
  .uniqueArray(time, { minLength: 0, maxLength: 6 })
  .map((times) => times.sort((a, b) => a - b))
  .map((times) =>
    Array.from({ length: Math.floor(times.length / 2) }, (_, index) => ({
      from: wall(times[2 * index] ?? 0),
      to: wall(times[2 * index + 1] ?? 0),
    })),
  );
const calendar = fc
  .record({
    timezone: fc.constantFrom(...zones),
    week: fc.array(day, { minLength: 7, maxLength: 7 }),
    holidays: fc.array(fc.integer({ min: 0, max: 800 }), { maxLength: 20 }),
    exceptions: fc.array(fc.record({ date: fc.integer({ min: 0, max: 800 }), slots: day }), { maxLength: 5 }),
  })
  .map(({ timezone, week, holidays, exceptions }) => {
    const date = (offset: number) => new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10);
    return weekHours({
      timezone,
      week,
      holidays: holidays.map(date),
      exceptions: exceptions.map((item) => ({ date: date(item.date), slots: item.slots })),
    });
  });
const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }).map((ms) => new Date(ms));

describe('the clock, whatever the calendar', () => {
  it('adds up: a to c is a to b and b to c', () => {
    fc.assert(
      fc.property(
        calendar,
        fc.tuple(instant, fc.nat(20 * 24 * hour), fc.nat(20 * 24 * hour)),
        (cal, [from, one, two]) => {
          const middle = new Date(from.getTime() + one);
          const end = new Date(middle.getTime() + two);
          expect(workingBetween(cal, from, middle) + workingBetween(cal, middle, end)).toBe(
            workingBetween(cal, from, end),
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never counts more than the time that passed', () => {
    fc.assert(
      fc.property(calendar, instant, fc.nat(40 * 24 * hour), (cal, from, length) => {
        const worked = workingBetween(cal, from, new Date(from.getTime() + length));
        expect(worked).toBeGreaterThanOrEqual(0);
        expect(worked).toBeLessThanOrEqual(length);
      }),
      { numRuns: 150 },
    );
  });

  it('reaches a deadline after exactly so much work, and not a millisecond before', () => {
    fc.assert(
      fc.property(calendar, instant, fc.integer({ min: 1, max: 100 * hour }), (cal, from, work) => {
        const due = deadlineAfter(cal, from, work);
        if (due === null) {
          expect(workingBetween(cal, from, new Date(from.getTime() + 1000 * 24 * hour))).toBeLessThan(work);
          return;
        }
        expect(workingBetween(cal, from, due)).toBe(work);
        expect(workingBetween(cal, from, new Date(due.getTime() - 1))).toBe(work - 1);
      }),
      { numRuns: 150 },
    );
  });

  it('agrees with counting every minute by its wall clock', () => {
    fc.assert(
      fc.property(calendar, instant, fc.integer({ min: 1, max: 30 }), (cal, at, hoursLong) => {
        // On a full minute, so that counting minutes is exact.
        const from = Math.ceil(at.getTime() / minute) * minute;
        let counted = 0;
        const seen = new Set<string>();
        for (let ms = from - 3 * hour; ms < from + hoursLong * hour; ms += minute) {
          const local = DateTime.fromMillis(ms, { zone: cal.timezone });
          const key = local.toFormat('yyyy-MM-dd HH:mm');
          const again = seen.has(key);
          seen.add(key);
          // A repeated minute belongs to work only where the slot spans the repetition: left to the examples above.
          if (again) return;
          const clock = local.toFormat('HH:mm');
          const open = cal
            .slotsOn(local.toISODate() ?? '', local.weekday)
            .some((slot) => slot.from <= clock && clock < slot.to);
          if (open && ms >= from) counted += minute;
        }
        expect(workingBetween(cal, new Date(from), new Date(from + hoursLong * hour))).toBe(counted);
      }),
      { numRuns: 60 },
    );
  });
});
