import type { Config } from '../config.ts';
import type { Db } from '../db/client.ts';
import { AppError, meaning, notFound } from '../errors.ts';
import { newId, newToken } from '../lib/id.ts';
import { sha256 } from '../lib/secretBox.ts';
import { readLive } from '../reports/live.ts';
import { startOfLocalDay } from '../reports/span.ts';
import { loadHours } from '../targets/rules.ts';
import type { NewWallLink, Wall, WallLink } from './schema.ts';

const tokenLength = 40;

export async function listWallLinks(db: Db): Promise<WallLink[]> {
  const rows = await db.wallLink.findMany({ where: { revokedAt: null }, orderBy: { createdAt: 'desc' } });
  return rows.map(present);
}

/** The link itself is in the answer, once; only its hash is kept. */
export async function makeWallLink(
  db: Db,
  config: Pick<Config, 'publicUrl'>,
  userId: string,
  input: NewWallLink,
  now: Date,
): Promise<WallLink> {
  if (input.storeId !== null && (await db.store.findUnique({ where: { id: input.storeId } })) === null)
    throw meaning('store.unknown', 'There is no such store.', 'storeId');
  const token = newToken(tokenLength);
  const row = await db.wallLink.create({
    data: {
      id: newId(now.getTime()),
      name: input.name,
      storeId: input.storeId,
      tokenHash: sha256(token),
      createdById: userId,
      createdAt: now,
    },
  });
  return { ...present(row), link: `${config.publicUrl}/wall/${token}` };
}

export async function revokeWallLink(db: Db, id: string, now: Date): Promise<void> {
  const gone = await db.wallLink.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
  if (gone.count === 0) throw notFound('wallLink');
}

/** The link behind a token. @throws AppError 404 when there is none, or it was revoked */
export async function needWall(db: Db, token: string, now: Date): Promise<{ id: string; storeId: string | null }> {
  const row = await db.wallLink.findUnique({ where: { tokenHash: sha256(token) } });
  if (row === null || row.revokedAt !== null)
    throw new AppError('notFound', 'wall.gone', 'This link was revoked, or never was.');
  await db.wallLink.update({ where: { id: row.id }, data: { lastSeenAt: now } });
  return row;
}

/** The live figures as a wall may show them: of its store, clients by their first name, nothing to open. */
export async function readWall(db: Db, link: { storeId: string | null }, now: Date): Promise<Wall> {
  const { timezone } = await loadHours(db);
  const dayStart = startOfLocalDay(now, timezone);
  const only = link.storeId === null ? {} : { store: link.storeId };
  const { late: _, byStore, ...live } = await readLive(db, now, dayStart, only);
  const store = link.storeId === null ? null : await db.store.findUnique({ where: { id: link.storeId } });
  return {
    ...live,
    // A store's wall tells of no other.
    byStore: link.storeId === null ? byStore : byStore.filter((row) => row.storeId === link.storeId),
    storeName: store?.name ?? null,
    waiting: live.waiting.map((row) => ({
      ...row,
      clientName: row.clientName.trim().split(/\s+/)[0] ?? '',
      subject: '',
    })),
  };
}

function present(row: {
  id: string;
  name: string;
  storeId: string | null;
  createdAt: Date;
  lastSeenAt: Date | null;
}): WallLink {
  return {
    id: row.id,
    name: row.name,
    storeId: row.storeId,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  };
}
