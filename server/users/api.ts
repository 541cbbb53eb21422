import { z } from 'zod';
import { transact } from '../db/tx.ts';
import { meaning, notFound } from '../errors.ts';
import { record } from '../events/record.ts';
import { byId, endpoint } from '../http/endpoint.ts';
import { shortList } from '../http/shortList.ts';
import { newId, newToken } from '../lib/id.ts';
import { sha256 } from '../lib/secretBox.ts';
import { acceptInvitation, editUser, findInvitation, invite, presentInvitation, tellRights } from './accounts.ts';
import { presentColleague, presentMe, presentUser, withPlaces } from './present.ts';
import * as shapes from './schema.ts';
import { changeTeam, createTeam, removeTeam } from './teams.ts';

export const me = endpoint({
  summary: 'Who I am and what I may',
  answer: shapes.me,
  run: async ({ db }, { user }) =>
    presentMe(await db.user.findUniqueOrThrow({ where: { id: user.id }, include: withPlaces })),
});

export const editMe = endpoint({
  summary: 'My name, language and preferences',
  body: shapes.editMe,
  answer: shapes.me,
  run: async ({ db }, { user, body, now }) => {
    const row = await transact(db, async (tx) => {
      // Two changes at once, from two devices or two fields, both hold.
      await tx.$executeRaw`SELECT 1 FROM "user" WHERE id = ${user.id}::uuid FOR UPDATE`;
      const before = await tx.user.findUniqueOrThrow({ where: { id: user.id } });
      const preferences = { ...(before.preferences as object), ...body.preferences };
      const after = await tx.user.update({
        where: { id: user.id },
        data: {
          preferences,
          ...(body.name === undefined ? {} : { name: body.name }),
          ...(body.locale === undefined ? {} : { locale: body.locale }),
        },
        include: withPlaces,
      });
      if (body.name !== undefined) await record(tx, { type: 'user.changed', at: now, ids: { userId: user.id } });
      return after;
    });
    return presentMe(row);
  },
});

export const signOutEverywhere = endpoint({
  summary: 'Ends all my sessions',
  run: async ({ db }, { user, now }) => {
    await transact(db, async (tx) => {
      await tx.session.deleteMany({ where: { userId: user.id } });
      await tellRights(tx, user.id, now);
    });
  },
});

export const colleagues = shortList({
  summary: 'Everybody who works here',
  item: shapes.colleague,
  run: async ({ db }) =>
    (await db.user.findMany({ orderBy: { name: 'asc' }, include: withPlaces })).map(presentColleague),
});

export const accounts = shortList({
  summary: 'Users with their addresses, for who manages them',
  item: shapes.user,
  run: async ({ db }) => (await db.user.findMany({ orderBy: { name: 'asc' }, include: withPlaces })).map(presentUser),
});

export const edit = endpoint({
  summary: 'Changes a user',
  params: byId,
  body: shapes.editUser,
  answer: shapes.user,
  run: async ({ db }, { params, body, now }) => {
    await editUser(db, params.id, body, now);
    return presentUser(await db.user.findUniqueOrThrow({ where: { id: params.id }, include: withPlaces }));
  },
});

export const invitations = shortList({
  summary: 'Invitations that are open',
  item: shapes.invitation,
  run: async ({ db }, { now }) =>
    (
      await db.invitation.findMany({
        where: { acceptedAt: null, email: { not: null }, expiresAt: { gt: now } },
        orderBy: { createdAt: 'desc' },
      })
    ).map(presentInvitation),
});

export const makeInvitation = endpoint({
  summary: 'Invites somebody; the link is shown once, and mailed when a mailbox is connected',
  body: shapes.newInvitation,
  answer: shapes.invitation.extend({ mailed: z.boolean() }),
  status: 201,
  run: (deps, { user, body, now }) => invite(deps, user.id, body, now),
});

export const withdrawInvitation = endpoint({
  summary: 'Withdraws an invitation',
  params: byId,
  run: async ({ db }, { params }) => {
    const gone = await db.invitation.deleteMany({ where: { id: params.id, acceptedAt: null } });
    if (gone.count === 0) throw notFound('invitation');
  },
});

export const invitationByToken = endpoint({
  summary: 'What an invitation link offers',
  params: z.object({ token: z.string().max(200) }),
  answer: shapes.invitation,
  run: ({ db }, { params, now }) => findInvitation(db, params.token, now),
});

export const start = endpoint({
  summary: 'Whether the first admin is still to be made, by the link that the terminal shows',
  answer: shapes.start,
  run: async ({ db }) => ({ needed: (await db.user.findFirst({ select: { id: true } })) === null }),
});

export const accept = endpoint({
  summary: 'Accepts an invitation: makes the account',
  body: shapes.acceptInvitation,
  answer: z.object({ id: z.string(), email: z.string() }),
  status: 201,
  run: (deps, { body, now }) => acceptInvitation(deps, body, now),
});

export const teams = shortList({
  summary: 'Teams',
  item: shapes.team,
  run: async ({ db }) => {
    const rows = await db.team.findMany({ orderBy: { name: 'asc' }, include: { members: true } });
    return rows.map((row) => ({ id: row.id, name: row.name, memberIds: row.members.map((member) => member.userId) }));
  },
});

export const makeTeam = endpoint({
  summary: 'Makes a team',
  body: shapes.newTeam,
  answer: shapes.team,
  status: 201,
  run: ({ db }, { body, now }) => createTeam(db, body, now),
});

export const editTeam = endpoint({
  summary: 'Changes a team',
  params: byId,
  body: shapes.editTeam,
  answer: shapes.team,
  run: ({ db }, { params, body, now }) => changeTeam(db, params.id, body, now),
});

export const dropTeam = endpoint({
  summary: 'Removes a team; refused while channels or open threads are its own',
  params: byId,
  run: ({ db }, { params, now }) => removeTeam(db, params.id, now),
});

export const apiKeys = shortList({
  summary: 'My API keys',
  item: shapes.apiKey,
  run: async ({ db }, { user, now }) => {
    const rows = await db.apiKey.findMany({
      where: { userId: user.id, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
      orderBy: { createdAt: 'desc' },
    });
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      prefix: row.prefix,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      expiresAt: row.expiresAt?.toISOString() ?? null,
    }));
  },
});

export const makeApiKey = endpoint({
  summary: 'Makes an API key with my rights; it is shown once',
  body: shapes.newApiKey,
  answer: shapes.apiKey,
  status: 201,
  run: async ({ db }, { user, body, now }) => {
    if (body.expiresAt != null && new Date(body.expiresAt) <= now)
      throw meaning('apiKey.past', 'A key cannot end before it begins.', 'expiresAt');
    const key = `parley_${newToken(32)}`;
    const row = await db.apiKey.create({
      data: {
        id: newId(),
        userId: user.id,
        name: body.name,
        prefix: key.slice(0, 12),
        hash: sha256(key),
        createdAt: now,
        expiresAt: body.expiresAt == null ? null : new Date(body.expiresAt),
      },
    });
    return {
      id: row.id,
      name: row.name,
      prefix: row.prefix,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: null,
      expiresAt: row.expiresAt?.toISOString() ?? null,
      key,
    };
  },
});

export const revokeApiKey = endpoint({
  summary: 'Revokes one of my API keys',
  params: byId,
  run: async ({ db }, { user, params, now }) => {
    await transact(db, async (tx) => {
      const revoked = await tx.apiKey.updateMany({
        where: { id: params.id, userId: user.id, revokedAt: null },
        data: { revokedAt: now },
      });
      if (revoked.count === 0) throw notFound('apiKey');
      await tellRights(tx, user.id, now);
    });
  },
});
