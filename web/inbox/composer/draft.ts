import { useEffect, useSyncExternalStore } from 'react';
import type { Draft } from '../../../server/threads/schema.ts';
import { ApiError, get, put, remove } from '../../shared/api.ts';
import { showError } from '../../shared/ui/problem.ts';
import { isOnItsWay } from '../thread/sending.ts';
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
/** The words that the server was last known to hold. */
const savedTexts = new Map<string, string>();
/** What could not be saved for want of a connection. */
const unsaved = new Set<string>();
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

/** Words that could not be sent return here as they were, in front of what was begun meanwhile. */
export function bringBack(threadId: string, draft: Draft): void {
  const now = current(threadId);
  const begun = now.text.trim() !== '';
  const text = begun ? `${draft.text.trimEnd()}\n\n${now.text}` : draft.text;
  const { channelId, quoteId, suggestionId } = draft;
  // Words for colleagues never go to the client.
  const kind = begun && now.kind === 'note' ? 'note' : draft.kind;
  const cc = [...new Set([...draft.cc, ...now.cc])];
  const bcc = [...new Set([...draft.bcc, ...now.bcc])];
  write(threadId, {
    kind,
    text,
    channelId,
    quoteId,
    suggestionId,
    cc,
    bcc,
    broughtIn: now.broughtIn + 1,
    loaded: true,
  });
  void describeFiles(draft.attachmentIds).then((files) =>
    write(threadId, {
      files: [...files, ...current(threadId).files.filter((file) => !draft.attachmentIds.includes(file.id ?? ''))],
    }),
  );
}

/**
 * Takes a message back and shows what its writer's composer held, as the server has put it together with what was begun
 * since, here or on another device. Throws as `take` does.
 */
export async function takenBack(threadId: string, take: () => Promise<void>): Promise<void> {
  flush(threadId);
  await saving.get(threadId);
  const before = current(threadId).text;
  await take();
  const draft = await get<Draft | null>(`/threads/${threadId}/draft`);
  if (draft == null) return;
  const { attachmentIds, ...rest } = draft;
  const files = await describeFiles(attachmentIds);
  const now = current(threadId);
  // Typed on while it was on its way: that stands at the end.
  const typedOn = now.text !== before && rest.text.endsWith(before);
  const text = typedOn ? rest.text.slice(0, rest.text.length - before.length) + now.text : rest.text;
  set(threadId, { ...now, ...rest, text, files, broughtIn: now.broughtIn + 1, loaded: true });
}

/**
 * The thread `fromId` was merged into `intoId`, and its draft on the server with it. Answers how to bring to the composer
 * there, at once, what the server has put together and what was typed here since; that answers whether there was anything.
 */
export async function carryWriting(fromId: string, intoId: string): Promise<() => boolean> {
  await saving.get(fromId);
  await saving.get(intoId);
  const draft = await get<Draft | null>(`/threads/${intoId}/draft`);
  const files = await describeFiles(draft?.attachmentIds ?? []);
  return () => {
    const here = current(fromId);
    const there = current(intoId);
    const saved = savedTexts.get(fromId) ?? '';
    clearTimeout(timers.get(fromId));
    timers.delete(fromId);
    set(fromId, { ...empty, loaded: true });
    const known = draft?.text ?? there.text;
    const along = saved !== '' && known.endsWith(saved);
    const first = (along ? known.slice(0, known.length - saved.length) : known).trimEnd();
    const text = [first, here.text].filter((part) => part.trim() !== '').join('\n\n');
    const { attachmentIds: _, ...rest } = draft ?? draftOf(here);
    const ids = new Set(files.map((file) => file.id));
    const wrote = here.text.trim() !== '' || here.files.length > 0;
    set(intoId, {
      ...there,
      ...rest,
      text,
      files: [...files, ...here.files.filter((file) => !ids.has(file.id))],
      broughtIn: there.broughtIn + (wrote ? 1 : 0),
      loaded: true,
    });
    if (wrote) flush(intoId, true);
    return wrote;
  };
}

/** Shows what the server holds by now, unless something here is not saved yet. */
export async function rereadDraft(threadId: string): Promise<void> {
  await saving.get(threadId);
  const before = current(threadId);
  const draft = await get<Draft | null>(`/threads/${threadId}/draft`);
  const { attachmentIds, ...rest } = draft ?? draftOf(empty);
  const files = await describeFiles(attachmentIds);
  const now = current(threadId);
  const typing = timers.has(threadId) || unsaved.has(threadId) || now !== before;
  if (typing || (now.text === rest.text && now.files.length === files.length)) return;
  savedTexts.set(threadId, rest.text);
  set(threadId, { ...now, ...rest, files, loaded: true });
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

/** It is on its way: the field is free for the next. The server keeps its draft until it has the message itself. */
export function clearWriting(threadId: string): void {
  const { kind, channelId, broughtIn } = current(threadId);
  clearTimeout(timers.get(threadId));
  timers.delete(threadId);
  set(threadId, { ...empty, kind: kind === 'note' ? 'reply' : kind, channelId, broughtIn, loaded: true });
}

/** Makes the server's draft what stands here, also when that is nothing. */
export function saveNow(threadId: string): void {
  flush(threadId, true);
}

/** What is half-written, as the server keeps it. */
export function draftOf({ kind, text, channelId, files, cc, bcc, quoteId, suggestionId }: Writing): Draft {
  const attachmentIds = files.flatMap((file) => (file.id === null ? [] : [file.id]));
  return { kind, text, channelId, attachmentIds, cc, bcc, quoteId, suggestionId };
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
  if (draft === null || now.text !== '' || isOnItsWay(threadId, draft.text))
    return set(threadId, { ...now, loaded: true });
  const { attachmentIds, ...rest } = draft;
  savedTexts.set(threadId, rest.text);
  set(threadId, { ...now, ...rest, loaded: true });
  const files = await describeFiles(attachmentIds);
  if (files.length > 0) set(threadId, { ...current(threadId), files });
}

function flush(threadId: string, cleared = false): void {
  if (!timers.has(threadId) && !cleared) return;
  clearTimeout(timers.get(threadId));
  timers.delete(threadId);
  const before = saving.get(threadId) ?? Promise.resolve();
  // One after the other: an older text must not arrive last.
  const kept = before.then(() => save(threadId)).then(() => void unsaved.delete(threadId));
  saving.set(
    threadId,
    kept.catch((error: unknown) => {
      // Without a connection the words stay here, and are saved when there is one.
      if (error instanceof ApiError && (error.status === 0 || error.status >= 502)) {
        unsaved.add(threadId);
        setTimeout(() => flush(threadId, true), OFFLINE_MS);
        // Merged away meanwhile: the words go along (carryWriting).
      } else if (!(error instanceof ApiError && error.code === 'thread.merged')) showError(error);
    }),
  );
}

async function save(threadId: string): Promise<void> {
  const draft = draftOf(current(threadId));
  if (draft.text.trim() === '' && draft.attachmentIds.length === 0) {
    try {
      await remove(`/threads/${threadId}/draft`);
    } catch (error) {
      // There was none.
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
  } else await put(`/threads/${threadId}/draft`, draft);
  savedTexts.set(threadId, draft.text);
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

window.addEventListener('beforeunload', (event) => {
  if (unsaved.size > 0) event.preventDefault();
});
