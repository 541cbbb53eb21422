import { io, type Socket } from 'socket.io-client';
import type { FeedEvent } from '../../server/realtime/schema.ts';
import type { TestApp } from './app.ts';

/** A colleague's screen: what it was told since it was opened. */
export interface StaffSocket {
  socket: Socket;
  hello: { cursor: string };
  events: FeedEvent[];
  /** Times it was told to load afresh. */
  resyncs: number;
  closed: boolean;
  /** Everything else that came: presence, typing, visitor. */
  other: { name: string; value: unknown }[];
}

/** Opens a screen; rejects when it is refused. */
export function openStaffSocket(
  test: Pick<TestApp, 'url'>,
  auth: { token?: string; cursor?: string },
  headers: Record<string, string> = {},
): Promise<StaffSocket> {
  const socket = io(`${test.url}/staff`, {
    auth,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: headers,
  });
  const screen: StaffSocket = { socket, hello: { cursor: '0' }, events: [], resyncs: 0, closed: false, other: [] };
  socket.on('event', (event: FeedEvent) => screen.events.push(event));
  socket.on('resync', () => {
    screen.resyncs += 1;
  });
  socket.on('disconnect', () => {
    screen.closed = true;
  });
  socket.onAny((name: string, value: unknown) => {
    if (!['hello', 'event', 'resync'].includes(name)) screen.other.push({ name, value });
  });
  return new Promise((resolve, reject) => {
    socket.on('hello', (hello: { cursor: string }) => {
      screen.hello = hello;
      resolve(screen);
    });
    socket.on('connect_error', (error) => {
      socket.close();
      reject(error);
    });
  });
}
