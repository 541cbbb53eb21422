import { describe, expect, it } from 'vitest';
import { daysOf, type Stretch } from '../../../server/presence/days.ts';
import { watchIdle } from '../../../server/presence/idle.ts';
import { readWhy } from '../../../web/inbox/way/why.ts';
import { startApp } from '../../support/app.ts';
import { withoutChannels } from '../../support/waiting.ts';

const shift = [
  { from: '09:00', to: '13:00' },
  { from: '14:00', to: '18:00' },
];
const berlin = { timezone: 'Europe/Berlin', slotsOn: (_: string, weekday: number) => (weekday === 1 ? shift : []) };
const at = (time: string) => Date.parse(`2026-11-16T${time}:00.000+01:00`);
const span = { from: new Date(at('00:00')), to: new Date(at('00:00') + 2 * 86_400_000) };
const minute = 60_000;

describe('a day of work beside its shift', () => {
  const stretches: Stretch[] = [
    { state: 'off', from: at('00:00'), to: at('09:12') },
    { state: 'available', from: at('09:12'), to: at('11:00') },
    { state: 'away', from: at('11:00'), to: at('11:20') },
    { state: 'busy', from: at('11:20'), to: at('12:50') },
    { state: 'away', from: at('12:50'), to: at('14:10') },
    { state: 'available', from: at('14:10'), to: at('18:05') },
    { state: 'off', from: at('18:05'), to: at('23:59') },
  ];

  it('counts lateness and pauses in working time: a lunch break costs nothing', () => {
    const [monday, tuesday] = daysOf(berlin, stretches, span, new Date(at('23:59')));
    expect(monday).toMatchObject({
      date: '2026-11-16',
      lateMs: 12 * minute,
      pauses: 2,
      pausesMs: 40 * minute,
      cameAt: '2026-11-16T08:12:00.000Z',
      leftAt: '2026-11-16T17:05:00.000Z',
    });
    expect(tuesday).toMatchObject({ shift: [], lateMs: 0, pauses: 0, cameAt: null });
  });

  it('is late so far when nobody has come yet, and not at all before the shift', () => {
    expect(daysOf(berlin, [], span, new Date(at('09:30')))[0]?.lateMs).toBe(30 * minute);
    expect(daysOf(berlin, [], span, new Date(at('08:00')))[0]?.lateMs).toBe(0);
  });
});

it('who closed the last screen ten minutes ago is away; who never opened one says for themselves', async () => {
  const test = await startApp(withoutChannels);
  const mira = await test.staff('manager', 'Mira');
  const bot = await test.staff('manager', 'Bot');
  for (const person of [mira, bot]) await person.call('PUT', '/me/presence', { state: 'available' });
  let open = [mira.id];
  const watch = watchIdle(test.app.deps.db, { userIds: () => open });
  const now = test.clock.now().getTime();
  await watch.work(new Date(now));
  open = [];
  expect(await watch.work(new Date(now + 9 * minute))).toBe(0);
  expect(await watch.work(new Date(now + 10 * minute))).toBe(1);
  const { items } = await mira.call<{ items: { name: string; state: string }[] }>('GET', '/presence');
  expect(items.map(({ name, state }) => [name, state])).toEqual([
    ['Bot', 'available'],
    ['Mira', 'away'],
  ]);
});

it('says why a thread went where it went', () => {
  expect(readWhy('owner')).toEqual({ why: { key: 'owner' }, skills: [] });
  expect(readWhy('language:fa, topic:repair; least loaded (2 of 10)')).toEqual({
    why: { key: 'load', load: '2', capacity: '10' },
    skills: ['language:fa', 'topic:repair'],
  });
  expect(readWhy('escalation:breach')).toEqual({ why: { key: 'escalation', on: 'breach' }, skills: [] });
});
