import { notify, supervisorsOf } from '../alerts/notify.ts';
import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { addJob } from '../jobs/add.ts';
import { placeOf, readSummary, type SummaryRow } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';
import type { Step } from './aim.ts';
import { dueMatters, readMatter, resolutionSteps, storeTimer } from './resolution.ts';
import { loadRules, type TargetRules } from './rules.ts';
import { clockOf, lockClock, setClock, storeClock } from './setClock.ts';

/** What a due escalation puts on a thread that is to be seen first. */
export const urgentTag = 'urgent';

const batchSize = 200;

/**
 * Takes every due step of every running clock, in order: warning, breach, escalations. Run by the schedule in any number of
 * processes. What is due is a row, so a process that was away for hours takes the same steps, only later. Answers how many.
 */
export async function sweepTargets(db: Db, now: Date): Promise<number> {
  const due = await db.$queryRaw<{ id: string; unset: boolean }[]>`
    (SELECT id, FALSE AS unset FROM thread WHERE "timerAt" <= ${now}::timestamptz ORDER BY "timerAt" LIMIT ${batchSize})
    UNION ALL
    (SELECT id, TRUE FROM thread WHERE "waitingSince" IS NOT NULL AND "clockFor" IS DISTINCT FROM "waitingSince" LIMIT ${batchSize})`;
  const matters = await dueMatters(db, now, batchSize);
  if (due.length + matters.length === 0) return 0;
  const rules = await loadRules(db);
  for (const id of matters) await transact(db, (tx) => takeResolutionSteps(tx, id, rules, now));
  for (const { id, unset } of due) {
    if (unset) await transact(db, (tx) => setUnset(tx, id, rules, now));
    else await transact(db, (tx) => takeSteps(tx, id, rules, now));
  }
  return due.length + matters.length;
}

/** A wait that began without its clock being set (by a path that knows nothing of targets). */
async function setUnset(tx: Tx, threadId: string, rules: TargetRules, now: Date): Promise<void> {
  if (await setClock(tx, threadId, rules)) await tellThread(tx, 'target.set', threadId, now);
}

async function takeSteps(tx: Tx, threadId: string, rules: TargetRules, now: Date): Promise<void> {
  const row = await lockClock(tx, threadId);
  if (row === null || row.timerAt === null || row.timerAt > now) return;
  const { clock, steps, policy } = clockOf(rules, row);
  let taken = clock.timerStep;
  for (const step of steps.slice(taken)) {
    if (step.at > now) break;
    taken++;
    const cause = `${row.id}:${row.waitingSince?.toISOString() ?? ''}`;
    await take(tx, { threadId: row.id, cause, of: 'answer', policy: policy?.name ?? null }, step, now);
  }
  await storeClock(tx, threadId, { ...clock, timerStep: taken, timerAt: steps[taken]?.at ?? null });
}

/** The same for the clock of the whole matter. */
async function takeResolutionSteps(tx: Tx, threadId: string, rules: TargetRules, now: Date): Promise<void> {
  const matter = await readMatter(tx, threadId, rules, null);
  const policy = matter?.policy ?? null;
  const clock = matter === null || policy === null ? null : resolutionSteps(policy, matter.stretches, matter.hours);
  if (matter === null || policy === null || clock === null || matter.row.status === 'closed')
    return storeTimer(tx, threadId, null, null, 0, null);
  let taken = matter.row.resolvePolicyId === policy.id ? matter.row.resolveStep : 0;
  for (const step of clock.steps.slice(taken)) {
    if (step.at > now) break;
    taken++;
    const cause = `resolution:${threadId}:${matter.startedAt?.toISOString() ?? ''}`;
    await take(tx, { threadId, cause, of: 'resolution', policy: policy.name }, step, now);
  }
  await storeTimer(tx, threadId, policy.id, clock.dueAt, taken, clock.steps[taken]?.at ?? null);
}

/** Which clock a step is of. */
interface Running {
  threadId: string;
  /** Tells one wait, or one matter, from the next. */
  cause: string;
  of: 'answer' | 'resolution';
  /** Name of the target. */
  policy: string | null;
}

async function take(tx: Tx, running: Running, step: Step, now: Date): Promise<void> {
  const { threadId, cause, of, policy } = running;
  const thread = await readSummary(tx, threadId);
  if (thread === null || (of === 'answer' && thread.waitingSince === null)) return;
  const data = {
    clientName: thread.clientName,
    subject: thread.subject || thread.preview,
    waitingSince: thread.waitingSince?.toISOString() ?? null,
    dueAt: thread.dueAt?.toISOString() ?? null,
    of,
  };
  const patch = { at: step.at.toISOString(), policy, of };
  if (step.kind === 'warning') {
    if (thread.assigneeId !== null)
      await notify(tx, [thread.assigneeId], { kind: 'warning', cause: `warning:${cause}`, threadId, data }, now);
    await tellThread(tx, 'target.warning', threadId, now, { patch });
  } else if (step.kind === 'breach') {
    const people = await supervisorsOf(tx, thread.storeId);
    if (thread.assigneeId !== null) people.push(thread.assigneeId);
    await notify(tx, people, { kind: 'breach', cause: `breach:${cause}`, threadId, data }, now);
    await tellThread(tx, 'target.breached', threadId, now, { patch });
  } else await escalate(tx, thread, step, cause, data, now);
}

async function escalate(
  tx: Tx,
  thread: SummaryRow,
  step: Step,
  cause: string,
  data: Record<string, unknown>,
  now: Date,
): Promise<void> {
  const escalation = step.escalation;
  if (escalation === undefined) return;
  const before = placeOf(thread);
  const key = `escalation:${escalation.on}:${escalation.afterMs}:${escalation.action}:${cause}`;
  if (escalation.action === 'webhook') {
    const message = {
      type: `target.${escalation.on === 'warning' ? 'warning' : 'breached'}`,
      threadId: thread.id,
      ...data,
    };
    await addJob(tx, 'callWebhook', { id: key, at: step.at.toISOString(), message }, { key });
    await tellThread(tx, 'target.escalated', thread.id, now, {
      before,
      patch: { action: escalation.action, on: escalation.on },
    });
    return;
  }
  if (escalation.action === 'reassign') {
    const assigneeId = escalation.userId ?? (escalation.teamId === undefined ? thread.assigneeId : null);
    const teamId = escalation.teamId ?? thread.teamId;
    await tx.thread.update({ where: { id: thread.id }, data: { assigneeId, teamId, updatedAt: now } });
    await tellThread(tx, 'thread.assigned', thread.id, now, { before, patch: { why: `escalation:${escalation.on}` } });
  } else if (escalation.action === 'raise' && !thread.tags.includes(urgentTag)) {
    await tx.thread.update({ where: { id: thread.id }, data: { tags: [...thread.tags, urgentTag], updatedAt: now } });
    await tellThread(tx, 'thread.tagged', thread.id, now, { patch: { why: `escalation:${escalation.on}` } });
  }
  const people = [...(escalation.userId === undefined ? [] : [escalation.userId])];
  if (escalation.teamId !== undefined) {
    const members = await tx.teamMember.findMany({ where: { teamId: escalation.teamId }, select: { userId: true } });
    people.push(...members.map((member) => member.userId));
  }
  if (people.length === 0) people.push(...(await supervisorsOf(tx, thread.storeId)));
  await notify(
    tx,
    people,
    { kind: 'escalation', cause: key, threadId: thread.id, data: { ...data, action: escalation.action } },
    now,
  );
  await tellThread(tx, 'target.escalated', thread.id, now, {
    before,
    patch: { action: escalation.action, on: escalation.on },
  });
}
