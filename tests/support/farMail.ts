import { afterAll, beforeAll } from 'vitest';
import type { ChannelAdapter, OutboundMessage, Receiver } from '../../server/channels/channel.ts';
import { adapters } from '../../server/channels/registry.ts';
import type { EmailConfig } from '../../server/channels/schema.ts';

/** Mail without a wire, for tests of what comes after it: what was sent is a list, and a test says how sending goes. */
export interface FarMail {
  sent: OutboundMessage[];
  /** Runs in place of the far side's answer; throw a SendError to refuse. */
  onSend: (message: OutboundMessage) => Promise<void> | void;
  /** Channel ids that are received now, by the process that asked. */
  receiving: Map<string, number>;
}

/** Takes the mail adapter's place for the tests of a file. */
export function placeFarMail(): FarMail {
  const far: FarMail = { sent: [], onSend: () => undefined, receiving: new Map() };
  const fake: ChannelAdapter<EmailConfig> = {
    kind: 'email',
    undoWindowMs: 0,
    receive({ id }): Receiver {
      far.receiving.set(id, (far.receiving.get(id) ?? 0) + 1);
      return {
        stop: async () => void far.receiving.set(id, (far.receiving.get(id) ?? 1) - 1),
      };
    },
    async send(_channel, message) {
      far.sent.push(message);
      await far.onSend(message);
      return { externalId: null };
    },
    test: async () => [],
  };
  const real = adapters.email;
  beforeAll(() => void Object.assign(adapters, { email: fake }));
  afterAll(() => void Object.assign(adapters, { email: real }));
  return far;
}
