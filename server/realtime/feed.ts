import pg from 'pg';
import type { Db } from '../db/client.ts';
import type { EventScope } from '../events/catalogue.ts';
import { pause } from '../lib/lines.ts';
import type { Log } from '../lib/log.ts';
import { maySeeThread, type Viewer } from '../users/viewer.ts';
import { mayKnow } from './audience.ts';
import type { FeedEvent } from './schema.ts';

/** One numbered event with who may know it. */
export interface FedEvent {
  seq: bigint;
  event: FeedEvent;
  scope: EventScope;
}

/** What a process knows of the feed: where it ends, and every new event in order. */
export interface Feed {
  /** The last number this process has told its listeners. */
  readonly position: bigint;
  /** In order, each once; answers how to stop listening. */
  onEvent(listener: (event: FedEvent) => void): () => void;
  /** Look now (the own sequencer numbered something). */
  wake(): void;
  /** Other words by NOTIFY: presence and typing. */
  onNotice(listener: (notice: unknown) => void): void;
  notify(notice: unknown): Promise<void>;
  stop(): Promise<void>;
}

const pageSize = 1000;
const pollMs = 1000;
/** Events older than this many numbers are not caught up with: ask afresh. */
export const catchUpLimit = 20_000n;

/** Tails `event` by `seq`: NOTIFY wakes it, a poll backs it up, so a lost notification costs a second and no event. */
export async function startFeed(db: Db, url: string, log: Log): Promise<Feed> {
  const listeners: ((event: FedEvent) => void)[] = [];
  const noticeListeners: ((notice: unknown) => void)[] = [];
  const [last] = await db.$queryRaw<{ seq: bigint | null }[]>`SELECT max(seq) AS seq FROM event`;
  let position = last?.seq ?? 0n;
  const stopping = new AbortController();
  let nudge = new AbortController();
  const wake = () => nudge.abort();

  const listening = keepListening(url, stopping.signal, log, (channel, payload) => {
    if (channel === 'parley_feed') wake();
    else for (const listener of noticeListeners) listener(JSON.parse(payload));
  });

  const tail = async () => {
    while (!stopping.signal.aborted) {
      nudge = new AbortController();
      try {
        const page = await readAfter(db, position, pageSize);
        for (const item of page) {
          position = item.seq;
          for (const listener of [...listeners]) listener(item);
        }
        if (page.length === pageSize) continue;
      } catch (error) {
        if (!stopping.signal.aborted) log.warn({ error: String(error) }, 'the feed could not be read; trying again');
      }
      await pause(pollMs, nudge.signal);
    }
  };
  const tailing = tail();

  return {
    get position() {
      return position;
    },
    onEvent(listener) {
      listeners.push(listener);
      return () => void listeners.splice(listeners.indexOf(listener), 1);
    },
    onNotice: (listener) => noticeListeners.push(listener),
    wake,
    async notify(notice) {
      await db.$executeRaw`SELECT pg_notify('parley_notice', ${JSON.stringify(notice)})`;
    },
    async stop() {
      stopping.abort();
      wake();
      await Promise.all([tailing, listening]);
    },
  };
}

/** Whether nothing has that number yet: the cursor is of another database, or of one that was restored from before it. */
export async function isUnknown(db: Db, feed: Pick<Feed, 'position'>, cursor: bigint): Promise<boolean> {
  if (cursor <= feed.position) return false;
  // Another process may be a moment ahead of this one.
  const [last] = await db.$queryRaw<{ seq: bigint | null }[]>`SELECT max(seq) AS seq FROM event`;
  return cursor > (last?.seq ?? 0n);
}

/** Numbered events after a cursor, in order. */
export async function readAfter(db: Db, after: bigint, limit: number): Promise<FedEvent[]> {
  const rows = await db.$queryRaw<
    { seq: bigint; type: string; at: Date; ids: FeedEvent['ids']; patch: FeedEvent['patch']; scope: EventScope }[]
  >`
    SELECT seq, type, at, ids, patch, scope FROM event WHERE seq > ${after} ORDER BY seq LIMIT ${limit}`;
  return rows.map((row) => ({
    seq: row.seq,
    scope: row.scope,
    event: { cursor: String(row.seq), type: row.type, at: row.at.toISOString(), ids: row.ids, patch: row.patch },
  }));
}

/**
 * Past events as a viewer may know them now. A thread that has left their sight, by the event itself or at any time since, is told
 * as its going, and no more: what lay open once is no reason to read it today.
 */
export async function forViewer(
  db: Db,
  viewer: Viewer,
  items: FedEvent[],
): Promise<{ seq: bigint; event: FeedEvent }[]> {
  const known = items.flatMap((item) => {
    const answer = mayKnow(viewer, item.scope);
    return answer === 'no' ? [] : [{ ...item, gone: answer === 'left' }];
  });
  const unseen = viewer.role === 'consultant' ? await outOfSight(db, viewer, known) : new Set();
  return known.map(({ seq, event, scope, gone }) => ({
    seq,
    event: gone || (scope.thread !== undefined && unseen.has(event.ids.threadId)) ? leaving(event) : event,
  }));
}

/** Which of the threads in these events the viewer may not see now. */
async function outOfSight(db: Db, viewer: Viewer, items: FedEvent[]): Promise<Set<string | null | undefined>> {
  const ids = [...new Set(items.flatMap(({ event, scope }) => (scope.thread && event.ids.threadId) || []))];
  if (ids.length === 0) return new Set();
  const rows = await db.thread.findMany({
    where: { id: { in: ids } },
    select: { id: true, assigneeId: true, teamId: true, storeId: true },
  });
  return new Set(rows.filter((place) => !maySeeThread(viewer, place)).map(({ id }) => id));
}

export function leaving(event: FeedEvent): FeedEvent {
  return {
    cursor: event.cursor,
    type: 'thread.left',
    at: event.at,
    ids: { threadId: event.ids.threadId ?? null },
    patch: {},
  };
}

async function keepListening(
  url: string,
  signal: AbortSignal,
  log: Log,
  onNotice: (channel: string, payload: string) => void,
): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({ connectionString: url, application_name: 'parley-feed', keepAlive: true });
    let lose = () => {};
    const lost = new Promise<void>((resolve) => {
      lose = resolve;
    });
    client.once('error', lose);
    client.once('end', lose);
    signal.addEventListener('abort', lose);
    try {
      await client.connect();
      client.on('notification', (message) => onNotice(message.channel, message.payload ?? ''));
      await client.query('LISTEN parley_feed; LISTEN parley_notice');
      onNotice('parley_feed', '');
      await lost;
    } catch (error) {
      log.warn({ error: String(error) }, 'the feed lost its wake-up connection; polling until it is back');
      await pause(500, signal);
    } finally {
      signal.removeEventListener('abort', lose);
      await client.end().catch(() => undefined);
    }
  }
}
