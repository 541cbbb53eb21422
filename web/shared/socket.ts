import type { Socket } from 'socket.io-client';
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

/** When its code could not be fetched, it is asked for again after this, ms. */
const RELOAD_MS = 3000;

async function loadLine(): Promise<typeof import('socket.io-client').io | null> {
  try {
    return (await import('socket.io-client')).io;
  } catch {
    // No connection yet: the caller says so and asks again.
    return null;
  }
}

/**
 * Connects to `/staff` and stays connected. Each (re)connection names the last cursor seen, so that the server
 * begins with what was missed. Events of one tick are handed over together: a burst costs one render. The line's own code
 * is fetched meanwhile: the first screen does not wait for it.
 */
export function openFeed(cursor: string | null, listener: FeedListener): Feed {
  let seen = cursor;
  let helloed: string | null = null;
  let looking: string | null = null;
  let batch: FeedEvent[] = [];
  let socket: Socket | null = null;
  let closed = false;
  let unwatch = () => {};
  void open();

  async function open(): Promise<void> {
    const io = await loadLine();
    if (io === null) {
      listener.onState('offline');
      setTimeout(() => closed || void open(), RELOAD_MS);
      return;
    }
    if (closed) return;
    const opened = io('/staff', {
      auth: (give) => give(seen === null ? {} : { cursor: seen }),
      transports: ['websocket', 'polling'],
      reconnectionDelay: 300,
      reconnectionDelayMax: 3000,
    });

    unwatch = watchLine(opened.io, () => listener.onState('offline'));
    opened.on('hello', (hello: { cursor: string }) => {
      helloed = hello.cursor;
      seen ??= hello.cursor;
      listener.onState('online');
      opened.emit('presence', { threadId: looking });
    });
    opened.on('event', (event: FeedEvent) => {
      seen = laterCursor(seen, event.cursor);
      if (batch.push(event) === 1) queueMicrotask(flush);
    });
    opened.on('resync', () => {
      // What comes next follows the hello that came before; all until there is asked for afresh.
      seen = laterCursor(seen, helloed);
      listener.onResync();
    });
    opened.on('presence', (presence: Presence) => listener.onPresence(presence));
    opened.on('typing', (typing: { userId: string; threadId: string; typing: boolean }) => listener.onTyping(typing));
    opened.on('disconnect', (reason) => {
      listener.onState('offline');
      // The server closes sockets when it stops or a session ends; only the next handshake knows which.
      if (reason === 'io server disconnect') setTimeout(() => opened.connect(), 500);
    });
    opened.on('connect_error', (error) => {
      const refused = (error as Error & { data?: { code?: string } }).data?.code === 'signIn.needed';
      listener.onState(refused ? 'refused' : 'offline');
      if (refused) opened.close();
      else if (!opened.active) setTimeout(() => opened.connect(), 2000);
    });
    socket = opened;
  }

  function flush(): void {
    const events = batch;
    batch = [];
    listener.onEvents(events);
  }

  return {
    look(threadId) {
      looking = threadId;
      if (socket?.connected) socket.emit('presence', { threadId });
    },
    type(threadId, typing) {
      if (socket?.connected) socket.volatile.emit('typing', { threadId, typing });
    },
    close() {
      closed = true;
      unwatch();
      socket?.close();
    },
  };
}
