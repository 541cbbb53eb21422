import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { conflict, meaning, notFound } from '../errors.ts';
import { addJob } from '../jobs/add.ts';
import type { Clock } from '../lib/clock.ts';
import { newId } from '../lib/id.ts';
import { forgetResponse, recordResponse } from '../reports/recordResponse.ts';
import { noClock } from '../targets/setClock.ts';
import type { Viewer } from '../users/viewer.ts';
import { presentMessages } from './present.ts';
import { chooseRecipient } from './recipients.ts';
import { recount } from './recount.ts';
import type { SummaryRow } from './rows.ts';
import type { Draft, Message, NewMessage } from './schema.ts';
import { previewOf } from './store.ts';
import { tellThread } from './tell.ts';
import { lockHolder, needThread } from './visibility.ts';
import { nobodyAwaited, personAnswered } from './waiting.ts';

export interface ReplyTools {
  db: Db;
  clock: Clock;
  /** Host part of the Message-IDs we make. */
  mailHost: string;
  undoWindowMs(kind: SummaryRow['channelKind']): number;
  /** HTML from anywhere as what may be shown: nothing in it runs or fetches by itself. */
  cleanHtml(html: string): string;
}

/** Who writes: a user, the bot, or Parley itself (an acknowledgement). */
export type Author =
  | { kind: 'user'; viewer: Viewer; name: string }
  | { kind: 'bot'; name: string }
  | { kind: 'system'; name: string };

/**
 * Writes a reply or a note. The message, its delivery, the thread's clock and the event are one transaction; the same
 * `clientKey` by the same writer answers with the first result.
 * @throws AppError 409 with the client's newer messages and colleagues' newer answers, when the writer has not seen them and does not insist; and when
 *   what was written under this key has been taken back since
 */
export async function writeMessage(
  tools: ReplyTools,
  viewer: Viewer,
  name: string,
  askedId: string,
  input: NewMessage,
): Promise<Message> {
  await needThread(tools.db, viewer, askedId);
  if (input.kind === 'reply' && input.seenMessageId === undefined && !input.force) {
    throw meaning(
      'thread.seenMissing',
      'A reply says which message it answers: seenMessageId, or force.',
      'seenMessageId',
    );
  }
  const id = await transact(tools.db, async (tx) => {
    const thread = await lockHolder(tx, viewer, askedId);
    const threadId = thread.id;
    // Behind the lock: the same words may be on their way twice at once.
    const before = await repeated(tx, viewer.userId, input.clientKey);
    if (before !== null) return before;
    if (input.kind === 'reply' && !input.force) await refuseUnseen(tx, threadId, viewer.userId, input.seenMessageId);
    const html = input.html === undefined ? undefined : tools.cleanHtml(input.html) || undefined;
    const messageId = await put(tx, tools, thread, { kind: 'user', viewer, name }, { ...input, html });
    await tx.repeatKey.create({
      data: { actor: viewer.userId, key: input.clientKey, resultId: messageId, createdAt: tools.clock.now() },
    });
    await tx.draft.deleteMany({ where: { threadId, userId: viewer.userId } });
    if (input.suggestionId !== undefined) {
      await tx.suggestion.updateMany({
        where: { id: input.suggestionId, threadId },
        data: { outcome: 'sent', outcomeById: viewer.userId, outcomeAt: tools.clock.now() },
      });
    }
    return messageId;
  });
  const [message] = await presentMessages(tools.db, [id]);
  // Its key outlives it: a repetition that comes late must not send what was taken back.
  if (message === undefined) throw conflict('message.undone', 'It was taken back.');
  return message;
}

/** The outbox part alone, for the bot and for automatic messages. Needs a transaction with the thread locked. */
export async function put(
  tx: Tx,
  tools: Pick<ReplyTools, 'clock' | 'mailHost' | 'undoWindowMs'>,
  thread: SummaryRow,
  author: Author,
  input: Pick<
    NewMessage,
    'kind' | 'text' | 'html' | 'channelId' | 'cc' | 'bcc' | 'quoteId' | 'attachmentIds' | 'sendAt' | 'written'
  > & {
    citations?: unknown[];
  },
): Promise<string> {
  const now = tools.clock.now();
  const messageId = newId(now.getTime());
  const note = input.kind === 'note';
  const recipient = note ? null : await chooseRecipient(tx, thread, input.channelId);
  const sendAt = input.sendAt === undefined ? null : new Date(input.sendAt);
  if (sendAt !== null && sendAt < now) throw meaning('delivery.past', 'A time to send at lies ahead.', 'sendAt');
  await tx.message.create({
    data: {
      id: messageId,
      threadId: thread.id,
      channelId: recipient?.channelId ?? null,
      channelKind: recipient?.channelKind ?? null,
      direction: note ? 'note' : 'outbound',
      authorKind: author.kind,
      authorUserId: author.kind === 'user' ? author.viewer.userId : null,
      authorName: author.name,
      subject: recipient?.channelKind === 'email' ? replySubject(thread.subject) : null,
      text: input.text,
      html: input.html ?? null,
      references: recipient === null ? [] : await quotedKey(tx, thread.id, recipient.channelId, input.quoteId),
      citations: (input.citations as object[] | undefined) ?? undefined,
      sentAt: sendAt ?? now,
      receivedAt: now,
      createdAt: now,
    },
  });
  const attachments = await attach(tx, author, messageId, input.attachmentIds);
  let dueAt: Date | null = null;
  if (recipient !== null) {
    const deliveryId = newId(now.getTime());
    dueAt =
      sendAt ?? new Date(now.getTime() + (author.kind === 'user' ? tools.undoWindowMs(recipient.channelKind) : 0));
    const externalId = recipient.channelKind === 'email' ? `<${messageId}@${tools.mailHost}>` : null;
    const copies = (values: string[] = []) =>
      values.map((value) => ({ kind: 'email', value: value.toLowerCase(), verified: false }));
    await tx.delivery.create({
      data: {
        id: deliveryId,
        messageId,
        threadId: thread.id,
        channelId: recipient.channelId,
        dueAt,
        externalId,
        recipients: { to: [recipient.to], cc: copies(input.cc), bcc: copies(input.bcc) } as object,
        ...(input.written === undefined ? {} : { written: input.written as object }),
        updatedAt: now,
      },
    });
    if (externalId !== null) await tx.message.update({ where: { id: messageId }, data: { externalId } });
    await addJob(
      tx,
      'deliver',
      { deliveryId },
      { inMs: dueAt.getTime() - now.getTime(), key: `deliver:${deliveryId}` },
    );
  }
  const by = { kind: author.kind, userId: author.kind === 'user' ? author.viewer.userId : null };
  const preview = previewOf({ text: input.text, attachments });
  await advanceBy(tx, thread, by, note, messageId, preview, now, sendAt === null ? now : null);
  await tellThread(tx, note ? 'message.noted' : 'message.sent', thread.id, now, {
    actorId: author.kind === 'user' ? author.viewer.userId : null,
    ids: { messageId },
    patch: dueAt === null ? {} : { dueAt: dueAt.toISOString() },
  });
  return messageId;
}

/** What the far side calls the quoted message; none when the channel is another, or has no such names. */
async function quotedKey(tx: Tx, threadId: string, channelId: string, quoteId: string | undefined): Promise<string[]> {
  if (quoteId === undefined) return [];
  const quoted = await tx.message.findFirst({
    where: { id: quoteId, threadId },
    select: { externalId: true, channelId: true, channelKind: true },
  });
  if (quoted === null) throw meaning('quote.unknown', 'The message to quote is not in this thread.', 'quoteId');
  const named = quoted.channelId === channelId && quoted.channelKind === 'telegram' && quoted.externalId !== null;
  return named ? [quoted.externalId ?? ''] : [];
}

/** Takes a reply back within its undo window. @throws AppError 409 with the delivery's state when it is too late */
export async function undoDelivery(
  db: Db,
  viewer: Viewer,
  askedId: string,
  messageId: string,
  now: Date,
): Promise<void> {
  await needThread(db, viewer, askedId);
  await transact(db, async (tx) => {
    const { id: threadId } = await lockHolder(tx, viewer, askedId);
    const [row] = await tx.$queryRaw<{ id: string; state: string; authorUserId: string | null }[]>`
      SELECT d.id, d.state, m."authorUserId" FROM delivery d JOIN message m ON m.id = d."messageId"
      WHERE d."messageId" = ${messageId}::uuid AND d."threadId" = ${threadId}::uuid FOR UPDATE OF d`;
    if (row === undefined) throw notFound('delivery');
    const message = await tx.message.findUniqueOrThrow({
      where: { id: messageId },
      include: {
        attachments: { select: { id: true }, orderBy: { id: 'asc' } },
        delivery: { select: { recipients: true, written: true } },
      },
    });
    if (row.state !== 'pending') throw conflict('delivery.tooLate', 'It has already gone out.', { state: row.state });
    await tx.attachment.updateMany({ where: { messageId }, data: { messageId: null } });
    await forgetResponse(tx, messageId);
    await tx.message.delete({ where: { id: messageId } });
    if (row.authorUserId !== null) {
      const held = await tx.draft.findUnique({ where: { threadId_userId: { threadId, userId: row.authorUserId } } });
      const draft = { ...joined(composed(message), held), updatedAt: now };
      await tx.draft.upsert({
        where: { threadId_userId: { threadId, userId: row.authorUserId } },
        create: { threadId, userId: row.authorUserId, ...draft },
        update: draft,
      });
    }
    await recount(tx, threadId);
    await tellThread(tx, 'delivery.undone', threadId, now, { actorId: viewer.userId, ids: { messageId } });
  });
}

interface Undone {
  text: string;
  channelId: string | null;
  attachments: { id: string }[];
  delivery: { recipients: unknown; written: unknown } | null;
}

/** What its writer's composer held; for a message that came without that, what the message itself says. */
function composed({ text, channelId, attachments, delivery }: Undone): Draft {
  const written = delivery?.written as Draft | null | undefined;
  // Named by a draft, loose files are not swept.
  const files = attachments.map((file) => file.id);
  if (written == null)
    return {
      kind: 'reply',
      text,
      channelId,
      attachmentIds: files,
      ...copiesOf(delivery?.recipients),
      quoteId: null,
      suggestionId: null,
    };
  const place = (id: string) => written.attachmentIds.indexOf(id);
  return { ...written, attachmentIds: files.sort((a, b) => place(a) - place(b)) };
}

/** What was begun since, perhaps on another device, stays below what comes back; words for colleagues never go to the client. */
function joined(back: Draft, begun: { kind: string; text: string; attachmentIds: string[] } | null): Draft {
  if (begun === null) return back;
  const words = begun.text.trim() !== '';
  return {
    ...back,
    kind: words && begun.kind === 'note' ? 'note' : back.kind,
    text: words ? `${back.text.trimEnd()}\n\n${begun.text}` : back.text,
    attachmentIds: [...new Set([...back.attachmentIds, ...begun.attachmentIds])],
  };
}

function copiesOf(recipients: unknown): { cc: string[]; bcc: string[] } {
  const { cc = [], bcc = [] } = (recipients ?? {}) as { cc?: { value: string }[]; bcc?: { value: string }[] };
  return { cc: cc.map(({ value }) => value), bcc: bcc.map(({ value }) => value) };
}

async function repeated(tx: Tx, actor: string, key: string): Promise<string | null> {
  const row = await tx.repeatKey.findUnique({ where: { actor_key: { actor, key } } });
  return row?.resultId ?? null;
}

/**
 * What a writer must not answer past: the client's newer words, and a colleague's newer answer (the client would get two).
 * One's own further answers, the bot's, what goes out by itself and notes refuse nothing.
 */
async function refuseUnseen(tx: Tx, threadId: string, writerId: string, seenMessageId: string | undefined) {
  const fresh = await tx.$queryRaw<{ id: string; direction: string; authorName: string }[]>`
    SELECT m.id, m.direction::text, m."authorName"
    FROM message m LEFT JOIN message seen ON seen.id = ${seenMessageId ?? null}::uuid AND seen."threadId" = m."threadId"
    WHERE m."threadId" = ${threadId}::uuid
      AND (m.direction = 'inbound' AND m.classification = 'person'
        OR m.direction = 'outbound' AND m."authorKind" = 'user' AND m."authorUserId" IS DISTINCT FROM ${writerId}::uuid)
      AND (seen.id IS NULL OR (m."createdAt", m.id) > (seen."createdAt", seen.id))
    ORDER BY m."createdAt" DESC, m.id DESC LIMIT 20`;
  const last = fresh[0];
  if (last === undefined) return;
  const answeredBy = last.direction === 'outbound' ? last.authorName : null;
  throw conflict(
    'thread.newMessage',
    answeredBy === null ? 'The client has written something new.' : `${answeredBy} has answered meanwhile.`,
    {
      answeredBy,
      newMessages: await presentMessages(tx, fresh.map((row) => row.id).reverse()),
    },
  );
}

/** Only what the writer has uploaded: a file that is not sent yet is nobody else's to send. */
async function attach(tx: Tx, author: Author, messageId: string, ids: string[]): Promise<{ name: string }[]> {
  if (ids.length === 0) return [];
  const loose = await tx.attachment.findMany({
    where: { id: { in: ids }, messageId: null, uploadedById: author.kind === 'user' ? author.viewer.userId : null },
    select: { id: true, name: true },
  });
  const found = new Set(loose.map((row) => row.id));
  const missing = ids.findIndex((id) => !found.has(id));
  if (missing >= 0)
    throw meaning('attachment.unknown', 'This file was not uploaded, or is already sent.', `attachmentIds.${missing}`);
  await tx.attachment.updateMany({ where: { id: { in: ids } }, data: { messageId } });
  return loose;
}

/**
 * Counters, clock and assignee of a thread after a reply or note of ours. A person's reply is an answer: nobody waits any
 * more, and how long they did is written down. Needs the thread locked.
 *
 * @param answeredAt when the client has it; null: it goes out later, and until then they wait (outcome.ts)
 */
export async function advanceBy(
  tx: Tx,
  thread: SummaryRow,
  author: { kind: Author['kind']; userId: string | null },
  note: boolean,
  messageId: string,
  preview: string,
  now: Date,
  answeredAt: Date | null,
): Promise<void> {
  const state = await tx.thread.findUniqueOrThrow({ where: { id: thread.id } });
  const answered = !note && author.kind === 'user';
  const clock =
    answered && answeredAt !== null
      ? personAnswered(state, answeredAt)
      : !note && author.kind === 'bot' && state.botState === 'bot'
        ? nobodyAwaited(state)
        : state;
  if (answered && answeredAt !== null)
    await recordResponse(tx, thread.id, { messageId, userId: author.userId, answeredAt });
  await tx.thread.update({
    where: { id: thread.id },
    data: {
      messageCount: { increment: 1 },
      lastMessageAt: now > state.lastMessageAt ? now : state.lastMessageAt,
      lastMessageId: messageId,
      lastDirection: note ? 'note' : 'outbound',
      ...(note ? {} : { preview }),
      waitingSince: clock.waitingSince,
      ...(clock.waitingSince === null ? noClock : {}),
      firstResponseAt: clock.firstResponseAt,
      ...(answered && state.botState !== 'off' ? { botState: 'person' as const, botReason: null } : {}),
      ...(answered && state.assigneeId === null ? { assigneeId: author.userId } : {}),
      ...(answered && state.status === 'snoozed' ? { status: 'open' as const, snoozedUntil: null } : {}),
      updatedAt: now,
    },
  });
}

function replySubject(subject: string): string {
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`.trim();
}
