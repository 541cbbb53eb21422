import type { Chance } from '../chance.ts';
import type { WrittenKind } from '../dialogues.ts';

/** When clients write and colleagues answer; times are the server's own, good enough for a story. */

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const OPENS_AT = 9;
const CLOSES_AT = 20;

/** Minutes until an answer in working hours: the usual range, and the range of one answer in eight. */
const ANSWER_MINUTES: Record<WrittenKind, { usual: readonly [number, number]; slow: readonly [number, number] }> = {
  chat: { usual: [1, 7], slow: [12, 45] },
  telegram: { usual: [2, 22], slow: [35, 150] },
  email: { usual: [15, 150], slow: [200, 540] },
};

/** A moment of a day on which somebody writes: mostly in the afternoon, some at night. */
export function writingTime(chance: Chance, day: Date): Date {
  const hour = chance.number() < 0.96 ? 8.9 + (chance.number() + chance.number()) * 5.3 : chance.number() * 24;
  return new Date(startOfDay(day).getTime() + Math.min(hour, 23.9) * HOUR_MS);
}

/** When somebody of the staff answers what came at `at`. */
export function answerTime(chance: Chance, kind: WrittenKind, at: Date): Date {
  const { usual, slow } = ANSWER_MINUTES[kind];
  const minutes = chance.number() < 0.125 ? chance.between(...slow) : chance.between(...usual);
  return new Date(atWork(at).getTime() + minutes * MINUTE_MS + chance.between(0, 59_000));
}

/** When the client reacts to an answer. */
export function reactionTime(chance: Chance, kind: WrittenKind, at: Date): Date {
  const minutes = kind === 'email' ? chance.between(20, 600) : chance.between(1, 9);
  return new Date(at.getTime() + minutes * MINUTE_MS + chance.between(0, 59_000));
}

/** The next moment at which the shop works; Sunday is free. */
function atWork(at: Date): Date {
  const start = startOfDay(at);
  const hour = (at.getTime() - start.getTime()) / HOUR_MS;
  const free = at.getDay() === 0;
  if (!free && hour >= OPENS_AT && hour < CLOSES_AT) return at;
  if (!free && hour < OPENS_AT) return new Date(start.getTime() + OPENS_AT * HOUR_MS);
  return atWork(new Date(start.getTime() + (24 + OPENS_AT) * HOUR_MS));
}

/** The late morning of the last working day before `now`. */
export function workingMoment(now: Date): Date {
  const start = startOfDay(now);
  const day = start.getDay() === 0 ? new Date(start.getTime() - 24 * HOUR_MS) : start;
  return new Date(day.getTime() + (OPENS_AT + 2) * HOUR_MS);
}

export function startOfDay(at: Date): Date {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate());
}
