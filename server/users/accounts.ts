import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import type { Deps } from '../deps.ts';
import { AppError, conflict, meaning, notFound } from '../errors.ts';
import { record } from '../events/record.ts';
import { newId, newToken } from '../lib/id.ts';
import { sha256 } from '../lib/secretBox.ts';
import type { Invitation, Role } from './schema.ts';

/** How somebody comes to work in Parley: by invitation, the first admin by the start link or the environment. */

const invitationDays = 14;
const dayMs = 24 * 60 * 60_000;

/** Makes a user with a password. Needs a transaction. @throws AppError 409 when the address has one */
async function makeUser(
  tx: Tx,
  user: { name: string; email: string; role: Role; storeIds: string[] },
  passwordHash: string,
  now: Date,
): Promise<string> {
  const email = user.email.trim().toLowerCase();
  if ((await tx.user.findUnique({ where: { email } })) !== null)
    throw conflict('user.exists', 'This address already has an account.');
  const id = newId(now.getTime());
  await tx.user.create({
    data: {
      id,
      name: user.name,
      email,
      emailVerified: true,
      role: user.role,
      stores: { create: user.storeIds.map((storeId, index) => ({ storeId, main: index === 0 })) },
      createdAt: now,
      updatedAt: now,
    },
  });
  await tx.account.create({
    data: {
      id: newId(),
      accountId: id,
      providerId: 'credential',
      userId: id,
      password: passwordHash,
      createdAt: now,
      updatedAt: now,
    },
  });
  await record(tx, { type: 'user.changed', at: now, ids: { userId: id } });
  return id;
}

/** The first admin by PARLEY_ADMIN_*: only while there is no user at all. */
export async function makeFirstAdmin(
  { db, auth, clock }: Pick<Deps, 'db' | 'auth' | 'clock'>,
  admin: { email: string; password: string },
): Promise<boolean> {
  if ((await db.user.count()) > 0) return false;
  const hash = await auth.hashPassword(admin.password);
  return transact(db, async (tx) => {
    await oneAtATime(tx);
    if ((await tx.user.count()) > 0) return false;
    const name = admin.email.split('@')[0] ?? 'Admin';
    await makeUser(tx, { name, email: admin.email, role: 'admin', storeIds: [] }, hash, clock.now());
    return true;
  });
}

/** Processes that start together on an empty database, and people with links of each, would all make the first admin. */
async function oneAtATime(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('parley first admin'))`;
}

/** The link that makes the first admin, new at each start until somebody used one. Null when there are users. */
export async function startLink({ db, clock, config }: Pick<Deps, 'db' | 'clock' | 'config'>): Promise<string | null> {
  if ((await db.user.count()) > 0) return null;
  const token = newToken();
  const now = clock.now();
  await db.$transaction([
    // Those of other processes that start beside this one stay good.
    db.invitation.deleteMany({ where: { email: null, acceptedAt: null, expiresAt: { lt: now } } }),
    db.invitation.create({
      data: {
        id: newId(),
        role: 'admin',
        storeIds: [],
        tokenHash: sha256(token),
        createdAt: now,
        expiresAt: new Date(now.getTime() + invitationDays * dayMs),
      },
    }),
  ]);
  return `${config.publicUrl}/start/${token}`;
}

export async function invite(
  deps: Pick<Deps, 'db' | 'config' | 'sendSystemMail'>,
  by: string,
  input: { email: string; name: string; role: Role; storeIds: string[] },
  now: Date,
): Promise<Invitation & { mailed: boolean }> {
  const email = input.email.trim().toLowerCase();
  if ((await deps.db.user.findUnique({ where: { email } })) !== null)
    throw conflict('user.exists', 'This address already has an account.');
  await needStores(deps.db, input.storeIds);
  const token = newToken();
  const row = await transact(deps.db, async (tx) => {
    await tx.invitation.deleteMany({ where: { email, acceptedAt: null } });
    return tx.invitation.create({
      data: {
        id: newId(),
        email,
        name: input.name,
        role: input.role,
        storeIds: input.storeIds,
        tokenHash: sha256(token),
        invitedById: by,
        createdAt: now,
        expiresAt: new Date(now.getTime() + invitationDays * dayMs),
      },
    });
  });
  const link = `${deps.config.publicUrl}/invite/${token}`;
  // A mailbox that does not send must not hide the link: whoever invites is told and hands it on.
  const mailed = await deps
    .sendSystemMail(
      email,
      'You are invited to Parley',
      `${input.name === '' ? 'Hello' : `Hello ${input.name}`},\n\nyou are invited to work in Parley. Choose your password here:\n\n${link}\n\nThe link is good for ${invitationDays} days.\n`,
    )
    .catch(() => false);
  return { ...presentInvitation(row), link, mailed };
}

export function presentInvitation(row: {
  id: string;
  email: string | null;
  name: string;
  role: Role;
  storeIds: string[];
  expiresAt: Date;
}): Invitation {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    storeIds: row.storeIds,
    expiresAt: row.expiresAt.toISOString(),
  };
}

/** @throws AppError 404 when it was used, withdrawn, or is too old */
export async function findInvitation(db: Db, token: string, now: Date): Promise<Invitation> {
  const row = await db.invitation.findUnique({ where: { tokenHash: sha256(token) } });
  if (row === null || row.acceptedAt !== null || row.expiresAt < now) throw notFound('invitation');
  return presentInvitation(row);
}

/** Makes the invited user, once. */
export async function acceptInvitation(
  { db, auth }: Pick<Deps, 'db' | 'auth'>,
  input: { token: string; name: string; email?: string | undefined; password: string },
  now: Date,
): Promise<{ id: string; email: string }> {
  const hash = await auth.hashPassword(input.password);
  return transact(db, async (tx) => {
    const [row] = await tx.$queryRaw<{ id: string; email: string | null; role: Role; storeIds: string[] }[]>`
      UPDATE invitation SET "acceptedAt" = ${now}::timestamptz WHERE "tokenHash" = ${sha256(input.token)} AND "acceptedAt" IS NULL AND "expiresAt" > ${now}::timestamptz
      RETURNING id, email, role, "storeIds"`;
    if (row === undefined) throw notFound('invitation');
    if (row.email === null) await oneAtATime(tx);
    if (row.email === null && (await tx.user.count()) > 0)
      throw new AppError('gone', 'invitation.over', 'The first admin has already been made.');
    const email = row.email ?? input.email;
    if (email === undefined) throw meaning('invitation.email', 'Give the e-mail address to sign in with.', 'email');
    const id = await makeUser(tx, { name: input.name, email, role: row.role, storeIds: row.storeIds }, hash, now);
    return { id, email: email.trim().toLowerCase() };
  });
}

export async function needStores(db: Db, storeIds: string[]): Promise<void> {
  if (storeIds.length === 0) return;
  const found = await db.store.count({ where: { id: { in: storeIds } } });
  if (found !== new Set(storeIds).size)
    throw meaning('store.unknown', 'One of these stores does not exist.', 'storeIds');
}

/** Changes a user; an admin cannot lock the last admin out. */
export async function editUser(
  db: Db,
  userId: string,
  input: {
    name?: string | undefined;
    role?: Role | undefined;
    storeIds?: string[] | undefined;
    teamIds?: string[] | undefined;
    active?: boolean | undefined;
  },
  now: Date,
): Promise<void> {
  if (input.storeIds !== undefined) await needStores(db, input.storeIds);
  await transact(db, async (tx) => {
    // Two admins who demote each other at one moment wait for one another here, and the second is refused.
    await tx.$executeRaw`SELECT 1 FROM "user" WHERE id = ${userId}::uuid OR role = 'admin' ORDER BY id FOR UPDATE`;
    const row = await tx.user.findUnique({ where: { id: userId } });
    if (row === null) throw notFound('user');
    const losesAdmin =
      row.role === 'admin' && ((input.role !== undefined && input.role !== 'admin') || input.active === false);
    if (losesAdmin && (await tx.user.count({ where: { role: 'admin', deactivatedAt: null } })) <= 1)
      throw conflict('user.lastAdmin', 'This is the last admin; make another one first.');
    await tx.user.update({
      where: { id: userId },
      data: {
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(input.role === undefined ? {} : { role: input.role }),
        ...(input.active === undefined ? {} : { deactivatedAt: input.active ? null : now }),
        ...(input.storeIds === undefined
          ? {}
          : {
              stores: {
                deleteMany: {},
                create: input.storeIds.map((storeId, index) => ({ storeId, main: index === 0 })),
              },
            }),
        ...(input.teamIds === undefined
          ? {}
          : { teams: { deleteMany: {}, create: input.teamIds.map((teamId) => ({ teamId })) } }),
      },
    });
    if (input.active === false) await tx.session.deleteMany({ where: { userId } });
    await record(tx, { type: 'user.changed', at: now, ids: { userId } });
  });
}

/** A session or key of a user ended: their sockets come again, or stay away. Only they are told. Needs a transaction. */
export async function tellRights(tx: Tx, userId: string, now: Date): Promise<void> {
  await record(tx, { type: 'user.changed', at: now, ids: { userId }, scope: { userId } });
}
