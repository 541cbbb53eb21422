import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import type { ThreadPlace } from '../events/catalogue.ts';
import { trustedOrigins } from '../http/auth.ts';
import { byApiKey, keyEnd, type SignedIn, whoAsks } from '../http/session.ts';
import { isId } from '../lib/id.ts';
import { inputProblems } from '../lib/inputWords.ts';
import { needThread } from '../threads/visibility.ts';
import { maySeeThread } from '../users/viewer.ts';
import { mayKnow, roomsFor, roomsLeft, roomsOf } from './audience.ts';
import { catchUpLimit, type FedEvent, forViewer, isUnknown, leaving, readAfter } from './feed.ts';
import { presence, typing } from './schema.ts';

const handshake = z.object({
  token: z.string().max(500).optional(),
  cursor: z.coerce.string().regex(/^\d+$/, 'a cursor that the feed gave').optional(),
});
/** Who may see a thread follows from where it lies; it is told between processes and never to a screen. */
const place = z.object({
  assigneeId: z.string().nullable(),
  teamId: z.string().nullable(),
  storeId: z.string().nullable(),
});
const notice = z.union([
  z.object({ kind: z.literal('presence'), userId: z.string(), threadId: z.null() }),
  z.object({ kind: z.literal('presence'), userId: z.string(), threadId: z.string(), place }),
  z.object({ kind: z.literal('typing'), userId: z.string(), threadId: z.string(), typing: z.boolean() }),
  z.object({ kind: z.literal('visitor'), threadId: z.string(), payload: z.unknown() }),
]);

/** Makes the socket server; the staff namespace is served by serveStaff, the visitors' by the chat channel. */
export function makeSockets(http: HttpServer, origins: string[]): Server {
  return new Server(http, {
    path: '/socket.io',
    serveClient: false,
    cors: { origin: origins, credentials: true },
    maxHttpBufferSize: 1_000_000,
    // A screen notices a dead line by its silence (web/shared/watchLine.ts).
    pingInterval: 4_000,
    pingTimeout: 20_000,
  });
}

/** The staff namespace: what was missed since the cursor, then every event as it is numbered; presence and typing. */
export function serveStaff(io: Server, deps: Pick<Deps, 'auth' | 'config' | 'db' | 'clock' | 'feed' | 'log'>): void {
  const staff = io.of('/staff');
  /** Who looks where, as this process has heard: a screen that comes later is told at once. */
  const looking = new Map<string, Looking>();
  staff.use((socket, next) => {
    const shaken = handshake.safeParse(socket.handshake.auth);
    if (!shaken.success) {
      const errors = inputProblems(shaken.error.issues);
      const title = 'Some of what was sent is not as it should be.';
      return next(Object.assign(new Error(title), { data: { code: 'input.invalid', title, errors } }));
    }
    identify(deps, socket).then(
      (user) => {
        if (user === null) return next(Object.assign(new Error('Sign in first.'), { data: { code: 'signIn.needed' } }));
        socket.data.user = user;
        next();
      },
      (error: unknown) => next(error instanceof Error ? error : new Error(String(error))),
    );
  });
  staff.on('connection', (socket) => {
    // Before it has caught up it is in no other room, and its rights may end meanwhile.
    void socket.join(rightsRoom((socket.data.user as SignedIn).id));
    void catchUp(deps, socket)
      .then(() => tellLooking(socket, looking))
      .catch((error) => {
        deps.log.warn({ error: String(error) }, 'a screen could not catch up; it is asked to load afresh');
        socket.emit('resync');
        socket.disconnect(true);
      });
    void endWithKey(deps, socket).catch((error) => {
      deps.log.warn({ error: String(error) }, 'when a key ends could not be read; its screen connects again');
      socket.disconnect(true);
    });
    relayPresence(deps, socket);
  });

  deps.feed.onEvent((item) => {
    staff.to(roomsOf(item.scope)).emit('event', item.event);
    const left = roomsLeft(item.scope);
    if (left.length > 0) staff.to(left).except(roomsOf(item.scope)).emit('event', leaving(item.event));
    if (item.event.type === 'user.changed') void refreshUser(deps, staff, item);
    if (left.length > 0) void lookAway(deps, staff, item);
    const { thread } = item.scope;
    if (thread === undefined) return;
    // Who may see the thread from now on hears who looks at it.
    for (const [userId, seen] of looking) {
      if (seen.threadId !== item.event.ids.threadId || isSamePlace(seen.place, thread)) continue;
      seen.place = thread;
      staff.to(roomsOf({ thread })).emit('presence', { userId, threadId: seen.threadId, at: seen.at });
    }
  });
  deps.feed.onNotice((said) => {
    const known = notice.safeParse(said);
    if (!known.success) return;
    if (known.data.kind === 'presence') {
      const { userId } = known.data;
      const at = deps.clock.now().toISOString();
      const sighted = known.data.threadId === null ? [] : roomsOf({ thread: known.data.place });
      if (known.data.threadId === null) looking.delete(userId);
      else {
        const { threadId } = known.data;
        looking.set(userId, { threadId, at, place: known.data.place });
        staff.to(sighted).emit('presence', { userId, threadId, at });
      }
      // To all others they look at nothing: that a thread exists is known only to who may read it.
      staff.to('staff').except(sighted).emit('presence', { userId, threadId: null, at });
    }
    if (known.data.kind === 'typing') staff.to(`thread:${known.data.threadId}`).emit('typing', known.data);
    if (known.data.kind === 'visitor')
      staff
        .to(`thread:${known.data.threadId}`)
        .emit('visitor', { threadId: known.data.threadId, ...(known.data.payload as object) });
  });
}

/** Where somebody looks, and who may know it. */
interface Looking {
  threadId: string;
  at: string;
  place: ThreadPlace;
}

function isSamePlace(one: ThreadPlace, other: ThreadPlace): boolean {
  return one.assigneeId === other.assigneeId && one.teamId === other.teamId && one.storeId === other.storeId;
}

/** A screen that comes later is told who looks at what it may see. */
function tellLooking(socket: Socket, looking: Map<string, Looking>): void {
  const { viewer } = socket.data.user as SignedIn;
  for (const [userId, { threadId, at, place }] of looking)
    if (maySeeThread(viewer, place)) socket.emit('presence', { userId, threadId, at });
}

async function identify(
  deps: Pick<Deps, 'auth' | 'config' | 'db' | 'clock'>,
  socket: Socket,
): Promise<SignedIn | null> {
  const auth = handshake.safeParse(socket.handshake.auth);
  const token = auth.success ? auth.data.token : undefined;
  if (token !== undefined) return byApiKey(deps, token);
  const { origin } = socket.handshake.headers;
  // Browsers ask nobody before they open a WebSocket to us from a page elsewhere, and send the cookie along.
  if (origin !== undefined && !trustedOrigins(deps.config).includes(origin)) return null;
  return whoAsks(deps, { headers: socket.handshake.headers });
}

/** Timers count no further. */
const longestTimerMs = 2 ** 31 - 1;

/** A socket that came by a key is cut when the key ends. */
async function endWithKey(deps: Pick<Deps, 'db' | 'clock'>, socket: Socket): Promise<void> {
  const auth = handshake.safeParse(socket.handshake.auth);
  const end = auth.success && auth.data.token !== undefined ? await keyEnd(deps, auth.data.token) : null;
  if (end === null) return;
  const timer = setTimeout(
    () => socket.disconnect(true),
    Math.min(longestTimerMs, end.getTime() - deps.clock.now().getTime()),
  );
  socket.once('disconnect', () => clearTimeout(timer));
}

/** Sends what was missed, then joins the rooms in the same turn in which nothing more is missing. */
async function catchUp(deps: Pick<Deps, 'db' | 'feed'>, socket: Socket): Promise<void> {
  const user = socket.data.user as SignedIn;
  const asked = handshake.safeParse(socket.handshake.auth);
  let at = asked.success && asked.data.cursor !== undefined ? BigInt(asked.data.cursor) : deps.feed.position;
  socket.emit('hello', { cursor: String(deps.feed.position) });
  if (deps.feed.position - at > catchUpLimit || (await isUnknown(deps.db, deps.feed, at))) {
    at = deps.feed.position;
    socket.emit('resync');
  }
  while (at < deps.feed.position) {
    const missed = await readAfter(deps.db, at, 1000);
    if (missed.length === 0) break;
    const told = await forViewer(deps.db, user.viewer, missed);
    // Beyond the position: the feed will tell these itself.
    const end = deps.feed.position;
    for (const { seq, event } of told) if (seq <= end) socket.emit('event', event);
    const last = missed.at(-1)?.seq ?? end;
    at = last < end ? last : end;
  }
  await socket.join(roomsFor(user.viewer));
}

/** A user's rights changed: their sockets are told to come again, with the new ones. */
async function refreshUser(deps: Pick<Deps, 'log'>, staff: ReturnType<Server['of']>, item: FedEvent): Promise<void> {
  const userId = item.event.ids.userId;
  if (userId == null) return;
  try {
    for (const socket of await staff.in(rightsRoom(userId)).fetchSockets()) {
      socket.emit('resync');
      socket.disconnect(true);
    }
  } catch (error) {
    deps.log.warn({ error: String(error) }, 'sockets of a changed user could not be renewed');
  }
}

const rightsRoom = (userId: string) => `rights:${userId}`;

/** Who looks at a thread that left their sight hears no more of its typing. */
async function lookAway(deps: Pick<Deps, 'log'>, staff: ReturnType<Server['of']>, item: FedEvent): Promise<void> {
  const room = `thread:${item.event.ids.threadId}`;
  try {
    for (const socket of await staff.in(room).fetchSockets())
      if (mayKnow((socket.data.user as SignedIn).viewer, item.scope) !== 'yes') socket.leave(room);
  } catch (error) {
    deps.log.warn({ error: String(error) }, 'screens could not be led away from a thread');
  }
}

function relayPresence(deps: Pick<Deps, 'db' | 'feed' | 'log'>, socket: Socket): void {
  const user = socket.data.user as SignedIn;
  let looking: string | null = null;
  const tell = (value: object) =>
    void deps.feed
      .notify(value)
      .catch((error) => deps.log.warn({ error: String(error) }, 'presence could not be told'));
  // One after the other: who looks away and back at once has looked back.
  let turn = Promise.resolve();
  socket.on('presence', (said: unknown) => {
    const parsed = presence.safeParse(said);
    if (!parsed.success) return;
    const { threadId } = parsed.data;
    turn = turn
      .then(() => look(threadId))
      .catch((error) => {
        deps.log.warn({ error: String(error) }, 'where somebody looks could not be told');
      });
  });
  const look = async (threadId: string | null) => {
    if (threadId === looking) return;
    const seen = threadId === null ? null : await placeOf(deps, user, threadId);
    if (threadId !== null && seen === null) return;
    if (looking !== null) await socket.leave(`thread:${looking}`);
    looking = threadId;
    if (threadId !== null) await socket.join(`thread:${threadId}`);
    tell({ kind: 'presence', userId: user.id, threadId, ...(seen === null ? {} : { place: seen }) });
  };
  socket.on('typing', (said: unknown) => {
    const parsed = typing.safeParse(said);
    // Only where they look, which was checked.
    if (parsed.success && parsed.data.threadId === looking) tell({ kind: 'typing', userId: user.id, ...parsed.data });
  });
  socket.on('disconnect', () => {
    if (looking !== null) tell({ kind: 'presence', userId: user.id, threadId: null });
  });
}

/** Where a thread lies; null for one that they may not see. */
async function placeOf(deps: Pick<Deps, 'db'>, user: SignedIn, threadId: string): Promise<ThreadPlace | null> {
  if (!isId(threadId)) return null;
  return needThread(deps.db, user.viewer, threadId).then(
    ({ assigneeId, teamId, storeId }) => ({ assigneeId, teamId, storeId }),
    () => null,
  );
}
