import type { Tx } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import { newId } from '../lib/id.ts';
import { advanceBy } from '../threads/reply.ts';
import { lockThread, readSummary } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';

/**
 * A call of ours in its thread. A talk is an answer: who waited was answered when it began. A call in vain is a note, and the
 * clock runs on. Needs a transaction. Answers the message.
 */
export async function writeTalk(
  tx: Tx,
  threadId: string,
  user: { id: string; name: string },
  call: { channelId: string | null; phone: string; note: string; talked: boolean; at: Date; now: Date },
): Promise<string> {
  await lockThread(tx, threadId);
  const thread = await readSummary(tx, threadId);
  if (thread === null) throw notFound('thread');
  const id = newId(call.now.getTime());
  const text = [`☎ ${call.phone}`.trim(), call.note].filter((part) => part !== '').join('\n');
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
  await advanceBy(
    tx,
    thread,
    { kind: 'user', userId: user.id },
    !call.talked,
    id,
    text.replace(/\s+/g, ' ').slice(0, 160),
    call.now,
    call.at,
  );
  await tellThread(tx, call.talked ? 'message.sent' : 'message.noted', threadId, call.now, {
    actorId: user.id,
    ids: { messageId: id },
  });
  return id;
}
