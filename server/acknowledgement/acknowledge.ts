import { spendAutomatic } from '../alerts/spend.ts';
import type { Db } from '../db/client.ts';
import { type Reader, transact } from '../db/tx.ts';
import { record } from '../events/record.ts';
import type { Reactor } from '../jobs/handlers.ts';
import { isWorking, nextOpening, workingBetween } from '../targets/clock.ts';
import { loadHours } from '../targets/rules.ts';
import { put } from '../threads/reply.ts';
import { lockThread, readSummary } from '../threads/rows.ts';
import { type Acknowledgement, acknowledgement } from './schema.ts';
import { acknowledgementText } from './words.ts';

const key = 'acknowledgement';

export async function readAcknowledgement(reader: Reader): Promise<Acknowledgement> {
  const row = await reader.setting.findUnique({ where: { key } });
  return acknowledgement.parse(row?.value ?? {});
}

export async function saveAcknowledgement(db: Db, value: Acknowledgement, now: Date): Promise<Acknowledgement> {
  await transact(db, async (tx) => {
    await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
    await record(tx, { type: 'setting.changed', at: now, patch: { key } });
  });
  return value;
}

/** Between a letter's arrival and its acknowledgement; an older one was missed, and comes too late to help. */
const freshMs = 15 * 60_000;

/**
 * Outside of working hours a client hears once a closing time that the message arrived and when somebody will be there. It is
 * no answer: the clock runs on. Only to people, within the address's budget, marked automatic (RFC 3834) by the outbox; the
 * bot's threads need none.
 */
export const acknowledge: Reactor = async ({ db, clock, reply }, event) => {
  const { threadId } = event;
  const messageId = event.ids.messageId;
  if (threadId === null || messageId == null) return;
  const settings = await readAcknowledgement(db);
  if (!settings.on) return;
  await transact(db, async (tx) => {
    await lockThread(tx, threadId);
    const thread = await readSummary(tx, threadId);
    const message = await tx.message.findUnique({ where: { id: messageId } });
    const now = clock.now();
    if (thread === null || message === null || message.classification !== 'person') return;
    if (message.channelKind === 'phone') return;
    if (thread.historical || thread.botState === 'bot' || thread.waitingSince === null) return;
    if (now.getTime() - message.receivedAt.getTime() > freshMs) return;
    const hours = (await loadHours(tx)).hoursAt(thread);
    const opens = isWorking(hours, now) ? null : nextOpening(hours, now);
    if (opens === null) return;
    const last = await tx.message.findFirst({
      where: { threadId, authorKind: 'system', direction: 'outbound' },
      orderBy: { createdAt: 'desc' },
    });
    if (last !== null && workingBetween(hours, last.createdAt, now) === 0) return;
    if (!(await spendAutomatic(tx, message.authorAddress ?? thread.clientId, now))) return;
    const client = await tx.client.findUniqueOrThrow({ where: { id: thread.clientId }, select: { language: true } });
    const text = acknowledgementText(settings.texts, client.language, opens, hours.timezone);
    await put(
      tx,
      reply,
      thread,
      { kind: 'system', name: '' },
      { kind: 'reply', text, attachmentIds: [], channelId: message.channelId ?? undefined },
    );
  });
};
