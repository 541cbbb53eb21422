import { Prisma } from '../db/client.ts';
import type { Reader } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import { maySeeThread, type Viewer } from '../users/viewer.ts';
import { readSummary, type SummaryRow } from './rows.ts';

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
