import { useSyncExternalStore } from 'react';
import type { Message } from '../../../server/threads/schema.ts';
import { ApiError, post } from '../../shared/api.ts';
import { forget, type Kept, keep, onOtherTabs, readOutbox } from './outbox.ts';

/** Messages on their way to the server: shown at once, repeatable by their key, kept over a reload until they are there. */
export interface Sending extends Omit<Kept, 'state' | 'problem'> {
  /** `waiting`: goes by itself when the server can be reached. `refused`: something new came (409); the writer decides. */
  state: 'sending' | 'waiting' | 'failed' | 'refused';
  error: unknown;
}

/** What the rest of the screen does as they arrive. */
export interface Arrivals {
  onStored(message: Message): void;
  /** The server has it, or refused it: what the thread holds is worth asking again. */
  onSettled(threadId: string, stored: boolean): void;
}

/** No answer within this time is none, ms: the line may be dead without saying so. */
const ANSWER_MS = 15_000;
/** The first wait before trying again, doubled each time up to the longest, ms. */
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
/** What was not stored within this time is not sent without asking: its moment may have passed, ms. */
const TOO_OLD_MS = 12 * 3_600_000;

let sendings: readonly Sending[] = [];
let owner: { userId: string; arrivals: Arrivals } | null = null;
const listeners = new Set<() => void>();
const waiters = new Map<string, (() => void)[]>();
const draining = new Set<string>();
let retryTimer: ReturnType<typeof setTimeout> | undefined;
let tries = 0;

/** What is on its way in a thread. */
export function useSendings(threadId: string): Sending[] {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => sendings,
  );
  return all.filter((each) => each.threadId === threadId);
}

/** Begins with what an earlier page could not send, and sends it. Answers how to end. */
export function openOutbox(userId: string, arrivals: Arrivals): () => void {
  owner = { userId, arrivals };
  const known = new Set(sendings.map((each) => each.body.clientKey));
  const now = Date.now();
  const restored = readOutbox(userId).filter((kept) => !known.has(kept.body.clientKey));
  change([...restored.map((kept) => asSending(kept, now)), ...sendings]);
  resend();
  const stop = onOtherTabs(userId, () => {
    const left = new Set(readOutbox(userId).map((kept) => kept.body.clientKey));
    change(sendings.filter((each) => each.state === 'sending' || left.has(each.body.clientKey)));
  });
  return () => {
    stop();
    clearTimeout(retryTimer);
    owner = null;
    // They stay in this user's outbox; the next user of this page has nothing to do with them.
    change([]);
  };
}

/** Sends, showing it meanwhile, after what waits before it in the same thread. */
export function send(sending: Pick<Sending, 'threadId' | 'body' | 'shape' | 'files'>): void {
  const at = sendings.find((each) => each.body.clientKey === sending.body.clientKey)?.at ?? new Date().toISOString();
  put({ ...sending, at, state: 'sending', error: null });
  change(
    sendings.map((each) =>
      each.threadId === sending.threadId && each.state === 'waiting' ? { ...each, state: 'sending' } : each,
    ),
  );
  void drain(sending.threadId);
}

/** The line may be back: what waits for it goes now, under the keys it had. */
export function resend(): void {
  clearTimeout(retryTimer);
  const waiting = sendings.filter((each) => each.state === 'waiting');
  if (waiting.length === 0) return;
  change(sendings.map((each) => (each.state === 'waiting' ? { ...each, state: 'sending' } : each)));
  for (const threadId of new Set(waiting.map((each) => each.threadId))) void drain(threadId);
}

/** The thread was merged into another: what is on its way there shows there. */
export function carrySendings(fromId: string, intoId: string): void {
  change(sendings.map((each) => (each.threadId === fromId ? { ...each, threadId: intoId } : each)));
  for (const each of sendings) if (each.threadId === intoId) store(each);
}

/** Takes a failed or refused one off the screen (its words went back to the composer, or were given up). */
export function drop(clientKey: string): void {
  if (owner !== null) forget(owner.userId, clientKey);
  change(sendings.filter((each) => each.body.clientKey !== clientKey));
}

/** The colleague whose answer refused it; null when the client's words did. */
export function answeredBy(error: unknown): string | null {
  const name = error instanceof ApiError ? error.problem.answeredBy : null;
  return typeof name === 'string' ? name : null;
}

/** Whether these words are on their way already: a draft of them is no second answer. */
export function isOnItsWay(threadId: string, text: string): boolean {
  const words = text.trim();
  return sendings.some((each) => each.threadId === threadId && (each.body.written?.text ?? '').startsWith(words));
}

/** Resolves when nothing is on its way in the thread: a message must not show twice, as sent and as stored. */
export function sendsSettled(threadId: string): Promise<void> {
  if (!isSending(threadId)) return Promise.resolve();
  return new Promise((wake) => waiters.set(threadId, [...(waiters.get(threadId) ?? []), wake]));
}

/** One after the other: a later answer must not overtake an earlier one. */
async function drain(threadId: string): Promise<void> {
  if (draining.has(threadId)) return;
  draining.add(threadId);
  try {
    for (;;) {
      const next = sendings.find((each) => each.threadId === threadId && each.state === 'sending');
      if (next === undefined || !(await sendOne(next))) return;
    }
  } finally {
    draining.delete(threadId);
    if (!isSending(threadId)) {
      for (const wake of waiters.get(threadId) ?? []) wake();
      waiters.delete(threadId);
    }
  }
}

/** False when the line is what is missing: then what follows waits too. */
async function sendOne(sending: Sending): Promise<boolean> {
  const { threadId, body } = sending;
  const arrivals = owner?.arrivals;
  try {
    const message = await post<Message>(`/threads/${threadId}/messages`, body, AbortSignal.timeout(ANSWER_MS));
    tries = 0;
    arrivals?.onStored(message);
    drop(body.clientKey);
    arrivals?.onSettled(threadId, true);
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'message.undone') {
      drop(body.clientKey);
      return true;
    }
    if (isWorthWaiting(error)) {
      change(
        sendings.map((each) =>
          each.threadId === threadId && each.state === 'sending' ? { ...each, state: 'waiting', error } : each,
        ),
      );
      for (const each of sendings) if (each.threadId === threadId) store(each);
      retryLater(error);
      return false;
    }
    const refused = error instanceof ApiError && error.status === 409;
    // What is new came with the refusal: it is on the screen even when the feed is late.
    if (refused) for (const message of (error.problem.newMessages ?? []) as Message[]) arrivals?.onStored(message);
    put({ ...sending, state: refused ? 'refused' : 'failed', error });
    arrivals?.onSettled(threadId, false);
    return true;
  }
}

/** The server was not reached, is just starting, has too much to do, or wants to know again who asks. */
function isWorthWaiting(error: unknown): boolean {
  return error instanceof ApiError && [0, 401, 408, 429, 502, 503, 504].includes(error.status);
}

function retryLater(error: unknown): void {
  const asked = error instanceof ApiError && error.retryAfterS !== null ? error.retryAfterS * 1000 : 0;
  const wait = Math.max(asked, Math.min(FIRST_RETRY_MS * 2 ** tries, LONGEST_RETRY_MS));
  tries += 1;
  clearTimeout(retryTimer);
  retryTimer = setTimeout(resend, wait);
}

function isSending(threadId: string): boolean {
  return sendings.some((each) => each.threadId === threadId && each.state === 'sending');
}

function asSending({ problem, ...kept }: Kept, now: number): Sending {
  if (kept.state === 'waiting' && now - Date.parse(kept.at) > TOO_OLD_MS)
    return { ...kept, state: 'failed', error: new ApiError(0, 'outbox.old', 'It could not be sent in time.') };
  if (problem === null) return { ...kept, error: null };
  const { status, code, title, answeredBy } = problem;
  return { ...kept, error: new ApiError(status, code, title, [], { answeredBy }) };
}

function put(sending: Sending): void {
  const at = sendings.findIndex((each) => each.body.clientKey === sending.body.clientKey);
  store(sending);
  change(at === -1 ? [...sendings, sending] : sendings.with(at, sending));
}

function store({ error, state, ...rest }: Sending): void {
  if (owner === null) return;
  const problem =
    error instanceof ApiError
      ? { status: error.status, code: error.code, title: error.message, answeredBy: answeredBy(error) }
      : null;
  keep(owner.userId, { ...rest, state: state === 'sending' ? 'waiting' : state, problem });
}

function change(next: readonly Sending[]): void {
  sendings = next;
  for (const listener of listeners) listener();
}

window.addEventListener('beforeunload', (event) => {
  if (sendings.length > 0) event.preventDefault();
});
