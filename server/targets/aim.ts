import { deadlineAfter, type WorkingHours } from './clock.ts';
import type { Escalation, Policy } from './schema.ts';

/** What is known of a waiting client when the target is chosen. */
export interface Facts {
  channelId: string;
  channelKind: 'email' | 'telegram' | 'chat' | 'phone';
  level: 'key' | 'vip' | 'usual';
  teamId: string | null;
  storeId: string | null;
  tags: readonly string[];
}

export type Measure = 'first' | 'next' | 'resolution';

/** A target as its timer needs it; the row's dates are Dates. */
export type DatedPolicy = Omit<Policy, 'validFrom' | 'validUntil'> & { validFrom: Date; validUntil: Date | null };

/**
 * The target of a wait that began at `since`: of the versions valid then that say something about `measure`, the one with
 * the most conditions, then the smaller position, then the newer. Null: none fits.
 */
export function choosePolicy(
  policies: readonly DatedPolicy[],
  facts: Facts,
  measure: Measure,
  since: Date,
): DatedPolicy | null {
  let best: DatedPolicy | null = null;
  for (const policy of policies) {
    if (promisedMs(policy, measure) === null || !fits(policy, facts)) continue;
    if (policy.validFrom > since || (policy.validUntil !== null && policy.validUntil <= since)) continue;
    if (best === null || compare(policy, best) < 0) best = policy;
  }
  return best;
}

/** What a policy promises, in milliseconds of its own kind of time. */
export function promisedMs(policy: DatedPolicy, measure: Measure): number | null {
  return { first: policy.firstMs, next: policy.nextMs, resolution: policy.resolutionMs }[measure];
}

function fits(policy: DatedPolicy, facts: Facts): boolean {
  return (
    (policy.channelKind === null || policy.channelKind === facts.channelKind) &&
    (policy.channelId === null || policy.channelId === facts.channelId) &&
    (policy.level === null || policy.level === facts.level) &&
    (policy.teamId === null || policy.teamId === facts.teamId) &&
    (policy.storeId === null || policy.storeId === facts.storeId) &&
    (policy.tag === null || facts.tags.includes(policy.tag))
  );
}

function conditions(policy: DatedPolicy): number {
  const all = [policy.channelKind, policy.channelId, policy.level, policy.teamId, policy.storeId, policy.tag];
  return all.filter((value) => value !== null).length;
}

function compare(a: DatedPolicy, b: DatedPolicy): number {
  return conditions(b) - conditions(a) || a.position - b.position || b.validFrom.getTime() - a.validFrom.getTime();
}

/** What a wait is measured against. */
export interface Aim {
  policyId: string | null;
  targetMs: number | null;
  dueAt: Date | null;
}

/** Something to be done while the client still waits. */
export interface Step {
  at: Date;
  kind: 'warning' | 'breach' | 'escalation';
  escalation?: Escalation;
}

const usualWarnShare = 0.8;

/** The aim of a wait since `since`; without a policy it is the channel's own target in clock time. */
export function aimAt(
  policy: DatedPolicy | null,
  measure: Measure,
  since: Date,
  hours: WorkingHours,
  channelTargetMs: number | null,
): Aim {
  const targetMs = policy === null ? channelTargetMs : promisedMs(policy, measure);
  if (targetMs === null) return { policyId: null, targetMs: null, dueAt: null };
  return { policyId: policy?.id ?? null, targetMs, dueAt: after(policy, hours, since, targetMs) };
}

/** Every step of a wait, in order: the warning, the breach, and what the policy adds to them. */
export function stepsOf(policy: DatedPolicy | null, aim: Aim, since: Date, hours: WorkingHours): Step[] {
  if (aim.dueAt === null || aim.targetMs === null) return [];
  const warnAt = after(policy, hours, since, aim.targetMs * (policy?.warnShare ?? usualWarnShare)) ?? aim.dueAt;
  const steps: Step[] = [
    { at: warnAt, kind: 'warning' },
    { at: aim.dueAt, kind: 'breach' },
  ];
  for (const escalation of policy?.escalations ?? []) {
    const base = escalation.on === 'warning' ? warnAt : aim.dueAt;
    steps.push({ at: new Date(base.getTime() + escalation.afterMs), kind: 'escalation', escalation });
  }
  // Stable: at the same instant the warning comes before the breach and both before what follows from them.
  return steps.sort((a, b) => a.at.getTime() - b.at.getTime());
}

function after(policy: DatedPolicy | null, hours: WorkingHours, since: Date, ms: number): Date | null {
  return policy === null || policy.time === 'clock'
    ? new Date(since.getTime() + Math.round(ms))
    : deadlineAfter(hours, since, Math.round(ms));
}
