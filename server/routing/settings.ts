import type { Db } from '../db/client.ts';
import { type Reader, transact } from '../db/tx.ts';
import { meaning } from '../errors.ts';
import { record } from '../events/record.ts';
import { type RoutingProfile, type RoutingSettings, routingProfile, routingSettings } from './schema.ts';

export const routingKey = 'routing';

export async function readRouting(reader: Reader): Promise<RoutingSettings> {
  const row = await reader.setting.findUnique({ where: { key: routingKey } });
  return routingSettings.parse(row?.value ?? {});
}

export async function saveRouting(db: Db, value: RoutingSettings, now: Date): Promise<RoutingSettings> {
  await transact(db, async (tx) => {
    await tx.setting.upsert({ where: { key: routingKey }, create: { key: routingKey, value }, update: { value } });
    await record(tx, { type: 'setting.changed', at: now, patch: { key: routingKey } });
  });
  return value;
}

export async function listProfiles(db: Db): Promise<(RoutingProfile & { userId: string })[]> {
  const rows = await db.routingProfile.findMany({ orderBy: { userId: 'asc' } });
  return rows.map((row) => ({ ...routingProfile.parse(row), userId: row.userId }));
}

export async function saveProfile(
  db: Db,
  userId: string,
  profile: RoutingProfile,
): Promise<RoutingProfile & { userId: string }> {
  const user = await db.user.findUnique({ where: { id: userId }, select: { id: true } });
  if (user === null) throw meaning('user.unknown', 'There is no such colleague.', 'userId');
  await db.routingProfile.upsert({ where: { userId }, create: { userId, ...profile }, update: profile });
  return { ...profile, userId };
}
