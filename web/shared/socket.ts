import { io } from 'socket.io-client';
import type { FeedEvent, Presence } from '../../server/realtime/schema.ts';
import { laterCursor } from './cursor.ts';
import { watchLine } from './watchLine.ts';

/** What the staff socket tells its screen. Events come in order, each exactly once, also over a lost connection. */
export interface FeedListener {
  onEvents(events: FeedEvent[]): void;
  /** We were away for longer than the server remembers: everything shown must be fetched again. */
  onResync(): void;
  onPresence(presence: Presence): void;
  onTyping(typing: { userId: string; threadId: string; typing: boolean }): void;
  /** `online` after hello, `offline` while reconnecting, `refused` when the session is no longer good. */
  onState(state: LinkState): void;
}

export type LinkState = 'connecting' | 'online' | 'offline' | 'refused';

export interface Feed {
  look(threadId: string | null): void;
  type(threadId: string, typing: boolean): void;
  close(): void;
}

/**
 * Connects to `/staff` and stays connected. Each (re)connection names the last cursor seen, so that the server
 * begins with what was missed. Events of one tick are handed over together: a burst costs one render. The line's own code
 * comes with the screen: a browser that once failed to fetch a module never asks for it again.
 */
export function openFeed(cursor: string | null, listener: FeedListener): Feed {
  let seen = cursor;
  let helloed: string | null = null;
  let looking: string | null = null;
  let batch: FeedEvent[] = [];
  const socket = io('/staff', {
    auth: (give) => give(seen === null ? {} : { cursor: seen }),
    transports: ['websocket', 'polling'],
    reconnectionDelay: 300,
    reconnectionDelayMax: 3000,
  });

  const unwatch = watchLine(
    socket.io,
    () => listener.onState('offline'),
    () => socket.active && !socket.connected && socket.disconnect().connect(),
  );
  socket.on('hello', (hello: { cursor: string }) => {
    helloed = hello.cursor;
    seen ??= hello.cursor;
    listener.onState('online');
    socket.emit('presence', { threadId: looking });
  });
  socket.on('event', (event: FeedEvent) => {
    seen = laterCursor(seen, event.cursor);
    if (batch.push(event) === 1) queueMicrotask(flush);
  });
  socket.on('resync', () => {
    // What comes next follows the hello that came before; all until there is asked for afresh.
    seen = laterCursor(seen, helloed);
    listener.onResync();
  });
  socket.on('presence', (presence: Presence) => listener.onPresence(presence));
  socket.on('typing', (typing: { userId: string; threadId: string; typing: boolean }) => listener.onTyping(typing));
  socket.on('disconnect', (reason) => {
    listener.onState('offline');
    // The server closes sockets when it stops or a session ends; only the next handshake knows which.
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 500);
  });
  socket.on('connect_error', (error) => {
    const refused = (error as Error & { data?: { code?: string } }).data?.code === 'signIn.needed';
    listener.onState(refused ? 'refused' : 'offline');
    if (refused) socket.close();
    else if (!socket.active) setTimeout(() => socket.connect(), 2000);
  });

  function flush(): void {
    const events = batch;
    batch = [];
    listener.onEvents(events);
  }

  return {
    look(threadId) {
      looking = threadId;
      if (socket.connected) socket.emit('presence', { threadId });
    },
    type(threadId, typing) {
      if (socket.connected) socket.volatile.emit('typing', { threadId, typing });
    },
    close() {
      unwatch();
      socket.close();
    },
  };
}
