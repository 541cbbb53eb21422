import type { Express } from 'express';
import type { Server } from 'socket.io';
import type { Deps } from '../deps.ts';
import { attachWebhooks, relayTyping } from './telegram/parts.ts';

/** What channels add to the process besides their receivers: pages, webhooks, a socket namespace, a listener. */
export interface ChannelParts {
  /** Routes of their own, before the API's. */
  attach(app: Express): void;
  serveSockets(io: Server): void;
  stop(): Promise<void>;
}

/** Builds the parts of every channel kind. */
export async function channelParts(deps: Deps): Promise<ChannelParts> {
  relayTyping(deps);
  return {
    attach(app) {
      attachWebhooks(app, deps);
    },
    serveSockets: () => undefined,
    stop: async () => undefined,
  };
}
