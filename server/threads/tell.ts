import type { Tx } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import type { EventType, ThreadPlace } from '../events/catalogue.ts';
import { record } from '../events/record.ts';
import { placeOf, presentSummary, readSummary, type SummaryRow } from './rows.ts';

/**
 * Records an event about a thread as it is now, summary and audience included. Call it last in the transaction.
 * @param details.before the thread's place before the change, when it may have moved
 */
export async function tellThread(
  tx: Tx,
  type: EventType,
  threadId: string,
  at: Date,
  details: {
    actorId?: string | null;
    ids?: Record<string, string | null>;
    patch?: Record<string, unknown>;
    before?: ThreadPlace;
  } = {},
): Promise<SummaryRow> {
  const row = await readSummary(tx, threadId);
  if (row === null) throw notFound('thread');
  await record(tx, {
    type,
    at,
    threadId,
    clientId: row.clientId,
    actorId: details.actorId ?? null,
    ids: details.ids ?? {},
    patch: { thread: presentSummary(row), ...details.patch },
    scope: { thread: placeOf(row), ...(details.before === undefined ? {} : { before: details.before }) },
  });
  return row;
}
