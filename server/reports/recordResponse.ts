import { DateTime } from 'luxon';
import { standsInFor } from '../absence/standsIn.ts';
import type { Tx } from '../db/tx.ts';
import { newId } from '../lib/id.ts';
import { workingBetween } from '../targets/clock.ts';
import { loadRules } from '../targets/rules.ts';
import { clockOf, lockClock } from '../targets/setClock.ts';

/**
 * Writes the answered wait of a thread as a row, in the transaction of the answer and before the wait is cleared. Nothing is
 * written when nobody waited. Without `userId` nothing says which of ours it was. Only a person's reply to the client comes here: no bot, no automatic message, no note.
 */
export async function recordResponse(
  tx: Tx,
  threadId: string,
  answer: { messageId: string; userId: string | null; answeredAt: Date },
): Promise<void> {
  const row = await lockClock(tx, threadId);
  const askedAt = row?.waitingSince ?? null;
  if (row === null || askedAt === null) return;
  const rules = await loadRules(tx);
  const { clock, policy } = clockOf(rules, row);
  const hours = rules.hoursAt(row);
  // A far side's clock may run ahead of ours: nobody is answered before they asked.
  const answeredAt = new Date(Math.max(answer.answeredAt.getTime(), askedAt.getTime()));
  const asked = DateTime.fromJSDate(askedAt, { zone: rules.timezone });
  const late =
    clock.dueAt === null
      ? null
      : policy?.time === 'working'
        ? workingBetween(hours, clock.dueAt, answeredAt)
        : Math.max(0, answeredAt.getTime() - clock.dueAt.getTime());
  await tx.response.create({
    data: {
      id: newId(answeredAt.getTime()),
      threadId,
      clientId: row.clientId,
      messageId: answer.messageId,
      measure: row.firstResponseAt === null ? 'first' : 'next',
      askedAt,
      answeredAt,
      userId: answer.userId,
      forUserId: answer.userId === null ? null : await standsInFor(tx, row.clientId, answer.userId),
      storeId: row.storeId,
      teamId: row.teamId,
      channelId: row.channelId,
      channelKind: row.channelKind,
      level: row.level,
      tags: [...row.tags],
      askedHour: asked.hour,
      askedWeekday: asked.weekday,
      clockMs: answeredAt.getTime() - askedAt.getTime(),
      workingMs: workingBetween(hours, askedAt, answeredAt),
      policyId: clock.policyId,
      targetMs: clock.targetMs,
      lateMs: late,
    },
  });
}

/** An answer that was taken back within its undo window answered nobody. */
export async function forgetResponse(tx: Tx, messageId: string): Promise<void> {
  const [gone] = await tx.$queryRaw<{ threadId: string; measure: string }[]>`
    DELETE FROM response WHERE "messageId" = ${messageId}::uuid RETURNING "threadId", measure`;
  if (gone === undefined) return;
  if (gone.measure === 'first')
    await tx.$executeRaw`UPDATE thread SET "firstResponseAt" = NULL WHERE id = ${gone.threadId}::uuid`;
}
