import { useSyncExternalStore } from 'react';
import type { Presence } from '../../../server/realtime/schema.ts';

/** Who looks at which thread and who types there; never stored, gone with the connection. */
interface People {
  /** User id -> the thread that user looks at. */
  looking: ReadonlyMap<string, string>;
  /** `userId threadId` of everybody typing now. */
  typing: ReadonlySet<string>;
}

/** Somebody who types says so every few seconds; silence ends it, ms. */
const TYPING_MS = 6000;

let people: People = { looking: new Map(), typing: new Set() };
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

export function onPresence(presence: Presence, meId: string): void {
  if (presence.userId === meId) return;
  const looking = new Map(people.looking);
  if (presence.threadId === null) looking.delete(presence.userId);
  else looking.set(presence.userId, presence.threadId);
  change({ ...people, looking });
}

export function onTyping(event: { userId: string; threadId: string; typing: boolean }, meId: string): void {
  if (event.userId === meId) return;
  const key = `${event.userId} ${event.threadId}`;
  clearTimeout(timers.get(key));
  const typing = new Set(people.typing);
  if (event.typing) {
    typing.add(key);
    timers.set(
      key,
      setTimeout(() => onTyping({ ...event, typing: false }, meId), TYPING_MS),
    );
  } else typing.delete(key);
  change({ ...people, typing });
}

export function forgetPeople(): void {
  change({ looking: new Map(), typing: new Set() });
}

/** Ids of the colleagues who look at the thread. */
export function useLookers(threadId: string): string[] {
  const { looking } = usePeople();
  return [...looking].filter(([, at]) => at === threadId).map(([userId]) => userId);
}

/** Ids of everybody who types in the thread: colleagues by user id, the client as `client`. */
export function useTypers(threadId: string): string[] {
  const { typing } = usePeople();
  return [...typing].filter((key) => key.endsWith(` ${threadId}`)).map((key) => key.slice(0, -threadId.length - 1));
}

function usePeople(): People {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => people,
  );
}

function change(next: People): void {
  people = next;
  for (const listener of listeners) listener();
}
