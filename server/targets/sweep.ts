import { notify, supervisorsOf } from '../alerts/notify.ts';
import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { placeOf, readSummary, type SummaryRow } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';
import type { Step } from './aim.ts';
import { loadRules, type TargetRules } from './rules.ts';
import { type ClockRow, clockOf, lockClock, setClock, storeClock } from './setClock.ts';

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
  if (due.length === 0) return 0;
  const rules = await loadRules(db);
  for (const { id, unset } of due) {
    if (unset) await transact(db, (tx) => setUnset(tx, id, rules, now));
    else await transact(db, (tx) => takeSteps(tx, id, rules, now));
  }
  return due.length;
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
    await take(tx, row, step, policy?.name ?? null, now);
  }
  await storeClock(tx, threadId, { ...clock, timerStep: taken, timerAt: steps[taken]?.at ?? null });
}

async function take(tx: Tx, row: ClockRow, step: Step, policy: string | null, now: Date): Promise<void> {
  const thread = await readSummary(tx, row.id);
  if (thread === null || row.waitingSince === null) return;
  const cause = `${row.id}:${row.waitingSince.toISOString()}`;
  const data = {
    clientName: thread.clientName,
    subject: thread.subject || thread.preview,
    waitingSince: row.waitingSince.toISOString(),
    dueAt: thread.dueAt?.toISOString() ?? null,
  };
  if (step.kind === 'warning') {
    if (thread.assigneeId !== null)
      await notify(
        tx,
        [thread.assigneeId],
        { kind: 'warning', cause: `warning:${cause}`, threadId: row.id, data },
        now,
      );
    await tellThread(tx, 'target.warning', row.id, now, { patch: { at: step.at.toISOString(), policy } });
  } else if (step.kind === 'breach') {
    const people = await supervisorsOf(tx, thread.storeId);
    if (thread.assigneeId !== null) people.push(thread.assigneeId);
    await notify(tx, people, { kind: 'breach', cause: `breach:${cause}`, threadId: row.id, data }, now);
    await tellThread(tx, 'target.breached', row.id, now, { patch: { at: step.at.toISOString(), policy } });
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
  const key = `escalation:${escalation.on}:${escalation.afterMs}:${escalation.action}:${cause}`;
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
