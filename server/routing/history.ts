import type { Db } from '../db/client.ts';
import { needThread } from '../threads/visibility.ts';
import type { Viewer } from '../users/viewer.ts';
import type { ThreadStep } from './schema.ts';

/** What a thread's way is told by; what was said is in its messages, but for what says why no clock started. */
const told = [
  'thread.opened',
  'thread.assigned',
  'thread.closed',
  'thread.reopened',
  'thread.snoozed',
  'thread.merged',
  'thread.split',
  'thread.botChanged',
  'target.warning',
  'target.breached',
  'target.escalated',
  'request.changed',
] as const;

interface Row {
  id: bigint;
  type: ThreadStep['type'];
  at: Date;
  actorId: string | null;
  why: string | null;
  forUserId: string | null;
  assigneeId: string | null;
  teamId: string | null;
  beforeId: string | null;
  policyName: string | null;
  action: string | null;
}

/** Where a thread went and why, newest first, at most 100 steps. */
export async function readWay(db: Db, viewer: Viewer, threadId: string): Promise<ThreadStep[]> {
  await needThread(db, viewer, threadId);
  const rows = await db.$queryRaw<Row[]>`
    SELECT e.id, e.type, e.at, e."actorId", e.patch ->> 'why' AS why, e.patch ->> 'forUserId' AS "forUserId", e.scope #>> '{thread,assigneeId}' AS "assigneeId",
      e.scope #>> '{thread,teamId}' AS "teamId", e.scope #>> '{before,assigneeId}' AS "beforeId", e.patch ->> 'policy' AS "policyName", e.patch ->> 'action' AS action
    FROM event e WHERE e."threadId" = ${threadId}::uuid AND (e.type = ANY(${[...told]}::text[]) OR e.type = 'message.received' AND e.patch ->> 'closing' IS NOT NULL) ORDER BY e.id DESC LIMIT 100`;
  return rows.map(({ id, at, ...row }) => ({ ...row, id: String(id), at: at.toISOString() }));
}
