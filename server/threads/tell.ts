import { standsInFor } from '../absence/standsIn.ts';
import type { Tx } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import type { EventType, NewEvent, ThreadPlace } from '../events/catalogue.ts';
import { record, recordAll } from '../events/record.ts';
import { placeOf, presentSummary, readSummaries, readSummary, type SummaryRow } from './rows.ts';

/** What an event about a thread says besides the thread itself. */
export interface Told {
  actorId?: string | null;
  ids?: Record<string, string | null>;
  patch?: Record<string, unknown>;
  /** The thread's place before the change, when it may have moved. */
  before?: ThreadPlace;
}

/**
 * Records an event about a thread as it is now, summary and audience included. Call it last in the transaction.
 * What a substitute does says for whom (`patch.forUserId`).
 */
export async function tellThread(
  tx: Tx,
  type: EventType,
  threadId: string,
  at: Date,
  details: Told = {},
): Promise<SummaryRow> {
  const row = await readSummary(tx, threadId);
  if (row === null) throw notFound('thread');
  const forUserId = details.actorId ? await standsInFor(tx, row.clientId, details.actorId) : null;
  const patch = forUserId === null ? details.patch : { forUserId, ...details.patch };
  await record(tx, aboutThread(type, row, at, { ...details, patch }));
  return row;
}

/** The same for one event each about several threads. */
export async function tellThreads(
  tx: Tx,
  type: EventType,
  at: Date,
  told: (Told & { threadId: string })[],
): Promise<void> {
  const rows = await readSummaries(
    tx,
    told.map(({ threadId }) => threadId),
  );
  const events = told.map(({ threadId, ...details }) => {
    const row = rows.get(threadId);
    if (row === undefined) throw notFound('thread');
    return aboutThread(type, row, at, details);
  });
  await recordAll(tx, events);
}

function aboutThread(type: EventType, row: SummaryRow, at: Date, details: Told): NewEvent {
  return {
    type,
    at,
    threadId: row.id,
    clientId: row.clientId,
    actorId: details.actorId ?? null,
    ids: details.ids ?? {},
    patch: { thread: presentSummary(row), ...details.patch },
    scope: { thread: placeOf(row), ...(details.before === undefined ? {} : { before: details.before }) },
  };
}
