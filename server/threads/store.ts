import type { Address, InboundMessage, IngestOutcome } from '../channels/channel.ts';
import { findOrMakeClient } from '../clients/recognise.ts';
import type { Tx } from '../db/tx.ts';
import { newId, newToken } from '../lib/id.ts';
import type { TargetRules } from '../targets/rules.ts';
import { clockOf } from '../targets/setClock.ts';
import { applyBounce } from './bounce.ts';
import { continueThread, normalSubject } from './continue.ts';
import type { IngestChannel } from './ingest.ts';
import {
  findCandidates,
  lockThreadState,
  ownDelivery,
  sameLetter,
  sameOriginal,
  type ThreadState,
} from './ingestSql.ts';
import { insertRemoteFiles } from './remoteFiles.ts';
import { tellThread } from './tell.ts';
import { clientWrote } from './waiting.ts';

/** Keys of what was written to the file store for a message. */
export interface StoredFiles {
  rawKey: string | null;
  /** SHA-256 of the original. */
  digest: string | null;
  attachmentKeys: string[];
}

/** Words of a message that the list shows. */
export const previewLength = 160;
/** What a client's message may hold at most in the timeline; the original is kept whole. */
const textLimit = 500_000;

/** Stores one claimed message: whose it is, where it goes on, the clock, the event. Needs the batch's transaction. */
export async function store(
  tx: Tx,
  now: Date,
  channel: IngestChannel,
  raw: InboundMessage,
  files: StoredFiles,
  rules: TargetRules,
): Promise<IngestOutcome> {
  const message = clean(raw);
  const settled = await settleWithout(tx, channel, message, files);
  if (settled !== null) return settled;

  const client = await findOrMakeClient(tx, message.from, now, message.language);
  const subject = normalSubject(message.subject);
  const candidates = await findCandidates(tx, {
    clientId: client.id,
    token: message.threadToken,
    references: message.references,
    subject,
    letter: channel.kind === 'email',
    addresses: message.from.map((address) => address.value),
  });
  const forged = message.authentication?.dmarc === 'fail';
  const place = continueThread(
    { channelKind: channel.kind, classification: message.classification, clientId: client.id, forged },
    candidates,
  );
  const threadId = place.threadId ?? (await openThread(tx, now, channel, client, message, subject));
  const thread = await lockThreadState(tx, threadId);
  const messageId = newId(now.getTime());
  await insertMessage(tx, messageId, threadId, channel, message, files, now);
  const reopened = await advanceThread(tx, now, channel, thread, message, messageId, rules);
  await finishReceipt(tx, channel.id, message.externalId, 'stored', messageId, threadId);
  if (message.detail?.bounces !== undefined || message.classification === 'bounce') await applyBounce(tx, now, message);
  await tellThread(tx, 'message.received', threadId, now, {
    ids: { messageId, channelId: channel.id },
    patch: { classification: message.classification, opened: place.threadId === null, reopened },
  });
  return { externalId: message.externalId, outcome: 'stored', messageId, threadId };
}

/** A message that makes no new row: ours come back, the same bytes again, the same letter in a second mailbox, an edit. */
async function settleWithout(
  tx: Tx,
  channel: IngestChannel,
  message: InboundMessage,
  files: StoredFiles,
): Promise<IngestOutcome | null> {
  if (message.edits !== undefined) return edit(tx, channel, message, message.edits);
  if (channel.kind !== 'email') return null;
  if (files.digest !== null) {
    const same = await sameOriginal(tx, channel.id, files.digest, message.externalId);
    if (same !== null)
      return finishReceipt(
        tx,
        channel.id,
        message.externalId,
        'duplicate',
        same.messageId,
        same.threadId,
        'the same letter was already here',
      );
  }
  if (message.messageId === null || message.messageId === '') return null;
  const own = await ownDelivery(tx, [message.messageId]);
  if (own !== null)
    return finishReceipt(
      tx,
      channel.id,
      message.externalId,
      'own',
      own.messageId,
      own.threadId,
      'a letter of ours that came back',
    );
  const twin = await sameLetter(tx, channel.id, message);
  if (twin !== null)
    return finishReceipt(
      tx,
      channel.id,
      message.externalId,
      'duplicate',
      twin.messageId,
      twin.threadId,
      'the same letter came to another mailbox too',
    );
  return null;
}

async function edit(
  tx: Tx,
  channel: IngestChannel,
  message: InboundMessage,
  edited: string,
): Promise<IngestOutcome | null> {
  const [row] = await tx.$queryRaw<{ messageId: string; threadId: string }[]>`
    SELECT "messageId", "threadId" FROM receipt WHERE "channelId" = ${channel.id}::uuid AND "externalId" = ${edited} AND "messageId" IS NOT NULL`;
  // The first version never came (an edit of something older than the connection): then this is the message.
  if (row === undefined) return null;
  await tx.$executeRaw`UPDATE message SET text = ${message.text}, html = ${message.html}, "editedAt" = ${message.arrivedAt}::timestamptz WHERE id = ${row.messageId}::uuid`;
  await tx.$executeRaw`UPDATE thread SET preview = ${previewOf(message)} WHERE id = ${row.threadId}::uuid AND "lastMessageId" = ${row.messageId}::uuid`;
  await tellThread(tx, 'message.edited', row.threadId, message.arrivedAt, { ids: { messageId: row.messageId } });
  return finishReceipt(tx, channel.id, message.externalId, 'edited', row.messageId, row.threadId);
}

async function openThread(
  tx: Tx,
  now: Date,
  channel: IngestChannel,
  client: { id: string; ownerId: string | null },
  message: InboundMessage,
  subject: string,
): Promise<string> {
  const id = newId(now.getTime());
  const botState = message.historical || channel.botMode === 'off' || channel.botMode === 'suggest' ? 'off' : 'bot';
  const status = message.historical || message.classification !== 'person' ? 'closed' : 'open';
  await tx.$executeRaw`
    INSERT INTO thread (id, "clientId", subject, "normalSubject", status, "teamId", "storeId", "channelId", "channelKind", "botState",
      token, "lastMessageAt", historical, "closedAt", "createdAt", "updatedAt")
    VALUES (${id}::uuid, ${client.id}::uuid, ${(message.subject ?? '').slice(0, 500)}, ${subject}, ${status}::"ThreadStatus", ${channel.teamId}::uuid, ${channel.storeId}::uuid,
      ${channel.id}::uuid, ${channel.kind}::"ChannelKind", ${botState}::"BotState", ${newToken(12)}, ${message.arrivedAt}::timestamptz, ${message.historical},
      ${status === 'closed' ? message.arrivedAt : null}::timestamptz, ${now}::timestamptz, ${now}::timestamptz)`;
  return id;
}

async function insertMessage(
  tx: Tx,
  id: string,
  threadId: string,
  channel: IngestChannel,
  message: InboundMessage,
  files: StoredFiles,
  now: Date,
): Promise<void> {
  const [writer] = message.from;
  const participants =
    message.to.length + message.cc.length === 0 ? null : JSON.stringify({ to: message.to, cc: message.cc });
  await tx.$executeRaw`
    INSERT INTO message (id, "threadId", "channelId", "channelKind", direction, "authorKind", "authorName", "authorAddress", subject, text, rest, html,
      classification, detail, "externalId", "references", participants, authentication, "rawKey", "sentAt", "receivedAt", "createdAt")
    VALUES (${id}::uuid, ${threadId}::uuid, ${channel.id}::uuid, ${channel.kind}::"ChannelKind", 'inbound', 'client', ${(writer?.name ?? '').slice(0, 300)}, ${writer?.value ?? null},
      ${message.subject}, ${message.text}, ${message.rest}, ${message.html}, ${message.classification}, ${message.detail === null ? null : JSON.stringify(message.detail)}::jsonb,
      ${message.messageId}, ${message.references}::text[], ${participants}::jsonb, ${message.authentication === undefined ? null : JSON.stringify(message.authentication)}::jsonb,
      ${files.rawKey}, ${message.arrivedAt}::timestamptz, ${message.arrivedAt}::timestamptz, ${now}::timestamptz)`;
  for (const [index, attachment] of message.attachments.entries()) {
    await tx.$executeRaw`
      INSERT INTO attachment (id, "messageId", name, type, "sizeBytes", "fileKey", "contentId", inline, "createdAt")
      VALUES (${newId()}::uuid, ${id}::uuid, ${attachment.name.slice(0, 300)}, ${attachment.type.slice(0, 200)}, ${attachment.content.byteLength},
        ${files.attachmentKeys[index] ?? ''}, ${attachment.contentId ?? null}, ${attachment.inline}, ${now}::timestamptz)`;
  }
  await insertRemoteFiles(tx, id, message.remoteFiles ?? [], now);
}

/** Counters, clock and status after a message; answers whether it opened a closed thread again. */
async function advanceThread(
  tx: Tx,
  now: Date,
  channel: IngestChannel,
  thread: ThreadState,
  message: InboundMessage,
  messageId: string,
  rules: TargetRules,
): Promise<boolean> {
  const wantsPerson = message.classification === 'person' && !message.historical;
  const clock = wantsPerson ? clientWrote(thread, message.arrivedAt, channel.targetMs) : thread;
  const place = { channelId: channel.id, channelKind: channel.kind, channelTargetMs: channel.targetMs };
  const timer = wantsPerson ? clockOf(rules, { ...thread, ...clock, ...place }).clock : thread;
  const status = wantsPerson ? 'open' : thread.status;
  const newest = message.arrivedAt >= thread.lastMessageAt || thread.status !== status;
  await tx.$executeRaw`
    UPDATE thread SET "messageCount" = "messageCount" + 1, "updatedAt" = ${now}::timestamptz, status = ${status}::"ThreadStatus",
      "lastMessageAt" = greatest("lastMessageAt", ${message.arrivedAt}::timestamptz),
      "lastMessageId" = CASE WHEN ${newest} OR "lastMessageId" IS NULL THEN ${messageId}::uuid ELSE "lastMessageId" END,
      "lastDirection" = CASE WHEN ${newest} THEN 'inbound'::"Direction" ELSE "lastDirection" END,
      preview = CASE WHEN ${newest} OR preview = '' THEN ${previewOf(message)} ELSE preview END,
      "lastInboundAt" = CASE WHEN ${message.classification === 'person'} THEN greatest("lastInboundAt", ${message.arrivedAt}::timestamptz) ELSE "lastInboundAt" END,
      "channelId" = CASE WHEN ${message.classification === 'person'} THEN ${channel.id}::uuid ELSE "channelId" END,
      "channelKind" = CASE WHEN ${message.classification === 'person'} THEN ${channel.kind}::"ChannelKind" ELSE "channelKind" END,
      "waitingSince" = ${clock.waitingSince}::timestamptz, "dueAt" = ${timer.dueAt}::timestamptz, "firstInboundAt" = ${clock.firstInboundAt}::timestamptz,
      "policyId" = ${timer.policyId}::uuid, "targetMs" = ${timer.targetMs}::float8, "timerAt" = ${timer.timerAt}::timestamptz, "timerStep" = ${timer.timerStep}::int,
      "clockFor" = ${timer.clockFor}::timestamptz,
      "snoozedUntil" = CASE WHEN ${status} = 'open' THEN NULL ELSE "snoozedUntil" END,
      "closedAt" = CASE WHEN ${status} = 'closed' THEN "closedAt" END, "closedById" = CASE WHEN ${status} = 'closed' THEN "closedById" END,
      historical = historical AND ${!wantsPerson}
    WHERE id = ${thread.id}::uuid`;
  return thread.status === 'closed' && status === 'open' && thread.lastMessageAt < message.arrivedAt;
}

async function finishReceipt(
  tx: Tx,
  channelId: string,
  externalId: string,
  outcome: IngestOutcome['outcome'],
  messageId: string | null,
  threadId: string | null,
  reason: string | null = null,
): Promise<IngestOutcome> {
  await tx.$executeRaw`
    UPDATE receipt SET outcome = ${outcome}, "messageId" = ${messageId}::uuid, "threadId" = ${threadId}::uuid, reason = ${reason}
    WHERE "channelId" = ${channelId}::uuid AND "externalId" = ${externalId}`;
  return { externalId, outcome, messageId, threadId };
}

export function previewOf(message: {
  text: string;
  attachments: { name: string }[];
  remoteFiles?: { name: string }[] | undefined;
}): string {
  const words = message.text.replace(/\s+/g, ' ').trim();
  return (
    words === '' ? [...message.attachments, ...(message.remoteFiles ?? [])].map((file) => file.name).join(', ') : words
  ).slice(0, previewLength);
}

/** NFC, and without the NUL that PostgreSQL cannot hold. */
function clean(message: InboundMessage): InboundMessage {
  const fix = (value: string) => value.normalize('NFC').replaceAll('\u0000', '').toWellFormed().slice(0, textLimit);
  const fixAddress = (address: Address): Address => ({
    ...address,
    value: fix(address.value),
    name: address.name === undefined ? undefined : fix(address.name),
  });
  return {
    ...message,
    from: message.from.map(fixAddress),
    to: message.to.map(fixAddress),
    cc: message.cc.map(fixAddress),
    subject: message.subject === null ? null : fix(message.subject),
    text: fix(message.text),
    rest: message.rest === null ? null : fix(message.rest),
    html: message.html === null ? null : fix(message.html),
    messageId: message.messageId === null || message.messageId.trim() === '' ? null : fix(message.messageId),
    references: message.references.filter((reference) => reference.trim() !== '').map(fix),
    remoteFiles: message.remoteFiles?.map((file) => ({ ...file, name: fix(file.name), type: fix(file.type) })),
    attachments: message.attachments.map((attachment) => ({
      ...attachment,
      name: fix(attachment.name),
      type: fix(attachment.type),
    })),
  };
}
