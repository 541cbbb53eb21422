import type { Address } from '../channels/channel.ts';
import type { Db } from '../db/client.ts';
import { Prisma } from '../db/generated/client.ts';
import { urgency } from '../jobs/names.ts';

/** A delivery as its sender has it. */
export interface Claimed {
  id: string;
  messageId: string;
  threadId: string;
  channelId: string;
  attempts: number;
  externalId: string | null;
  /** `reached`: who has it from an earlier try. */
  recipients: { to: Address[]; cc: Address[]; bcc: Address[]; reached?: string[] };
  repeated: boolean;
  claimedAt: Date;
}

/** What makes a row a {@link Claimed}; `d` is the delivery. */
export const claimedColumns = Prisma.sql`d.id, d."messageId", d."threadId", d."channelId", d.attempts, d."externalId", d.recipients, d.repeated, d."claimedAt"`;

/**
 * Takes a delivery that is due and behind no other for this process to send, which is in state `sending` then; null when it is
 * another's or not to be sent now.
 */
export async function claim(db: Db, processId: string, deliveryId: string, now: Date): Promise<Claimed | null> {
  const [row] = await db.$queryRaw<Claimed[]>`
    UPDATE delivery d SET state = 'sending', attempts = attempts + 1, "claimedBy" = ${processId}, "claimedAt" = ${now}::timestamptz, "updatedAt" = ${now}::timestamptz
    WHERE d.id = ${deliveryId}::uuid AND d.state IN ('pending', 'retry') AND d."dueAt" <= ${now}::timestamptz AND NOT ${isBehindAnother(now)}
    RETURNING ${claimedColumns}`;
  return row ?? null;
}

/**
 * Another message of the same thread and channel was written before `d` for the same people and is not out yet: they read them
 * in the order in which they were written. One that is sent later, was taken back or failed for good keeps nobody waiting, and
 * one still in its undo window does for that time alone. Ids grow with the time of writing, so no two wait for each other.
 */
export const isBehindAnother = (now: Date) => Prisma.sql`
  EXISTS (SELECT 1 FROM delivery before WHERE before."threadId" = d."threadId" AND before."channelId" = d."channelId" AND before.id < d.id
    AND (before.state IN ('sending', 'retry') OR (before.state = 'pending' AND before."dueAt" <= ${new Date(now.getTime() + longestUndoMs)}::timestamptz))
    AND EXISTS (SELECT 1 FROM jsonb_path_query(before.recipients, '$.to[*].value') AS person(address)
      WHERE person.address <@ jsonb_path_query_array(d.recipients, '$.to[*].value')
        AND NOT person.address <@ coalesce(before.recipients->'reached', '[]'::jsonb)))`;
/** No channel lets a message be taken back for longer. */
const longestUndoMs = 10_000;

/** What waited for a delivery that is settled goes now. */
export async function bringNext(
  db: Db,
  { threadId, channelId }: Pick<Claimed, 'threadId' | 'channelId'>,
  now: Date,
): Promise<void> {
  await db.$executeRaw`
    SELECT graphile_worker.add_job('deliver', json_build_object('deliveryId', d.id), job_key => 'deliver:' || d.id, priority => ${urgency.deliver}::int)
    FROM delivery d WHERE d."threadId" = ${threadId}::uuid AND d."channelId" = ${channelId}::uuid AND d.state IN ('pending', 'retry')
      AND d."dueAt" <= ${now}::timestamptz AND NOT ${isBehindAnother(now)}`;
}
