import { Prisma } from '../db/client.ts';
import type { Reader, Tx } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import { maySeeThread, type Viewer } from '../users/viewer.ts';
import { lockThread, readSummary, type SummaryRow } from './rows.ts';

/** The same rule as audience.maySeeThread, for lists of `t`. */
export function visibleTo(viewer: Viewer): Prisma.Sql {
  if (viewer.role !== 'consultant') return Prisma.sql`TRUE`;
  return Prisma.sql`(
    t."assigneeId" = ANY(${[viewer.userId, ...(viewer.standsInFor ?? [])]}::uuid[]) OR t."teamId" = ANY(${[...viewer.teamIds]}::uuid[]) OR t."storeId" = ANY(${[...viewer.storeIds]}::uuid[])
    OR (t."assigneeId" IS NULL AND t."teamId" IS NULL AND t."storeId" IS NULL))`;
}

/** A thread that the viewer may see; any other is one that does not exist. */
export async function needThread(reader: Reader, viewer: Viewer, threadId: string): Promise<SummaryRow> {
  const row = await readSummary(reader, threadId);
  if (row === null || !maySeeThread(viewer, row)) throw notFound('thread');
  return row;
}

/** The thread, locked; one that a colleague merged away meanwhile goes on where its messages are. */
export async function lockHolder(tx: Tx, viewer: Viewer, threadId: string): Promise<SummaryRow> {
  const known = await needThread(tx, viewer, threadId);
  await lockThread(tx, known.mergedIntoId ?? threadId);
  const thread = await needThread(tx, viewer, known.mergedIntoId ?? threadId);
  return thread.mergedIntoId === null ? thread : lockHolder(tx, viewer, thread.mergedIntoId);
}
