import type { Tx } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import { newId } from '../lib/id.ts';
import { advanceBy } from '../threads/reply.ts';
import { lockThread, readSummary } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';

/** One call as its thread shows it. */
export interface Talk {
  channelId: string | null;
  phone: string;
  note: string;
  talked: boolean;
  at: Date;
  now: Date;
}

const wordsOf = ({ phone, note }: Talk) => [`☎ ${phone}`.trim(), note].filter((part) => part !== '').join('\n');

/** Says anew what was talked about. Needs a transaction. */
export async function rewriteTalk(tx: Tx, threadId: string, messageId: string, call: Talk): Promise<void> {
  await lockThread(tx, threadId);
  const text = wordsOf(call);
  await tx.message.update({ where: { id: messageId }, data: { text } });
  await tx.$executeRaw`UPDATE thread SET preview = ${previewOf(text)} WHERE id = ${threadId}::uuid AND "lastMessageId" = ${messageId}::uuid`;
  await tellThread(tx, 'message.edited', threadId, call.now, { ids: { messageId } });
}

const previewOf = (text: string) => text.replace(/\s+/g, ' ').slice(0, 160).toWellFormed();

/**
 * A call of ours in its thread. A talk is an answer: who waited was answered when it began. A call in vain is a note, and the
 * clock runs on. Needs a transaction. Answers the message.
 */
export async function writeTalk(
  tx: Tx,
  threadId: string,
  user: { id: string; name: string },
  call: Talk,
): Promise<string> {
  await lockThread(tx, threadId);
  const thread = await readSummary(tx, threadId);
  if (thread === null) throw notFound('thread');
  const id = newId(call.now.getTime());
  const text = wordsOf(call);
  await tx.message.create({
    data: {
      id,
      threadId,
      channelId: call.channelId,
      channelKind: 'phone',
      direction: call.talked ? 'outbound' : 'note',
      authorKind: 'user',
      authorUserId: user.id,
      authorName: user.name,
      text,
      sentAt: call.at,
      receivedAt: call.at,
      createdAt: call.now,
    },
  });
  await advanceBy(tx, thread, { kind: 'user', userId: user.id }, !call.talked, id, previewOf(text), call.now, call.at);
  await tellThread(tx, call.talked ? 'message.sent' : 'message.noted', threadId, call.now, {
    actorId: user.id,
    ids: { messageId: id },
  });
  return id;
}
