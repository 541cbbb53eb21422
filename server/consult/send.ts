import { readClient } from '../clients/read.ts';
import { findOrMakeClient } from '../clients/recognise.ts';
import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { meaning, notFound } from '../errors.ts';
import { newId, newToken } from '../lib/id.ts';
import { type ReplyChannel, replyChannels } from '../threads/recipients.ts';
import { put, type ReplyTools } from '../threads/reply.ts';
import { lockThread, readSummary, type SummaryRow } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';
import { maySeeThread, type Viewer } from '../users/viewer.ts';
import type { Citation, ConsultSending } from './schema.ts';

/** By which channels a client can be written to, the one they used last first. */
export async function channelsOf(db: Db, viewer: Viewer, clientId: string): Promise<ReplyChannel[]> {
  const client = await readClient(db, viewer, clientId);
  const last = await lastThread(db, viewer, client.id, undefined);
  return replyChannels(db, { id: last?.id ?? NO_THREAD, clientId: client.id, channelId: last?.channelId ?? '' });
}

/** A thread that nothing was ever said in. */
const NO_THREAD = '00000000-0000-0000-0000-000000000000';

/**
 * Sends a consult's answer to a client, in their last thread on that channel or in a new one, as the consultant's own reply
 * with its sources. Answers where it went.
 * @throws AppError 404 for a consult of somebody else, 422 when there is no channel to the client
 */
export async function sendConsult(
  tools: ReplyTools,
  viewer: Viewer,
  name: string,
  consultId: string,
  to: ConsultSending,
): Promise<{ threadId: string; messageId: string }> {
  const { db, clock } = tools;
  const now = clock.now();
  const consult = await db.consult.findUnique({ where: { id: consultId } });
  if (consult === null || consult.userId !== viewer.userId) throw notFound('consult');
  const answer = (consult.answer as { answer?: { text: string; citations: Citation[] } | null }).answer ?? null;
  const text = to.text?.trim() || answer?.text;
  if (!text) throw meaning('consult.noAnswer', 'There is no answer to send.', 'text');
  if (to.clientId !== undefined) await readClient(db, viewer, to.clientId);
  return transact(db, async (tx) => {
    const address = { kind: 'email' as const, value: to.email ?? '', name: '', verified: false };
    const clientId = to.clientId ?? (await findOrMakeClient(tx, [address], now)).id;
    const thread =
      (await lastThread(tx, viewer, clientId, to.channelId)) ??
      (await openThread(tx, viewer, clientId, to, consult.question, now));
    await lockThread(tx, thread.id);
    const channelId = to.channelId ?? thread.channelId;
    const messageId = await put(
      tx,
      tools,
      thread,
      { kind: 'user', viewer, name },
      { kind: 'reply', text, attachmentIds: [], channelId, ...(answer && { citations: answer.citations }) },
    );
    await tx.consult.update({ where: { id: consultId }, data: { sentMessageId: messageId } });
    return { threadId: thread.id, messageId };
  });
}

async function lastThread(
  reader: Db | Tx,
  viewer: Viewer,
  clientId: string,
  channelId: string | undefined,
): Promise<SummaryRow | null> {
  const rows = await reader.thread.findMany({
    where: { clientId, mergedIntoId: null, historical: false, ...(channelId !== undefined && { channelId }) },
    orderBy: { lastMessageAt: 'desc' },
    select: { id: true },
    take: 5,
  });
  for (const { id } of rows) {
    const row = await readSummary(reader, id);
    if (row !== null && maySeeThread(viewer, row)) return row;
  }
  return null;
}

/** A thread that begins with us. The consultant has it. */
async function openThread(
  tx: Tx,
  viewer: Viewer,
  clientId: string,
  to: ConsultSending,
  question: string,
  now: Date,
): Promise<SummaryRow> {
  const options = await replyChannels(tx, { id: NO_THREAD, clientId, channelId: to.channelId ?? '' });
  const channel = to.channelId === undefined ? options[0] : options.find((one) => one.channelId === to.channelId);
  if (channel === undefined)
    throw meaning('thread.noChannel', 'There is no connected channel to reach this client by.', 'channelId');
  const id = newId(now.getTime());
  const subject = question.replace(/\s+/g, ' ').slice(0, 120);
  await tx.thread.create({
    data: {
      id,
      clientId,
      subject,
      normalSubject: subject.toLowerCase(),
      assigneeId: viewer.userId,
      channelId: channel.channelId,
      channelKind: channel.channelKind,
      token: newToken(12),
      lastMessageAt: now,
      lastDirection: 'outbound',
      createdAt: now,
      updatedAt: now,
    },
  });
  await tellThread(tx, 'thread.opened', id, now, { actorId: viewer.userId });
  const row = await readSummary(tx, id);
  if (row === null) throw notFound('thread');
  return row;
}
