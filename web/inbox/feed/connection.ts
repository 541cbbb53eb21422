import { useEffect, useRef, useSyncExternalStore } from 'react';
import { type Feed, type LinkState, openFeed } from '../../shared/socket.ts';
import { saveNow } from '../composer/draft.ts';
import { addMessage, messagesKey } from '../thread/queries.ts';
import { openOutbox, resend } from '../thread/sending.ts';
import { applyEvents, refetchAll, refresh, startCache } from './cache.ts';
import { noteImports } from './imports.ts';
import { tellListeners } from './listen.ts';
import { forgetPeople, onPresence, onTyping } from './presence.ts';

/** The one socket of this page. */
let feed: Feed | null = null;
/** What is open here, also before the socket is. */
let looking: string | null = null;
let state: LinkState = 'connecting';
const listeners = new Set<() => void>();

/** Keeps the feed open while the shell is there. `cursor` is what the first answer was true for. */
export function useFeed(meId: string, cursor: string | null): void {
  // The cursor of the first mount only: later ones are the socket's own business.
  const first = useRef(cursor);
  useEffect(() => {
    startCache(meId, first.current);
    const closeOutbox = openOutbox(meId, {
      onStored: addMessage,
      onSettled: (threadId, stored) => {
        // The server let go of the draft with the answer: what was begun since is kept anew.
        if (stored) saveNow(threadId);
        // Refused, perhaps while the feed was away: what is new must be on the screen before the writer decides.
        else refresh(messagesKey(threadId));
      },
    });
    feed = openFeed(first.current, {
      onEvents: (events) => {
        applyEvents(events);
        noteImports(events);
        tellListeners(events);
      },
      onResync: refetchAll,
      onPresence: (presence) => onPresence(presence, meId),
      onTyping: (typing) => onTyping(typing, meId),
      onState: (next) => {
        if (next === 'offline') forgetPeople();
        if (next === 'online') resend();
        state = next;
        for (const listener of listeners) listener();
      },
    });
    feed.look(looking);
    // The socket may not notice a short gap; the browser does.
    window.addEventListener('online', resend);
    return () => {
      window.removeEventListener('online', resend);
      closeOutbox();
      feed?.close();
      feed = null;
    };
  }, [meId]);
}

/** Whether the screen is live now. */
export function useLinkState(): LinkState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/** The thread that is open here and really looked at; null when none is, or when the page is out of sight. */
export function seenThread(): string | null {
  return document.visibilityState === 'visible' && document.hasFocus() ? looking : null;
}

/** Tells colleagues which thread is open here; null for none. */
export function lookAt(threadId: string | null): void {
  looking = threadId;
  feed?.look(threadId);
}

/** Tells colleagues (and the client, where the channel can) that something is being written. */
export function sayTyping(threadId: string, typing: boolean): void {
  feed?.type(threadId, typing);
}
