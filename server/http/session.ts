import type { Request } from 'express';
import { type Absent, absentColleagues } from '../absence/standsIn.ts';
import { Prisma } from '../db/client.ts';
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
  return bySession(tools, toHeaders(req), req.headers.cookie);
}

const keyUseEveryMs = 60_000;

export async function byApiKey(tools: Tools, key: string): Promise<SignedIn | null> {
  const found = await readUser<{ keyId: string; lastUsedAt: Date | null; expiresAt: Date | null }>(
    tools.db,
    Prisma.sql`, k.id AS "keyId", k."lastUsedAt", k."expiresAt"`,
    Prisma.sql`api_key k JOIN "user" u ON u.id = k."userId" WHERE k.hash = ${sha256(key)} AND k."revokedAt" IS NULL`,
  );
  if (found === null) return null;
  const now = tools.clock.now();
  const { keyId, lastUsedAt, expiresAt } = found.row;
  if (expiresAt !== null && expiresAt <= now) return null;
  if (lastUsedAt === null || now.getTime() - lastUsedAt.getTime() > keyUseEveryMs)
    await tools.db.apiKey.updateMany({ where: { id: keyId }, data: { lastUsedAt: now } });
  return found.user;
}

/** When a key ends by itself; null when it does not. */
export async function keyEnd({ db }: Pick<Deps, 'db'>, key: string): Promise<Date | null> {
  const row = await db.apiKey.findUnique({ where: { hash: sha256(key) }, select: { expiresAt: true } });
  return row?.expiresAt ?? null;
}

/** A cookie's signature is checked, and its session renewed, this often; whether the session still lives, each time. */
const cookieTrustMs = 60_000;
const cookiesKept = 10_000;
const checkedCookies = new WeakMap<object, Map<string, { sessionId: string; at: number }>>();

async function bySession({ auth, db }: Tools, headers: Headers, cookie: string): Promise<SignedIn | null> {
  const checked = checkedCookies.get(auth) ?? new Map<string, { sessionId: string; at: number }>();
  checkedCookies.set(auth, checked);
  const key = sha256(cookie);
  const now = performance.now();
  let sessionId = checked.get(key)?.sessionId;
  if (sessionId === undefined || now - (checked.get(key)?.at ?? 0) > cookieTrustMs) {
    const session = await auth.session(headers);
    if (session === null) return null;
    sessionId = session.sessionId;
    if (checked.size >= cookiesKept) checked.clear();
    checked.set(key, { sessionId, at: now });
  }
  const found = await readUser(
    db,
    Prisma.empty,
    Prisma.sql`session s JOIN "user" u ON u.id = s."userId" WHERE s.id = ${sessionId}::uuid AND s."expiresAt" > now()`,
  );
  if (found === null) checked.delete(key);
  return found?.user ?? null;
}

interface UserRow {
  id: string;
  name: string;
  email: string;
  role: Role;
  locale: string;
  storeIds: string[];
  teamIds: string[];
  absent: Absent[];
}

/** A user who may still sign in, found in one statement: every request begins with it. */
async function readUser<More = unknown>(
  db: Deps['db'],
  more: Prisma.Sql,
  from: Prisma.Sql,
): Promise<{ user: SignedIn; row: UserRow & More } | null> {
  const [row] = await db.$queryRaw<(UserRow & More)[]>`
    SELECT u.id, u.name, u.email, u.role::text AS role, u.locale, ARRAY(SELECT "storeId"::text FROM user_store WHERE "userId" = u.id) AS "storeIds",
      ARRAY(SELECT "teamId"::text FROM team_member WHERE "userId" = u.id) AS "teamIds", ${absentColleagues} AS absent ${more}
    FROM ${from} AND u."deactivatedAt" IS NULL`;
  if (row === undefined) return null;
  const { absent } = row;
  // A substitute may what the absent one may, but nobody becomes an admin by it.
  const held = [row.role, ...absent.map((other) => (other.role === 'admin' ? 'supervisor' : other.role))];
  const viewer = {
    userId: row.id,
    role: held.reduce((a, b) => (roles.indexOf(b) > roles.indexOf(a) ? b : a)),
    storeIds: [...new Set([...row.storeIds, ...absent.flatMap((other) => other.storeIds)])],
    teamIds: [...new Set([...row.teamIds, ...absent.flatMap((other) => other.teamIds)])],
    standsInFor: absent.map((other) => other.userId),
  };
  const user = {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    locale: row.locale,
    viewer,
    permissions: permissionsOf(viewer.role),
  };
  return { user, row };
}
