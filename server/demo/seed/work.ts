import { DateTime } from 'luxon';
import type { Prisma } from '../../db/client.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/id.ts';
import type { Api } from '../api.ts';
import type { Chance } from '../chance.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ZONE = 'Europe/Berlin';
const DAYS_BACK = 21;

/** Whose shifts begin when; all are nine hours with a pause at noon. */
const EARLY = [
  { from: '09:00', to: '13:00' },
  { from: '13:30', to: '18:00' },
];
const LATE = [
  { from: '11:00', to: '15:00' },
  { from: '15:30', to: '20:00' },
];

/** What each knows, as routing asks for it. */
const SKILLS: Record<string, string[]> = {
  Parisa: ['language:fa', 'topic:tariff'],
  Olga: ['language:ru', 'topic:claim', 'topic:repair'],
  Nina: ['language:ro', 'topic:delivery'],
  Erik: ['language:sv', 'topic:repair'],
  Jonas: ['language:de', 'topic:quote'],
};

/** What people did beside answering: their shifts and days, promises kept and broken, calls, suggestions used, matters that came back. */
export async function seedWork(db: Deps['db'], admin: Api, chance: Chance, now: Date): Promise<void> {
  const staff = await db.user.findMany({
    where: { role: { in: ['manager', 'consultant'] } },
    select: { id: true, name: true },
    orderBy: { email: 'asc' },
  });
  for (const [place, { id, name }] of staff.entries()) {
    const slots = place % 2 === 0 ? EARLY : LATE;
    await admin.send('PUT', `/calendars/user/${id}`, { timezone: ZONE, week: [...Array(5).fill(slots), [], []] });
    const skills = SKILLS[name.split(' ')[0] ?? ''];
    if (skills !== undefined)
      await admin.send('PUT', `/routing/profiles/${id}`, { skills, capacity: 6 + (place % 3) * 2 });
    await db.presenceSpan.createMany({ data: daysOf(id, place % 2 === 0 ? 9 : 11, chance, now) });
  }
  const threads = await db.thread.findMany({
    where: { assigneeId: { not: null }, status: 'closed' },
    select: {
      id: true,
      clientId: true,
      assigneeId: true,
      createdAt: true,
      messages: { where: { direction: 'inbound' }, select: { id: true }, take: 1 },
    },
    orderBy: { createdAt: 'asc' },
  });
  const past = threads.filter(({ createdAt }) => createdAt.getTime() < now.getTime() - DAY_MS);
  const some = (share: number) => past.filter(() => chance.number() < share);
  await db.clientPromise.createMany({ data: some(0.22).map((thread) => promiseOf(thread, chance)) });
  await db.call.createMany({ data: some(0.12).map((thread) => callOf(thread, chance)) });
  await db.suggestion.createMany({ data: some(0.3).flatMap((thread) => suggestionOf(thread, chance)) });
  const back = some(0.05).map(({ id }) => id);
  await db.$executeRaw`
    UPDATE resolution SET "reopenedAt" = "closedAt" + interval '5 hours'
    WHERE "threadId" = ANY(${back}::uuid[]) AND "closedAt" + interval '5 hours' < ${now}::timestamptz`;
}

/** Weeks of days, a little late now and then and with pauses; whoever's shift has begun today is here. */
function daysOf(userId: string, startHour: number, chance: Chance, now: Date): Prisma.PresenceSpanCreateManyInput[] {
  const spans: Prisma.PresenceSpanCreateManyInput[] = [];
  for (let back = DAYS_BACK; back >= 0; back--) {
    const day = DateTime.fromJSDate(now, { zone: ZONE }).minus({ days: back }).startOf('day');
    if (day.weekday > 5) continue;
    const at = (hours: number) => day.plus({ minutes: Math.round(60 * (startHour + hours)) }).toJSDate();
    const late = chance.number() < 0.2 ? chance.number() * 0.4 : -chance.number() * 0.15;
    const pause = 4 + chance.number();
    const tea = 6.5 + chance.number();
    const [from, to] = [at(late), at(9 + chance.number() * 0.2)];
    spans.push(
      { id: newId(), userId, state: 'available', fromAt: from, toAt: at(pause) },
      { id: newId(), userId, state: 'away', fromAt: at(pause), toAt: at(pause + 0.5) },
      { id: newId(), userId, state: 'available', fromAt: at(pause + 0.5), toAt: at(tea) },
      { id: newId(), userId, state: 'busy', fromAt: at(tea), toAt: at(tea + 0.4) },
      { id: newId(), userId, state: 'available', fromAt: at(tea + 0.4), toAt: to },
      { id: newId(), userId, state: 'off', fromAt: to, toAt: null },
    );
  }
  // Each stretch lasts until the next begins; what is still to come today has not been.
  const been = spans.filter(({ fromAt }) => fromAt < now);
  for (const [place, span] of been.entries()) span.toAt = been[place + 1]?.fromAt ?? null;
  return been;
}

interface Past {
  id: string;
  clientId: string;
  assigneeId: string | null;
  createdAt: Date;
  messages: { id: string }[];
}

function promiseOf({ id, clientId, assigneeId, createdAt }: Past, chance: Chance): Prisma.ClientPromiseCreateManyInput {
  const dueAt = new Date(createdAt.getTime() + (2 + chance.number() * 18) * HOUR_MS);
  const luck = chance.number();
  const state = luck < 0.9 ? 'kept' : 'broken';
  const settledAt = new Date(dueAt.getTime() + (luck < 0.78 ? -chance.number() * 2 : chance.number() * 3) * HOUR_MS);
  return {
    id: newId(createdAt.getTime()),
    clientId,
    threadId: id,
    kind: chance.of(['callBack', 'quote', 'findOut', 'visit']),
    ownerId: assigneeId,
    dueAt,
    state,
    createdById: assigneeId,
    createdAt,
    settledAt,
    settledById: assigneeId,
  };
}

function callOf({ id, clientId, assigneeId, createdAt }: Past, chance: Chance): Prisma.CallCreateManyInput {
  const startedAt = new Date(createdAt.getTime() + (1 + chance.number() * 5) * HOUR_MS);
  const talked = chance.number() < 0.8;
  return {
    id: newId(startedAt.getTime()),
    direction: chance.number() < 0.6 ? 'outbound' : 'inbound',
    state: talked ? 'ended' : 'missed',
    clientId,
    threadId: id,
    userId: assigneeId,
    startedAt,
    answeredAt: talked ? new Date(startedAt.getTime() + 10_000) : null,
    endedAt: new Date(startedAt.getTime() + (talked ? 4 * MINUTE_MS : 30_000)),
    createdAt: startedAt,
  };
}

function suggestionOf(
  { id, assigneeId, createdAt, messages }: Past,
  chance: Chance,
): Prisma.SuggestionCreateManyInput[] {
  const [message] = messages;
  if (message === undefined) return [];
  return [
    {
      id: newId(createdAt.getTime()),
      threadId: id,
      messageId: message.id,
      answer: { answer: null, abstained: true, passages: [], products: [] },
      outcome: chance.of(['sent', 'inserted', 'edited', 'dismissed']),
      outcomeById: assigneeId,
      createdAt,
      outcomeAt: new Date(createdAt.getTime() + 20 * MINUTE_MS),
    },
  ];
}
