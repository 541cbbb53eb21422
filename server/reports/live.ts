import { type Db, Prisma } from '../db/client.ts';
import type { Live } from './schema.ts';

const longestShown = 50;

/** What the live page shows now. `dayStart` is where today begins for who looks; with a store only what is that store's. */
export async function readLive(db: Db, now: Date, dayStart: Date, storeId: string | null = null): Promise<Live> {
  const waiting = Prisma.sql`t."waitingSince" IS NOT NULL AND t."mergedIntoId" IS NULL AND (${storeId}::uuid IS NULL OR t."storeId" = ${storeId}::uuid)`;
  const [rows, channels, people, answered, places, late, owed] = await Promise.all([
    db.$queryRaw<
      {
        threadId: string;
        clientName: string;
        subject: string;
        channelId: string;
        channelKind: 'email' | 'telegram' | 'chat' | 'phone';
        assigneeId: string | null;
        teamId: string | null;
        storeId: string | null;
        clientLevel: 'key' | 'vip' | 'usual';
        waitsFor: string | null;
        waitingSince: Date;
        dueAt: Date | null;
      }[]
    >`
      SELECT t.id AS "threadId", c.name AS "clientName", coalesce(nullif(t.subject, ''), t.preview) AS subject, t."channelId", t."channelKind", t."assigneeId", t."teamId", t."storeId",
        c.level AS "clientLevel", t."waitingSince", t."dueAt",
        (SELECT coalesce(u.name, te.name, s.name) FROM request q LEFT JOIN "user" u ON u.id = q."toUserId" LEFT JOIN team te ON te.id = q."toTeamId" LEFT JOIN store s ON s.id = q."toStoreId"
          WHERE q."threadId" = t.id AND q."answeredAt" IS NULL AND q."cancelledAt" IS NULL ORDER BY q."createdAt" LIMIT 1) AS "waitsFor"
      FROM thread t JOIN client c ON c.id = t."clientId" WHERE ${waiting} ORDER BY t."waitingSince", t.id LIMIT ${longestShown}`,
    db.$queryRaw<
      { channelId: string; name: string; kind: string; waiting: number; late: number; longestSince: Date | null }[]
    >`
      SELECT ch.id AS "channelId", ch.name, ch.kind::text, count(t.id)::int AS waiting, count(t.id) FILTER (WHERE t."dueAt" < ${now}::timestamptz)::int AS late, min(t."waitingSince") AS "longestSince"
      FROM channel ch LEFT JOIN thread t ON t."channelId" = ch.id AND ${waiting}
      WHERE ch."removedAt" IS NULL GROUP BY ch.id ORDER BY ch.name`,
    db.$queryRaw<{ userId: string; name: string; open: number; waiting: number; presence: string }[]>`
      SELECT u.id AS "userId", u.name, count(t.id)::int AS open, count(t."waitingSince")::int AS waiting,
        CASE WHEN EXISTS (SELECT 1 FROM absence a WHERE a."userId" = u.id AND a."startedAt" IS NOT NULL AND a."endedAt" IS NULL) THEN 'absent'
          ELSE coalesce((SELECT p.state FROM presence_span p WHERE p."userId" = u.id AND p."toAt" IS NULL), 'off') END AS presence
      FROM "user" u LEFT JOIN thread t ON t."assigneeId" = u.id AND t.status = 'open' AND t."mergedIntoId" IS NULL
      WHERE u."deactivatedAt" IS NULL AND (${storeId}::uuid IS NULL OR EXISTS (SELECT 1 FROM user_store us WHERE us."userId" = u.id AND us."storeId" = ${storeId}::uuid)) GROUP BY u.id ORDER BY open DESC, u.name`,
    readAnswered(db, dayStart, storeId),
    readPlaces(db, waiting, now),
    readLate(db, waiting, now),
    readOwed(db, now),
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
    ...places,
    late,
    ...owed,
    byUser: people,
  };
}

/** Waits that a person ended today; bots and automatic mail end none. */
async function readAnswered(db: Db, dayStart: Date, storeId: string | null): Promise<Live['answeredToday']> {
  const [row] = await db.$queryRaw<{ n: number; medianMs: number | null; p90Ms: number | null }[]>`
    SELECT count(*)::int AS n, percentile_cont(0.5) WITHIN GROUP (ORDER BY "clockMs") AS "medianMs", percentile_cont(0.9) WITHIN GROUP (ORDER BY "clockMs") AS "p90Ms"
    FROM response WHERE "answeredAt" >= ${dayStart}::timestamptz AND (${storeId}::uuid IS NULL OR "storeId" = ${storeId}::uuid)`;
  const whole = (ms: number | null | undefined) => (ms == null ? null : Math.round(ms));
  return { n: row?.n ?? 0, medianMs: whole(row?.medianMs), p90Ms: whole(row?.p90Ms) };
}

interface PlaceRow {
  kind: 'store' | 'team';
  id: string;
  name: string;
  waiting: number;
  late: number;
  longestSince: Date | null;
}

/** Who waits in each store and for each team. */
async function readPlaces(db: Db, waiting: Prisma.Sql, now: Date): Promise<Pick<Live, 'byStore' | 'byTeam'>> {
  const counted = Prisma.sql`count(t.id)::int AS waiting, count(t.id) FILTER (WHERE t."dueAt" < ${now}::timestamptz)::int AS late, min(t."waitingSince") AS "longestSince"`;
  const rows = await db.$queryRaw<PlaceRow[]>`
    SELECT 'store' AS kind, s.id, s.name, ${counted} FROM store s LEFT JOIN thread t ON t."storeId" = s.id AND ${waiting} GROUP BY s.id
    UNION ALL SELECT 'team', te.id, te.name, ${counted} FROM team te LEFT JOIN thread t ON t."teamId" = te.id AND ${waiting} GROUP BY te.id
    ORDER BY 3`;
  const of = (kind: PlaceRow['kind']) => rows.filter((row) => row.kind === kind);
  const figures = (row: PlaceRow) => ({
    name: row.name,
    waiting: row.waiting,
    late: row.late,
    longestSince: row.longestSince?.toISOString() ?? null,
  });
  return {
    byStore: of('store').map((row) => ({ storeId: row.id, ...figures(row) })),
    byTeam: of('team').map((row) => ({ teamId: row.id, ...figures(row) })),
  };
}

async function readLate(db: Db, waiting: Prisma.Sql, now: Date): Promise<Live['late']> {
  const rows = await db.$queryRaw<{ threadId: string; clientName: string; assigneeId: string | null; dueAt: Date }[]>`
    SELECT t.id AS "threadId", c.name AS "clientName", t."assigneeId", t."dueAt" FROM thread t JOIN client c ON c.id = t."clientId"
    WHERE ${waiting} AND t."dueAt" < ${now}::timestamptz ORDER BY t."dueAt", t.id LIMIT ${longestShown}`;
  return rows.map((row) => ({
    ...row,
    dueAt: row.dueAt.toISOString(),
    lateMs: now.getTime() - row.dueAt.getTime(),
  }));
}

async function readOwed(db: Db, now: Date): Promise<Pick<Live, 'promisesLate' | 'requestsLate'>> {
  const [promisesLate, requestsLate] = await Promise.all([
    db.clientPromise.count({ where: { state: 'open', dueAt: { lt: now } } }),
    db.colleagueRequest.count({ where: { answeredAt: null, cancelledAt: null, dueAt: { lt: now } } }),
  ]);
  return { promisesLate, requestsLate };
}
