import { type Db, Prisma } from '../db/client.ts';
import type { Live } from './schema.ts';

const longestShown = 50;

/** What the live page shows now. `dayStart` is where today begins for who looks. */
export async function readLive(db: Db, now: Date, dayStart: Date): Promise<Live> {
  const waiting = Prisma.sql`t."waitingSince" IS NOT NULL AND t."mergedIntoId" IS NULL`;
  const [rows, channels, people, answered] = await Promise.all([
    db.$queryRaw<
      {
        threadId: string;
        clientName: string;
        subject: string;
        channelId: string;
        channelKind: 'email' | 'telegram' | 'chat';
        assigneeId: string | null;
        waitingSince: Date;
        dueAt: Date | null;
      }[]
    >`
      SELECT t.id AS "threadId", c.name AS "clientName", coalesce(nullif(t.subject, ''), t.preview) AS subject, t."channelId", t."channelKind", t."assigneeId", t."waitingSince", t."dueAt"
      FROM thread t JOIN client c ON c.id = t."clientId" WHERE ${waiting} ORDER BY t."waitingSince", t.id LIMIT ${longestShown}`,
    db.$queryRaw<
      { channelId: string; name: string; kind: string; waiting: number; late: number; longestSince: Date | null }[]
    >`
      SELECT ch.id AS "channelId", ch.name, ch.kind::text, count(t.id)::int AS waiting, count(t.id) FILTER (WHERE t."dueAt" < ${now}::timestamptz)::int AS late, min(t."waitingSince") AS "longestSince"
      FROM channel ch LEFT JOIN thread t ON t."channelId" = ch.id AND ${waiting}
      WHERE ch."removedAt" IS NULL GROUP BY ch.id ORDER BY ch.name`,
    db.$queryRaw<{ userId: string; name: string; open: number; waiting: number }[]>`
      SELECT u.id AS "userId", u.name, count(t.id)::int AS open, count(t."waitingSince")::int AS waiting
      FROM "user" u LEFT JOIN thread t ON t."assigneeId" = u.id AND t.status = 'open' AND t."mergedIntoId" IS NULL
      WHERE u."deactivatedAt" IS NULL GROUP BY u.id ORDER BY open DESC, u.name`,
    readAnswered(db, dayStart),
  ]);
  return {
    at: now.toISOString(),
    waiting: rows.map((row) => ({
      ...row,
      waitingSince: row.waitingSince.toISOString(),
      dueAt: row.dueAt?.toISOString() ?? null,
    })),
    waitingTotal: channels.reduce((sum, channel) => sum + channel.waiting, 0),
    byChannel: channels.map((channel) => ({ ...channel, longestSince: channel.longestSince?.toISOString() ?? null })),
    lateNow: channels.reduce((sum, channel) => sum + channel.late, 0),
    answeredToday: answered,
    byUser: people,
  };
}

/** A person's answers of today: each to the first of the client's messages that had none; bots and automatic mail are none. */
async function readAnswered(db: Db, dayStart: Date): Promise<Live['answeredToday']> {
  const [row] = await db.$queryRaw<{ n: number; medianMs: number | null }[]>`
    WITH answer AS (
      SELECT m.id, m."threadId", m."createdAt" AS at FROM message m
      WHERE m.direction = 'outbound' AND m."authorKind" = 'user' AND m."sentAt" >= ${dayStart}::timestamptz
    ), answered AS (
      SELECT answer.at, (
        SELECT min(q."receivedAt") FROM message q
        WHERE q."threadId" = answer."threadId" AND q.direction = 'inbound' AND q.classification = 'person' AND q."createdAt" < answer.at
          AND q."createdAt" > coalesce((SELECT max(p."createdAt") FROM message p WHERE p."threadId" = answer."threadId" AND p.direction = 'outbound' AND p."authorKind" = 'user' AND p."createdAt" < answer.at), '-infinity')
      ) AS asked FROM answer
    )
    SELECT count(*)::int AS n, (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM at - asked) * 1000))::float8 AS "medianMs"
    FROM answered WHERE asked IS NOT NULL`;
  return { n: row?.n ?? 0, medianMs: row?.medianMs == null ? null : Math.round(row.medianMs) };
}
