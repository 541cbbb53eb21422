import { type ChannelAdapter, SendError } from '../channel.ts';
import type { PhoneConfig } from '../schema.ts';

/** A telephone exchange: it tells of calls by a signed webhook (calls/api.ts); nothing is written by telephone. */
export const phone: ChannelAdapter<PhoneConfig> = {
  kind: 'phone',
  undoWindowMs: 0,
  receive(channel, host) {
    const told = host.health(channel.id, { state: 'ok', lastCheckedAt: host.now(), error: null });
    return { stop: () => told };
  },
  send: async () => {
    throw new SendError('A client is not written to by telephone. Call them, or choose another channel.', {
      permanent: true,
    });
  },
  test: async (channel, host) => [
    {
      name: 'Webhook',
      ok: true,
      message: `The exchange tells of calls at ${host.settings.publicUrl}/api/v1/calls/events/${channel.id}`,
    },
  ],
};
