import { z } from 'zod';
import { id, time } from '../lib/wire.ts';

/** How threads that are nobody's find somebody. `off`: they wait in the queue until somebody takes them (owners get theirs always). */
export const routingSettings = z.object({
  mode: z.enum(['off', 'load', 'roundRobin']).default('off'),
  /** Not opened by then, it is offered to the next; null: it stays. */
  takeWithinMs: z
    .number()
    .int()
    .min(10_000)
    .max(24 * 60 * 60_000)
    .nullable()
    .default(null),
  /** Clients waiting without anybody, from which supervisors are told; null: never. */
  queueLimit: z.number().int().min(1).max(100_000).nullable().default(null),
  /** A connected channel that brought nothing for so long alarms, in working time; null: never. */
  silentAfterMs: z
    .number()
    .int()
    .min(60_000)
    .max(30 * 24 * 60 * 60_000)
    .nullable()
    .default(null),
});
export type RoutingSettings = z.infer<typeof routingSettings>;

export const routingProfile = z.object({
  skills: z
    .array(
      z
        .string()
        .regex(/^(language|topic|product):\S.*$/, 'as language:fa or topic:repair')
        .max(80),
    )
    .max(100)
    .default([]),
  capacity: z.number().int().min(1).max(1000).default(10),
  weights: z.partialRecord(z.enum(['email', 'telegram', 'chat', 'phone']), z.number().min(0).max(100)).default({}),
});
export type RoutingProfile = z.infer<typeof routingProfile>;

export const profileOf = routingProfile.extend({ userId: id });

/** One step of a thread's way: what happened, who did it (nobody: Parley itself), whose it was and is, and why. */
export const threadStep = z.object({
  id: z.string(),
  type: z.string(),
  at: time,
  actorId: id.nullable(),
  /** owner, substitute, absence, return, "escalation:breach", or routing's own words. */
  why: z.string().nullable(),
  /** The absent colleague it was done for. */
  forUserId: id.nullable(),
  assigneeId: id.nullable(),
  teamId: id.nullable(),
  beforeId: id.nullable(),
  /** The target that applied, of warnings and breaches. */
  policyName: z.string().nullable(),
  /** Of an escalation. */
  action: z.string().nullable(),
});
export type ThreadStep = z.infer<typeof threadStep>;
