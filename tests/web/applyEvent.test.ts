import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeedEvent } from '../../server/realtime/schema.ts';
import type { Message, Thread, ThreadRow, ThreadSummary } from '../../server/threads/schema.ts';
import { applyEvent, type Known, readAtOf, threadOf } from '../../web/shared/applyEvent.ts';
import type {
  Cached,
  CachedCounts,
  CachedList,
  CachedMessages,
  CachedThread,
  ListQuery,
} from '../../web/shared/cached.ts';
import { belongs, placeOf, sortsBefore } from '../../web/shared/listOrder.ts';

/** A small server in memory: what happens to threads, and what a fresh fetch of anything would answer. */

const me = 'user-me';
const people = [me, 'user-b', null];
const channels = ['channel-mail', 'channel-chat'];
const tags = ['warranty', 'repair'];

interface World {
  threads: Map<string, ThreadSummary>;
  readAts: Map<string, string>;
  messages: Map<string, Message[]>;
  events: FeedEvent[];
  clock: number;
}

type Step =
  | {
      do: 'open' | 'receive' | 'reply' | 'note' | 'close' | 'reopen' | 'snooze' | 'read' | 'merge';
      thread: number;
      other: number;
    }
  | { do: 'assign'; thread: number; to: number }
  | { do: 'tag'; thread: number; tag: number }
  | { do: 'deliver' | 'undo'; thread: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('open', 'receive', 'receive', 'reply', 'note', 'close', 'reopen', 'snooze', 'read', 'merge'),
    thread: fc.nat(7),
    other: fc.nat(7),
  }) as fc.Arbitrary<Step>,
  fc.record({ do: fc.constant('assign' as const), thread: fc.nat(7), to: fc.nat(2) }),
  fc.record({ do: fc.constant('tag' as const), thread: fc.nat(7), tag: fc.nat(1) }),
  fc.record({ do: fc.constantFrom('deliver' as const, 'undo' as const), thread: fc.nat(7) }),
);

/** Most threads are open from the start, or hardly anything would happen to them. */
const past: fc.Arbitrary<Step[]> = fc
  .tuple(fc.subarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 4 }), fc.array(step))
  .map(([opened, steps]) => [...opened.map((thread) => ({ do: 'open' as const, thread, other: 0 })), ...steps]);

const listQuery: fc.Arbitrary<ListQuery> = fc
  .record({
    status: fc.constantFrom<ListQuery['status']>('open', 'open', 'snoozed', 'closed', 'all'),
    sort: fc.constantFrom<ListQuery['sort']>('last', 'waiting'),
    assignee: fc.constantFrom(undefined, 'me', 'none', 'user-b'),
    tag: fc.constantFrom(undefined, undefined, 'warranty'),
    channel: fc.constantFrom(undefined, undefined, 'channel-chat'),
  })
  .map(
    (query) =>
      Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as unknown as ListQuery,
  );

describe('folding the feed', () => {
  it('gives every list what a fresh fetch of the same window would give', () => {
    fc.assert(
      fc.property(past, fc.array(step), listQuery, fc.integer({ min: 1, max: 5 }), (before, news, query, limit) => {
        const world = play(newWorld(), before);
        const stale = fetchList(world, query, limit);
        play(world, news);
        const folded = fold(world, stale);
        const fresh = windowOf(world, query, stale.end);
        expect(folded.items).toEqual(fresh);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the counters what a fresh count would give, or says that it cannot', () => {
    fc.assert(
      fc.property(past, fc.array(step), (before, news) => {
        const world = play(newWorld(), before);
        const stale = fetchCounts(world);
        play(world, news);
        const folded = fold(world, stale);
        expect(folded.stale || folded.counts).toEqual(folded.stale || fetchCounts(world).counts);
        // The screen had seen every thread there was: nothing is unknown to it.
        expect(folded.stale).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives an open thread what a fresh fetch would give, or says that it cannot', () => {
    fc.assert(
      fc.property(past, fc.array(step), fc.nat(7), (before, news, index) => {
        const world = play(newWorld(), [{ do: 'open', thread: index, other: 0 }, ...before]);
        const id = idOf(index);
        const stale = fetchThread(world, id);
        play(world, news);
        const folded = fold(world, stale);
        if (!folded.stale) expect(folded.thread).toEqual(fetchThread(world, id).thread);
      }),
      { numRuns: 3000 },
    );
  });

  it('names every message that is missing from an open thread, and keeps the marks of the others', () => {
    fc.assert(
      fc.property(past, fc.array(step), fc.nat(7), (before, news, index) => {
        const world = play(newWorld(), [{ do: 'open', thread: index, other: 0 }, ...before]);
        const id = idOf(index);
        const stale = fetchMessages(world, id);
        play(world, news);
        const folded = fold(world, stale);
        if (folded.stale) return;
        const fresh = fetchMessages(world, id).items;
        const brought = fresh.filter((message) => folded.missing.includes(message.id));
        expect([...folded.items, ...brought]).toEqual(fresh);
        expect(folded.missing).toEqual(brought.map((message) => message.id));
      }),
      { numRuns: 3000 },
    );
  });

  it('changes nothing when an event comes twice, or comes late', () => {
    fc.assert(
      fc.property(past, fc.array(step, { minLength: 1 }), listQuery, (before, news, query) => {
        const world = play(newWorld(), before);
        const stale = fetchList(world, query, 3);
        play(world, news);
        const once = fold(world, stale);
        expect(fold(world, once)).toBe(once);
      }),
    );
  });

  it('takes a thread that left the reader’s sight out of the list, and counts it out', () => {
    const world = play(newWorld(), [
      { do: 'open', thread: 0, other: 0 },
      { do: 'open', thread: 1, other: 0 },
    ]);
    const list = fetchList(world, { status: 'open', sort: 'last' }, 10);
    const counts = fetchCounts(world);
    const left: FeedEvent = { cursor: '99', type: 'thread.left', at: iso(99), ids: { threadId: idOf(0) }, patch: {} };
    const known: Known = { meId: me, before: world.threads.get(idOf(0)), readAt: null };
    expect(applyEvent(list, left, known).items.map((row) => row.id)).toEqual([idOf(1)]);
    expect(applyEvent(counts, left, known).counts.all).toBe(1);
  });

  it('asks again for a counter it cannot count down: one that stands at its limit', () => {
    const world = play(newWorld(), [{ do: 'open', thread: 0, other: 0 }]);
    const counts = fetchCounts(world);
    const capped = { ...counts, counts: { ...counts.counts, all: 1, limit: 1 } };
    play(world, [{ do: 'close', thread: 0, other: 0 }]);
    expect(fold(world, capped).stale).toBe(true);
  });
});

function newWorld(): World {
  return { threads: new Map(), readAts: new Map(), messages: new Map(), events: [], clock: 0 };
}

function play(world: World, steps: Step[]): World {
  for (const each of steps) act(world, each);
  return world;
}

function act(world: World, each: Step): void {
  const id = idOf(each.thread);
  const thread = world.threads.get(id);
  world.clock += 1;
  if (each.do === 'open') {
    if (thread !== undefined) return;
    world.threads.set(id, newThread(id, each.thread, world));
    world.messages.set(id, []);
    tell(world, 'thread.opened', id);
    return;
  }
  if (thread === undefined || thread.mergedIntoId !== null) return;
  switch (each.do) {
    case 'receive': {
      const channelId = channels[each.other % 2] ?? '';
      const messageId = addMessage(world, id, 'inbound');
      Object.assign(thread, {
        status: 'open',
        closedAt: null,
        snoozedUntil: null,
        channelId,
        lastInboundAt: now(world),
      });
      thread.waitingSince ??= now(world);
      tell(world, 'message.received', id, { messageId });
      return;
    }
    case 'reply': {
      const messageId = addMessage(world, id, 'outbound');
      thread.waitingSince = null;
      tell(world, 'message.sent', id, { messageId });
      return;
    }
    case 'note':
      tell(world, 'message.noted', id, { messageId: addMessage(world, id, 'note') });
      return;
    case 'close':
      Object.assign(thread, { status: 'closed', closedAt: now(world), waitingSince: null });
      tell(world, 'thread.closed', id);
      return;
    case 'reopen':
      Object.assign(thread, { status: 'open', closedAt: null, snoozedUntil: null });
      tell(world, 'thread.reopened', id);
      return;
    case 'snooze':
      Object.assign(thread, { status: 'snoozed', snoozedUntil: iso(world.clock + 1000) });
      tell(world, 'thread.snoozed', id);
      return;
    case 'assign':
      thread.assigneeId = people[each.to] ?? null;
      tell(world, 'thread.assigned', id);
      return;
    case 'tag':
      thread.tags = [...new Set([...thread.tags, tags[each.tag] ?? ''])];
      tell(world, 'thread.tagged', id);
      return;
    case 'read':
      world.readAts.set(id, now(world));
      push(world, 'thread.read', { threadId: id }, { readAt: now(world) });
      return;
    case 'merge': {
      const other = world.threads.get(idOf(each.other));
      if (other === undefined || other.id === id || other.mergedIntoId !== null) return;
      Object.assign(other, { status: 'closed', mergedIntoId: id, closedAt: now(world), waitingSince: null });
      world.messages.get(id)?.push(...(world.messages.get(other.id) ?? []).splice(0));
      tell(world, 'thread.merged', other.id, { intoId: id });
      tell(world, 'thread.merged', id, { otherId: other.id });
      return;
    }
    case 'deliver': {
      const message = lastOutbound(world, id);
      if (message?.delivery == null) return;
      message.delivery = { ...message.delivery, state: 'sent', attempts: 1 };
      const { state, attempts } = message.delivery;
      tell(
        world,
        'delivery.changed',
        id,
        { messageId: message.id },
        { delivery: { messageId: message.id, state, attempts } },
      );
      return;
    }
    case 'undo': {
      const message = lastOutbound(world, id);
      if (message === undefined) return;
      world.messages.set(
        id,
        (world.messages.get(id) ?? []).filter((one) => one !== message),
      );
      tell(world, 'delivery.undone', id, { messageId: message.id });
      return;
    }
  }
}

function lastOutbound(world: World, id: string): Message | undefined {
  return world.messages.get(id)?.findLast((message) => message.direction === 'outbound');
}

function tell(world: World, type: string, id: string, ids = {}, patch = {}): void {
  const thread = world.threads.get(id);
  push(
    world,
    type,
    { threadId: id, clientId: thread?.clientId ?? null, ...ids },
    { thread: structuredClone(thread), ...patch },
  );
}

function push(world: World, type: string, ids: FeedEvent['ids'], patch: FeedEvent['patch']): void {
  world.events.push({ cursor: String(world.events.length + 1), type, at: now(world), ids, patch });
}

function addMessage(world: World, threadId: string, direction: Message['direction']): string {
  const thread = world.threads.get(threadId);
  const id = `message-${String(world.clock).padStart(4, '0')}`;
  const delivery =
    direction === 'outbound'
      ? { state: 'pending' as const, attempts: 0, error: null, dueAt: now(world), repeated: false }
      : null;
  world.messages.get(threadId)?.push({ id, threadId, direction, receivedAt: now(world), delivery } as Message);
  if (thread !== undefined)
    Object.assign(thread, { lastMessageId: id, lastMessageAt: now(world), lastDirection: direction });
  return id;
}

function newThread(id: string, index: number, world: World): ThreadSummary {
  return {
    id,
    clientId: `client-${index % 3}`,
    clientName: `Client ${index % 3}`,
    clientLevel: 'usual',
    companyName: null,
    subject: index % 2 === 0 ? `Matter ${index}` : '',
    preview: '',
    status: 'open',
    assigneeId: null,
    teamId: null,
    storeId: null,
    channelId: channels[index % 2] ?? '',
    channelKind: 'email',
    tags: [],
    messageCount: 0,
    lastMessageId: null,
    lastMessageAt: now(world),
    lastDirection: 'inbound',
    lastInboundAt: null,
    waitingSince: null,
    dueAt: null,
    snoozedUntil: null,
    closedAt: null,
    botState: 'off',
    historical: false,
    mergedIntoId: null,
    createdAt: now(world),
  };
}

// ---- what a fresh fetch answers

function rowOf(world: World, thread: ThreadSummary): ThreadRow {
  return { ...structuredClone(thread), readAt: world.readAts.get(thread.id) ?? null };
}

function everyRow(world: World, query: ListQuery): ThreadRow[] {
  return [...world.threads.values()]
    .filter((thread) => belongs(thread, query, me))
    .sort((a, b) => (sortsBefore(placeOf(a, query.sort), placeOf(b, query.sort), query.sort) ? -1 : 1))
    .map((thread) => rowOf(world, thread));
}

function windowOf(world: World, query: ListQuery, end: CachedList['end']): ThreadRow[] {
  return everyRow(world, query).filter(
    (row) => end === null || !sortsBefore(end, placeOf(row, query.sort), query.sort),
  );
}

function fetchList(world: World, query: ListQuery, limit: number): CachedList {
  const rows = everyRow(world, query);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    kind: 'list',
    query,
    items,
    nextCursor: more ? 'next' : null,
    end: more ? placeOf(last, query.sort) : null,
    cursor: String(world.events.length),
    stale: false,
  };
}

function fetchCounts(world: World): CachedCounts {
  const threads = [...world.threads.values()].filter((thread) => thread.mergedIntoId === null);
  const open = threads.filter((thread) => thread.status === 'open');
  return {
    kind: 'counts',
    counts: {
      mine: open.filter((thread) => thread.assigneeId === me).length,
      unassigned: open.filter((thread) => thread.assigneeId === null).length,
      all: open.length,
      waiting: threads.filter((thread) => thread.waitingSince !== null).length,
      limit: 9999,
    },
    cursor: String(world.events.length),
    stale: false,
  };
}

function fetchThread(world: World, id: string): CachedThread {
  const summary = world.threads.get(id);
  if (summary === undefined) throw new Error(`no thread ${id}`);
  const thread: Thread = {
    ...rowOf(world, summary),
    botReason: null,
    firstResponseAt: world.messages.get(id)?.some((message) => message.direction === 'outbound') ? iso(1) : null,
    replyChannels: [],
    siblings: [...world.threads.values()]
      .filter((other) => other.id !== id && other.clientId === summary.clientId)
      .filter((other) => other.status !== 'closed' && other.mergedIntoId === null)
      .sort((a, b) => (a.lastMessageAt < b.lastMessageAt ? 1 : -1))
      .map(({ id: otherId, subject, preview, channelKind, lastMessageAt }) => ({
        id: otherId,
        subject: subject === '' ? preview : subject,
        channelKind,
        lastMessageAt,
      })),
    moves: [],
  };
  return { kind: 'thread', thread, cursor: String(world.events.length), stale: false };
}

function fetchMessages(world: World, threadId: string): CachedMessages {
  return {
    kind: 'messages',
    threadId,
    items: structuredClone(world.messages.get(threadId) ?? []),
    olderCursor: null,
    missing: [],
    cursor: String(world.events.length),
    stale: false,
  };
}

/** Folds the whole feed, as the screen does: remembering each thread and read mark as it goes by. */
function fold<T extends Cached>(world: World, stale: T): T {
  const seen = new Map<string, ThreadSummary>();
  const readAts = new Map<string, string>();
  let piece = stale;
  for (const event of world.events) {
    const id = event.ids.threadId ?? '';
    const readAt = readAtOf(event);
    if (readAt !== undefined) readAts.set(id, readAt);
    piece = applyEvent(piece, event, { meId: me, before: seen.get(id), readAt: readAts.get(id) ?? null });
    const after = threadOf(event);
    if (after !== null) seen.set(id, after);
  }
  return piece;
}

function idOf(index: number): string {
  return `thread-${index}`;
}

function iso(clock: number): string {
  return new Date(1_700_000_000_000 + clock * 1000).toISOString();
}

function now(world: World): string {
  return iso(world.clock);
}
