import express, { type Express, type Request, type Response } from 'express';
import { ZodError, z } from 'zod';
import type { Deps } from '../../deps.ts';
import { isId } from '../../lib/id.ts';
import type { ConnectedChannel } from '../channel.ts';
import { connect } from '../connected.ts';
import type { TelegramConfig } from '../schema.ts';
import { telegram } from './adapter.ts';
import { isFromTelegram, takeUpdate, webhookPath } from './webhook.ts';

type Needs = Pick<Deps, 'db' | 'box' | 'host' | 'log' | 'feed'>;

/** An update is a few kilobytes; files come by their own way. */
const UPDATE_LIMIT = '1mb';
/** Telegram shows «typing» for five seconds. */
const TYPING_EVERY_MS = 4_000;

/** Takes what Telegram posts to webhooks. Answers 2xx only when the update is stored; Telegram repeats it otherwise. */
export function attachWebhooks(app: Express, needs: Needs): void {
  app.post(webhookPath(':id'), express.json({ limit: UPDATE_LIMIT }), (request, response, next) => {
    takePost(needs, request, response).catch(next);
  });
}

/** Shows clients in Telegram that a colleague writes. */
export function relayTyping({ db, box, host, log, feed }: Needs): void {
  const lastAt = new Map<string, number>();
  const started = z.object({ kind: z.literal('typing'), threadId: z.uuid(), typing: z.literal(true) });
  feed.onNotice((said) => {
    const notice = started.safeParse(said);
    if (!notice.success) return;
    const { threadId } = notice.data;
    const now = Date.now();
    if (now - (lastAt.get(threadId) ?? 0) < TYPING_EVERY_MS) return;
    for (const [id, at] of lastAt) if (now - at > TYPING_EVERY_MS) lastAt.delete(id);
    lastAt.set(threadId, now);
    show(threadId).catch((error: unknown) => log.debug({ threadId, error: String(error) }, 'typing was not shown'));
  });

  async function show(threadId: string) {
    const thread = await db.thread.findUnique({
      where: { id: threadId },
      select: { channelId: true, channelKind: true },
    });
    if (thread?.channelKind !== 'telegram') return;
    const row = await db.channel.findFirst({ where: { id: thread.channelId, removedAt: null, pausedAt: null } });
    const heard = await db.message.findFirst({
      where: { threadId, channelId: thread.channelId, direction: 'inbound', classification: 'person' },
      orderBy: { receivedAt: 'desc' },
      select: { authorAddress: true },
    });
    if (!row || !heard?.authorAddress) return;
    const to = { kind: 'telegram' as const, value: heard.authorAddress, verified: true };
    await telegram.typing?.(connect(box, row) as ConnectedChannel<TelegramConfig>, to, host);
  }
}

async function takePost({ db, box, host }: Needs, request: Request, response: Response) {
  const { id } = request.params;
  const row = isId(id) ? await db.channel.findFirst({ where: { id, kind: 'telegram', removedAt: null } }) : null;
  const channel = row ? (connect(box, row) as ConnectedChannel<TelegramConfig>) : null;
  if (!row || channel?.config.mode !== 'webhook') return void response.status(404).end();
  if (!isFromTelegram(channel, request.get('X-Telegram-Bot-Api-Secret-Token'))) return void response.status(403).end();
  // A paused channel leaves its updates with Telegram, which keeps them for a day.
  if (row.pausedAt !== null) return void response.status(503).end();
  try {
    await takeUpdate(channel, host, request.body);
    response.status(200).end();
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    response.status(400).end();
  }
}
