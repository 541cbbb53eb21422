import { DateTime } from 'luxon';
import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import type { Reactor } from '../jobs/handlers.ts';
import { newId } from '../lib/id.ts';
import { choosePolicy, type DatedPolicy, type Step } from './aim.ts';
import { deadlineAfter, type WorkingHours, workingBetween } from './clock.ts';
import { loadRules, type TargetRules } from './rules.ts';
import { type ClockRow, lockClock } from './setClock.ts';

/** The clock of a whole matter: from the client's first word to the closing, standing still while the client is awaited. */

/** Something said that moves the clock: by the client, or to the client by a person or the bot. */
export interface Said {
  at: Date;
  by: 'client' | 'us';
}

/** When the clock ran, as [from, to] instants; the last `to` is null while it runs. Pure. */
export function runningOf(
  said: readonly Said[],
  pauseForClient: boolean,
  closedAt: Date | null,
): [Date, Date | null][] {
  const first = said.find((one) => one.by === 'client');
  if (first === undefined) return [];
  if (!pauseForClient) return [[first.at, closedAt]];
  const stretches: [Date, Date | null][] = [];
  let since: Date | null = null;
  for (const one of said) {
    if (one.by === 'client') since ??= one.at;
    else if (since !== null) {
      stretches.push([since, one.at]);
      since = null;
    }
  }
  if (since !== null) stretches.push([since, closedAt]);
  return stretches;
}

/** Time used by finished stretches, in the policy's kind of time. */
export function usedMs(
  stretches: readonly [Date, Date | null][],
  time: 'clock' | 'working',
  hours: WorkingHours,
): number {
  return stretches.reduce(
    (sum, [from, to]) =>
      to === null
        ? sum
        : sum + (time === 'clock' ? Math.max(0, to.getTime() - from.getTime()) : workingBetween(hours, from, to)),
    0,
  );
}

/** What the running clock leads to; null while it stands. Pure. */
export function resolutionSteps(
  policy: DatedPolicy,
  stretches: readonly [Date, Date | null][],
  hours: WorkingHours,
): { dueAt: Date; steps: Step[] } | null {
  const last = stretches.at(-1);
  const targetMs = policy.resolutionMs;
  if (last === undefined || last[1] !== null || targetMs === null) return null;
  const used = usedMs(stretches, policy.time, hours);
  const after = (ms: number) =>
    policy.time === 'clock'
      ? new Date(last[0].getTime() + Math.max(0, Math.round(ms)))
      : deadlineAfter(hours, last[0], Math.max(0, Math.round(ms)));
  const dueAt = after(targetMs - used);
  if (dueAt === null) return null;
  const warnAt = after(targetMs * policy.warnShare - used) ?? dueAt;
  const steps: Step[] = [
    { at: warnAt, kind: 'warning' },
    { at: dueAt, kind: 'breach' },
    ...policy.escalations.map((escalation) => ({
      at: new Date((escalation.on === 'warning' ? warnAt : dueAt).getTime() + escalation.afterMs),
      kind: 'escalation' as const,
      escalation,
    })),
  ];
  return { dueAt, steps: steps.sort((a, b) => a.at.getTime() - b.at.getTime()) };
}

/** A thread's matter as it stands: its row, the target that applies, when the clock ran. */
export interface Matter {
  row: MatterRow;
  policy: DatedPolicy | null;
  stretches: [Date, Date | null][];
  hours: WorkingHours;
  startedAt: Date | null;
}

interface MatterRow extends ClockRow {
  status: 'open' | 'snoozed' | 'closed';
  counts: boolean;
  resolveStep: number;
  resolvePolicyId: string | null;
}

/** Sets the matter's clock anew after whatever may have moved it, and writes what closing it took. Repeatable. */
export const timeResolution: Reactor = async ({ db }, event) => {
  const { threadId } = event;
  if (threadId === null) return;
  if (event.type !== 'thread.closed' && !(await hasMatter(db, threadId))) return;
  await transact(db, async (tx) => {
    const rules = await loadRules(tx);
    if (event.type === 'thread.closed') {
      // As the event says, and not as the thread is by now: it may have been opened again already.
      const said = await tx.event.findUnique({ where: { id: BigInt(event.id) }, select: { actorId: true } });
      const matter = await readMatter(tx, threadId, rules, event.at);
      if (matter !== null) await writeResolution(tx, matter, event.at, said?.actorId ?? null, rules.timezone);
    }
    await setResolution(tx, threadId, event.at, rules);
  });
};

/** Whether a matter's clock runs or ran here, or could: where no target is for resolution, one statement says so. */
async function hasMatter(db: Db, threadId: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ has: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM target_policy WHERE "resolutionMs" IS NOT NULL)
      OR EXISTS (SELECT 1 FROM thread WHERE id = ${threadId}::uuid AND "resolvePolicyId" IS NOT NULL)
      OR EXISTS (SELECT 1 FROM resolution WHERE "threadId" = ${threadId}::uuid) AS has`;
  return row?.has === true;
}

async function setResolution(tx: Tx, threadId: string, at: Date, rules: TargetRules): Promise<void> {
  const matter = await readMatter(tx, threadId, rules, null);
  if (matter === null) return;
  const { row, policy } = matter;
  if (row.status === 'closed') return storeTimer(tx, row.id, null, null, 0, null);
  await tx.$executeRaw`
    UPDATE resolution SET "reopenedAt" = ${at}::timestamptz
    WHERE id = (SELECT id FROM resolution WHERE "threadId" = ${threadId}::uuid ORDER BY "closedAt" DESC LIMIT 1)
      AND "reopenedAt" IS NULL AND "closedAt" < ${at}::timestamptz`;
  const clock = policy === null ? null : resolutionSteps(policy, matter.stretches, matter.hours);
  const step = row.resolvePolicyId === (policy?.id ?? null) ? row.resolveStep : 0;
  await storeTimer(tx, row.id, policy?.id ?? null, clock?.dueAt ?? null, step, clock?.steps[step]?.at ?? null);
}

/**
 * The matter of a thread, which it locks. Null: it has none (merged, history, gone).
 * @param closedAt the matter that was closed then; null: the one that runs
 */
export async function readMatter(
  tx: Tx,
  threadId: string,
  rules: TargetRules,
  closedAt: Date | null,
): Promise<Matter | null> {
  const clockRow = await lockClock(tx, threadId);
  if (clockRow === null) return null;
  const [state] = await tx.$queryRaw<Omit<MatterRow, keyof ClockRow>[]>`
    SELECT status, NOT historical AND "mergedIntoId" IS NULL AS counts, "resolveStep", "resolvePolicyId" FROM thread WHERE id = ${threadId}::uuid`;
  if (state === undefined || !state.counts) return null;
  const row = { ...clockRow, ...state };
  // A thread that was closed before and opened again begins a new matter with the next word of the client.
  const said = await tx.$queryRaw<Said[]>`
    SELECT at, CASE WHEN direction = 'inbound' THEN 'client' ELSE 'us' END AS by
    -- What is written for later is said when it is out.
    FROM (SELECT *, CASE WHEN direction = 'outbound' THEN greatest("sentAt", "receivedAt") ELSE "receivedAt" END AS at FROM message WHERE "threadId" = ${threadId}::uuid) said
    WHERE (direction = 'inbound' AND classification = 'person' AND detail ->> 'closing' IS NULL OR direction = 'outbound' AND "authorKind" IN ('user', 'bot'))
      AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d."messageId" = said.id AND d.state IN ('pending', 'sending', 'retry') AND said."sentAt" > said."createdAt")
      AND at <= coalesce(${closedAt}::timestamptz, 'infinity')
      AND at > coalesce((SELECT max("closedAt") FROM resolution WHERE "threadId" = ${threadId}::uuid AND "closedAt" < coalesce(${closedAt}::timestamptz, 'infinity')), '-infinity')
    ORDER BY at, id`;
  const startedAt = said.find((one) => one.by === 'client')?.at ?? null;
  const policy = startedAt === null ? null : choosePolicy(rules.policies, row, 'resolution', startedAt);
  const stretches = runningOf(said, policy?.pauseForClient ?? false, closedAt);
  return { row, policy, stretches, hours: rules.hoursAt(row), startedAt };
}

async function writeResolution(
  tx: Tx,
  matter: Matter,
  closedAt: Date,
  closedById: string | null,
  timezone: string,
): Promise<void> {
  const { row, policy, hours, startedAt } = matter;
  if (startedAt === null) return;
  const known = await tx.resolution.findFirst({ where: { threadId: row.id, closedAt }, select: { id: true } });
  if (known !== null) return;
  const targetMs = policy?.resolutionMs ?? null;
  const begun = DateTime.fromJSDate(startedAt, { zone: timezone });
  const used = policy === null ? 0 : usedMs(matter.stretches, policy.time, hours);
  await tx.resolution.create({
    data: {
      id: newId(closedAt.getTime()),
      threadId: row.id,
      clientId: row.clientId,
      startedAt,
      closedAt,
      userId: closedById,
      storeId: row.storeId,
      teamId: row.teamId,
      channelId: row.channelId,
      channelKind: row.channelKind,
      level: row.level,
      tags: [...row.tags],
      clockMs: Math.max(0, closedAt.getTime() - startedAt.getTime()),
      workingMs: workingBetween(hours, startedAt, closedAt),
      policyId: policy?.id ?? null,
      startedHour: begun.hour,
      startedWeekday: begun.weekday,
      targetMs,
      lateMs: targetMs === null ? null : Math.max(0, used - targetMs),
    },
  });
}

/** Stores where the clock of a matter stands. */
export async function storeTimer(
  tx: Tx,
  threadId: string,
  policyId: string | null,
  dueAt: Date | null,
  step: number,
  timerAt: Date | null,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE thread SET "resolvePolicyId" = ${policyId}::uuid, "resolveDueAt" = ${dueAt}::timestamptz, "resolveStep" = ${step}::int, "resolveTimerAt" = ${timerAt}::timestamptz
    WHERE id = ${threadId}::uuid`;
}

/** Threads whose matter's next step is due. */
export async function dueMatters(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM thread WHERE "resolveTimerAt" <= ${now}::timestamptz ORDER BY "resolveTimerAt" LIMIT ${limit}`;
  return rows.map((row) => row.id);
}
