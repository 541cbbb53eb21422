import { Telegram } from 'telegraf';
import type { Telegram as Methods } from 'telegraf/types';

type Opts<M extends keyof Methods> = Parameters<Methods[M]>[0];

/** A bot's client, of telegraf's network part alone; `apiRoot` is Telegram's address or a stand-in's. */
export function clientOf(token: string, apiRoot: string): Telegram {
  // With a slash at its end, so that a root with a path keeps its path.
  return new Telegram(token, { apiRoot: `${apiRoot.replace(/\/*$/, '')}/`, webhookReply: false });
}

/** An ordinary call takes this long at most. */
export const CALL_LIMIT_MS = 30_000;

/** Calls a method; aborts after `limitMs` or with `signal`. @throws TelegramError, or the network's own error */
export function call<M extends keyof Methods>(
  client: Telegram,
  method: M,
  parameters: Opts<M>,
  { limitMs = CALL_LIMIT_MS, signal }: { limitMs?: number; signal?: AbortSignal } = {},
): Promise<ReturnType<Methods[M]>> {
  const limit = AbortSignal.timeout(limitMs);
  const either = signal ? AbortSignal.any([limit, signal]) : limit;
  // telegraf is typed for a polyfill of AbortSignal that the platform's own one satisfies at run time.
  return client.callApi(method, (parameters ?? {}) as never, { signal: either as never });
}
