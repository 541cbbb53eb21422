import { Prisma } from '../db/client.ts';
import type { Reader, Tx } from '../db/tx.ts';
import type { ThreadPlace } from '../events/catalogue.ts';
import type { ThreadSummary } from './schema.ts';

/** A thread with its client's name, as every list, event and screen shows it. */
export interface SummaryRow {
  id: string;
  clientId: string;
  clientName: string;
  clientLevel: 'key' | 'vip' | 'usual';
  companyName: string | null;
  subject: string;
  preview: string;
  status: 'open' | 'snoozed' | 'closed';
  assigneeId: string | null;
  teamId: string | null;
  storeId: string | null;
  channelId: string;
  channelKind: 'email' | 'telegram' | 'chat' | 'phone';
  tags: string[];
  messageCount: number;
  lastMessageId: string | null;
  lastMessageAt: Date;
  lastDirection: 'inbound' | 'outbound' | 'note';
  lastInboundAt: Date | null;
  waitingSince: Date | null;
  dueAt: Date | null;
  snoozedUntil: Date | null;
  closedAt: Date | null;
  botState: 'off' | 'bot' | 'waiting' | 'person';
  historical: boolean;
  mergedIntoId: string | null;
  createdAt: Date;
}

/** The columns of SummaryRow, of tables `t`, `c` and `co`. */
export const summaryColumns = Prisma.sql`
  t.id, t."clientId", c.name AS "clientName", c.level AS "clientLevel", co.name AS "companyName", t.subject, t.preview,
  t.status, t."assigneeId", t."teamId", t."storeId", t."channelId", t."channelKind", t.tags, t."messageCount",
  t."lastMessageId", t."lastMessageAt", t."lastDirection", t."lastInboundAt", t."waitingSince", t."dueAt",
  t."snoozedUntil", t."closedAt", t."botState", t.historical, t."mergedIntoId", t."createdAt"`;

export const summaryTables = Prisma.sql`(thread t JOIN client c ON c.id = t."clientId" LEFT JOIN company co ON co.id = c."companyId")`;

/** The row as the wire carries it. */
export function presentSummary(row: SummaryRow): ThreadSummary {
  return {
    id: row.id,
    clientId: row.clientId,
    clientName: row.clientName,
    clientLevel: row.clientLevel,
    companyName: row.companyName,
    subject: row.subject,
    preview: row.preview,
    status: row.status,
    assigneeId: row.assigneeId,
    teamId: row.teamId,
    storeId: row.storeId,
    channelId: row.channelId,
    channelKind: row.channelKind,
    tags: row.tags,
    messageCount: row.messageCount,
    lastMessageId: row.lastMessageId,
    lastMessageAt: row.lastMessageAt.toISOString(),
    lastDirection: row.lastDirection,
    lastInboundAt: iso(row.lastInboundAt),
    waitingSince: iso(row.waitingSince),
    dueAt: iso(row.dueAt),
    snoozedUntil: iso(row.snoozedUntil),
    closedAt: iso(row.closedAt),
    botState: row.botState,
    historical: row.historical,
    mergedIntoId: row.mergedIntoId,
    createdAt: row.createdAt.toISOString(),
  };
}

const iso = (at: Date | null) => at?.toISOString() ?? null;

/** One thread's summary; null when there is none. */
export async function readSummary(reader: Reader, threadId: string): Promise<SummaryRow | null> {
  return (await readSummaries(reader, [threadId])).get(threadId) ?? null;
}

/** Summaries by thread id. */
export async function readSummaries(reader: Reader, threadIds: string[]): Promise<Map<string, SummaryRow>> {
  const rows = await reader.$queryRaw<
    SummaryRow[]
  >`SELECT ${summaryColumns} FROM ${summaryTables} WHERE t.id = ANY(${threadIds}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

export const placeOf = (row: ThreadPlace): ThreadPlace => ({
  assigneeId: row.assigneeId,
  teamId: row.teamId,
  storeId: row.storeId,
});

/** Locks a thread for a change; what follows in this transaction sees nobody else's half. */
export async function lockThread(tx: Tx, threadId: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM thread WHERE id = ${threadId}::uuid FOR UPDATE`;
}
