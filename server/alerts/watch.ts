import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { readCandidates } from '../routing/candidates.ts';
import { readRouting } from '../routing/settings.ts';
import { workingBetween } from '../targets/clock.ts';
import { loadHours } from '../targets/rules.ts';
import { notify, supervisorsOf } from './notify.ts';

/** A channel that failed for so long is told of, whatever the settings say. */
const failingMs = 5 * 60_000;
const hourMs = 60 * 60_000;

/** Channels that went silent or fail, and a queue over its limit: supervisors are told once a cause. Run by the schedule. */
export async function watch(db: Db, now: Date): Promise<void> {
  const settings = await readRouting(db);
  await watchChannels(db, settings.silentAfterMs, now);
  await watchSending(db, now);
  if (settings.queueLimit !== null) await watchQueue(db, settings.queueLimit, now);
  await watchLoad(db, now);
}

async function watchChannels(db: Db, silentAfterMs: number | null, now: Date): Promise<void> {
  const channels = await db.$queryRaw<
    {
      id: string;
      name: string;
      storeId: string | null;
      teamId: string | null;
      connectedAt: Date;
      lastAt: Date | null;
      failingSince: Date | null;
      error: string | null;
    }[]
  >`
    SELECT ch.id, ch.name, ch."storeId", ch."teamId", ch."connectedAt", h."failingSince", h.error,
      greatest(h."lastReceivedAt", (SELECT max(t."lastInboundAt") FROM thread t WHERE t."channelId" = ch.id AND t.status = 'open' AND t."mergedIntoId" IS NULL)) AS "lastAt"
    FROM channel ch LEFT JOIN channel_health h ON h."channelId" = ch.id WHERE ch."removedAt" IS NULL AND ch."pausedAt" IS NULL`;
  const { hoursAt } = await loadHours(db);
  for (const channel of channels) {
    const failing = channel.failingSince !== null && now.getTime() - channel.failingSince.getTime() >= failingMs;
    const since = channel.lastAt ?? channel.connectedAt;
    const silent = silentAfterMs !== null && workingBetween(hoursAt(channel), since, now) >= silentAfterMs;
    if (!failing && !silent) continue;
    const cause = failing
      ? `failing:${channel.id}:${channel.failingSince?.toISOString() ?? ''}`
      : `silent:${channel.id}:${since.toISOString()}`;
    const data = {
      channelId: channel.id,
      name: channel.name,
      since: (failing ? channel.failingSince : since)?.toISOString() ?? null,
      error: failing ? channel.error : null,
    };
    await transact(db, async (tx) => {
      await notify(tx, await supervisorsOf(tx, channel.storeId), { kind: 'silentChannel', cause, data }, now);
    });
  }
}

/** Channels by which nothing goes out: those who can mend it are told once, and those who wonder. */
async function watchSending(db: Db, now: Date): Promise<void> {
  const failing = await db.channelHealth.findMany({
    where: {
      sendFailingSince: { lte: new Date(now.getTime() - failingMs) },
      channel: { removedAt: null, pausedAt: null },
    },
    include: { channel: { select: { name: true, storeId: true } } },
  });
  for (const { channelId, channel, sendFailingSince, sendError } of failing) {
    const since = sendFailingSince?.toISOString() ?? '';
    const waiting = await db.delivery.count({ where: { channelId, state: { in: ['sending', 'retry'] } } });
    const data = { channelId, name: channel.name, since, error: sendError, waiting };
    const cause = `sending:${channelId}:${since}`;
    await transact(db, async (tx) => {
      const admins = await tx.user.findMany({ where: { role: 'admin', deactivatedAt: null }, select: { id: true } });
      const told = new Set([...admins.map((admin) => admin.id), ...(await supervisorsOf(tx, channel.storeId))]);
      await notify(tx, [...told], { kind: 'sendingFails', cause, data }, now);
    });
  }
}

async function watchQueue(db: Db, limit: number, now: Date): Promise<void> {
  const [queue] = await db.$queryRaw<{ n: number; since: Date | null }[]>`
    SELECT count(*)::int AS n, min("waitingSince") AS since FROM thread
    WHERE "waitingSince" IS NOT NULL AND "mergedIntoId" IS NULL AND "assigneeId" IS NULL`;
  if (queue === undefined || queue.n <= limit) return;
  // Told again at most once an hour while it lasts.
  const cause = `queue:${Math.floor(now.getTime() / hourMs)}`;
  const data = { waiting: queue.n, limit, longestSince: queue.since?.toISOString() ?? null };
  await transact(db, async (tx) => {
    const recent = await tx.notification.findFirst({
      where: { kind: 'queue', createdAt: { gt: new Date(now.getTime() - hourMs) } },
    });
    if (recent === null) await notify(tx, await supervisorsOf(tx, null), { kind: 'queue', cause, data }, now);
  });
}

/** Who has more open work than they say they can carry: told once a day. */
async function watchLoad(db: Db, now: Date): Promise<void> {
  const over = (await readCandidates(db, now)).filter((person) => person.load > person.capacity);
  for (const person of over)
    await transact(db, async (tx) => {
      const user = await tx.user.findUniqueOrThrow({ where: { id: person.userId }, select: { name: true } });
      const cause = `overloaded:${person.userId}:${now.toISOString().slice(0, 10)}`;
      const data = { userId: person.userId, name: user.name, load: person.load, capacity: person.capacity };
      await notify(tx, await supervisorsOf(tx, person.storeIds[0] ?? null), { kind: 'overloaded', cause, data }, now);
    });
}
