import { broughtBefore } from '../../channels/readHealth.ts';
import { type Closing, closingOf } from '../../consult/understand/closing.ts';
import type { Db, Prisma } from '../../db/client.ts';
import { transact } from '../../db/tx.ts';
import { newId } from '../../lib/id.ts';
import { loadHours } from '../../targets/rules.ts';
import { setClock } from '../../targets/setClock.ts';
import { normalSubject } from '../../threads/continue.ts';
import type { CastMember } from './cast.ts';
import type { PastMessage, PastThread, Setting } from './history.ts';
import { responsesOf } from './responses.ts';

const PREVIEW_LENGTH = 160;
const IN_ONE_STATEMENT = 500;

/** Stores the cast with its companies. */
export async function storeCast(db: Db, cast: CastMember[], setting: Setting, now: Date): Promise<void> {
  const names = [...new Set(cast.flatMap(({ companyName }) => companyName ?? []))];
  const companies = names.map((name) => ({ id: newId(), name, createdAt: now }));
  await db.company.createMany({ data: companies });
  await db.client.createMany({
    data: cast.map((client) => ({
      id: client.id,
      name: client.name,
      level: client.level,
      language: client.language,
      ownerId: setting.staff.find(({ email }) => email === client.ownerEmail)?.id ?? null,
      companyId: companies.find(({ name }) => name === client.companyName)?.id ?? null,
      createdAt: now,
      updatedAt: now,
    })),
  });
}

/** Stores conversations as if they had come by their channels, with the addresses of who took part. */
export async function storeHistory(db: Db, threads: PastThread[], setting: Setting): Promise<void> {
  await db.identity.createMany({ data: identitiesOf(threads), skipDuplicates: true });
  await inSlices(
    threads.map((thread) => threadRow(thread, setting)),
    (data) => db.thread.createMany({ data }),
  );
  const messages = threads.flatMap((thread) => thread.messages.map((message) => ({ thread, message })));
  await inSlices(
    messages.map(({ thread, message }) => messageRow(thread, message, setting)),
    (data) => db.message.createMany({ data }),
  );
  const responses = responsesOf(threads, setting, await loadHours(db));
  await inSlices(responses, (data) => db.response.createMany({ data }));
  for (const { id } of threads.filter(({ status }) => status === 'open')) await transact(db, (tx) => setClock(tx, id));
  const sent = messages.filter(({ message }) => message.by === 'staff' || message.by === 'bot');
  await inSlices(
    sent.map(({ thread, message }) => deliveryRow(thread, message, setting)),
    (data) => db.delivery.createMany({ data }),
  );
  await tellChannels(db);
}

/** Channels know of what came by them. */
async function tellChannels(db: Db): Promise<void> {
  const brought = await db.message.groupBy({
    by: ['channelId'],
    where: { direction: 'inbound', channelId: { not: null } },
    _count: true,
    _max: { receivedAt: true },
  });
  for (const { channelId, _count: storedCount, _max } of brought) {
    if (channelId === null) continue;
    const name = broughtBefore;
    await db.channelCursor.upsert({
      where: { channelId_name: { channelId, name } },
      create: { channelId, name, position: {}, storedCount },
      update: { storedCount },
    });
    await db.channelHealth.updateMany({ where: { channelId }, data: { lastReceivedAt: _max.receivedAt } });
  }
}

function identitiesOf(threads: PastThread[]): Prisma.IdentityCreateManyInput[] {
  return threads.flatMap(({ client, channel, messages }) => {
    const at = messages[0]?.at ?? new Date();
    const shared = { clientId: client.id, name: client.name, createdAt: at };
    const address = {
      id: newId(),
      kind: kindOf(channel),
      value: addressOf(client, channel),
      verifiedAt: at,
      ...shared,
    };
    const phone = { id: newId(), kind: 'phone' as const, value: client.phone ?? '', verifiedAt: null, ...shared };
    return client.phone ? [address, phone] : [address];
  });
}

function threadRow(thread: PastThread, setting: Setting): Prisma.ThreadCreateManyInput {
  const { client, channel, messages } = thread;
  const last = messages.at(-1);
  const first = messages[0];
  if (!last || !first) throw new Error('a thread has at least one message');
  const asked = messages.filter(({ by }) => by === 'client');
  const answer = messages.find(({ by }) => by === 'staff');
  const lastAnswer = messages.findLast(({ by }) => by === 'staff' || by === 'bot');
  const waiting =
    thread.status === 'open'
      ? asked.find((one) => (!lastAnswer || one.at > lastAnswer.at) && closingIn(thread, one) === null)
      : undefined;
  const { id, targetMs } = setting.channels[channel];
  return {
    id: thread.id,
    clientId: client.id,
    subject: thread.subject,
    normalSubject: normalSubject(thread.subject),
    status: thread.status,
    assigneeId: thread.assigneeId,
    teamId: thread.teamId,
    storeId: thread.storeId,
    channelId: id,
    channelKind: channel,
    botState: channel === 'email' ? 'off' : answer || waiting ? 'person' : 'bot',
    token: thread.token,
    tags: thread.tags,
    messageCount: messages.length,
    lastMessageId: last.id,
    lastMessageAt: last.at,
    lastDirection: directionOf(last),
    preview: last.text.replace(/\s+/g, ' ').slice(0, PREVIEW_LENGTH),
    lastInboundAt: asked.at(-1)?.at ?? null,
    waitingSince: waiting?.at ?? null,
    dueAt: waiting && targetMs !== null ? new Date(waiting.at.getTime() + targetMs) : null,
    firstInboundAt: asked[0]?.at ?? null,
    firstResponseAt: answer?.at ?? null,
    snoozedUntil: thread.snoozedUntil,
    closedAt: thread.closedAt,
    closedById: thread.closedAt ? thread.assigneeId : null,
    createdAt: first.at,
    updatedAt: last.at,
  };
}

/** Mere thanks for what a person has answered: as threads/store.ts tells them. */
function closingIn({ messages, client }: PastThread, message: PastMessage): Closing | null {
  const before = messages.filter(({ at, by }) => at < message.at && by !== 'note').at(-1);
  return before?.by === 'staff' ? closingOf(message.text, before.text, [client.name]) : null;
}

function messageRow(thread: PastThread, message: PastMessage, setting: Setting): Prisma.MessageCreateManyInput {
  const direction = directionOf(message);
  const robot = message.by === 'autoReply' || message.by === 'bounce';
  const closing = message.by === 'client' ? closingIn(thread, message) : null;
  const address = addressOf(thread.client, thread.channel);
  return {
    id: message.id,
    threadId: thread.id,
    channelId: direction === 'note' ? null : setting.channels[thread.channel].id,
    channelKind: direction === 'note' ? null : thread.channel,
    direction,
    authorKind: message.by === 'bot' ? 'bot' : direction === 'inbound' ? 'client' : 'user',
    authorUserId: message.authorId,
    authorName: message.by === 'bounce' ? 'Mail Delivery System' : message.authorName,
    authorAddress: direction !== 'inbound' ? null : message.by === 'bounce' ? 'mailer-daemon@mail.example' : address,
    subject: thread.channel === 'email' ? subjectOf(thread, message) : null,
    text: message.text,
    classification: robot ? message.by : 'person',
    ...(robot ? { detail: { why: message.by === 'bounce' ? 'dsn' : 'auto-submitted' } } : {}),
    ...(closing === null ? {} : { detail: { closing } }),
    externalId: externalIdOf(thread, message),
    sentAt: message.at,
    receivedAt: message.at,
    createdAt: message.at,
  };
}

function deliveryRow(thread: PastThread, message: PastMessage, setting: Setting): Prisma.DeliveryCreateManyInput {
  const to = [
    {
      kind: kindOf(thread.channel),
      value: addressOf(thread.client, thread.channel),
      name: thread.client.name,
      verified: true,
    },
  ];
  return {
    id: newId(message.at.getTime()),
    messageId: message.id,
    threadId: thread.id,
    channelId: setting.channels[thread.channel].id,
    state: 'sent',
    attempts: 1,
    dueAt: message.at,
    externalId: externalIdOf(thread, message),
    recipients: { to, cc: [], bcc: [] },
    sentAt: message.at,
    updatedAt: message.at,
  };
}

function subjectOf(thread: PastThread, message: PastMessage): string {
  return message === thread.messages[0] ? thread.subject : `Re: ${thread.subject}`;
}

function externalIdOf(thread: PastThread, { id, by }: PastMessage): string | null {
  if (by === 'note') return null;
  return thread.channel === 'email' ? `<${id}@${by === 'staff' ? 'tideline' : 'mail'}.example>` : `demo:${id}`;
}

function directionOf({ by }: PastMessage): 'inbound' | 'outbound' | 'note' {
  if (by === 'note') return 'note';
  return by === 'staff' || by === 'bot' ? 'outbound' : 'inbound';
}

function kindOf(channel: PastThread['channel']) {
  return channel === 'chat' ? ('visitor' as const) : channel;
}

function addressOf(client: CastMember, channel: PastThread['channel']): string {
  if (channel === 'email') return client.email;
  return channel === 'telegram' ? String(client.telegram) : client.visitor;
}

async function inSlices<T>(rows: T[], store: (rows: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += IN_ONE_STATEMENT) await store(rows.slice(at, at + IN_ONE_STATEMENT));
}
