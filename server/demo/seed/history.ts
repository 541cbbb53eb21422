import { newId, newToken } from '../../lib/id.ts';
import type { Chance } from '../chance.ts';
import type { DemoData } from '../data.ts';
import type { WrittenKind } from '../dialogues.ts';
import { type Dialogue, fill, type Turn } from '../dialogues.ts';
import { valuesFor } from '../simulate.ts';
import { type CastMember, speakersOf } from './cast.ts';
import { answerTime, reactionTime, startOfDay, workingMoment, writingTime } from './schedule.ts';

/** Ids of what the history refers to. */
export interface Setting {
  channels: Record<WrittenKind, { id: string; address: string; targetMs: number | null }>;
  staff: { id: string; name: string; email: string; role: string }[];
  teams: { id: string; name: string }[];
  stores: { id: string; code: string }[];
}

export interface PastMessage {
  id: string;
  by: Turn['by'];
  text: string;
  at: Date;
  authorId: string | null;
  authorName: string;
}

/** One finished or running conversation, ready to be stored. */
export interface PastThread {
  id: string;
  token: string;
  client: CastMember;
  channel: WrittenKind;
  subject: string;
  tags: string[];
  status: 'open' | 'closed' | 'snoozed';
  assigneeId: string | null;
  teamId: string | null;
  storeId: string | null;
  messages: PastMessage[];
  closedAt: Date | null;
  snoozedUntil: Date | null;
}

const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;
const DAYS = 28;
const CLOSED_A_DAY = [8, 13] as const;
/** Today's conversations ended at most so long ago. */
const TODAY_MINUTES = 8 * 60;
/** What is not closed was last written in so long before now: most is still in time. */
const LAST_WORDS_MINUTES: Record<WrittenKind, readonly [number, number]> = {
  chat: [1, 8],
  telegram: [2, 25],
  email: [8, 330],
};

/** Four weeks of conversations until `now`: closed ones every day, and what is still open today. */
export function makeHistory(
  data: DemoData,
  cast: CastMember[],
  setting: Setting,
  chance: Chance,
  now: Date,
): PastThread[] {
  const threads: PastThread[] = [];
  const closed = data.dialogues.filter(({ ending }) => ending === 'closed');
  for (let day = DAYS; day >= 1; day--) {
    const date = new Date(now.getTime() - day * DAY_MS);
    const share = date.getDay() === 0 ? 0.2 : 1;
    for (let count = chance.between(...CLOSED_A_DAY) * share; count > 0; count--) {
      const at = writingTime(chance, date);
      const talk = chance.of(chance.number() < 0.12 ? closed : closed.filter(({ tags }) => !tags.includes('company')));
      threads.push(play(talk, at, data, cast, setting, chance));
    }
  }
  // Played at a working hour, whenever the demo begins, and moved to their end: else they wait over the night.
  const base = workingMoment(now);
  const sinceMidnight = Math.floor((now.getTime() - startOfDay(now).getTime()) / MINUTE_MS);
  const quick = closed.filter(({ channel, tags }) => channel !== 'email' && !tags.includes('company'));
  for (let count = chance.between(...CLOSED_A_DAY); count > 0; count--) {
    const end = new Date(
      now.getTime() - chance.between(10, Math.max(11, Math.min(sinceMidnight, TODAY_MINUTES))) * MINUTE_MS,
    );
    threads.push(endingAt(play(chance.of(quick), base, data, cast, setting, chance), end));
  }
  const busy = new Set<string>();
  for (const talk of data.dialogues) {
    if (talk.ending === 'closed') continue;
    const free = cast.filter(({ id }) => !busy.has(id));
    const [least, most] = LAST_WORDS_MINUTES[talk.channel];
    const end = new Date(now.getTime() - chance.between(least, most) * MINUTE_MS);
    const thread = endingAt(play(talk, base, data, free, setting, chance), end);
    busy.add(thread.client.id);
    threads.push(thread);
  }
  return threads.map((thread) => until(thread, now)).filter(({ messages }) => messages.length > 0);
}

function play(
  talk: Dialogue,
  at: Date,
  data: DemoData,
  cast: CastMember[],
  setting: Setting,
  chance: Chance,
): PastThread {
  const speakers = speakersOf(cast, talk);
  const client = chance.of(speakers.length > 0 ? speakers : cast);
  const owner = setting.staff.find(({ email }) => email === client.ownerEmail);
  // The first manager is the one a newcomer signs in as: her desk is never empty.
  const desk =
    talk.ending === 'closed' || chance.number() < 0.5
      ? undefined
      : setting.staff.find(({ role }) => role === 'manager');
  const writer =
    owner ?? desk ?? chance.of(setting.staff.filter(({ role }) => role !== 'admin' && role !== 'supervisor'));
  const first = client.name.replace(/^Dr /, '').split(' ')[0] ?? client.name;
  const values = {
    ...valuesFor(talk, data, chance),
    name: client.name,
    first,
    staff: writer.name.split(' ')[0] ?? '',
    company: client.companyName ?? '',
  };
  const messages = speak(talk, at, { ...values, first }, { client, writer }, chance);
  const end = messages.at(-1)?.at ?? at;
  const answered = talk.turns.some(({ by }) => by === 'staff' || by === 'note');
  const service = talk.tags.some((tag) => ['repair', 'warranty', 'claim'].includes(tag));
  const team = setting.teams.find(({ name }) =>
    client.companyName ? name.startsWith('Company') : name.startsWith(service ? 'Service' : 'Sales'),
  );
  return {
    id: newId(at.getTime()),
    token: newToken(12),
    client,
    channel: talk.channel,
    subject: fill(talk.subject, values),
    tags: talk.tags,
    status: talk.ending === 'waiting' ? 'open' : talk.ending,
    assigneeId: answered || owner ? writer.id : null,
    teamId: team?.id ?? null,
    storeId: chance.of(setting.stores).id,
    messages,
    closedAt: talk.ending === 'closed' ? new Date(end.getTime() + chance.between(2, 90) * MINUTE_MS) : null,
    snoozedUntil: talk.ending === 'snoozed' ? new Date(end.getTime() + 5 * DAY_MS) : null,
  };
}

function speak(
  talk: Dialogue,
  start: Date,
  values: Record<string, string>,
  cast: { client: CastMember; writer: Setting['staff'][number] },
  chance: Chance,
): PastMessage[] {
  let at = start;
  return talk.turns.map((turn, index) => {
    if (index > 0) at = nextTime(turn.by, talk.channel, at, chance);
    const ours = turn.by === 'staff' || turn.by === 'note';
    return {
      id: newId(at.getTime()),
      by: turn.by,
      text: fill(turn.text, values),
      at,
      authorId: ours ? cast.writer.id : null,
      authorName: ours ? cast.writer.name : turn.by === 'client' || turn.by === 'autoReply' ? cast.client.name : '',
    };
  });
}

function nextTime(by: Turn['by'], kind: WrittenKind, at: Date, chance: Chance): Date {
  if (by === 'bot' || by === 'autoReply' || by === 'bounce')
    return new Date(at.getTime() + chance.between(1_000, 4_000));
  if (by === 'client') return reactionTime(chance, kind, at);
  return by === 'note' ? new Date(answerTime(chance, kind, at).getTime() - 30_000) : answerTime(chance, kind, at);
}

/** The same conversation, moved so that its last words were said at `end`. */
function endingAt(thread: PastThread, end: Date): PastThread {
  const byMs = end.getTime() - (thread.messages.at(-1)?.at ?? end).getTime();
  const moved = (at: Date) => new Date(at.getTime() + byMs);
  const messages = thread.messages.map((message) => ({ ...message, at: moved(message.at) }));
  return {
    ...thread,
    messages,
    closedAt: thread.closedAt && moved(thread.closedAt),
    snoozedUntil: thread.snoozedUntil && moved(thread.snoozedUntil),
  };
}

/** What has not happened yet is left out; a closed thread that is not over is open. */
function until(thread: PastThread, now: Date): PastThread {
  const messages = thread.messages.filter(({ at }) => at <= now);
  const over = messages.length === thread.messages.length && (thread.closedAt === null || thread.closedAt <= now);
  return over ? thread : { ...thread, messages, status: 'open', closedAt: null, snoozedUntil: null };
}
