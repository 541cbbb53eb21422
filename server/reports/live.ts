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

/** Waits that a person ended today; bots and automatic mail end none. */
async function readAnswered(db: Db, dayStart: Date): Promise<Live['answeredToday']> {
  const [row] = await db.$queryRaw<{ n: number; medianMs: number | null; p90Ms: number | null }[]>`
    SELECT count(*)::int AS n, percentile_cont(0.5) WITHIN GROUP (ORDER BY "clockMs") AS "medianMs", percentile_cont(0.9) WITHIN GROUP (ORDER BY "clockMs") AS "p90Ms"
    FROM response WHERE "answeredAt" >= ${dayStart}::timestamptz`;
  const whole = (ms: number | null | undefined) => (ms == null ? null : Math.round(ms));
  return { n: row?.n ?? 0, medianMs: whole(row?.medianMs), p90Ms: whole(row?.p90Ms) };
}
