import { alertAnswered, lastAlertMailed } from '../alerts/answered.ts';
import type { Tx } from '../db/tx.ts';
import { newId } from '../lib/id.ts';
import { answerByLetter } from '../requests/ask.ts';
import { normalSubject } from './continue.ts';
import type { IngestChannel } from './ingest.ts';
import { findCandidates } from './ingestSql.ts';
import { advanceBy } from './reply.ts';
import { lockThread, readSummary } from './rows.ts';
import { attachmentName, type Claimed, previewOf } from './store.ts';
import { participantsOf } from './storeSql.ts';
import { tellThread } from './tell.ts';

/**
 * A letter that a colleague wrote from an own mail program, under an own address or that of a mailbox of ours: in the thread
 * it names, or that of the client it goes to, it is shown as ours. One that answers an alert's letter goes into the alert's
 * thread, and answers what was asked there. With the client among its recipients it is our answer; without, it is a note.
 * Null when it belongs to no thread (a colleague who writes as a client would, or forwards a letter): then it is like
 * anybody's.
 *
 * What a colleague's mail program answers by itself to an alert's letter is a note in the alert's thread, and answers nothing
 * that was asked.
 *
 * Anybody can write our address into From. Who is not proven to be who they say is believed only where no server said
 * anything against it and the letter names what only we and the client have had. Needs the batch's transaction.
 */
export async function storeColleague(
  tx: Tx,
  now: Date,
  channel: IngestChannel,
  { message, files }: Claimed,
  here: { colleagueId: string | null; colleagueName: string | null },
): Promise<{ messageId: string; threadId: string } | null> {
  const automatic = automaticAnswers.has(message.classification);
  const proven = message.from[0]?.verified === true && message.authentication?.dmarc !== 'fail';
  if (here.colleagueName === null || !(automatic || message.classification === 'person')) return null;
  if (!proven && message.authentication != null) return null;
  const writer = here.colleagueId === null ? await writerOf(tx, message) : null;
  const colleagueId = here.colleagueId ?? writer?.id ?? null;
  const colleagueName = writer?.name ?? here.colleagueName;
  const told =
    colleagueId === null
      ? null
      : ((await alertAnswered(tx, colleagueId, message.references)) ??
        (automatic && proven && !message.historical ? await lastAlertMailed(tx, colleagueId, now) : null));
  if (automatic && told === null) return null;
  const addressed = [...message.to, ...message.cc].map((address) => address.value);
  const clients = await tx.$queryRaw<{ clientId: string }[]>`
    SELECT DISTINCT "clientId" FROM identity i WHERE kind = 'email' AND value = ANY(${addressed}::text[])
      -- A form on our site may have written under our own address: that is nobody whom we answer.
      AND NOT EXISTS (SELECT 1 FROM channel c WHERE c.kind = 'email' AND c."removedAt" IS NULL
        AND (lower(c.config->>'address') = i.value OR c.config->'aliases' @> to_jsonb(i.value)))`;
  const seekers = (clients.length > 0 ? clients : [{ clientId: newId() }]).map(({ clientId }) => ({
    clientId,
    token: message.threadToken,
    messageId: null,
    references: message.references,
    subject: normalSubject(message.subject),
    addresses: addressed,
    addressed,
  }));
  const candidates = [...(await findCandidates(tx, true, seekers)).values()]
    .flat()
    .filter(({ by }) => proven || by === 'token' || by === 'reference');
  const [found] = candidates.sort((a, b) => order.indexOf(a.by) - order.indexOf(b.by) || a.rank - b.rank);
  const goesTo = new Set(clients.map((client) => client.clientId));
  // A subject alone finds only a thread of somebody whom the letter goes to.
  const named = found === undefined || (found.by === 'subject' && !goesTo.has(found.clientId)) ? null : found.threadId;
  const threadId = told?.threadId ?? named;
  if (threadId === null) return null;
  await lockThread(tx, threadId);
  const thread = await readSummary(tx, threadId);
  if (thread === null) return null;
  const answers = !automatic && goesTo.has(thread.clientId);
  const messageId = newId(now.getTime());
  await tx.message.create({
    data: {
      id: messageId,
      threadId,
      channelId: answers ? channel.id : null,
      channelKind: answers ? channel.kind : null,
      direction: answers ? 'outbound' : 'note',
      authorKind: 'user',
      authorUserId: colleagueId,
      authorName: colleagueName,
      authorAddress: message.from[0]?.value ?? null,
      classification: message.classification,
      ...(automatic && message.detail !== null ? { detail: { ...message.detail } as object } : {}),
      subject: message.subject,
      text: message.text,
      rest: message.rest,
      html: message.html,
      externalId: message.messageId,
      references: message.references,
      participants: participantsOf(message) ?? undefined,
      authentication: message.authentication ?? undefined,
      rawKey: files.rawKey,
      sentAt: message.arrivedAt,
      receivedAt: message.arrivedAt,
      createdAt: now,
      attachments: {
        create: message.attachments.map((attachment, index) => ({
          id: newId(),
          name: attachmentName(attachment.name),
          type: attachment.type.slice(0, 200),
          sizeBytes: attachment.content.byteLength,
          fileKey: files.attachmentKeys[index] ?? '',
          digest: files.attachmentDigests[index] ?? null,
          contentId: attachment.contentId ?? null,
          inline: attachment.inline,
          createdAt: now,
        })),
      },
    },
  });
  if (!message.historical) {
    // Where nothing says who wrote from the shared mailbox the client is answered, and no one person did it.
    const by = { kind: 'user' as const, userId: colleagueId };
    await advanceBy(tx, thread, by, !answers, messageId, previewOf(message), now, message.arrivedAt);
  }
  const type = answers ? 'message.sent' : 'message.noted';
  await tellThread(tx, type, threadId, now, { actorId: colleagueId, ids: { messageId, channelId: channel.id } });
  if (told?.requestId && !answers && !automatic && colleagueId !== null)
    await answerByLetter(tx, told.requestId, colleagueId, { id: messageId, text: message.text }, now);
  return { messageId, threadId };
}

/**
 * Who wrote under the address of a mailbox of ours: whose account the letter says it was sent from, else whose name alone stands
 * before the address ("Mira Lind <shop@…>"). Null when neither says it, or two are called so.
 */
async function writerOf(
  tx: Tx,
  { sentBy = [], from }: Claimed['message'],
): Promise<{ id: string; name: string } | null> {
  const select = { id: true, name: true } as const;
  const [byAccount, ...others] = await tx.user.findMany({
    where: { deactivatedAt: null, email: { in: sentBy } },
    select,
  });
  if (byAccount !== undefined) return others.length === 0 ? byAccount : null;
  const name = (from[0]?.name ?? '').split(/\s+(?:via|from|at|@)\s+|\s*[(|,–—]/i)[0]?.trim() ?? '';
  if (name === '') return null;
  const called = await tx.user.findMany({
    where: { deactivatedAt: null, name: { equals: name, mode: 'insensitive' } },
    select,
    take: 2,
  });
  return called.length === 1 ? (called[0] ?? null) : null;
}

/** What a mail program sends by itself to who wrote; reports of failed deliveries are no answers. */
const automaticAnswers: ReadonlySet<string> = new Set(['autoReply', 'bulk', 'loop', 'calendar']);

const order = ['token', 'reference', 'sibling', 'subject', 'answered', 'current'];
