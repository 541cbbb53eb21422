import { z } from 'zod';
import { id, text, time } from '../lib/wire.ts';

export const roles = ['consultant', 'manager', 'supervisor', 'admin'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** Everything that a role can be allowed; the table is on http/routes.ts. */
export const permissions = [
  'threads.read',
  'threads.readAll',
  'threads.write',
  'threads.assignOthers',
  'clients.read',
  'clients.write',
  'knowledge.read',
  'knowledge.write',
  'catalogue.read',
  'catalogue.write',
  'consult',
  'live.read',
  'reports.read',
  'channels.read',
  'channels.manage',
  'users.read',
  'users.manage',
  'settings.manage',
] as const;
export type Permission = (typeof permissions)[number];

export const user = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role,
  locale: z.string(),
  storeIds: z.array(id),
  teamIds: z.array(id),
  active: z.boolean(),
  createdAt: time,
});
export type User = z.infer<typeof user>;

/** Whether nobody works here yet. */
export const start = z.object({ needed: z.boolean() });
export type Start = z.infer<typeof start>;

/** A colleague as every signed-in user sees one. */
export const colleague = user.pick({ id: true, name: true, role: true, storeIds: true, active: true });
export type Colleague = z.infer<typeof colleague>;

const preference = {
  scheme: z.enum(['light', 'dark', 'auto']),
  signature: z.string().max(2000),
  sounds: z.boolean(),
  /** "HH:mm", over midnight too: what is told waits until they are over. */
  quietHours: z
    .object({
      from: z.string().regex(/^\d\d:\d\d$/),
      to: z.string().regex(/^\d\d:\d\d$/),
      timezone: z.string().max(60),
    })
    .nullable(),
  /** Where alerts go besides the app: by mail to the own address, and to a Telegram user id that has written to a bot of ours. */
  alertsByMail: z.boolean(),
  alertsToTelegram: z
    .string()
    .regex(/^\d{1,20}$/, 'the number of a Telegram account')
    .nullable(),
};

export const preferences = z.object({
  scheme: preference.scheme.default('auto'),
  signature: preference.signature.default(''),
  sounds: preference.sounds.default(true),
  quietHours: preference.quietHours.default(null),
  alertsByMail: preference.alertsByMail.default(false),
  alertsToTelegram: preference.alertsToTelegram.default(null),
});
export type Preferences = z.infer<typeof preferences>;

export const me = user.extend({ permissions: z.array(z.enum(permissions)), preferences });
export type Me = z.infer<typeof me>;

export const editMe = z.object({
  name: text(200).optional(),
  locale: z.string().max(20).optional(),
  /** Only what is named changes. */
  preferences: z.object(preference).partial().optional(),
});

export const newInvitation = z.object({
  email: z.email().max(320),
  name: text(200),
  role,
  storeIds: z.array(id).default([]),
});
/** What an admin sends. */
export type NewInvitation = z.input<typeof newInvitation>;
export const invitation = z.object({
  id,
  email: z.string().nullable(),
  name: z.string(),
  role,
  storeIds: z.array(id),
  expiresAt: time,
  /** Shown once, to whoever made it. */
  link: z.string().optional(),
});
export type Invitation = z.infer<typeof invitation>;

export const acceptInvitation = z.object({
  token: z.string().min(20).max(200),
  name: text(200),
  email: z.email().max(320).optional(),
  password: z.string().min(10).max(200),
});

export const editUser = z.object({
  name: text(200).optional(),
  role: role.optional(),
  storeIds: z.array(id).optional(),
  teamIds: z.array(id).optional(),
  active: z.boolean().optional(),
});

export const team = z.object({ id, name: z.string(), memberIds: z.array(id) });
export type Team = z.infer<typeof team>;
export const newTeam = z.object({ name: text(100), memberIds: z.array(id).default([]) });
/** Only what is named changes. */
export const editTeam = z.object({ name: text(100).optional(), memberIds: z.array(id).optional() });

export const newApiKey = z.object({
  name: text(100),
  /** The key works until then; without, until it is revoked. */
  expiresAt: z.iso.datetime().nullish(),
});
export const apiKey = z.object({
  id,
  name: z.string(),
  prefix: z.string(),
  createdAt: time,
  lastUsedAt: time.nullable(),
  expiresAt: time.nullable(),
  /** Shown once. */
  key: z.string().optional(),
});
export type ApiKey = z.infer<typeof apiKey>;
