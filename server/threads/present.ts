import type { Reader } from '../db/tx.ts';
import type { Attachment, Message } from './schema.ts';

/** Words of a quoted message that are shown. */
const quotedLength = 160;

/** Messages with their attachments and delivery, as staff see them; order is the caller’s. A few statements, whatever their number. */
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
  const quotes = await quotesOf(reader, rows);
  const others = await otherChannels(reader, rows);
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (row === undefined) return [];
    const beside = { quote: quotes.get(id) ?? null, alsoTo: others.get(id) ?? [] };
    return [presentMessage(row, wrongAt.get(row.id) ?? null, beside)];
  });
}

/** Of messenger messages that name one: the message they answer, when it is in the same thread. */
async function quotesOf(reader: Reader, rows: Row[]): Promise<Map<string, NonNullable<Message['quote']>>> {
  const naming = rows.filter((row) => row.channelKind === 'telegram' && row.references.length > 0);
  if (naming.length === 0) return new Map();
  const quoted = await reader.message.findMany({
    where: {
      threadId: { in: [...new Set(naming.map((row) => row.threadId))] },
      externalId: { in: naming.flatMap((row) => row.references.slice(0, 1)) },
    },
    select: {
      id: true,
      threadId: true,
      channelId: true,
      externalId: true,
      authorName: true,
      text: true,
      attachments: { select: { name: true }, take: 1 },
    },
  });
  const keyOf = (row: { threadId: string; channelId: string | null }, externalId: string) =>
    `${row.threadId} ${row.channelId} ${externalId}`;
  const byKey = new Map(quoted.map((row) => [keyOf(row, row.externalId ?? ''), row]));
  return new Map(
    naming.flatMap((row) => {
      const found = byKey.get(keyOf(row, row.references[0] ?? ''));
      if (found === undefined) return [];
      const text = (found.text.trim() || found.attachments[0]?.name || '').slice(0, quotedLength);
      return [[row.id, { messageId: found.id, name: found.authorName, text }]];
    }),
  );
}

/** Of letters: the other mailboxes that got the same one. */
async function otherChannels(reader: Reader, rows: Row[]): Promise<Map<string, string[]>> {
  const letters = rows.filter((row) => row.channelKind === 'email' && row.direction === 'inbound');
  if (letters.length === 0) return new Map();
  const receipts = await reader.receipt.findMany({
    where: { messageId: { in: letters.map((row) => row.id) }, outcome: 'duplicate' },
    select: { messageId: true, channelId: true },
  });
  const others = new Map<string, string[]>();
  for (const row of letters) {
    const channels = receipts.filter((one) => one.messageId === row.id).map((one) => one.channelId);
    others.set(
      row.id,
      [...new Set(channels)].filter((channelId) => channelId !== row.channelId),
    );
  }
  return others;
}

type Row = Awaited<ReturnType<typeof readRow>>;
const readRow = (reader: Reader) => reader.message.findFirstOrThrow({ include: { attachments: true, delivery: true } });

function presentMessage(row: Row, wrongAt: Date | null, beside: Pick<Message, 'quote' | 'alsoTo'>): Message {
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
    ...beside,
    album: albumOf(row.detail),
    participants: presentParticipants(row.participants ?? row.delivery?.recipients ?? null),
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
  const { to, cc, bcc } = value as Partial<Record<'to' | 'cc' | 'bcc', { kind?: string; value: string }[]>>;
  const addresses = (given: { value: string }[] = []) => given.map((address) => address.value);
  return {
    to: addresses(to),
    cc: addresses(cc),
    ...(bcc === undefined || bcc.length === 0 ? {} : { bcc: addresses(bcc) }),
  };
}

function albumOf(detail: unknown): string | null {
  const { album } = (detail ?? {}) as { album?: unknown };
  return typeof album === 'string' ? album : null;
}
