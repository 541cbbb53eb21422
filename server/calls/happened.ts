import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { connect, findChannel } from '../channels/connected.ts';
import type { PhoneConfig } from '../channels/schema.ts';
import { type Tx, transact } from '../db/tx.ts';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { parse } from '../http/endpoint.ts';
import { newId } from '../lib/id.ts';
import { signerOf } from '../lib/signed.ts';
import { type CallEvent, callEvent } from './schema.ts';
import { writeTalk } from './talk.ts';
import { tellCall } from './tell.ts';

/** What a posted event was signed with. */
export interface Signed {
  text: string;
  header(name: string): string | undefined;
}

/** Later events win, in whatever order they come; one that comes again changes nothing. */
const rank = { ringing: 0, missed: 1, answered: 2, ended: 3 } as const;
/** How far an exchange's clock may be ahead of ours, and how old its news may be; else it happened now. */
const clockSkewMs = 10 * 60_000;
const oldestMs = 30 * 24 * 60 * 60_000;

/**
 * Takes one event of a telephone exchange. Repeating it is harmless; resolves when it is durable. A call that nobody took is a
 * waiting client: it comes in as a message does, with thread, clock, routing and alerts.
 * @throws AppError 401 when the signature is not the channel's
 */
export async function takeCallEvent(
  deps: Pick<Deps, 'db' | 'box' | 'host' | 'clock'>,
  channelId: string,
  signed: Signed,
): Promise<void> {
  const { db, box } = deps;
  const row = await findChannel(db, channelId);
  if (row.kind !== 'phone' || row.removedAt !== null) throw notFound('channel');
  const { secret, number } = connect(box, row).config as PhoneConfig;
  const headers = Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, signed.header(name) ?? '']),
  );
  try {
    signerOf(secret ?? '').verify(signed.text, headers);
  } catch {
    throw new AppError('unauthenticated', 'call.signature', 'The event is not signed with the secret of this channel.');
  }
  const event = parse(callEvent, JSON.parse(signed.text));
  const call = await keep(deps, channelId, number, event);
  // While it is paused calls are listed, and nobody is made to wait for one.
  if (row.pausedAt === null && call.state === 'missed' && call.direction === 'inbound')
    await askInstead(deps, channelId, call);
}

type Kept = Awaited<ReturnType<typeof keep>>;

/** The call as it is after the event, and, when somebody of ours talks, the client's wait ended. */
async function keep({ db, clock }: Pick<Deps, 'db' | 'clock'>, channelId: string, ownNumber: string, event: CallEvent) {
  const now = clock.now().getTime();
  const told = Date.parse(event.at);
  const at = new Date(told < now + clockSkewMs && told > now - oldestMs ? told : now);
  const phone = numberOf(event.phone, ownNumber);
  // What is told again is no news.
  const tell = async <T extends { id: string }>(tx: Tx, call: T, news: boolean): Promise<T> => {
    if (news) await tellCall(tx, call.id, clock.now());
    return call;
  };
  return transact(db, async (tx) => {
    const key = { channelId_externalId: { channelId, externalId: event.callId } };
    const made = await tx.call.createMany({
      data: {
        id: newId(at.getTime()),
        channelId,
        externalId: event.callId,
        direction: event.direction,
        state: 'ringing',
        phone,
        startedAt: at,
        createdAt: clock.now(),
      },
      skipDuplicates: true,
    });
    await tx.$executeRaw`SELECT 1 FROM call WHERE "channelId" = ${channelId}::uuid AND "externalId" = ${event.callId} FOR UPDATE`;
    const before = await tx.call.findUniqueOrThrow({ where: key });
    const identity =
      phone === '' ? null : await tx.identity.findUnique({ where: { kind_value: { kind: 'phone', value: phone } } });
    const user =
      event.user === undefined ? null : await tx.user.findUnique({ where: { email: event.user.toLowerCase() } });
    // An end without an answer is a call that nobody took.
    const wanted = event.event === 'ended' && before.answeredAt === null ? 'missed' : event.event;
    const earlier = before.state as keyof typeof rank;
    const moves = rank[wanted] > rank[earlier];
    // The end may be told before the talk it ends.
    const state = !moves ? earlier : wanted === 'answered' && before.endedAt !== null ? 'ended' : wanted;
    const call = await tx.call.update({
      where: key,
      data: {
        state,
        clientId: before.clientId ?? identity?.clientId ?? null,
        userId: before.userId ?? user?.id ?? null,
        startedAt: at < before.startedAt ? at : before.startedAt,
        ...(wanted === 'answered' && moves ? { answeredAt: at } : {}),
        ...(event.event === 'ended' || wanted === 'missed' ? { endedAt: before.endedAt ?? at } : {}),
      },
    });
    const news = made.count > 0 || moves || call.userId !== before.userId;
    if (!moves || wanted !== 'answered' || user === null || call.clientId === null) return tell(tx, call, news);
    const waiting = await tx.thread.findFirst({
      where: { clientId: call.clientId, waitingSince: { not: null }, mergedIntoId: null },
      orderBy: { waitingSince: 'asc' },
      select: { id: true },
    });
    if (waiting === null) return tell(tx, call, news);
    const messageId = await writeTalk(tx, waiting.id, user, {
      channelId,
      phone: call.phone,
      note: '',
      talked: true,
      at,
      now: clock.now(),
    });
    return tell(tx, await tx.call.update({ where: key, data: { threadId: waiting.id, messageId } }), news);
  });
}

/** The missed call as a message of the client: from here on it waits as any other does. */
async function askInstead(
  { db, host, clock }: Pick<Deps, 'db' | 'host' | 'clock'>,
  channelId: string,
  call: Kept,
): Promise<void> {
  const externalId = `call:${call.externalId}`;
  // Who hides the number cannot be called back: the call is counted, and nobody waits.
  if (call.threadId !== null || call.phone === '') return;
  const [stored] = await host.ingest(channelId, {
    messages: [
      {
        externalId,
        from: [{ kind: 'phone', value: call.phone, name: call.phone, verified: false }],
        to: [],
        cc: [],
        subject: null,
        text: `☎ ${call.phone}`,
        rest: null,
        html: null,
        attachments: [],
        messageId: externalId,
        references: [],
        threadToken: null,
        arrivedAt: call.startedAt,
        classification: 'person',
        detail: null,
        raw: null,
        historical: false,
      },
    ],
  });
  if (stored?.threadId == null) return;
  const thread = await db.thread.findUnique({ where: { id: stored.threadId }, select: { clientId: true } });
  const { threadId, messageId } = stored;
  await transact(db, async (tx) => {
    const clientId = thread?.clientId ?? null;
    await tx.call.update({ where: { id: call.id }, data: { threadId, messageId, clientId } });
    await tellCall(tx, call.id, clock.now());
  });
}

/** E.164, by the country of our own number where none is named; digits of an extension as they came. */
function numberOf(value: string, ownNumber: string): string {
  const country = parsePhoneNumberFromString(ownNumber)?.country;
  return parsePhoneNumberFromString(value, country)?.number ?? value.replace(/[^\d+]/g, '');
}
