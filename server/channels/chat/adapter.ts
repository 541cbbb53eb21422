import type { ChannelAdapter, ChannelHost, ConnectedChannel } from '../channel.ts';
import type { ChatConfig } from '../schema.ts';
import { originsOf } from './origins.ts';

/** The chat on a shop's pages; visitors write by sockets, so there is nothing to receive by itself. */
export const chat: ChannelAdapter<ChatConfig> = {
  kind: 'chat',
  undoWindowMs: 0,
  receive(channel, host) {
    const told = host.health(channel.id, { state: 'ok', lastCheckedAt: host.now(), error: null });
    return { stop: () => told };
  },
  // Stored is sent: visitors' screens learn of it from the feed, whichever process they are connected to.
  send: async () => ({ externalId: null }),
  test,
};

async function test(channel: ConnectedChannel<ChatConfig>, host: ChannelHost) {
  const origins = originsOf(channel.config.allowedOrigins, host.settings.publicUrl);
  return [{ name: 'Pages', ok: true, message: `The chat may stand on pages of ${origins.join(', ')}` }];
}
