import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Channel } from '../../server/channels/schema.ts';
import type {
  Answer,
  FromVisitor,
  Stored,
  ToVisitor,
  VisitorAuth,
  VisitorDelivery,
  VisitorHello,
  VisitorMessage,
  VisitorState,
} from '../../server/visitors/schema.ts';
import type { Staff, TestApp } from './app.ts';

/** A chat made through the API. */
export async function makeChat(
  admin: Staff,
  config: object = {},
  more: object = {},
): Promise<Channel & { key: string }> {
  const chat = await admin.call<Channel>('POST', '/channels', {
    kind: 'chat',
    name: 'Shop chat',
    config: { title: 'Parley Phones', ...config },
    ...more,
  });
  return { ...chat, key: chat.key ?? '' };
}

/** A visitor's screen: what it heard, and what it can say. */
export interface VisitorScreen {
  socket: Socket<ToVisitor, FromVisitor>;
  hello: VisitorHello;
  heard: { messages: VisitorMessage[]; states: VisitorState[]; deliveries: VisitorDelivery[]; typing: object[] };
  write(text: string, more?: { clientKey?: string; attachmentIds?: string[] }): Promise<Answer<Stored>>;
  /** Resolves when what was heard satisfies `is`; rejects after half a minute. */
  until(is: (heard: VisitorScreen['heard']) => boolean): Promise<void>;
  close(): void;
}

/** Opens a visitor's screen and waits for its hello. */
export async function visit(test: Pick<TestApp, 'url'>, auth: VisitorAuth): Promise<VisitorScreen> {
  const socket: Socket<ToVisitor, FromVisitor> = io(`${test.url}/visitor`, {
    auth,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });
  const heard: VisitorScreen['heard'] = { messages: [], states: [], deliveries: [], typing: [] };
  const waiting = new Set<() => void>();
  const note =
    <T>(list: T[]) =>
    (value: T) => {
      list.push(value);
      for (const look of waiting) look();
    };
  socket.on('message', note(heard.messages));
  socket.on('state', note(heard.states));
  socket.on('delivery', note(heard.deliveries));
  socket.on('typing', note(heard.typing));
  const hello = await new Promise<VisitorHello>((resolve, reject) => {
    socket.on('hello', resolve);
    socket.on('connect_error', (error) => {
      socket.close();
      reject(error);
    });
  });
  return {
    socket,
    hello,
    heard,
    write: (text, more = {}) =>
      socket.timeout(30_000).emitWithAck('message', { clientKey: randomUUID(), text, ...more }),
    until: (is) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`not heard in time: ${JSON.stringify(heard)}`));
        }, 30_000);
        const look = () => {
          if (!is(heard)) return;
          waiting.delete(look);
          clearTimeout(timer);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () => void socket.close(),
  };
}
