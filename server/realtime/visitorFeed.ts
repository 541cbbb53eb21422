import { z } from 'zod';
import { findChat } from '../channels/chat/find.ts';
import type { ThreadSummary } from '../threads/schema.ts';
import { ownThreads, readOne } from '../visitors/history.ts';
import { markShown } from '../visitors/read.ts';
import type { FedEvent } from './feed.ts';
import type { Here } from './here.ts';
import { clientTyper, isThreadRoom, type Line, type Lines, linesIn, threadRoom, visitorRoom } from './visitorLine.ts';
import type { VisitorTools } from './visitorSocket.ts';
import type { StateOf } from './visitorState.ts';

const typingNotice = z.object({
  kind: z.literal('typing'),
  userId: z.string(),
  threadId: z.string(),
  typing: z.boolean(),
});

/** Who comes and goes is told to visitors at most this often, in ms. */
const hereEveryMs = 1_000;

/** Events after which the answer to "who answers me?" may be another. */
const changesState = new Set([
  'message.received',
  'message.sent',
  'thread.assigned',
  'thread.closed',
  'thread.reopened',
  'thread.botChanged',
]);

/** Tells visitors' screens in this process what the feed and the colleagues do that concerns them. */
export function tellVisitors(tools: VisitorTools, lines: Lines, here: Here, stateOf: StateOf): void {
  const { db, clock, feed, log, box } = tools;

  feed.onEvent((item) => {
    if (lines.sockets.size === 0) return;
    void handle(item).catch((error) =>
      log.warn(
        { type: item.event.type, error: String(error) },
        'a visitor was not told; their screen learns it when it connects again',
      ),
    );
  });

  async function handle(item: FedEvent): Promise<void> {
    const { type, ids, patch } = item.event;
    const { threadId, messageId } = ids;
    if (type === 'channel.changed' && ids.channelId) await renewChat(ids.channelId);
    if (!threadId) return;
    const room = threadRoom(threadId);
    if (type === 'message.received' && messageId) await showReceived(ids.channelId ?? '', threadId, messageId);
    if (linesIn(lines, room).length === 0) return;
    if (type === 'delivery.changed' && messageId && stateIn(patch) === 'sent') await showSent(room, messageId);
    if (type === 'message.read' && messageId) lines.to(room).emit('read', { messageId });
    if (type === 'thread.read') await showSeen(room, threadId, item.event.at);
    if (type === 'thread.merged' || type === 'thread.split') await regroup(room);
    if (changesState.has(type) && isNews(room, threadId, patch.thread)) await restate(room);
  }

  /** A chat was changed; where it was paused or removed, its screens are cut and told why when they come again. */
  async function renewChat(channelId: string): Promise<void> {
    const screens = [...lines.sockets.values()].filter((screen) => screen.data.chat.id === channelId);
    const [first] = screens;
    if (first === undefined) return;
    const chat = await findChat(db, box, first.data.chat.key);
    for (const screen of screens) {
      if (chat === null) screen.disconnect(true);
      else screen.data.chat = chat;
    }
  }

  /** A visitor's message, on their other screens. */
  async function showReceived(channelId: string, threadId: string, messageId: string): Promise<void> {
    const row = await db.message.findUnique({
      where: { id: messageId },
      select: { authorAddress: true, externalId: true },
    });
    const screens = linesIn(lines, visitorRoom(channelId, row?.authorAddress ?? ''), threadRoom(threadId));
    const others = screens.filter((screen) => !screen.data.own.delete(row?.externalId ?? ''));
    const [other] = others;
    if (other === undefined) return;
    const message = await readOne(db, other.data.scope, messageId);
    for (const screen of others) {
      await lookAnew(screen);
      if (message !== null) screen.emit('message', message);
    }
  }

  async function showSent(room: string, messageId: string): Promise<void> {
    const [screen] = linesIn(lines, room);
    const message = screen && (await readOne(db, screen.data.scope, messageId));
    if (!message) return;
    lines.to(room).emit('message', message);
    await markShown(db, messageId, clock.now());
  }

  /** Somebody of ours has the thread on the screen: the visitor's messages so far are seen. */
  async function showSeen(room: string, threadId: string, at: string): Promise<void> {
    const last = await db.message.findFirst({
      where: { threadId, direction: 'inbound', receivedAt: { lte: new Date(at) } },
      orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
      select: { id: true },
    });
    if (last !== null) lines.to(room).emit('delivery', { messageId: last.id, state: 'read', at });
  }

  /** Threads were merged or split. */
  async function regroup(room: string): Promise<void> {
    for (const screen of linesIn(lines, room)) await lookAnew(screen);
  }

  /** Each screen for itself: two visitors can meet in one thread (their clients were merged), and have others of their own. */
  async function lookAnew(screen: Line): Promise<void> {
    screen.data.threads = await ownThreads(db, screen.data.scope);
    const own = new Set(screen.data.threads.map((thread) => threadRoom(thread.id)));
    for (const room of screen.rooms) if (isThreadRoom(room) && !own.has(room)) await screen.leave(room);
    await screen.join([...own]);
  }

  /** Whether a visitor's screen would say anything else after this: most messages of a conversation change nothing. */
  function isNews(room: string, threadId: string, told: unknown): boolean {
    const known = linesIn(lines, room)[0]?.data.threads.find((thread) => thread.id === threadId);
    const thread = told as Pick<ThreadSummary, 'botState' | 'status' | 'assigneeId' | 'waitingSince'> | undefined;
    if (known === undefined || thread === undefined) return true;
    return (
      known.botState !== thread.botState ||
      known.status !== thread.status ||
      known.assigneeId !== thread.assigneeId ||
      (known.waitingSince?.toISOString() ?? null) !== thread.waitingSince
    );
  }

  async function restate(room: string): Promise<void> {
    for (const screen of linesIn(lines, room)) {
      await lookAnew(screen);
      screen.emit('state', await stateOf(screen.data));
    }
  }

  feed.onNotice((said) => {
    const parsed = typingNotice.safeParse(said);
    if (!parsed.success) return;
    const { threadId, userId, typing } = parsed.data;
    if (userId === clientTyper || linesIn(lines, threadRoom(threadId)).length === 0) return;
    db.user.findUnique({ where: { id: userId }, select: { name: true } }).then(
      (user) => lines.to(threadRoom(threadId)).emit('typing', { name: user?.name ?? '', typing }),
      (error) => log.warn({ error: String(error) }, 'typing was not told'),
    );
  });

  let isTold = true;
  here.onChange(() => {
    if (!isTold) return;
    isTold = false;
    setTimeout(() => {
      isTold = true;
      void restateAll().catch((error) => log.warn({ error: String(error) }, 'visitors were not told who is here'));
    }, hereEveryMs).unref();
  });

  async function restateAll(): Promise<void> {
    for (const screen of [...lines.sockets.values()]) screen.emit('state', await stateOf(screen.data));
  }
}

function stateIn(patch: Record<string, unknown>): unknown {
  return (patch.delivery as { state?: unknown } | undefined)?.state;
}
