import type { Tx } from '../db/tx.ts';
import { markRecorded } from '../db/tx.ts';
import { events, type NewEvent } from './catalogue.ts';

/** Queues that threads share: one a thread would slow the job table down (design.md, "Jobs"). */
const queues = 64;

/**
 * Writes an event in its cause's transaction, and one job for it when anything reacts to it.
 * Needs a transaction.
 */
export async function record(tx: Tx, event: NewEvent): Promise<void> {
  await recordAll(tx, [event]);
}

/** The same for several events, in their order, as one statement. */
export async function recordAll(tx: Tx, happened: NewEvent[]): Promise<void> {
  if (happened.length === 0) return;
  markRecorded(tx);
  const rows = happened.map((event, position) => ({
    position,
    type: event.type,
    at: event.at,
    threadId: event.threadId ?? null,
    clientId: event.clientId ?? null,
    actorId: event.actorId ?? null,
    ids: {
      ...(event.threadId ? { threadId: event.threadId } : {}),
      ...(event.clientId ? { clientId: event.clientId } : {}),
      ...event.ids,
    },
    patch: event.patch ?? {},
    scope: event.scope ?? {},
    queue: events[event.type].length === 0 ? null : queueOf(event.threadId ?? event.clientId ?? event.type),
  }));
  await tx.$executeRaw`
    WITH item AS MATERIALIZED (
      SELECT nextval('event_id_seq') AS id, ordered.* FROM (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row(position int, type text, at timestamptz, "threadId" uuid,
          "clientId" uuid, "actorId" uuid, ids jsonb, patch jsonb, scope jsonb, queue text) ORDER BY position
      ) AS ordered
    ), written AS (
      INSERT INTO event (id, type, at, "threadId", "clientId", "actorId", ids, patch, scope)
      SELECT id, type, at, "threadId", "clientId", "actorId", ids, patch, scope FROM item
    )
    SELECT count(*) FROM graphile_worker.add_jobs(ARRAY(
      SELECT ('event', json_build_object('eventId', id::text), queue, NULL, NULL, NULL, NULL, NULL)::graphile_worker.job_spec
      FROM item WHERE queue IS NOT NULL ORDER BY id))`;
}

/** The serial queue of a thread's jobs. */
export function queueOf(key: string): string {
  let hash = 0;
  for (let at = 0; at < key.length; at++) hash = (hash * 31 + key.charCodeAt(at)) >>> 0;
  return `t${hash % queues}`;
}
