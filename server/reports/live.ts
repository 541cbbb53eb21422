import { type Db, Prisma } from '../db/client.ts';
import type { Live, LiveQuery } from './schema.ts';

const longestShown = 50;

/** What the live page is narrowed to; all of them together. `late` is of the list of who waits alone. */
export type LiveNarrowed = Pick<LiveQuery, 'store' | 'team' | 'channel' | 'user' | 'late'>;

type Facet = 'store' | 'team' | 'channel' | 'user';

/** Conditions on a thread `t` that waits. @param without the one whose own siblings are counted too */
function waitingIn(only: LiveNarrowed, without?: Facet): Prisma.Sql {
  const wanted = [Prisma.sql`t."waitingSince" IS NOT NULL AND t."mergedIntoId" IS NULL`, ...placedIn(only, without)];
  return Prisma.join(wanted, ' AND ');
}

function placedIn(
  only: LiveNarrowed,
  without?: Facet,
  user = Prisma.sql`t."assigneeId"`,
  t = Prisma.sql`t`,
): Prisma.Sql[] {
  const wanted: Prisma.Sql[] = [];
  if (only.store !== undefined && without !== 'store') wanted.push(Prisma.sql`${t}."storeId" = ${only.store}::uuid`);
  if (only.team !== undefined && without !== 'team') wanted.push(Prisma.sql`${t}."teamId" = ${only.team}::uuid`);
  if (only.channel !== undefined && without !== 'channel')
    wanted.push(Prisma.sql`${t}."channelId" = ${only.channel}::uuid`);
  if (only.user !== undefined && without !== 'user')
    wanted.push(only.user === 'none' ? Prisma.sql`${user} IS NULL` : Prisma.sql`${user} = ${only.user}::uuid`);
  return wanted;
}

/**
 * What the live page shows now, narrowed to what is asked for. A list of stores, teams, channels or people counts what every other
 * filter leaves, so that the next one can be chosen from it.
 * @param dayStart where today begins for who looks
 */
export async function readLive(db: Db, now: Date, dayStart: Date, only: LiveNarrowed = {}): Promise<Live> {
  const waiting = waitingIn(only);
  const listed = only.late === '1' ? Prisma.sql`${waiting} AND t."dueAt" < ${now}::timestamptz` : waiting;
  const [rows, [totals], channels, people, answered, places, late, owed] = await Promise.all([
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
        answerAt: Date | null;
        waitingSince: Date;
        dueAt: Date | null;
      }[]
    >`
      SELECT t.id AS "threadId", c.name AS "clientName", coalesce(nullif(t.subject, ''), t.preview) AS subject, t."channelId", t."channelKind", t."assigneeId", t."teamId", t."storeId",
        c.level AS "clientLevel", t."waitingSince", t."dueAt",
        (SELECT coalesce(u.name, te.name, s.name) FROM request q LEFT JOIN "user" u ON u.id = q."toUserId" LEFT JOIN team te ON te.id = q."toTeamId" LEFT JOIN store s ON s.id = q."toStoreId"
          WHERE q."threadId" = t.id AND q."answeredAt" IS NULL AND q."cancelledAt" IS NULL ORDER BY q."createdAt" LIMIT 1) AS "waitsFor",
        (SELECT min(d."dueAt") FROM delivery d JOIN message m ON m.id = d."messageId"
          WHERE d."threadId" = t.id AND d.state IN ('pending', 'sending', 'retry') AND m."authorKind" = 'user' AND m."sentAt" > m."createdAt" AND m."createdAt" >= t."waitingSince") AS "answerAt"
      FROM thread t JOIN client c ON c.id = t."clientId" WHERE ${listed} ORDER BY t."waitingSince", t.id LIMIT ${longestShown}`,
    db.$queryRaw<{ waiting: number; late: number }[]>`
      SELECT count(*)::int AS waiting, count(*) FILTER (WHERE t."dueAt" < ${now}::timestamptz)::int AS late FROM thread t WHERE ${waiting}`,
    db.$queryRaw<
      { channelId: string; name: string; kind: string; waiting: number; late: number; longestSince: Date | null }[]
    >`
      SELECT ch.id AS "channelId", ch.name, ch.kind::text, count(t.id)::int AS waiting, count(t.id) FILTER (WHERE t."dueAt" < ${now}::timestamptz)::int AS late, min(t."waitingSince") AS "longestSince"
      FROM channel ch LEFT JOIN thread t ON t."channelId" = ch.id AND ${waitingIn(only, 'channel')}
      WHERE ch."removedAt" IS NULL GROUP BY ch.id ORDER BY ch.name`,
    readPeople(db, only),
    readAnswered(db, dayStart, only),
    readPlaces(db, only, now),
    readLate(db, waiting, now),
    readOwed(db, only, now),
  ]);
  return {
    at: now.toISOString(),
    waiting: rows.map((row) => ({
      ...row,
      waitingSince: row.waitingSince.toISOString(),
      dueAt: row.dueAt?.toISOString() ?? null,
      answerAt: row.answerAt?.toISOString() ?? null,
    })),
    waitingTotal: totals?.waiting ?? 0,
    byChannel: channels.map((channel) => ({ ...channel, longestSince: channel.longestSince?.toISOString() ?? null })),
    lateNow: totals?.late ?? 0,
    answeredToday: answered,
    ...places,
    late,
    ...owed,
    ...people,
  };
}

/**
 * Who works there, and whoever else has somebody waiting there: with their whole load, and how many of those who wait are theirs.
 */
async function readPeople(db: Db, only: LiveNarrowed): Promise<Pick<Live, 'byUser' | 'unassigned'>> {
  const works = [
    ...(only.store === undefined
      ? []
      : [
          Prisma.sql`EXISTS (SELECT 1 FROM user_store us WHERE us."userId" = u.id AND us."storeId" = ${only.store}::uuid)`,
        ]),
    ...(only.team === undefined
      ? []
      : [Prisma.sql`EXISTS (SELECT 1 FROM team_member m WHERE m."userId" = u.id AND m."teamId" = ${only.team}::uuid)`]),
  ];
  const here = works.length === 0 ? Prisma.sql`TRUE` : Prisma.join(works, ' AND ');
  const [byUser, [nobodys]] = await Promise.all([
    db.$queryRaw<Live['byUser']>`
      SELECT u.id AS "userId", u.name, coalesce(l.open, 0)::int AS open, coalesce(w.waiting, 0)::int AS waiting,
        CASE WHEN EXISTS (SELECT 1 FROM absence a WHERE a."userId" = u.id AND a."startedAt" IS NOT NULL AND a."endedAt" IS NULL) THEN 'absent'
          ELSE coalesce((SELECT p.state FROM presence_span p WHERE p."userId" = u.id AND p."toAt" IS NULL), 'off') END AS presence
      FROM "user" u
      LEFT JOIN (SELECT t."assigneeId" AS id, count(*) AS open FROM thread t WHERE t.status = 'open' AND t."mergedIntoId" IS NULL GROUP BY 1) l ON l.id = u.id
      LEFT JOIN (SELECT t."assigneeId" AS id, count(*) AS waiting FROM thread t WHERE ${waitingIn(only, 'user')} GROUP BY 1) w ON w.id = u.id
      WHERE u."deactivatedAt" IS NULL AND (${here} OR w.waiting > 0) ORDER BY open DESC, u.name`,
    db.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM thread t WHERE t."assigneeId" IS NULL AND ${waitingIn(only, 'user')}`,
  ]);
  return { byUser, unassigned: nobodys?.n ?? 0 };
}

/** Waits that a person ended today; bots and automatic mail end none. */
async function readAnswered(db: Db, dayStart: Date, only: LiveNarrowed): Promise<Live['answeredToday']> {
  const wanted = [
    Prisma.sql`r."answeredAt" >= ${dayStart}::timestamptz`,
    ...placedIn(only, undefined, Prisma.sql`r."userId"`, Prisma.sql`r`),
  ];
  const [row] = await db.$queryRaw<{ n: number; medianMs: number | null; p90Ms: number | null }[]>`
    SELECT count(*)::int AS n, percentile_cont(0.5) WITHIN GROUP (ORDER BY r."clockMs") AS "medianMs", percentile_cont(0.9) WITHIN GROUP (ORDER BY r."clockMs") AS "p90Ms"
    FROM response r WHERE ${Prisma.join(wanted, ' AND ')}`;
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
async function readPlaces(db: Db, only: LiveNarrowed, now: Date): Promise<Pick<Live, 'byStore' | 'byTeam'>> {
  const counted = Prisma.sql`count(t.id)::int AS waiting, count(t.id) FILTER (WHERE t."dueAt" < ${now}::timestamptz)::int AS late, min(t."waitingSince") AS "longestSince"`;
  const rows = await db.$queryRaw<PlaceRow[]>`
    SELECT 'store' AS kind, s.id, s.name, ${counted} FROM store s LEFT JOIN thread t ON t."storeId" = s.id AND ${waitingIn(only, 'store')} GROUP BY s.id
    UNION ALL SELECT 'team', te.id, te.name, ${counted} FROM team te LEFT JOIN thread t ON t."teamId" = te.id AND ${waitingIn(only, 'team')} GROUP BY te.id
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

/** What is late besides answers: promises of that store, person or thread, and questions asked in those threads. */
async function readOwed(db: Db, only: LiveNarrowed, now: Date): Promise<Pick<Live, 'promisesLate' | 'requestsLate'>> {
  const { store, user, ...elsewhere } = only;
  const promised = [
    Prisma.sql`p.state = 'open' AND p."dueAt" < ${now}::timestamptz`,
    ...(store === undefined ? [] : [Prisma.sql`coalesce(p."storeId", t."storeId") = ${store}::uuid`]),
    ...placedIn({ ...elsewhere, user }, undefined, Prisma.sql`p."ownerId"`),
  ];
  const asked = [
    Prisma.sql`q."answeredAt" IS NULL AND q."cancelledAt" IS NULL AND q."dueAt" < ${now}::timestamptz`,
    ...placedIn(only),
  ];
  const [[promises], [requests]] = await Promise.all([
    db.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM promise p LEFT JOIN thread t ON t.id = p."threadId" WHERE ${Prisma.join(promised, ' AND ')}`,
    db.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM request q JOIN thread t ON t.id = q."threadId" WHERE ${Prisma.join(asked, ' AND ')}`,
  ]);
  return { promisesLate: promises?.n ?? 0, requestsLate: requests?.n ?? 0 };
}
