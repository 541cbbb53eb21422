import { randomUUID } from 'node:crypto';
import type { Message } from '../../server/threads/schema.ts';
import type { Staff, TestApp } from './app.ts';
import { telegramText } from './cast.ts';

/** Steps that tests about response times share. */

export const minute = 60_000;
export const hour = 60 * minute;

/** The test hands messages in itself: nothing tries to reach the channels' far sides. */
export const withoutChannels = { env: { PARLEY_ROLES: 'web,jobs' } };

/** Moves the clock to an instant; what is due by then happens. */
export async function goTo(test: TestApp, at: Date): Promise<void> {
  test.clock.set(at);
  await test.app.deps.schedule.runAll();
  await test.settle();
}

/** A messenger's message that arrives now. Answers its thread. */
export async function writes(test: TestApp, channel: string, who: string, text = 'Hello?'): Promise<string> {
  const [stored] = await test.app.deps.host.ingest(channel, {
    messages: [telegramText(who, text, { arrivedAt: test.clock.now() })],
  });
  if (stored?.threadId == null) throw new Error('the message was not stored');
  return stored.threadId;
}

export async function answers(staff: Staff, threadId: string, text = 'Yes.'): Promise<Message> {
  return staff.call('POST', `/threads/${threadId}/messages`, {
    clientKey: randomUUID(),
    kind: 'reply',
    text,
    force: true,
  });
}
