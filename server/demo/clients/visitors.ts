import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { z } from 'zod';
import type { Correspondent } from './person.ts';

const shown = z.looseObject({
  text: z.string(),
  author: z.looseObject({ kind: z.string() }).optional(),
  direction: z.string().optional(),
});
const acknowledged = z.looseObject({
  messageId: z.string().optional(),
  error: z.looseObject({ title: z.string() }).optional(),
});

const ACK_LIMIT_MS = 10_000;

/** A visitor of the shop's page: the same socket as the widget's. */
export function visitor(baseUrl: string, channelKey: string, name: string): Correspondent {
  const socket = io(`${baseUrl}/visitor`, { auth: { channelKey, name }, transports: ['websocket'] });
  const listeners: ((text: string) => void)[] = [];
  socket.on('message', (raw: unknown) => {
    const message = shown.safeParse(raw);
    if (!message.success || message.data.author?.kind === 'client' || message.data.direction === 'inbound') return;
    for (const listener of listeners) listener(message.data.text);
  });
  return {
    say: async (text) => {
      const answer = acknowledged.parse(
        await socket.timeout(ACK_LIMIT_MS).emitWithAck('message', { clientKey: randomUUID(), text }),
      );
      if (answer.error) throw new Error(answer.error.title);
    },
    onAnswer: (listener) => {
      listeners.push(listener);
    },
    leave: () => {
      socket.disconnect();
    },
  };
}
