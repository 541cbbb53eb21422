import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelHost, ConnectedChannel, Receiver } from '../channel.ts';
import type { TelegramConfig } from '../schema.ts';
import { batchOf, CURSOR, position } from './batch.ts';
import { call, clientOf } from './client.ts';
import { type Failure, failureOf } from './failure.ts';
import { untilStopped } from './untilStopped.ts';
import { allowedUpdates } from './update.ts';

/** How long Telegram holds an empty answer back. */
const WAIT_S = 25;
/** Past that time the connection is taken for dead. */
const DEAD_AFTER_MS = (WAIT_S + 15) * 1000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
/**
 * After a week without updates Telegram may go on with a lower id (core.telegram.org/bots/api#update), which an old
 * offset would skip unread. What is asked for without an offset is at most received again, and that is harmless.
 */
const OFFSET_GOOD_FOR_MS = 6 * 24 * 3_600_000;

/**
 * Reads a bot by long polling until it is stopped. Telegram forgets an update only when a later call's offset is past
 * it, and the offset moves in the transaction that stored the messages: a crash anywhere reads again and loses nothing.
 */
export function poll(channel: ConnectedChannel<TelegramConfig>, host: ChannelHost): Receiver {
  return untilStopped((stop) => run(channel, host, stop));
}

async function run(channel: ConnectedChannel<TelegramConfig>, host: ChannelHost, stop: AbortSignal) {
  let failures = 0;
  while (!stop.aborted) {
    try {
      await read(channel, host, stop, () => {
        failures = 0;
      });
    } catch (error) {
      if (stop.aborted) return;
      const failure = error instanceof NotStored ? error.failure : failureOf(error);
      await report(channel, host, failure);
      await pause(pauseAfter(failure, failures++), undefined, { signal: stop }).catch(() => undefined);
    }
  }
}

async function read(
  channel: ConnectedChannel<TelegramConfig>,
  host: ChannelHost,
  stop: AbortSignal,
  succeeded: () => void,
) {
  const client = clientOf(channel.config.token ?? '', host.settings.telegramApiRoot);
  const known = position.safeParse(await host.cursor(channel.id, CURSOR));
  let last = known.success ? known.data : null;
  // The first answer comes at once, so that the channel's state is known soon after the start.
  let waitS = 0;
  while (!stop.aborted) {
    const fresh = last && host.now().getTime() - Date.parse(last.at) < OFFSET_GOOD_FOR_MS;
    const parameters = {
      timeout: waitS,
      limit: 100,
      allowed_updates: allowedUpdates,
      ...(fresh ? { offset: last?.offset } : {}),
    };
    const updates = await call(client, 'getUpdates', parameters, { limitMs: DEAD_AFTER_MS, signal: stop });
    waitS = WAIT_S;
    if (updates.length > 0) {
      const { next, ...batch } = batchOf(updates, channel.connectedAt, host.now());
      last = { offset: next ?? 0, at: host.now().toISOString() };
      await host.ingest(channel.id, { ...batch, cursor: { name: CURSOR, position: last } }).catch((error: unknown) => {
        throw new NotStored(error);
      });
    }
    succeeded();
    await host.health(channel.id, { state: 'ok', lastCheckedAt: host.now(), remoteCount: null, error: null });
  }
}

/** Our own side failed: the updates stay at Telegram and are read again. */
class NotStored extends Error {
  readonly failure: Failure;

  constructor(cause: unknown) {
    super('could not store what Telegram gave', { cause });
    const why = cause instanceof Error ? cause.message : String(cause);
    const words = `Parley could not store what Telegram gave, and reads it again: ${why}`;
    this.failure = { kind: 'again', afterMs: null, words };
  }
}

/** Says what is wrong; a webhook that somebody set is taken away, because this channel was told to poll. */
async function report(channel: ConnectedChannel<TelegramConfig>, host: ChannelHost, failure: Failure) {
  host.log.warn({ channelId: channel.id, why: failure.words }, 'telegram polling');
  if (failure.kind === 'conflict' && failure.webhook) {
    const client = clientOf(channel.config.token ?? '', host.settings.telegramApiRoot);
    await call(client, 'deleteWebhook', undefined).catch((error: unknown) =>
      host.log.warn({ channelId: channel.id, why: failureOf(error).words }, 'the webhook stays'),
    );
    return;
  }
  const state = failure.kind === 'bot' ? 'failed' : 'retrying';
  await host
    .health(channel.id, { state, lastCheckedAt: host.now(), error: failure.words })
    .catch((error: unknown) => host.log.error({ channelId: channel.id, error: String(error) }, 'health not stored'));
}

function pauseAfter(failure: Failure, failures: number): number {
  if (failure.kind === 'again' && failure.afterMs !== null) return failure.afterMs;
  if (failure.kind === 'bot') return LONGEST_PAUSE_MS;
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10));
}
