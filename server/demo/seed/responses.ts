import { DateTime } from 'luxon';
import type { Prisma } from '../../db/client.ts';
import { newId } from '../../lib/id.ts';
import { workingBetween } from '../../targets/clock.ts';
import type { TargetRules } from '../../targets/rules.ts';
import type { PastMessage, PastThread, Setting } from './history.ts';

/** The answered waits of past conversations, as the reports count them. */
export function responsesOf(
  threads: PastThread[],
  setting: Setting,
  rules: Pick<TargetRules, 'hoursAt' | 'timezone'>,
): Prisma.ResponseCreateManyInput[] {
  return threads.flatMap((thread) => {
    const rows: Prisma.ResponseCreateManyInput[] = [];
    let asked: PastMessage | null = null;
    for (const message of thread.messages) {
      if (message.by === 'client') asked ??= message;
      if (message.by === 'bot') asked = null;
      if (message.by !== 'staff' || asked === null) continue;
      rows.push(rowOf(thread, asked, message, rows.length === 0 ? 'first' : 'next', setting, rules));
      asked = null;
    }
    return rows;
  });
}

function rowOf(
  thread: PastThread,
  asked: PastMessage,
  answer: PastMessage,
  measure: 'first' | 'next',
  setting: Setting,
  rules: Pick<TargetRules, 'hoursAt' | 'timezone'>,
): Prisma.ResponseCreateManyInput {
  const { id: channelId, targetMs } = setting.channels[thread.channel];
  const askedAt = DateTime.fromJSDate(asked.at, { zone: rules.timezone });
  const clockMs = answer.at.getTime() - asked.at.getTime();
  return {
    id: newId(answer.at.getTime()),
    threadId: thread.id,
    clientId: thread.client.id,
    messageId: answer.id,
    measure,
    askedAt: asked.at,
    answeredAt: answer.at,
    userId: answer.authorId ?? '',
    storeId: thread.storeId,
    teamId: thread.teamId,
    channelId,
    channelKind: thread.channel,
    level: thread.client.level,
    tags: thread.tags,
    askedHour: askedAt.hour,
    askedWeekday: askedAt.weekday,
    clockMs,
    workingMs: workingBetween(rules.hoursAt(thread), asked.at, answer.at),
    targetMs,
    lateMs: targetMs === null ? null : Math.max(0, clockMs - targetMs),
  };
}
