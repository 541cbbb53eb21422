import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Db } from '../../../server/db/client.ts';
import { newId } from '../../../server/lib/id.ts';
import { distributionSteps, readTold } from '../../../server/reports/histogram.ts';
import type { Grouping, Narrowed } from '../../../server/reports/schema.ts';
import { sealDays } from '../../../server/reports/seal.ts';
import { noFigures, Seconds } from '../../../server/reports/seconds.ts';
import { dayMs, gapsBetween } from '../../../server/reports/span.ts';
import { readVolume } from '../../../server/reports/volume.ts';
import { startApp } from '../../support/app.ts';
import { recount, type Wait } from '../../support/plain.ts';

const start = Date.UTC(2026, 9, 20);
const people = [newId(), newId(), newId()];
const stores = [newId(), newId(), null];
const teams = [newId(), null];
const channels = [newId(), newId()];
const levels = ['usual', 'vip'] as const;
const topics = [[], ['repair'], ['repair', 'price']];

/** An answered wait with all that a report can be narrowed to. */
interface PlacedWait extends Wait {
  id: string;
  threadId: string;
  teamId: string | null;
  level: (typeof levels)[number];
  tags: string[];
}

const wait = fc
  .record({
    user: fc.nat(2),
    store: fc.nat(2),
    team: fc.nat(1),
    channel: fc.nat(1),
    level: fc.nat(1),
    topics: fc.nat(2),
    measure: fc.constantFrom<'first' | 'next'>('first', 'next'),
    answered: fc.integer({ min: 0, max: 12 * dayMs - 1 }),
    clockMs: fc.oneof(fc.nat(5000), fc.nat(3_600_000), fc.nat(3 * dayMs)),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    target: fc.option(fc.constantFrom(60_000, 900_000)),
  })
  .map((raw): PlacedWait => {
    const answeredAt = new Date(start + raw.answered);
    return {
      id: newId(),
      threadId: newId(),
      userId: people[raw.user] ?? '',
      storeId: stores[raw.store] ?? null,
      teamId: teams[raw.team] ?? null,
      channelId: channels[raw.channel] ?? '',
      level: levels[raw.level] ?? 'usual',
      tags: topics[raw.topics] ?? [],
      measure: raw.measure,
      askedAt: new Date(answeredAt.getTime() - raw.clockMs),
      answeredAt,
      clockMs: raw.clockMs,
      workingMs: Math.round(raw.clockMs * raw.share),
      targetMs: raw.target,
      lateMs: raw.target === null ? null : Math.max(0, raw.clockMs - raw.target),
    };
  });

/** Any of the conditions together. */
const narrowed = fc.record(
  {
    user: fc.constantFrom(...people, newId()),
    store: fc.constantFrom(...stores.flatMap((id) => id ?? [])),
    team: fc.constantFrom(...teams.flatMap((id) => id ?? [])),
    channel: fc.constantFrom(...channels),
    level: fc.constantFrom(...levels),
    tag: fc.constantFrom('repair', 'price'),
  },
  { requiredKeys: [] },
);

const isMeant = (item: PlacedWait, only: Narrowed) =>
  (only.user ?? item.userId) === item.userId &&
  (only.store ?? item.storeId) === item.storeId &&
  (only.team ?? item.teamId) === item.teamId &&
  (only.channel ?? item.channelId) === item.channelId &&
  (only.level ?? item.level) === item.level &&
  (only.tag === undefined || item.tags.includes(only.tag));

const keys: Partial<Record<Grouping, (item: PlacedWait) => string>> = {
  user: (item) => item.userId,
  store: (item) => item.storeId ?? 'none',
  team: (item) => item.teamId ?? 'none',
  level: (item) => item.level,
  hour: (item) => String(item.askedAt.getUTCHours()).padStart(2, '0'),
  weekday: (item) => String(item.askedAt.getUTCDay() || 7),
};

/** What is counted with its keys: by topic a wait is counted for each of its own. */
function keyed(waits: PlacedWait[], by: Grouping): [PlacedWait[], (item: Wait) => string] {
  if (by !== 'tag') return [waits, keys[by] as (item: Wait) => string];
  const each = waits.flatMap((item) =>
    (item.tags.length === 0 ? ['none'] : item.tags).map((tag) => ({ ...item, tag })),
  );
  return [each, (item) => (item as (typeof each)[number]).tag];
}

const seconds = (item: Wait, time: 'clock' | 'working') =>
  Math.floor((time === 'clock' ? item.clockMs : item.workingMs) / 1000);

/** How many of these seconds are in each step, one by one. */
const stepsOf = (all: readonly number[]) =>
  [...distributionSteps, Number.POSITIVE_INFINITY].map(
    (end, at) => all.filter((second) => second < end && second >= (distributionSteps[at - 1] ?? 0)).length,
  );

const rowOf = (item: PlacedWait) => ({
  ...item,
  clientId: newId(),
  messageId: newId(),
  channelKind: 'chat' as const,
  askedHour: item.askedAt.getUTCHours(),
  askedWeekday: item.askedAt.getUTCDay() || 7,
});

/** Every grouping, narrowed, is what the plain recount says. */
async function expectPlain(db: Db, waits: PlacedWait[], span: { from: Date; to: Date }, only: Narrowed): Promise<void> {
  const meant = waits.filter((item) => isMeant(item, only));
  const volume = await readVolume(db, span, new Date(start + 13 * dayMs), only);
  // Who waited as each day ended, counted from quarter-hours.
  for (const { day, waitingAtEnd } of volume.days) {
    const end = Date.parse(day) + dayMs;
    const waited = meant.filter((item) => item.askedAt.getTime() < end && item.answeredAt.getTime() >= end);
    expect(waitingAtEnd, day).toBe(waited.length);
  }
  for (const by of [...Object.keys(keys), 'tag'] as Grouping[])
    for (const measure of ['first', 'all'] as const)
      for (const time of ['clock', 'working'] as const) {
        const counted = meant.filter(
          (item) =>
            item.answeredAt >= span.from &&
            item.answeredAt < span.to &&
            (measure === 'all' || item.measure === measure),
        );
        const told = await readTold(db, by, span, { ...only, measure, time });
        const name = `${by} ${measure} ${time}`;
        expect(told.rows, name).toEqual(recount(...keyed(counted, by), time));
        expect(told.total, name).toEqual(recount(counted, () => 'all', time).get('all') ?? noFigures);
        expect(told.distribution, name).toEqual(stepsOf(counted.map((item) => seconds(item, time))));
      }
}

describe('figures of answered waits', () => {
  it('are those of a plain recount, narrowed and grouped by anything, of sealed days, changed ones and rows', async () => {
    const test = await startApp();
    const { db } = test.app.deps;
    await fc.assert(
      fc.asyncProperty(
        fc.array(wait, { minLength: 1, maxLength: 60 }),
        fc.array(wait, { maxLength: 4 }),
        fc.integer({ min: 0, max: 13 }),
        fc.tuple(fc.nat(12 * dayMs), fc.nat(12 * dayMs)),
        narrowed,
        async (waits, late, sealUntil, bounds, only) => {
          await db.$executeRaw`TRUNCATE response, report_day, report_touched`;
          await db.response.createMany({ data: waits.map(rowOf) });
          const sealing = new Date(start + sealUntil * dayMs + 2 * 60 * 60_000);
          while ((await sealDays(db, sealing)) > 0);
          const [from, to] = bounds.sort((a, b) => a - b).map((ms) => new Date(start + ms));
          if (from === undefined || to === undefined) return;
          await expectPlain(db, waits, { from, to }, only);
          // Late ones come, one is taken back and one moves: told at once, and the same once their days are mended.
          const [gone, moved, ...rest] = waits;
          const changed = [...rest, ...late];
          if (gone !== undefined) await db.response.delete({ where: { id: gone.id } });
          if (moved !== undefined) {
            const place = { storeId: stores[0] ?? null, tags: ['price'] };
            await db.response.update({ where: { id: moved.id }, data: place });
            changed.push({ ...moved, ...place });
          }
          await db.response.createMany({ data: late.map(rowOf) });
          await expectPlain(db, changed, { from, to }, only);
          while ((await sealDays(db, sealing)) > 0);
          expect(await db.reportTouched.count()).toBe(0);
          await expectPlain(db, changed, { from, to }, only);
        },
      ),
      { numRuns: 6 },
    );
  }, 120_000);

  it('keep each second, few or many, short or of days, also put together', () => {
    // Few are sorted, many counted, and those of most of a day sorted always.
    const took = fc.oneof(fc.nat(30), fc.nat(5_000), fc.nat(70_000), fc.nat(400_000));
    fc.assert(
      fc.property(fc.array(fc.array(took, { maxLength: 2_000 }), { minLength: 1, maxLength: 4 }), (lists) => {
        const whole = new Seconds();
        for (const list of lists) {
          const part = new Seconds();
          // Half in the way of the reports, which write many at once.
          const half = Math.floor(list.length / 2);
          part.room(half).set(list.slice(0, half));
          part.n = half;
          for (const second of list.slice(half)) part.add(second);
          whole.addAll(part);
        }
        const sorted = lists.flat().sort((a, b) => a - b);
        expect(whole.n).toBe(sorted.length);
        expect(whole.steps(distributionSteps)).toEqual(stepsOf(sorted));
        if (sorted.length === 0) return;
        const shares = [0, 0.1, 0.5, 0.9, 1];
        const plainly = shares.map((share) => {
          const place = share * (sorted.length - 1);
          const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
          return Math.round((low + (high - low) * (place - Math.floor(place))) * 1000);
        });
        expect(whole.percentiles(shares)).toEqual(plainly);
        // Asked once more it says the same.
        expect(whole.percentiles([0.5])).toEqual([plainly[2]]);
      }),
      { numRuns: 60 },
    );
  });

  it('are read from waits exactly where nothing sealed covers them', () => {
    const day = (count: number) => new Date(start + count * dayMs);
    const sealed = (count: number) => ({ from: day(count), to: day(count + 1) });
    const span = { from: new Date(start - 1000), to: new Date(start + 3 * dayMs + 1000) };
    expect(gapsBetween(span, [sealed(0), sealed(2)])).toEqual([
      { from: span.from, to: day(0) },
      { from: day(1), to: day(2) },
      { from: day(3), to: span.to },
    ]);
    expect(gapsBetween({ from: day(0), to: day(1) }, [sealed(0)])).toEqual([]);
  });
});
