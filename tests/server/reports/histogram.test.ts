import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '../../../server/lib/id.ts';
import { dayMs, gapsBetween, readFigures } from '../../../server/reports/histogram.ts';
import { sealDays } from '../../../server/reports/seal.ts';
import { readVolume } from '../../../server/reports/volume.ts';
import { startApp } from '../../support/app.ts';
import { recount, type Wait } from '../../support/plain.ts';

const start = Date.UTC(2026, 9, 20);
const people = [newId(), newId(), newId()];
const stores = [newId(), newId(), null];
const channels = [newId(), newId()];

const wait = fc
  .record({
    user: fc.nat(2),
    store: fc.nat(2),
    channel: fc.nat(1),
    measure: fc.constantFrom<'first' | 'next'>('first', 'next'),
    answered: fc.integer({ min: 0, max: 12 * dayMs - 1 }),
    clockMs: fc.oneof(fc.nat(5000), fc.nat(3_600_000), fc.nat(3 * dayMs)),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    target: fc.option(fc.constantFrom(60_000, 900_000)),
  })
  .map((raw): Wait => {
    const answeredAt = new Date(start + raw.answered);
    return {
      userId: people[raw.user] ?? '',
      storeId: stores[raw.store] ?? null,
      channelId: channels[raw.channel] ?? '',
      measure: raw.measure,
      askedAt: new Date(answeredAt.getTime() - raw.clockMs),
      answeredAt,
      clockMs: raw.clockMs,
      workingMs: Math.round(raw.clockMs * raw.share),
      targetMs: raw.target,
      lateMs: raw.target === null ? null : Math.max(0, raw.clockMs - raw.target),
    };
  });

describe('figures of answered waits', () => {
  it('are the same from sealed days, from the waits themselves, and from a plain recount', async () => {
    const test = await startApp();
    const { db } = test.app.deps;
    await fc.assert(
      fc.asyncProperty(
        fc.array(wait, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 0, max: 13 }),
        fc.tuple(fc.nat(12 * dayMs), fc.nat(12 * dayMs)),
        async (waits, sealUntil, bounds) => {
          await db.$executeRaw`TRUNCATE response, response_histogram, sealed_day, moment_count`;
          await db.response.createMany({
            data: waits.map((item) => ({
              ...item,
              id: newId(),
              threadId: newId(),
              clientId: newId(),
              messageId: newId(),
              channelKind: 'chat' as const,
              level: 'usual' as const,
              askedHour: item.askedAt.getUTCHours(),
              askedWeekday: item.askedAt.getUTCDay() || 7,
            })),
          });
          await sealDays(db, new Date(start + sealUntil * dayMs + 2 * 60 * 60_000));
          const [from, to] = bounds.sort((a, b) => a - b).map((ms) => new Date(start + ms));
          if (from === undefined || to === undefined) return;
          // Who waited as each day ended, counted from quarter-hours.
          const volume = await readVolume(db, { from, to }, new Date(start + 13 * dayMs));
          for (const { day, waitingAtEnd } of volume.days) {
            const end = Date.parse(day) + dayMs;
            const waited = waits.filter((item) => item.askedAt.getTime() < end && item.answeredAt.getTime() >= end);
            expect(waitingAtEnd, day).toBe(waited.length);
          }
          for (const [by, keyOf] of [
            ['user', (item: Wait) => item.userId],
            ['store', (item: Wait) => item.storeId ?? 'none'],
            ['hour', (item: Wait) => String(item.askedAt.getUTCHours()).padStart(2, '0')],
            ['all', () => 'all'],
          ] as const)
            for (const measure of ['first', 'all'] as const)
              for (const time of ['clock', 'working'] as const) {
                const meant = waits.filter(
                  (item) =>
                    item.answeredAt >= from && item.answeredAt < to && (measure === 'all' || item.measure === measure),
                );
                const figures = await readFigures(db, by, { from, to }, { measure, time });
                expect(figures).toEqual(recount(meant, keyOf, time));
              }
        },
      ),
      { numRuns: 12 },
    );
  }, 60_000);

  it('are read from waits exactly where no sealed day covers them', () => {
    const day = (count: number) => new Date(start + count * dayMs);
    const span = { from: new Date(start - 1000), to: new Date(start + 3 * dayMs + 1000) };
    expect(gapsBetween(span, [day(0), day(2)])).toEqual([
      { from: span.from, to: day(0) },
      { from: day(1), to: day(2) },
      { from: day(3), to: span.to },
    ]);
    expect(gapsBetween({ from: day(0), to: day(1) }, [day(0)])).toEqual([]);
  });
});
