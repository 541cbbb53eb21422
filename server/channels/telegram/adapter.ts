import type { Address, ChannelAdapter, ChannelHost, ConnectedChannel } from '../channel.ts';
import type { TelegramConfig } from '../schema.ts';
import { call, clientOf } from './client.ts';
import { failureOf } from './failure.ts';
import { fetchFile } from './files.ts';
import { poll } from './poll.ts';
import { send } from './send.ts';
import { watchWebhook } from './webhook.ts';

type Channel = ConnectedChannel<TelegramConfig>;

/** Telegram bots, by the Bot API (core.telegram.org/bots/api). */
export const telegram: ChannelAdapter<TelegramConfig> = {
  kind: 'telegram',
  undoWindowMs: 0,
  receive: (channel, host) => (channel.config.mode === 'webhook' ? watchWebhook(channel, host) : poll(channel, host)),
  send,
  fetchFile,
  typing,
  test,
  disconnect: async (channel, host) => {
    if (channel.config.mode === 'webhook') await call(connect(channel, host), 'deleteWebhook', undefined);
  },
};

/** A test waits no longer for Telegram. */
const TEST_LIMIT_MS = 10_000;

async function test(channel: Channel, host: ChannelHost) {
  const steps = [];
  try {
    const bot = await call(connect(channel, host), 'getMe', undefined, { limitMs: TEST_LIMIT_MS });
    steps.push({ name: 'Bot', ok: true, message: `This is @${bot.username} (${bot.first_name})` });
  } catch (error) {
    return [{ name: 'Bot', ok: false, message: failureOf(error).words }];
  }
  if (channel.config.mode === 'webhook') {
    const ok = host.settings.publicUrl.startsWith('https://') || !host.settings.telegramApiRoot.startsWith('https://');
    const message = ok
      ? `Telegram will post to ${host.settings.publicUrl}`
      : 'Telegram posts to https addresses only: set PUBLIC_URL to one, or use polling';
    steps.push({ name: 'Webhook', ok, message });
  }
  return steps;
}

async function typing(channel: Channel, to: Address, host: ChannelHost) {
  if (to.kind !== 'telegram') return;
  await call(connect(channel, host), 'sendChatAction', { chat_id: Number(to.value), action: 'typing' });
}

function connect(channel: Channel, host: ChannelHost) {
  return clientOf(channel.config.token ?? '', host.settings.telegramApiRoot);
}
