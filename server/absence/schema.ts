import { z } from 'zod';
import { id, text, time } from '../lib/wire.ts';

/** Wire shapes of absences. */

const group = z
  .object({
    level: z.enum(['key', 'vip', 'usual']).optional(),
    companyId: id.optional(),
    substituteId: id,
  })
  .refine((value) => value.level !== undefined || value.companyId !== undefined, 'say which clients');
export type SubstituteGroup = z.infer<typeof group>;

/** Without `fromAt` it begins now; without `untilAt` it ends by hand ("ill today"). */
export const newAbsence = z.object({
  userId: z.union([id, z.literal('me')]).default('me'),
  fromAt: z.iso.datetime({ offset: true }).optional(),
  untilAt: z.iso.datetime({ offset: true }).optional(),
  reason: z.enum(['leave', 'ill', 'training', 'other']).default('leave'),
  /** Stands in for all clients that no group names; the first group that fits a client counts. */
  substituteId: id.optional(),
  groups: z.array(group).max(20).default([]),
  /** What the substitute is to know. */
  note: text(5000).default(''),
});
export type NewAbsence = z.infer<typeof newAbsence>;

export const editAbsence = z.object({
  untilAt: z.iso.datetime({ offset: true }).nullable().optional(),
  note: text(5000).optional(),
});

export const absence = z.object({
  id,
  userId: id,
  fromAt: time,
  untilAt: time.nullable(),
  reason: z.string(),
  substituteId: id.nullable(),
  groups: z.array(group),
  note: z.string(),
  state: z.enum(['coming', 'now', 'past']),
  startedAt: time.nullable(),
  endedAt: time.nullable(),
});
export type Absence = z.infer<typeof absence>;

const thread = z.object({
  threadId: id,
  clientName: z.string(),
  subject: z.string(),
  status: z.string(),
  waitingSince: time.nullable(),
  assigneeId: id.nullable(),
});

/** What the substitute takes over, and, afterwards, what happened meanwhile. */
export const absenceSummary = absence.extend({
  threads: z.array(thread),
  promises: z.array(
    z.object({
      id,
      clientName: z.string(),
      kind: z.string(),
      text: z.string(),
      dueAt: time.nullable(),
      state: z.string(),
    }),
  ),
  meanwhile: z.object({
    answered: z.number(),
    medianMs: z.number().nullable(),
    promisesKept: z.number(),
    waitingNow: z.number(),
  }),
});
export type AbsenceSummary = z.infer<typeof absenceSummary>;

export const absenceQuery = z.object({
  user: z.union([id, z.literal('me')]).optional(),
  state: z.enum(['coming', 'now', 'past', 'all']).default('all'),
});
