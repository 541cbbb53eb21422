import type { NewMessage } from '../../../server/threads/schema.ts';

/** An answer or note on its way to the server, as the browser keeps it over a reload. */
export interface Kept {
  threadId: string;
  body: NewMessage;
  /** How it will look once it is stored. */
  shape: 'mail' | 'chat' | 'note';
  /** Names of the attached files, for the preview. */
  files: string[];
  at: string;
  /** `waiting` goes by itself; the other two are the writer's to decide. */
  state: 'waiting' | 'failed' | 'refused';
  /** Why it is not there yet, as the server said it. */
  problem: { status: number; code: string; title: string; answeredBy: string | null } | null;
}

/**
 * What of this user's could not be stored by the server yet, in this browser: by its `clientKey`, so that a repetition
 * doubles nothing, and per user, so that nobody who signs in later sends it in their own name.
 */
export function readOutbox(userId: string): Kept[] {
  try {
    return Object.values(held(userId)).sort((a, b) => (a.at < b.at ? -1 : 1));
  } catch {
    // A browser that keeps nothing for a page: the words are only in its memory, and leaving warns of that.
    return [];
  }
}

/** Keeps it until {@link forget}; false where the browser keeps nothing for a page. */
export function keep(userId: string, kept: Kept): boolean {
  return change(userId, (all) => ({ ...all, [kept.body.clientKey]: kept }));
}

/** The server has it, or it was given up. */
export function forget(userId: string, clientKey: string): void {
  change(userId, ({ [clientKey]: _, ...rest }) => rest);
}

/** Calls when another tab of this browser has changed the user's outbox. Answers how to stop. */
export function onOtherTabs(userId: string, changed: () => void): () => void {
  const listener = (event: StorageEvent) => {
    if (event.key === keyOf(userId)) changed();
  };
  window.addEventListener('storage', listener);
  return () => window.removeEventListener('storage', listener);
}

const keyOf = (userId: string) => `parley.outbox.${userId}`;

function held(userId: string): Record<string, Kept> {
  return JSON.parse(localStorage.getItem(keyOf(userId)) ?? '{}') as Record<string, Kept>;
}

function change(userId: string, by: (all: Record<string, Kept>) => Record<string, Kept>): boolean {
  try {
    const next = by(held(userId));
    if (Object.keys(next).length === 0) localStorage.removeItem(keyOf(userId));
    else localStorage.setItem(keyOf(userId), JSON.stringify(next));
    return true;
  } catch {
    return false;
  }
}
