import { randomUUID } from 'node:crypto';
import type { Namespace } from 'socket.io';
import { z } from 'zod';
import type { Db } from '../db/client.ts';
import type { ThreadPlace } from '../events/catalogue.ts';
import type { SignedIn } from '../http/session.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { maySeeThread, type Viewer } from '../users/viewer.ts';
import type { Colleague } from '../visitors/state.ts';
import type { Feed } from './feed.ts';

const notice = z.object({
  kind: z.literal('here'),
  processId: z.string(),
  userIds: z.array(z.string()),
  gone: z.boolean(),
});

/** A process says this often who is connected to it, in ms; one unheard of for three times as long is gone. */
const tellEveryMs = 20_000;
const forgetAfterMs = 60_000;
/** A NOTIFY carries at most 8,000 bytes. */
const idsInNotice = 150;
/** Names and rights are read again after, in ms. */
const knownForMs = 30_000;

/** Which colleagues have Parley open now, whatever process they are connected to. */
export interface Here {
  /** Those who may answer a thread at that place, who came first first. */
  whoAnswers(place: ThreadPlace): Promise<Colleague[]>;
  /** Everybody who has a screen open, by id. */
  userIds(): string[];
  /** Somebody came or went. */
  onChange(listener: () => void): void;
  stop(): void;
}

/** Keeps {@link Here} by the staff sockets of this process and what the other processes tell of theirs. */
export function watchHere(staff: Namespace, tools: { db: Db; clock: Clock; feed: Feed; log: Log }): Here {
  const { db, clock, feed, log } = tools;
  const processId = randomUUID();
  const elsewhere = new Map<string, Map<string, number>>();
  const listeners: (() => void)[] = [];
  let known = { at: 0, key: '', people: [] as (Colleague & Viewer)[] };
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const tell = (userIds: string[], gone: boolean) =>
    void feed
      .notify({ kind: 'here', processId, userIds, gone })
      .catch((error) => log.warn({ error: String(error) }, 'who is here could not be told'));

  const own = () => {
    const ids = new Set<string>();
    for (const socket of staff.sockets.values()) ids.add((socket.data.user as SignedIn).id);
    return ids;
  };
  staff.on('connection', (socket) => {
    const { id } = socket.data.user as SignedIn;
    tell([id], false);
    changed();
    socket.on('disconnect', () => {
      if (own().has(id)) return;
      tell([id], true);
      changed();
    });
  });
  feed.onNotice((said) => {
    const parsed = notice.safeParse(said);
    if (!parsed.success || parsed.data.processId === processId) return;
    const users = elsewhere.get(parsed.data.processId) ?? new Map<string, number>();
    elsewhere.set(parsed.data.processId, users);
    const before = users.size;
    for (const id of parsed.data.userIds) {
      if (parsed.data.gone) users.delete(id);
      else users.set(id, Date.now());
    }
    if (users.size !== before) changed();
  });
  const timer = setInterval(() => {
    const ids = [...own()];
    for (let at = 0; at < ids.length; at += idsInNotice) tell(ids.slice(at, at + idsInNotice), false);
  }, tellEveryMs);

  function everybody(): string[] {
    const ids = own();
    for (const users of elsewhere.values()) {
      for (const [id, at] of users) {
        if (Date.now() - at < forgetAfterMs) ids.add(id);
        else users.delete(id);
      }
    }
    return [...ids];
  }

  async function people(): Promise<(Colleague & Viewer)[]> {
    const ids = everybody();
    const key = ids.join();
    const now = clock.now().getTime();
    if (known.key === key && Math.abs(now - known.at) < knownForMs) return known.people;
    const rows = await db.user.findMany({
      where: { id: { in: ids }, deactivatedAt: null },
      select: {
        id: true,
        name: true,
        role: true,
        stores: { select: { storeId: true } },
        teams: { select: { teamId: true } },
      },
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    const found = ids.flatMap((id) => {
      const row = byId.get(id);
      return row === undefined
        ? []
        : [
            {
              userId: id,
              name: row.name,
              role: row.role,
              storeIds: row.stores.map((one) => one.storeId),
              teamIds: row.teams.map((one) => one.teamId),
            },
          ];
    });
    known = { at: now, key, people: found };
    return found;
  }

  return {
    async whoAnswers(place) {
      return (await people())
        .filter((person) => maySeeThread(person, place))
        .map(({ userId, name }) => ({ userId, name }));
    },
    userIds: everybody,
    onChange: (listener) => void listeners.push(listener),
    stop: () => clearInterval(timer),
  };
}
