import { z } from 'zod';
import { id, page, time } from '../lib/wire.ts';

export const notificationKinds = [
  'warning',
  'breach',
  'escalation',
  'promiseDue',
  'promiseLate',
  'holdAsked',
  'promiseMade',
  'wrongAnswer',
  'requestAsked',
  'requestAnswered',
  'requestLate',
  'threadGiven',
  'silentChannel',
  'sendingFails',
  'queue',
  'absence',
  'welcomeBack',
  'overloaded',
  'complaints',
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

export const notification = z.object({
  id,
  kind: z.enum(notificationKinds),
  threadId: id.nullable(),
  data: z.record(z.string(), z.unknown()),
  createdAt: time,
  readAt: time.nullable(),
});
export type Notification = z.infer<typeof notification>;

export const notificationQuery = page.extend({ unread: z.enum(['1']).optional() });
