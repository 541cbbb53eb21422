import type { Request } from 'express';
import { absentFor } from '../absence/standsIn.ts';
import type { Deps } from '../deps.ts';
import { sha256 } from '../lib/secretBox.ts';
import { type Permission, type Role, roles } from '../users/schema.ts';
import type { Viewer } from '../users/viewer.ts';
import { permissionsOf } from './permissions.ts';
import { toHeaders } from './signIn.ts';

/** Who asks, with what their role allows. */
export interface SignedIn {
  id: string;
  name: string;
  email: string;
  role: Role;
  locale: string;
  viewer: Viewer;
  permissions: ReadonlySet<Permission>;
}

type Tools = Pick<Deps, 'auth' | 'db' | 'clock'>;

/** The user of a request: by API key when it brings one, else by session cookie. */
export async function whoAsks(tools: Tools, req: Pick<Request, 'headers'>): Promise<SignedIn | null> {
  const bearer = /^Bearer\s+(.+)$/i.exec(req.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return byApiKey(tools, bearer);
  if (req.headers.cookie === undefined) return null;
  const session = await tools.auth.session(toHeaders(req));
  return session === null ? null : readUser(tools, session.userId);
}

const keyUseEveryMs = 60_000;

export async function byApiKey(tools: Tools, key: string): Promise<SignedIn | null> {
  const row = await tools.db.apiKey.findUnique({ where: { hash: sha256(key) } });
  if (row === null || row.revokedAt !== null) return null;
  const now = tools.clock.now();
  if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > keyUseEveryMs) {
    await tools.db.apiKey.update({ where: { id: row.id }, data: { lastUsedAt: now } });
  }
  return readUser(tools, row.userId);
}

/** A user who may still sign in. */
export async function readUser({ db }: Pick<Deps, 'db'>, userId: string): Promise<SignedIn | null> {
  const row = await db.user.findFirst({
    where: { id: userId, deactivatedAt: null },
    select: {
      id: true,
      name: true,
      email: true,
      role: true,
      locale: true,
      stores: { select: { storeId: true } },
      teams: { select: { teamId: true } },
    },
  });
  if (row === null) return null;
  const absent = await absentFor(db, row.id);
  // A substitute may what the absent one may, but nobody becomes an admin by it.
  const held = [row.role, ...absent.map((other) => (other.role === 'admin' ? 'supervisor' : other.role))];
  const viewer = {
    userId: row.id,
    role: held.reduce((a, b) => (roles.indexOf(b) > roles.indexOf(a) ? b : a)),
    storeIds: [...new Set([...row.stores.map((store) => store.storeId), ...absent.flatMap((other) => other.storeIds)])],
    teamIds: [...new Set([...row.teams.map((team) => team.teamId), ...absent.flatMap((other) => other.teamIds)])],
    standsInFor: absent.map((other) => other.userId),
  };
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    locale: row.locale,
    viewer,
    permissions: permissionsOf(viewer.role),
  };
}
