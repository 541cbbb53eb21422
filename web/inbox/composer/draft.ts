import { useEffect, useSyncExternalStore } from 'react';
import type { Draft } from '../../../server/threads/schema.ts';
import { ApiError, get, put, remove } from '../../shared/api.ts';
import { showError } from '../../shared/ui/problem.ts';
import { type DraftFile, describeFiles } from './files.ts';

/** A half-written answer: kept here while one types, on the server a moment later, per user and thread. */
export interface Writing {
  kind: 'reply' | 'note';
  text: string;
  /** The channel the writer chose; null is the client's last one. */
  channelId: string | null;
  files: DraftFile[];
  cc: string[];
  bcc: string[];
  /** The message it quotes. */
  quoteId: string | null;
  /** The suggestion it grew from. */
  suggestionId: string | null;
  /** Counts what was put in from outside, so that the editor can take the focus. */
  broughtIn: number;
  loaded: boolean;
}

/** Typing rests this long before it is saved, ms. */
const SAVE_MS = 700;
/** So long until saving is tried again without a connection, ms. */
const OFFLINE_MS = 5000;

const empty: Writing = {
  kind: 'reply',
  text: '',
  channelId: null,
  files: [],
  cc: [],
  bcc: [],
  quoteId: null,
  suggestionId: null,
  broughtIn: 0,
  loaded: false,
};

const writings = new Map<string, Writing>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const saving = new Map<string, Promise<void>>();
const listeners = new Set<() => void>();

/** What this user has half-written in the thread. */
export function useWriting(threadId: string): Writing {
  const writing = useSyncExternalStore(subscribe, () => writings.get(threadId) ?? empty);
  useEffect(() => {
    void load(threadId);
    return () => flush(threadId);
  }, [threadId]);
  return writing;
}

/** Changes it, and saves it soon. */
export function write(threadId: string, change: Partial<Writing>): void {
  set(threadId, { ...current(threadId), ...change });
  clearTimeout(timers.get(threadId));
  timers.set(
    threadId,
    setTimeout(() => flush(threadId), SAVE_MS),
  );
}

/** Puts words into the composer from outside: a suggestion, a source. Added after what is there. */
export function insertText(threadId: string, text: string, suggestionId: string | null = null): void {
  const now = current(threadId);
  const joined = now.text.trim() === '' ? text : `${now.text.trimEnd()}\n\n${text}`;
  write(threadId, {
    kind: 'reply',
    text: joined,
    broughtIn: now.broughtIn + 1,
    ...(suggestionId === null ? {} : { suggestionId }),
  });
}

/** Words that were taken back from sending return here, in front of what was begun meanwhile. */
export function bringBack(threadId: string, draft: Draft): void {
  const now = current(threadId);
  const text = now.text.trim() === '' ? draft.text : `${draft.text}\n\n${now.text}`;
  const { kind, channelId, quoteId } = draft;
  const cc = [...new Set([...draft.cc, ...now.cc])];
  const bcc = [...new Set([...draft.bcc, ...now.bcc])];
  write(threadId, { kind, text, channelId, quoteId, cc, bcc, broughtIn: now.broughtIn + 1, loaded: true });
  void describeFiles(draft.attachmentIds).then((files) =>
    write(threadId, {
      files: [...files, ...current(threadId).files.filter((file) => !draft.attachmentIds.includes(file.id ?? ''))],
    }),
  );
}

/** Answers this very message: the client sees it quoted above the words. */
export function quoteMessage(threadId: string, message: { id: string; channelId: string | null }): void {
  const { broughtIn } = current(threadId);
  write(threadId, { kind: 'reply', quoteId: message.id, channelId: message.channelId, broughtIn: broughtIn + 1 });
}

/** Adds, changes or removes files of the half-written message. */
export function changeFiles(threadId: string, by: (files: DraftFile[]) => DraftFile[]): void {
  write(threadId, { files: by(current(threadId).files) });
}

/** It was sent, or given up. */
export function clearWriting(threadId: string): void {
  const { kind, channelId, broughtIn } = current(threadId);
  set(threadId, { ...empty, kind: kind === 'note' ? 'reply' : kind, channelId, broughtIn, loaded: true });
  flush(threadId, true);
}

function current(threadId: string): Writing {
  return writings.get(threadId) ?? empty;
}

async function load(threadId: string): Promise<void> {
  if (writings.get(threadId)?.loaded) return;
  let draft: Draft | null = null;
  try {
    draft = (await get<Draft | null>(`/threads/${threadId}/draft`)) ?? null;
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) showError(error);
  }
  const now = current(threadId);
  if (now.loaded) return;
  // Who already types here is not overwritten by what was typed elsewhere.
  if (draft === null || now.text !== '') return set(threadId, { ...now, loaded: true });
  const { kind, text, channelId, cc, bcc, quoteId } = draft;
  set(threadId, { ...now, kind, text, channelId, cc, bcc, quoteId, loaded: true });
  const files = await describeFiles(draft.attachmentIds);
  if (files.length > 0) set(threadId, { ...current(threadId), files });
}

function flush(threadId: string, cleared = false): void {
  if (!timers.has(threadId) && !cleared) return;
  clearTimeout(timers.get(threadId));
  timers.delete(threadId);
  const before = saving.get(threadId) ?? Promise.resolve();
  // One after the other: an older text must not arrive last.
  const kept = before.then(() => save(threadId));
  saving.set(
    threadId,
    kept.catch((error: unknown) => {
      // Without a connection the words stay here, and are saved when there is one.
      if (error instanceof ApiError && error.status === 0) setTimeout(() => flush(threadId, true), OFFLINE_MS);
      else showError(error);
    }),
  );
}

async function save(threadId: string): Promise<void> {
  const { kind, text, channelId, files, cc, bcc, quoteId } = current(threadId);
  const attachmentIds = files.flatMap((file) => (file.id === null ? [] : [file.id]));
  if (text.trim() === '' && attachmentIds.length === 0) {
    try {
      await remove(`/threads/${threadId}/draft`);
    } catch (error) {
      // There was none.
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
  } else
    await put(`/threads/${threadId}/draft`, { kind, text, channelId, attachmentIds, cc, bcc, quoteId } satisfies Draft);
}

function set(threadId: string, writing: Writing): void {
  writings.set(threadId, writing);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') for (const threadId of [...timers.keys()]) flush(threadId);
});
