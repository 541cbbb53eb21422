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
  markRecorded(tx);
  const ids = JSON.stringify({
    ...(event.threadId ? { threadId: event.threadId } : {}),
    ...(event.clientId ? { clientId: event.clientId } : {}),
    ...event.ids,
  });
  const patch = JSON.stringify(event.patch ?? {});
  const scope = JSON.stringify(event.scope ?? {});
  if (events[event.type].length === 0) {
    await tx.$executeRaw`
      INSERT INTO event (type, at, "threadId", "clientId", "actorId", ids, patch, scope)
      VALUES (${event.type}, ${event.at}::timestamptz, ${event.threadId ?? null}::uuid, ${event.clientId ?? null}::uuid,
        ${event.actorId ?? null}::uuid, ${ids}::jsonb, ${patch}::jsonb, ${scope}::jsonb)`;
    return;
  }
  const queue = queueOf(event.threadId ?? event.clientId ?? event.type);
  await tx.$executeRaw`
    WITH written AS (
      INSERT INTO event (type, at, "threadId", "clientId", "actorId", ids, patch, scope)
      VALUES (${event.type}, ${event.at}::timestamptz, ${event.threadId ?? null}::uuid, ${event.clientId ?? null}::uuid,
        ${event.actorId ?? null}::uuid, ${ids}::jsonb, ${patch}::jsonb, ${scope}::jsonb)
      RETURNING id
    )
    SELECT graphile_worker.add_job('event', json_build_object('eventId', written.id::text), queue_name => ${queue}) FROM written`;
}

/** The serial queue of a thread's jobs. */
export function queueOf(key: string): string {
  let hash = 0;
  for (let at = 0; at < key.length; at++) hash = (hash * 31 + key.charCodeAt(at)) >>> 0;
  return `t${hash % queues}`;
}
