import { IANAZone } from 'luxon';
import { z } from 'zod';
import { clientLevel } from '../clients/schema.ts';
import { id, text, time } from '../lib/wire.ts';

/** Wire shapes of working hours and targets. */

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time as HH:mm');
const slot = z.object({ from: wallTime, to: wallTime }).refine((value) => value.from < value.to, {
  path: ['to'],
  message: 'ends after it begins; over midnight is two slots, to 24:00 and from 00:00',
});
const slots = z
  .array(slot)
  .max(24)
  .refine((list) => list.every((item, index) => index === 0 || (list[index - 1]?.to ?? '') <= item.from), {
    message: 'one after the other, without overlap',
  });
const date = z.iso.date();
const timezone = z.string().refine((name) => IANAZone.isValidZone(name), 'an IANA time zone, as Europe/Berlin');

export const holderKind = z.enum(['company', 'store', 'team', 'user']);
export type HolderKind = z.infer<typeof holderKind>;

/** Working hours as they are set: seven lists of slots, Monday first. */
export const editCalendar = z.object({
  name: text(100).default(''),
  timezone,
  week: z.array(slots).length(7),
  holidays: z.array(date).max(2000).default([]),
  exceptions: z.array(z.object({ date, slots })).max(2000).default([]),
});
export type EditCalendar = z.infer<typeof editCalendar>;

export const calendar = editCalendar.extend({ id, holderKind, holderId: id.nullable() });
export type Calendar = z.infer<typeof calendar>;

/** For the company, `holderId` is the word `company`. */
export const calendarOf = z.object({ kind: holderKind, holderId: z.union([id, z.literal('company')]) });

const durationMs = z
  .number()
  .int()
  .min(1000)
  .max(400 * 24 * 60 * 60_000);

export const escalation = z
  .object({
    on: z.enum(['warning', 'breach']),
    /** So long after it, in clock time. */
    afterMs: z
      .number()
      .int()
      .min(0)
      .max(400 * 24 * 60 * 60_000)
      .default(0),
    /** notify: tell the user or team (nobody named: the supervisors); reassign: give the thread; raise: mark it urgent; webhook: call the one in the alert settings. */
    action: z.enum(['notify', 'reassign', 'raise', 'webhook']),
    userId: id.optional(),
    teamId: id.optional(),
  })
  .refine((value) => value.action !== 'reassign' || value.userId !== undefined || value.teamId !== undefined, {
    path: ['userId'],
    message: 'say to whom',
  });
export type Escalation = z.infer<typeof escalation>;

export const newPolicy = z.object({
  name: text(100),
  position: z.number().int().min(0).max(10_000).default(0),
  channelKind: z.enum(['email', 'telegram', 'chat', 'phone']).nullable().default(null),
  channelId: id.nullable().default(null),
  level: clientLevel.nullable().default(null),
  teamId: id.nullable().default(null),
  storeId: id.nullable().default(null),
  tag: z.string().max(60).nullable().default(null),
  firstMs: durationMs.nullable().default(null),
  nextMs: durationMs.nullable().default(null),
  resolutionMs: durationMs.nullable().default(null),
  time: z.enum(['clock', 'working']).default('working'),
  warnShare: z.number().gt(0).max(1).default(0.8),
  pauseForClient: z.boolean().default(true),
  escalations: z.array(escalation).max(20).default([]),
});
export type NewPolicy = z.infer<typeof newPolicy>;

/** One version of a target; `seriesId` is what its versions share. */
export const policy = newPolicy.extend({ id, seriesId: id, validFrom: time, validUntil: time.nullable() });
export type Policy = z.infer<typeof policy>;
