import type { Server } from 'socket.io';
import { findChat } from '../channels/chat/find.ts';
import { addressesOf } from '../channels/chat/inbound.ts';
import { connectionLimit, Limiter, newVisitorLimit } from '../channels/chat/limit.ts';
import { fileAddress, isSignedUser, readVisitor, signVisitor, visitorOf } from '../channels/chat/token.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { inputProblems } from '../lib/inputWords.ts';
import { callerAddress, callerNetwork } from '../lib/proxies.ts';
import { ownThreads, readHistory } from '../visitors/history.ts';
import { type ShopUser, visitorAuth } from '../visitors/schema.ts';
import type { Here } from './here.ts';
import { tellVisitors } from './visitorFeed.ts';
import { hearVisitor } from './visitorInput.ts';
import { type Line, type LineData, type Lines, roomsOfVisitor, threadRoom } from './visitorLine.ts';
import { stateReader } from './visitorState.ts';

export type VisitorTools = Pick<Deps, 'db' | 'clock' | 'config' | 'log' | 'files' | 'box' | 'host' | 'feed'>;

/**
 * The visitors' namespace. A visitor is who their token says, the shop's user when the shop's signature says so, and sees
 * the own conversation in this chat and nothing else.
 */
export function serveVisitors(io: Server, tools: VisitorTools, here: Here): void {
  // The namespace speaks the two event lists of visitors/schema.ts; socket.io types those of the whole server only.
  const lines = io.of('/visitor') as unknown as Lines;
  const limits = { connections: new Limiter(connectionLimit), newcomers: new Limiter(newVisitorLimit) };
  const stateOf = stateReader(tools, here);

  lines.use((line, next) => {
    admit(tools, limits, line).then(
      (data) => {
        Object.assign(line.data, data);
        next();
      },
      (error: unknown) => {
        const known = error instanceof AppError ? error : null;
        if (known === null) tools.log.error({ error: String(error) }, 'a visitor could not be let in');
        const code = known?.code ?? 'unavailable';
        const title = known?.message ?? 'The chat is not available right now.';
        const errors = known?.errors.length ? { errors: known.errors } : {};
        next(Object.assign(new Error(title), { data: { code, title, ...errors } }));
      },
    );
  });
  lines.on('connection', (line) => {
    hearVisitor(tools, lines, line, stateOf);
    void welcome(tools, line, stateOf).catch((error) => {
      tools.log.warn({ error: String(error) }, 'a visitor could not be greeted; their screen connects again');
      // Cut, not refused: the screen comes back by itself.
      line.conn.close();
    });
  });
  tellVisitors(tools, lines, here, stateOf);
}

/** @throws AppError when the chat is not there, the shop's signature is wrong, or one address connects too often */
async function admit(
  { db, box, clock, config }: VisitorTools,
  limits: { connections: Limiter; newcomers: Limiter },
  line: Line,
): Promise<LineData> {
  const parsed = visitorAuth.safeParse(line.handshake.auth);
  if (!parsed.success)
    throw new AppError('invalid', 'input.invalid', 'Some of what was sent is not as it should be.', {
      errors: inputProblems(parsed.error.issues),
    });
  const network = callerNetwork(addressOf(line, config.trustsProxy));
  const refuseTooMany = (limiter: Limiter) => {
    if (limiter.take(network, clock.now().getTime()) > 0)
      throw new AppError('tooMany', 'visitor.tooFast', 'Too many connections from this address; try again soon.');
  };
  refuseTooMany(limits.connections);
  const { channelKey, visitorToken, identity, name, locale } = parsed.data;
  const chat = await findChat(db, box, channelKey);
  if (chat === null) throw new AppError('notFound', 'channel.notFound', 'There is no such chat, or it is paused.');
  const user = identity ? vouched(chat.config.identitySecret, identity) : null;
  const known = visitorToken ? readVisitor(box, chat.id, visitorToken) : null;
  if (known === null) refuseTooMany(limits.newcomers);
  const visitor = visitorOf(known, user?.user ?? null);
  const isKnownUser =
    visitor.shopUser !== null &&
    (await db.identity.findUnique({ where: { kind_value: { kind: 'shopUser', value: visitor.shopUser } } })) !== null;
  return {
    chat,
    visitor,
    network,
    from: addressesOf(visitor, user?.name ?? name ?? undefined, isKnownUser),
    language: locale ?? undefined,
    scope: {
      channelId: chat.id,
      visitorId: visitor.id,
      shopUser: visitor.shopUser,
      fileAddress: (id) => fileAddress(box, id),
    },
    threads: [],
    own: new Set(),
    lastAtMs: 0,
  };
}

function addressOf({ handshake }: Line, trusts: (address: string) => boolean): string {
  const forwarded = handshake.headers['x-forwarded-for'];
  return callerAddress(handshake.address, Array.isArray(forwarded) ? forwarded.join(',') : forwarded, trusts);
}

function vouched(identitySecret: string | undefined, user: ShopUser): ShopUser {
  if (isSignedUser(identitySecret, user.user, user.signature)) return user;
  throw new AppError('forbidden', 'identity.invalid', 'The signature of this user is not right.');
}

/** Joins first and reads then: what happens between is told and in the answer, and shown once. */
async function welcome(
  { db, box }: VisitorTools,
  line: Line,
  stateOf: (data: LineData) => ReturnType<ReturnType<typeof stateReader>>,
) {
  const { scope, chat, visitor } = line.data;
  await line.join(roomsOfVisitor(chat.id, visitor));
  line.data.threads = await ownThreads(db, scope);
  await line.join(line.data.threads.map((thread) => threadRoom(thread.id)));
  const [thread, state] = await Promise.all([readHistory(db, scope, line.data.threads), stateOf(line.data)]);
  line.emit('hello', { visitorToken: signVisitor(box, chat.id, visitor), thread, state });
}
