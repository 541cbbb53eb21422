import type { InboundMessage, IngestOutcome } from '../channels/channel.ts';
import type { Tx } from '../db/tx.ts';
import { newId, newToken } from '../lib/id.ts';
import { tagOfList } from './continue.ts';
import type { IngestChannel } from './ingest.ts';
import { attachmentName, type Placed } from './store.ts';

/** The writing statements of the way in: each writes a whole run of messages in one round trip. */

/** The threads that messages open; no two messages open one. */
export async function openThreads(tx: Tx, now: Date, channel: IngestChannel, placed: Placed[]): Promise<void> {
  if (placed.length === 0) return;
  const withBot = channel.botMode !== 'off' && channel.botMode !== 'suggest';
  const rows = placed.map(({ message, threadId, clientId, subject }) => ({
    id: threadId,
    clientId,
    subject: (message.subject ?? '').slice(0, 500).toWellFormed(),
    normalSubject: subject.toWellFormed(),
    status: message.historical || message.classification !== 'person' ? 'closed' : 'open',
    botState: message.historical || !withBot ? 'off' : 'bot',
    token: newToken(12),
    arrivedAt: message.arrivedAt,
    historical: message.historical,
  }));
  await tx.$executeRaw`
    INSERT INTO thread (id, "clientId", subject, "normalSubject", status, "teamId", "storeId", "channelId", "channelKind", "botState",
      token, "lastMessageAt", historical, "closedAt", "createdAt", "updatedAt")
    SELECT id, "clientId", subject, "normalSubject", status::"ThreadStatus", ${channel.teamId}::uuid, ${channel.storeId}::uuid, ${channel.id}::uuid, ${channel.kind}::"ChannelKind",
      "botState"::"BotState", token, "arrivedAt", historical, CASE WHEN status = 'closed' THEN "arrivedAt" END, ${now}::timestamptz, ${now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row(id uuid, "clientId" uuid, subject text, "normalSubject" text, status text, "botState" text,
      token text, "arrivedAt" timestamptz, historical boolean)`;
}

/** Messages with their attachments. */
export async function insertMessages(tx: Tx, now: Date, channel: IngestChannel, placed: Placed[]): Promise<void> {
  const messages = placed.map(({ message, messageId, threadId, files, closing }) => {
    const [writer] = message.from;
    return {
      id: messageId,
      threadId,
      authorName: (writer?.name ?? '').slice(0, 300).toWellFormed(),
      authorAddress: writer?.value ?? null,
      subject: message.subject,
      text: message.text,
      rest: message.rest,
      html: message.html,
      classification: message.classification,
      detail: closing == null ? message.detail : { ...message.detail, closing },
      externalId: message.messageId,
      references: message.references,
      participants: participantsOf(message),
      authentication: message.authentication ?? null,
      rawKey: files.rawKey,
      arrivedAt: message.arrivedAt,
    };
  });
  const attachments = placed.flatMap(({ message, messageId, files }) =>
    message.attachments.map((attachment, index) => ({
      id: newId(),
      messageId,
      name: attachmentName(attachment.name),
      type: attachment.type.slice(0, 200).toWellFormed(),
      sizeBytes: attachment.content.byteLength,
      fileKey: files.attachmentKeys[index] ?? '',
      digest: files.attachmentDigests[index] ?? null,
      contentId: attachment.contentId ?? null,
      inline: attachment.inline,
    })),
  );
  await tx.$executeRaw`
    WITH said AS (
      INSERT INTO message (id, "threadId", "channelId", "channelKind", direction, "authorKind", "authorName", "authorAddress", subject, text, rest, html,
        classification, detail, "externalId", "references", participants, authentication, "rawKey", "sentAt", "receivedAt", "createdAt")
      SELECT id, "threadId", ${channel.id}::uuid, ${channel.kind}::"ChannelKind", 'inbound', 'client', "authorName", "authorAddress", subject, text, rest, html,
        classification, nullif(detail, 'null'), "externalId", "references", nullif(participants, 'null'), nullif(authentication, 'null'), "rawKey", "arrivedAt", "arrivedAt", ${now}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) AS row(id uuid, "threadId" uuid, "authorName" text, "authorAddress" text, subject text, text text,
        rest text, html text, classification text, detail jsonb, "externalId" text, "references" text[], participants jsonb, authentication jsonb,
        "rawKey" text, "arrivedAt" timestamptz)
    )
    INSERT INTO attachment (id, "messageId", name, type, "sizeBytes", "fileKey", digest, "contentId", inline, "createdAt")
    SELECT id, "messageId", name, type, "sizeBytes", "fileKey", digest, "contentId", inline, ${now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(attachments)}::jsonb) AS row(id uuid, "messageId" uuid, name text, type text, "sizeBytes" int, "fileKey" text,
      digest text, "contentId" text, inline boolean)`;
}

/** Everyone addressed, the discussion lists it came over, and where the answer is wanted; null when nobody is named. */
export function participantsOf({ to, cc, lists = [], replyTo }: InboundMessage): object | null {
  if (to.length + cc.length + lists.length === 0 && replyTo === undefined) return null;
  return {
    to,
    cc,
    ...(lists.length === 0 ? {} : { list: lists.flatMap((list) => [list, tagOfList(list)]) }),
    ...(replyTo === undefined ? {} : { replyTo }),
  };
}

/** What a message does to its thread. */
export interface ThreadStep {
  threadId: string;
  messageId: string;
  arrivedAt: Date;
  preview: string;
  /** It is what the list shows last. */
  newest: boolean;
  person: boolean;
  wantsPerson: boolean;
  status: 'open' | 'snoozed' | 'closed';
  /** It opened a closed thread again; only told, not stored. */
  reopened: boolean;
  waitingSince: Date | null;
  firstInboundAt: Date | null;
  dueAt: Date | null;
  policyId: string | null;
  targetMs: number | null;
  timerAt: Date | null;
  timerStep: number;
  clockFor: Date | null;
}

/** Counters, clocks and status of threads, one message each. */
export async function advanceThreads(tx: Tx, now: Date, channel: IngestChannel, steps: ThreadStep[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE thread SET "messageCount" = "messageCount" + 1, "updatedAt" = ${now}::timestamptz, status = step.status::"ThreadStatus",
      "lastMessageAt" = greatest("lastMessageAt", step."arrivedAt"),
      "lastMessageId" = CASE WHEN step.newest OR "lastMessageId" IS NULL THEN step."messageId" ELSE "lastMessageId" END,
      "lastDirection" = CASE WHEN step.newest THEN 'inbound'::"Direction" ELSE "lastDirection" END,
      preview = CASE WHEN step.newest OR thread.preview = '' THEN step.preview ELSE thread.preview END,
      "lastInboundAt" = CASE WHEN step.person THEN greatest("lastInboundAt", step."arrivedAt") ELSE "lastInboundAt" END,
      "channelId" = CASE WHEN step.person THEN ${channel.id}::uuid ELSE "channelId" END,
      "channelKind" = CASE WHEN step.person THEN ${channel.kind}::"ChannelKind" ELSE "channelKind" END,
      "waitingSince" = step."waitingSince", "dueAt" = step."dueAt", "firstInboundAt" = step."firstInboundAt",
      "policyId" = step."policyId", "targetMs" = step."targetMs", "timerAt" = step."timerAt", "timerStep" = step."timerStep", "clockFor" = step."clockFor",
      "snoozedUntil" = CASE WHEN step.status = 'open' THEN NULL ELSE "snoozedUntil" END,
      "closedAt" = CASE WHEN step.status = 'closed' THEN "closedAt" END, "closedById" = CASE WHEN step.status = 'closed' THEN "closedById" END,
      historical = historical AND NOT step."wantsPerson"
    FROM jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) AS step("threadId" uuid, "messageId" uuid, "arrivedAt" timestamptz, preview text, newest boolean,
      person boolean, "wantsPerson" boolean, status text, "waitingSince" timestamptz, "firstInboundAt" timestamptz, "dueAt" timestamptz, "policyId" uuid,
      "targetMs" float8, "timerAt" timestamptz, "timerStep" int, "clockFor" timestamptz)
    WHERE thread.id = step."threadId"`;
}

/** What became of received things. */
export async function finishReceipts(
  tx: Tx,
  channelId: string,
  outcomes: (IngestOutcome & { reason?: string })[],
): Promise<void> {
  if (outcomes.length === 0) return;
  await tx.$executeRaw`
    UPDATE receipt SET outcome = done.outcome, "messageId" = done."messageId", "threadId" = done."threadId", reason = done.reason
    FROM jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) AS done("externalId" text, outcome text, "messageId" uuid, "threadId" uuid, reason text)
    WHERE receipt."channelId" = ${channelId}::uuid AND receipt."externalId" = done."externalId"`;
}
