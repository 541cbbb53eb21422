import { maySeeClient } from '../clients/read.ts';
import { findOrMakeClient } from '../clients/recognise.ts';
import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { meaning } from '../errors.ts';
import type { Viewer } from '../users/viewer.ts';
import type { ThreadClient } from './schema.ts';
import { tellThread } from './tell.ts';
import { lockHolder } from './visibility.ts';

/**
 * Gives a thread to another client: by id, or to who wrote the letter that a message of it forwards (made when unknown).
 * Answers go to that client then, and not to who forwarded. Answers whose thread it was, which takes it back.
 * @throws AppError 422 for a client who is unknown (to the viewer), or a message that forwards nothing
 */
export function giveToClient(
  db: Db,
  viewer: Viewer,
  askedId: string,
  to: ThreadClient,
  now: Date,
): Promise<{ clientId: string; beforeId: string }> {
  return transact(db, async (tx) => {
    const thread = await lockHolder(tx, viewer, askedId);
    const threadId = thread.id;
    const clientId = to.clientId === undefined ? await forwardedClient(tx, threadId, to.messageId, now) : to.clientId;
    const there = (await tx.client.count({ where: { id: clientId, mergedIntoId: null } })) > 0;
    // Who wrote a forwarded letter is in what they read already; a client whom they name must be one they know.
    const known =
      to.clientId === undefined || (await maySeeClient(tx, viewer, clientId)) || (await wasOf(tx, threadId, clientId));
    if (!there || !known) throw meaning('client.unknown', 'There is no such client.', 'clientId');
    const beforeId = thread.clientId;
    if (clientId === beforeId) return { clientId, beforeId };
    // What another forwarded is no address of this client; see recipients.ts.
    await tx.$executeRaw`
      UPDATE message SET detail = jsonb_set(coalesce(detail, '{}'), '{forwardedFor}', to_jsonb(${clientId}::text))
      WHERE "threadId" = ${threadId}::uuid AND id = ${to.messageId ?? null}::uuid`;
    if (to.clientId !== undefined)
      await tx.$executeRaw`UPDATE message SET detail = detail - 'forwardedFor' WHERE "threadId" = ${threadId}::uuid AND detail ->> 'forwardedFor' IS NOT NULL`;
    await tx.thread.update({ where: { id: threadId }, data: { clientId, updatedAt: now } });
    await tx.clientPromise.updateMany({ where: { threadId, clientId: beforeId }, data: { clientId } });
    await tellThread(tx, 'client.changed', threadId, now, { actorId: viewer.userId });
    return { clientId, beforeId };
  });
}

/** Whose a letter of the thread is: the thread goes back to them, also when its giver sees nothing else of theirs. */
async function wasOf(tx: Tx, threadId: string, clientId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ was: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM message m JOIN identity i ON i.value = m."authorAddress" AND i."clientId" = ${clientId}::uuid
      WHERE m."threadId" = ${threadId}::uuid AND m.direction = 'inbound') AS was`;
  return row?.was === true;
}

async function forwardedClient(tx: Tx, threadId: string, messageId: string | undefined, now: Date): Promise<string> {
  const message = await tx.message.findFirst({ where: { id: messageId ?? '', threadId }, select: { detail: true } });
  const { forwarded } = (message?.detail ?? {}) as { forwarded?: { name: string; address: string } };
  if (forwarded === undefined) throw meaning('forward.none', 'This message forwards no letter.', 'messageId');
  const { name, address } = forwarded;
  const from = [{ kind: 'email' as const, value: address, ...(name === '' ? {} : { name }), verified: false }];
  return (await findOrMakeClient(tx, from, now)).id;
}
