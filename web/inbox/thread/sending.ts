import { useSyncExternalStore } from 'react';
import type { Message, NewMessage } from '../../../server/threads/schema.ts';
import { ApiError, post } from '../../shared/api.ts';

/** Messages on their way to the server: shown at once, repeatable by their key, kept until they are there. */
export interface Sending {
  threadId: string;
  body: NewMessage;
  /** How it will look once it is stored. */
  shape: 'mail' | 'chat' | 'note';
  /** Names of the attached files, for the preview. */
  files: string[];
  at: string;
  /** `refused`: something new came from the client (409); the writer decides. */
  state: 'sending' | 'failed' | 'refused';
  error: unknown;
}

let sendings: readonly Sending[] = [];
const listeners = new Set<() => void>();
const waiters = new Map<string, (() => void)[]>();

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

/**
 * Sends, showing it meanwhile. Gives the stored message, or null when it stays here as `failed` or `refused`.
 * Calling it again with the same `clientKey` repeats it: the server answers with the first result.
 */
export async function send(
  threadId: string,
  body: NewMessage,
  { shape, files }: Pick<Sending, 'shape' | 'files'>,
  onStored: (message: Message) => void,
): Promise<Message | null> {
  const sending: Sending = {
    threadId,
    body,
    shape,
    files,
    at: new Date().toISOString(),
    state: 'sending',
    error: null,
  };
  replace(body.clientKey, sending);
  try {
    const message = await post<Message>(`/threads/${threadId}/messages`, body);
    onStored(message);
    replace(body.clientKey, null);
    return message;
  } catch (error) {
    const refused = error instanceof ApiError && error.status === 409;
    // What is new came with the refusal: it is on the screen even when the feed is late.
    if (refused) for (const message of (error.problem.newMessages ?? []) as Message[]) onStored(message);
    replace(body.clientKey, { ...sending, state: refused ? 'refused' : 'failed', error });
    return null;
  } finally {
    if (!isSending(threadId)) for (const wake of waiters.get(threadId) ?? []) wake();
    if (!isSending(threadId)) waiters.delete(threadId);
  }
}

/** The line is back: what could not be sent for its want goes now, under the keys it had. */
export function resend(onStored: (message: Message) => void): void {
  for (const sending of sendings) if (isOffline(sending)) void send(sending.threadId, sending.body, sending, onStored);
}

/** It only waits for the line. */
export function isOffline({ state, error }: Sending): boolean {
  return state === 'failed' && error instanceof ApiError && error.status === 0;
}

/** Takes a failed or refused one off the screen (its words went back to the composer, or were given up). */
export function drop(clientKey: string): void {
  replace(clientKey, null);
}

/** Resolves when nothing is on its way in the thread: a message must not show twice, as sent and as stored. */
export function sendsSettled(threadId: string): Promise<void> {
  if (!isSending(threadId)) return Promise.resolve();
  return new Promise((wake) => waiters.set(threadId, [...(waiters.get(threadId) ?? []), wake]));
}

function isSending(threadId: string): boolean {
  return sendings.some((each) => each.threadId === threadId && each.state === 'sending');
}

function replace(clientKey: string, next: Sending | null): void {
  const rest = sendings.filter((each) => each.body.clientKey !== clientKey);
  sendings = next === null ? rest : [...rest, next];
  for (const listener of listeners) listener();
}
