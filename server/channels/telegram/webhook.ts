import { createHmac, timingSafeEqual } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelHost, ConnectedChannel, Receiver } from '../channel.ts';
import type { TelegramConfig } from '../schema.ts';
import { batchOf } from './batch.ts';
import { call, clientOf } from './client.ts';
import { failureOf } from './failure.ts';
import { untilStopped } from './untilStopped.ts';
import { allowedUpdates } from './update.ts';

/** Telegram is asked this often whether its deliveries arrive. */
const CHECK_EVERY_MS = 60_000;
const RETRY_AFTER_MS = 5_000;

/** Where Telegram posts a channel's updates, under PUBLIC_URL. */
export const webhookPath = (channelId: string) => `/hooks/telegram/${channelId}`;

/** The secret that Telegram sends with each update: known only to who knows the bot's token. */
export function webhookSecret(token: string): string {
  return createHmac('sha256', token).update('parley webhook').digest('base64url');
}

/** The posted header is the channel's secret, compared in constant time. */
export function isFromTelegram(channel: ConnectedChannel<TelegramConfig>, secret: string | undefined): boolean {
  const expected = Buffer.from(webhookSecret(channel.config.token ?? ''));
  const given = Buffer.from(secret ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * Stores one posted update. Resolves when it is durable, and only then may the post be answered with 2xx: Telegram
 * repeats it otherwise. @throws ZodError when the body is no update
 */
export async function takeUpdate(channel: ConnectedChannel<TelegramConfig>, host: ChannelHost, body: unknown) {
  const { next: _, ...batch } = batchOf([body], channel.connectedAt, host.now());
  await host.ingest(channel.id, batch);
}

/** Points the bot at this Parley and watches that its posts arrive; updates wait at Telegram while nobody answers. */
export function watchWebhook(channel: ConnectedChannel<TelegramConfig>, host: ChannelHost): Receiver {
  return untilStopped((stop) => run(channel, host, stop));
}

async function run(channel: ConnectedChannel<TelegramConfig>, host: ChannelHost, stop: AbortSignal) {
  const token = channel.config.token ?? '';
  const client = clientOf(token, host.settings.telegramApiRoot);
  const url = `${host.settings.publicUrl}${webhookPath(channel.id)}`;
  let set = false;
  while (!stop.aborted) {
    let nextMs = CHECK_EVERY_MS;
    try {
      if (!set) {
        const parameters = { url, secret_token: webhookSecret(token), allowed_updates: allowedUpdates };
        await call(client, 'setWebhook', parameters, { signal: stop });
        set = true;
      }
      const info = await call(client, 'getWebhookInfo', undefined, { signal: stop });
      set = info.url === url;
      if (!set) nextMs = 0;
      const failing = info.pending_update_count > 0 && info.last_error_message;
      await host.health(channel.id, {
        state: failing ? 'retrying' : 'ok',
        lastCheckedAt: host.now(),
        error: failing ? `Telegram cannot deliver to ${url}: ${info.last_error_message}` : null,
      });
    } catch (error) {
      if (stop.aborted) return;
      const failure = failureOf(error);
      nextMs = failure.kind === 'again' ? (failure.afterMs ?? RETRY_AFTER_MS) : CHECK_EVERY_MS;
      const state = failure.kind === 'again' ? 'retrying' : 'failed';
      host.log.warn({ channelId: channel.id, why: failure.words }, 'telegram webhook');
      await host
        .health(channel.id, { state, lastCheckedAt: host.now(), error: failure.words })
        .catch((thrown: unknown) =>
          host.log.error({ channelId: channel.id, error: String(thrown) }, 'health not stored'),
        );
    }
    await pause(nextMs, undefined, { signal: stop }).catch(() => undefined);
  }
}
