import type { Reader } from '../db/tx.ts';
import type { Attachment, Message } from './schema.ts';

/** Messages with their attachments and delivery, as staff see them; order is the caller's. Two statements, whatever their number. */
export async function presentMessages(reader: Reader, ids: readonly string[]): Promise<Message[]> {
  if (ids.length === 0) return [];
  const rows = await reader.message.findMany({
    where: { id: { in: [...ids] } },
    include: { attachments: { orderBy: { id: 'asc' } }, delivery: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const answers = rows.filter((row) => row.authorKind === 'bot' && row.direction === 'outbound');
  const wrong =
    answers.length === 0
      ? []
      : await reader.wrongAnswer.findMany({
          where: { messageId: { in: answers.map((row) => row.id) } },
          select: { messageId: true, createdAt: true },
        });
  const wrongAt = new Map(wrong.map((row) => [row.messageId, row.createdAt]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row === undefined ? [] : [presentMessage(row, wrongAt.get(row.id) ?? null)];
  });
}

type Row = Awaited<ReturnType<typeof readRow>>;
const readRow = (reader: Reader) => reader.message.findFirstOrThrow({ include: { attachments: true, delivery: true } });

function presentMessage(row: Row, wrongAt: Date | null): Message {
  return {
    id: row.id,
    threadId: row.threadId,
    channelId: row.channelId,
    channelKind: row.channelKind,
    direction: row.direction,
    author: { kind: row.authorKind, userId: row.authorUserId, name: row.authorName, address: row.authorAddress },
    subject: row.subject,
    text: row.text,
    rest: row.rest,
    html: row.html,
    attachments: row.attachments.map(presentAttachment),
    classification: row.classification as Message['classification'],
    detail: row.detail as Message['detail'],
    participants: presentParticipants(row.participants),
    authentication: row.authentication as Message['authentication'],
    citations: row.citations as Message['citations'],
    delivery:
      row.delivery === null
        ? null
        : {
            state: row.delivery.state,
            attempts: row.delivery.attempts,
            error: row.delivery.error,
            dueAt: row.delivery.dueAt.toISOString(),
            repeated: row.delivery.repeated,
          },
    hasRaw: row.rawKey !== null,
    sentAt: row.sentAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    readAt: row.readAt?.toISOString() ?? null,
    wrongAt: wrongAt?.toISOString() ?? null,
  };
}

export function presentAttachment(row: {
  id: string;
  name: string;
  type: string;
  sizeBytes: number;
  inline: boolean;
  contentId: string | null;
  remote: unknown;
}): Attachment {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    sizeBytes: row.sizeBytes,
    inline: row.inline,
    contentId: row.contentId,
    url: `/api/v1/attachments/${row.id}`,
    ...remoteState(row.remote),
  };
}

function remoteState(remote: unknown): Pick<Attachment, 'state'> {
  if (remote === null) return {};
  return { state: typeof remote === 'object' && remote !== null && 'error' in remote ? 'failed' : 'coming' };
}

function presentParticipants(value: unknown): Message['participants'] {
  if (value === null || typeof value !== 'object') return null;
  const { to, cc } = value as { to?: { value: string }[]; cc?: { value: string }[] };
  return { to: (to ?? []).map((address) => address.value), cc: (cc ?? []).map((address) => address.value) };
}
