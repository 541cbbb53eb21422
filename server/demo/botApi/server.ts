import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bot, type SharedFile } from './bot.ts';
import { ApiError, type Call, methods } from './methods.ts';

/** A running stand-in. */
export interface BotApi {
  /** What TELEGRAM_API_ROOT is set to, `http://127.0.0.1:<port>`. */
  url: string;
  /** Registers a bot; its token is `<id>:<secret>`. */
  bot(token: string, name: string): Bot;
  close(): Promise<void>;
}

/** Telegram tries a failed webhook again after a growing pause. */
const WEBHOOK_RETRY_MS = [50, 200, 1_000, 5_000];
/** Uploads through the Bot API end at 50 MB (core.telegram.org/bots/api#sending-files). */
const UPLOAD_LIMIT_BYTES = 50 * 1024 * 1024;

/**
 * A server that speaks the Telegram Bot API over HTTP (core.telegram.org/bots/api) for tests and the demo: the same
 * paths, parameters, answers and errors. `firstId` is where update and message ids begin (by default they follow the
 * clock, so that ids grow over restarts as Telegram's do).
 */
export async function startBotApi({
  port = 0,
  firstId = Math.floor(Date.now() / 100) - 17_000_000_000,
} = {}): Promise<BotApi> {
  const bots = new Map<string, Bot>();
  const stop = new AbortController();
  const server = createServer((request, response) => {
    answer(bots, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bot: (token, name) => {
      const bot = bots.get(token) ?? new Bot(token, name, firstId);
      if (!bots.has(token)) void pushToWebhook(bot, stop.signal);
      bots.set(token, bot);
      return bot;
    },
    close: async () => {
      stop.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(bots: Map<string, Bot>, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const file = url.pathname.match(/^\/file\/bot([^/]+)\/(.+)$/);
  if (file) return download(bots.get(file[1] ?? ''), file[2] ?? '', response);
  const [, token, name] = url.pathname.match(/^\/bot([^/]+)\/(\w+)$/) ?? [];
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const bot = bots.get(token ?? '');
    if (!token || !name) throw new ApiError(404, 'Not Found');
    if (!bot) throw new ApiError(401, 'Unauthorized');
    const method = methods[name.toLowerCase()];
    if (!method) throw new ApiError(404, 'Not Found: method not found');
    const call = await read(request, url, gone.signal);
    bot.calls.push(name);
    setImmediate(() => bot.notify());
    const failure = bot.takeFailure(name);
    if (failure && !failure.answerLost) throw new ApiError(failure.code, failure.description, failure.retryAfterS);
    const result = await method(bot, call);
    if (failure) return void response.destroy();
    reply(response, 200, { ok: true, result });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const parameters = error.retryAfterS === undefined ? {} : { parameters: { retry_after: error.retryAfterS } };
    reply(response, error.code, { ok: false, error_code: error.code, description: error.message, ...parameters });
  }
}

function reply(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function download(bot: Bot | undefined, path: string, response: ServerResponse) {
  const file = bot?.fileAt(decodeURIComponent(path));
  if (!file) return reply(response, 404, { ok: false, error_code: 404, description: 'Not Found' });
  response
    .writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.content.length })
    .end(file.content);
}

/** Parameters come in the query, as JSON, as a form or as multipart. */
async function read(request: IncomingMessage, url: URL, signal: AbortSignal): Promise<Call> {
  const params: Record<string, unknown> = Object.fromEntries(url.searchParams);
  const files = new Map<string, SharedFile>();
  const body = await bytes(request);
  const type = request.headers['content-type'] ?? '';
  if (body.length > 0 && type.startsWith('application/json')) Object.assign(params, parseJson(body));
  else if (body.length > 0 && type !== '') {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    for (const [name, value] of form) {
      if (typeof value === 'string') params[name] = value;
      else files.set(name, { name: value.name, type: value.type, content: new Uint8Array(await value.arrayBuffer()) });
    }
  }
  return { params, files, signal };
}

function parseJson(body: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  } catch {
    throw new ApiError(400, "Bad Request: can't parse JSON object");
  }
}

async function bytes(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > UPLOAD_LIMIT_BYTES) throw new ApiError(413, 'Request Entity Too Large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Delivers waiting updates to the bot's webhook, one at a time and in order, until each is taken with 2xx. */
async function pushToWebhook(bot: Bot, stop: AbortSignal) {
  let failures = 0;
  while (!stop.aborted) {
    const webhook = bot.webhook;
    const next = webhook ? bot.pending(0, 1)[0] : undefined;
    if (!webhook || !next) {
      await bot.changed(60_000, stop);
      continue;
    }
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (webhook.secret !== undefined) headers['X-Telegram-Bot-Api-Secret-Token'] = webhook.secret;
    const status = await fetch(webhook.url, { method: 'POST', headers, body: JSON.stringify(next), signal: stop }).then(
      (response) => response.status,
      (error: unknown) => String(error),
    );
    if (typeof status === 'number' && status >= 200 && status < 300) {
      bot.pending(next.update_id + 1, 1);
      failures = 0;
      continue;
    }
    webhook.lastError = `Wrong response from the webhook: ${status}`;
    await bot.changed(WEBHOOK_RETRY_MS[Math.min(failures++, WEBHOOK_RETRY_MS.length - 1)] ?? 5_000, stop);
  }
}
