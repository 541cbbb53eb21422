import { spendAutomatic } from '../alerts/spend.ts';
import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { addJob } from '../jobs/add.ts';
import type { Clock } from '../lib/clock.ts';
import { lockThread } from '../threads/rows.ts';
import { previewOf } from '../threads/store.ts';
import { tellThread } from '../threads/tell.ts';

/** An answer that came to no screen of the visitor's within this time goes by e-mail, in ms. */
export const absentAfterMs = 15_000;
/** One that came to a screen and was not read, in ms. */
export const unreadAfterMs = 3 * 60_000;

const subjectWords = 60;

export interface FollowUpTools {
  db: Db;
  clock: Clock;
  /** Host part of the Message-IDs we make. */
  mailHost: string;
}

/** What is to be done about an answer in a chat. Pure. */
export function nextStep(
  delivery: { state: string; sentAt: Date | null; updatedAt: Date },
  now: Date,
): { do: 'nothing' } | { do: 'wait'; ms: number } | { do: 'mail' } {
  const wait = (since: Date, limitMs: number) => {
    const ms = since.getTime() + limitMs - now.getTime();
    return ms > 0 ? ({ do: 'wait', ms } as const) : ({ do: 'mail' } as const);
  };
  switch (delivery.state) {
    case 'sent':
      return wait(delivery.sentAt ?? delivery.updatedAt, absentAfterMs);
    case 'delivered':
      return wait(delivery.updatedAt, unreadAfterMs);
    case 'pending':
    case 'sending':
    case 'retry':
      return { do: 'wait', ms: absentAfterMs };
    default:
      return { do: 'nothing' };
  }
}

/**
 * An answer in a chat whose visitor has left goes on by e-mail, to the address they gave: the same message, its delivery
 * now by a mailbox, so that it is sent once more and shown once. The answer to that letter names it, and so comes back
 * to this thread. Repeatable.
 */
export async function followUp({ db, clock, mailHost }: FollowUpTools, messageId: string): Promise<void> {
  const now = clock.now();
  const message = await db.message.findUnique({ where: { id: messageId }, include: { delivery: true } });
  if (!message?.delivery || message.channelKind !== 'chat' || message.delivery.channelId !== message.channelId) return;
  const step = nextStep(message.delivery, now);
  if (step.do === 'nothing') return;
  const chatId = message.delivery.channelId;
  const to = await addressOf(db, message.threadId, chatId);
  if (to === null) return;
  if (step.do === 'wait') {
    await addJob(db, 'followUp', { messageId }, { inMs: step.ms, key: `followUp:${messageId}` });
    return;
  }
  const mailbox = await mailboxFor(db, chatId);
  if (mailbox === null) return;
  await transact(db, async (tx) => {
    await lockThread(tx, message.threadId);
    // Another run may have sent it on meanwhile.
    if ((await tx.delivery.count({ where: { messageId, channelId: chatId } })) === 0) return;
    // A person's answer goes always; what is automatic stays in the chat once the address had its share of this hour.
    if (message.authorKind !== 'user' && !(await spendAutomatic(tx, to.email, now))) return;
    const externalId = `<${messageId}@${mailHost}>`;
    const recipients = { to: [{ kind: 'email', value: to.email, name: to.name, verified: false }], cc: [], bcc: [] };
    const changed = await tx.$queryRaw<{ id: string }[]>`
      UPDATE delivery SET state = 'pending', "channelId" = ${mailbox.id}::uuid, "externalId" = ${externalId}, recipients = ${JSON.stringify(recipients)}::jsonb,
        "dueAt" = ${now}::timestamptz, attempts = 0, error = NULL, "updatedAt" = ${now}::timestamptz
      WHERE "messageId" = ${messageId}::uuid AND state IN ('sent', 'delivered') AND "channelId" = ${chatId}::uuid RETURNING id`;
    const [delivery] = changed;
    if (delivery === undefined) return;
    await tx.message.update({
      where: { id: messageId },
      // As a participant the visitor is known when they answer, also when the address is another client's.
      data: { externalId, subject: `${mailbox.title}: ${to.lastWords}`, participants: { to: recipients.to, cc: [] } },
    });
    await addJob(tx, 'deliver', { deliveryId: delivery.id }, { key: `deliver:${delivery.id}` });
    await tellThread(tx, 'message.edited', message.threadId, now, { ids: { messageId } });
    await tellThread(tx, 'delivery.changed', message.threadId, now, {
      ids: { messageId },
      patch: {
        delivery: { messageId, state: 'pending', attempts: 0, error: null, dueAt: now.toISOString(), repeated: false },
      },
    });
  });
}

/** The address that the visitor of a thread has left, unless letters to it come back. */
async function addressOf(db: Db, threadId: string, channelId: string | null) {
  const last = await db.message.findFirst({
    where: { threadId, channelId, direction: 'inbound' },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    include: { attachments: { select: { name: true } } },
  });
  if (!last?.authorAddress) return null;
  const visitor = await db.identity.findFirst({
    where: { kind: { in: ['visitor', 'shopUser'] }, value: last.authorAddress, contactEmail: { not: null } },
    include: { client: { select: { name: true } } },
  });
  if (!visitor?.contactEmail) return null;
  const address = await db.identity.findUnique({
    where: { kind_value: { kind: 'email', value: visitor.contactEmail } },
  });
  if (address?.flaggedAt) return null;
  return { email: visitor.contactEmail, name: visitor.client.name, lastWords: previewOf(last).slice(0, subjectWords) };
}

/** A mailbox that can send: of the chat's own store or team first, then the oldest. */
async function mailboxFor(db: Db, chatId: string | null): Promise<{ id: string; title: string } | null> {
  const chat = await db.channel.findUnique({ where: { id: chatId ?? '' } });
  const mailboxes = await db.channel.findMany({
    where: { kind: 'email', removedAt: null, pausedAt: null },
    orderBy: { createdAt: 'asc' },
  });
  const able = mailboxes.filter((row) => (row.config as { smtp?: object | null }).smtp != null);
  const near = able.find((row) => row.storeId !== null && row.storeId === chat?.storeId);
  const sameTeam = able.find((row) => row.teamId !== null && row.teamId === chat?.teamId);
  const chosen = near ?? sameTeam ?? able[0];
  if (chosen === undefined) return null;
  const { title } = (chat?.config ?? {}) as { title?: string };
  return { id: chosen.id, title: title ?? chat?.name ?? '' };
}
