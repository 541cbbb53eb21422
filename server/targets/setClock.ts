import type { Tx } from '../db/tx.ts';
import { type Aim, aimAt, choosePolicy, type DatedPolicy, type Facts, type Step, stepsOf } from './aim.ts';
import type { TargetRules } from './rules.ts';
import { loadRules } from './rules.ts';

/** A thread as its clock needs it. */
export interface ClockRow extends Facts {
  id: string;
  clientId: string;
  waitingSince: Date | null;
  dueAt: Date | null;
  firstInboundAt: Date | null;
  firstResponseAt: Date | null;
  policyId: string | null;
  targetMs: number | null;
  timerAt: Date | null;
  timerStep: number;
  clockFor: Date | null;
  /** The channel's own target. */
  channelTargetMs: number | null;
}

/** The clock of a wait as it is to be stored. */
export interface SetClock extends Aim {
  timerAt: Date | null;
  timerStep: number;
  clockFor: Date | null;
}

export const noClock: SetClock = {
  policyId: null,
  targetMs: null,
  dueAt: null,
  timerAt: null,
  timerStep: 0,
  clockFor: null,
};

/** The thread's row for its clock, locked. Null: there is no such thread. */
export async function lockClock(tx: Tx, threadId: string): Promise<ClockRow | null> {
  const [row] = await tx.$queryRaw<ClockRow[]>`
    SELECT t.id, t."clientId", t."waitingSince", t."dueAt", t."firstInboundAt", t."firstResponseAt", t."policyId", t."targetMs", t."timerAt", t."timerStep", t."clockFor",
      t."channelId", t."channelKind", t."teamId", t."storeId", t.tags, c.level, ch."targetMs"::float8 AS "channelTargetMs"
    FROM thread t JOIN client c ON c.id = t."clientId" JOIN channel ch ON ch.id = t."channelId"
    WHERE t.id = ${threadId}::uuid FOR UPDATE OF t`;
  return row ?? null;
}

/** Which target applies to the wait of `row`, and what is to be done when. Pure. */
export function clockOf(
  rules: TargetRules,
  row: ClockRow,
): { clock: SetClock; steps: Step[]; policy: DatedPolicy | null } {
  const since = row.waitingSince;
  if (since === null) return { clock: noClock, steps: [], policy: null };
  const measure = row.firstResponseAt === null ? 'first' : 'next';
  const hours = rules.hoursAt(row);
  const policy = choosePolicy(rules.policies, row, measure, since);
  const aim = aimAt(policy, measure, since, hours, row.channelTargetMs);
  const steps = stepsOf(policy, aim, since, hours);
  // The same wait under the same target keeps the steps that were taken: nobody is alerted twice for one cause.
  const same =
    row.clockFor?.getTime() === since.getTime() && row.policyId === aim.policyId && row.targetMs === aim.targetMs;
  const timerStep = same ? row.timerStep : 0;
  return { clock: { ...aim, timerStep, timerAt: steps[timerStep]?.at ?? null, clockFor: since }, steps, policy };
}

export async function storeClock(tx: Tx, threadId: string, clock: SetClock): Promise<void> {
  await tx.$executeRaw`
    UPDATE thread SET "policyId" = ${clock.policyId}::uuid, "targetMs" = ${clock.targetMs}, "dueAt" = ${clock.dueAt}::timestamptz, "timerAt" = ${clock.timerAt}::timestamptz,
      "timerStep" = ${clock.timerStep}::int, "clockFor" = ${clock.clockFor}::timestamptz
    WHERE id = ${threadId}::uuid`;
}

/**
 * Sets a thread's clock anew after whatever may have changed its wait or its target (a tag, a team, a merge, an undo, the
 * bot's hand-over). Repeatable. Answers whether its due time changed.
 */
export async function setClock(tx: Tx, threadId: string, known?: TargetRules): Promise<boolean> {
  const row = await lockClock(tx, threadId);
  if (row === null) return false;
  const { clock } = clockOf(known ?? (await loadRules(tx, { policies: true })), row);
  await storeClock(tx, threadId, clock);
  return clock.dueAt?.getTime() !== row.dueAt?.getTime();
}
