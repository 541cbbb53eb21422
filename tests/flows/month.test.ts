import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { transact } from '../../server/db/tx.ts';
import type { ResponseTimes } from '../../server/reports/schema.ts';
import { sealDays } from '../../server/reports/seal.ts';
import { put } from '../../server/threads/reply.ts';
import { lockThread, readSummary } from '../../server/threads/rows.ts';
import { type Staff, startApp } from '../support/app.ts';
import { makeChannel, telegramText } from '../support/cast.ts';
import { type PlainFigures, recount, type Wait } from '../support/plain.ts';
import { hour, minute, withoutChannels } from '../support/waiting.ts';

const seed = Number(process.env.PARLEY_SEED ?? 20_261_101);
const day = 24 * hour;
const begin = Date.UTC(2026, 9, 12);
const days = 30;
const clients = 8;
/** More by PARLEY_STEPS; each is one thing that somebody did. */
const steps = Number(process.env.PARLEY_STEPS ?? 130);
const slots = [
  { from: 9 * hour, to: 13 * hour },
  { from: 14 * hour, to: 18 * hour },
];
const holidays = ['2026-10-14', '2026-10-30'];

/** A small seeded generator (mulberry32), so that a failing month can be walked again. */
function chance(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Working milliseconds in UTC by walking the days: weekdays, two slots, two holidays. Knows nothing of the product's clock. */
function plainWorking(from: number, to: number): number {
  let sum = 0;
  for (let midnight = Math.floor(from / day) * day; midnight < to; midnight += day) {
    const date = new Date(midnight);
    if (date.getUTCDay() % 6 === 0 || holidays.includes(date.toISOString().slice(0, 10))) continue;
    for (const slot of slots)
      sum += Math.max(0, Math.min(to, midnight + slot.to) - Math.max(from, midnight + slot.from));
  }
  return sum;
}

describe('a simulated month', () => {
  it('is reported as a plain recount of what was said counts it', { timeout: 240_000 }, async () => {
    console.log(`month seed ${seed}`);
    const next = chance(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
    const test = await startApp({ ...withoutChannels, startAt: new Date(begin - day) });
    const { db, host, reply } = test.app.deps;
    const storeIds = await Promise.all(
      ['riverside', 'station'].map(async (code) => {
        const id = randomUUID();
        await db.store.create({ data: { id, code, name: code } });
        return id;
      }),
    );
    const channels = await Promise.all([
      makeChannel(test, 'telegram', { targetMs: 15 * minute }),
      makeChannel(test, 'telegram', { targetMs: 2 * hour }),
      makeChannel(test, 'telegram'),
    ]);
    test.clock.set(new Date(begin - day));
    for (const [index, id] of channels.entries())
      await db.channel.update({
        where: { id },
        data: { storeId: storeIds[index] ?? null, connectedAt: new Date(begin - day) },
      });
    const admin = await test.staff('admin', 'Ada');
    const people: Staff[] = [];
    for (const name of ['One', 'Two', 'Three']) people.push(await test.staff('manager', name));
    const wall = (ms: number) => `${String(ms / hour).padStart(2, '0')}:00`;
    const slot = slots.map((item) => ({ from: wall(item.from), to: wall(item.to) }));
    await admin.call('PUT', '/calendars/company/company', {
      timezone: 'UTC',
      week: [slot, slot, slot, slot, slot, [], []],
      holidays,
    });
    // One policy by working time, for one channel; the others keep their own target.
    const workTarget = 45 * minute;
    await admin.call('POST', '/targets', {
      name: 'Work',
      channelId: channels[1],
      firstMs: workTarget,
      nextMs: workTarget,
    });

    // What really happened, thread by thread, kept apart from the product.
    const waits: Wait[] = [];
    const open = new Map<string, { since: number; channel: number }>();
    const answered = new Set<string>();
    const threads = new Map<string, string>();
    let now = begin;
    const at = async (ms: number) => {
      now = ms;
      test.clock.set(new Date(ms));
    };
    const automatic = async (threadId: string, kind: 'bot' | 'system' | 'note', who: Staff) => {
      if (kind === 'note') {
        await who.call('POST', `/threads/${threadId}/messages`, {
          clientKey: randomUUID(),
          kind: 'note',
          text: 'Look',
        });
        return;
      }
      await transact(db, async (tx) => {
        await lockThread(tx, threadId);
        const thread = await readSummary(tx, threadId);
        if (thread === null) throw new Error('the thread is gone');
        await put(tx, reply, thread, { kind, name: 'Parley' }, { kind: 'reply', text: 'Hello', attachmentIds: [] });
      });
    };
    const answer = async (threadId: string, who: Staff, channel: number) => {
      const { id } = await who.call<{ id: string }>('POST', `/threads/${threadId}/messages`, {
        clientKey: randomUUID(),
        kind: 'reply',
        text: 'Yes.',
        force: true,
      });
      const said = await db.message.findUniqueOrThrow({ where: { id }, select: { receivedAt: true } });
      const wait = open.get(threadId);
      const measure = answered.has(threadId) ? 'next' : 'first';
      answered.add(threadId);
      if (wait === undefined) return;
      open.delete(threadId);
      const answeredAt = said.receivedAt.getTime();
      const clockMs = answeredAt - wait.since;
      const workingMs = plainWorking(wait.since, answeredAt);
      const targetMs = [15 * minute, workTarget, null][channel] ?? null;
      waits.push({
        userId: who.id,
        storeId: storeIds[channel] ?? null,
        channelId: channels[channel] ?? '',
        measure,
        askedAt: new Date(wait.since),
        answeredAt: said.receivedAt,
        clockMs,
        workingMs,
        targetMs,
        lateMs: targetMs === null ? null : Math.max(0, (channel === 1 ? workingMs : clockMs) - targetMs),
      });
    };

    for (let step = 0; step < steps; step++) {
      await at(now + Math.floor(next() * 2 * ((days * day) / steps)));
      const client = Math.floor(next() * clients);
      const channel = client % channels.length;
      const threadId = threads.get(`${client}`);
      const what = next();
      if (threadId === undefined || what < 0.4) {
        const arrivedAt = test.clock.now();
        const [stored] = await host.ingest(channels[channel] ?? '', {
          messages: [
            telegramText(`${1000 + client}`, 'A question', {
              arrivedAt,
              classification: next() < 0.08 ? 'autoReply' : 'person',
            }),
          ],
        });
        const message = await db.message.findUniqueOrThrow({ where: { id: stored?.messageId ?? '' } });
        if (message.classification !== 'person') continue;
        threads.set(`${client}`, message.threadId);
        if (!open.has(message.threadId)) open.set(message.threadId, { since: message.receivedAt.getTime(), channel });
      } else if (what < 0.78) await answer(threadId, pick(people), channel);
      else if (what < 0.84) await automatic(threadId, 'note', pick(people));
      else if (what < 0.88) await automatic(threadId, 'system', pick(people));
      else if (what < 0.92) {
        // The bot's answer ends the wait, and is nobody's.
        await automatic(threadId, 'bot', pick(people));
        open.delete(threadId);
      } else {
        const thread = await db.thread.findUniqueOrThrow({ where: { id: threadId } });
        await pick(people).call(thread.status === 'closed' ? 'DELETE' : 'PUT', `/threads/${threadId}/closure`);
        if (thread.status === 'closed') {
          // Opened again by hand: who was never answered waits again, since then.
          const reopened = await db.thread.findUniqueOrThrow({ where: { id: threadId } });
          if (reopened.waitingSince !== null) open.set(threadId, { since: reopened.waitingSince.getTime(), channel });
        } else open.delete(threadId);
        if (thread.status !== 'closed') threads.delete(`${client}`);
      }
    }
    await sealDays(db, new Date(begin + 20 * day + 2 * hour));
    expect(waits.length).toBeGreaterThan(steps / 8);
    expect(waits.some((wait) => wait.measure === 'next')).toBe(true);

    const period = { from: begin + 3 * day + 5 * hour, to: begin + 26 * day };
    const query = (by: string, measure: string, time: string) =>
      `/reports/response-times?from=${new Date(period.from).toISOString()}&to=${new Date(period.to).toISOString()}&by=${by}&measure=${measure}&time=${time}`;
    const keys = {
      user: (wait: Wait) => wait.userId,
      store: (wait: Wait) => wait.storeId ?? 'none',
      channel: (wait: Wait) => wait.channelId,
      hour: (wait: Wait) => String(wait.askedAt.getUTCHours()).padStart(2, '0'),
      weekday: (wait: Wait) => String(DateTime.fromJSDate(wait.askedAt, { zone: 'UTC' }).weekday),
    };
    for (const [by, keyOf] of Object.entries(keys))
      for (const measure of ['next', 'all'] as const)
        for (const time of ['clock', 'working'] as const) {
          const meant = waits.filter(
            (wait) =>
              wait.answeredAt.getTime() >= period.from &&
              wait.answeredAt.getTime() < period.to &&
              (measure === 'all' || wait.measure === measure),
          );
          const report = await admin.call<ResponseTimes>('GET', query(by, measure, time));
          const rows = new Map<string, PlainFigures>(
            report.rows.map(({ key, label: _, before: __, ...figures }) => [key, figures]),
          );
          expect(rows, `${by} ${measure} ${time}`).toEqual(recount(meant, keyOf, time));
        }
  });
});
