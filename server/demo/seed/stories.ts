import type { Channel } from '../../channels/schema.ts';
import type { Deps } from '../../deps.ts';
import { newId, newToken } from '../../lib/id.ts';
import type { Reason } from '../../reasons/schema.ts';
import { loadHours } from '../../targets/rules.ts';
import { type Api, signIn } from '../api.ts';
import type { Chance } from '../chance.ts';
import type { DemoData } from '../data.ts';
import { EXCHANGE_SECRET, tellCall } from '../telephone.ts';
import { seedWork } from './work.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The shop's own reasons, with the words that propose them and the tags of the demo's past that mean them. */
const REASONS: (Omit<Reason, 'id'> & { tags: string[] })[] = [
  { kind: 'contact', label: 'Order and delivery', words: ['order', 'parcel'], tags: ['order', 'delivery', 'pickup'] },
  { kind: 'contact', label: 'Stock and price', words: ['have you got', 'in stock'], tags: ['stock', 'price'] },
  { kind: 'contact', label: 'Repair', words: ['repair', 'cracked'], tags: ['repair'] },
  { kind: 'contact', label: 'Tariff', words: ['tariff', 'roaming'], tags: ['tariff', 'roaming', 'number'] },
  {
    kind: 'dissatisfaction',
    label: 'Defective soon',
    words: ['dead', 'broken', 'money back'],
    tags: ['claim', 'warranty'],
  },
  { kind: 'dissatisfaction', label: 'Waited too long', words: ['waited', 'nobody answers'], tags: ['complaint'] },
  { kind: 'dissatisfaction', label: 'Wrong stock shown', words: ['sold out', 'website said'], tags: [] },
];

/**
 * What supervisors look at: targets of key clients, a colleague on leave with a substitute, promises, a question to the workshop
 * that is late, calls, what clients said, reasons, and a report that goes out by mail.
 */
export async function seedStories(
  deps: Pick<Deps, 'db' | 'config'>,
  data: DemoData,
  admin: Api,
  password: string,
  chance: Chance,
  now: Date,
): Promise<void> {
  const { db, config } = deps;
  const users = new Map(
    (await db.user.findMany({ select: { id: true, email: true } })).map((one) => [one.email, one.id]),
  );
  const emailOf = (first: string) =>
    data.company.staff.find(({ name }) => name.startsWith(first))?.email ?? data.company.staff[0]?.email ?? '';
  const idOf = (first: string) => users.get(emailOf(first)) ?? '';
  const as = (first: string) => signIn(config.publicUrl, emailOf(first), password);

  await admin.send('POST', '/targets', {
    name: 'Key clients',
    level: 'key',
    firstMs: 30 * MINUTE_MS,
    nextMs: 30 * MINUTE_MS,
    resolutionMs: 2 * DAY_MS,
    time: 'working',
    escalations: [
      { on: 'breach', afterMs: 0, action: 'raise' },
      { on: 'breach', afterMs: 15 * MINUTE_MS, action: 'notify' },
    ],
  });
  await admin.send('PUT', '/rating-settings', { on: true, everyDays: 14, followUpTo: 2 });
  await seedReasons(db, admin, chance, now);
  await seedSolved(db);
  await seedWork(db, admin, chance, now);
  await seedRatings(db, chance, now);

  // One colleague is on leave, and their clients do not notice.
  const jonas = await as('Jonas');
  await jonas.send('POST', '/absences', {
    reason: 'leave',
    untilAt: new Date(now.getTime() + 3 * DAY_MS).toISOString(),
    substituteId: idOf('Olga'),
    note: 'Lindhaven Dental wants ten tablets; they pay on invoice.',
  });
  const sam = await as('Sam');
  await sam.send('POST', '/report-schedules', {
    name: 'How fast we answer',
    report: 'responseTimes',
    question: { by: 'store', measure: 'all', time: 'working' },
    every: 'week',
    format: 'xlsx',
    recipients: [emailOf('Sam')],
  });
  await seedOwed(db, await as('Mira'), now);
  await seedCalls(config.publicUrl, admin, now);
}

/** The quote that Mira owes by four o'clock, and the workshop that has not answered about a claim. */
async function seedOwed(db: Deps['db'], mira: Api, now: Date): Promise<void> {
  const open = { status: 'open' as const, mergedIntoId: null };
  const quote = await db.thread.findFirst({ where: { ...open, tags: { has: 'quote' } }, select: { id: true } });
  const claim = await db.thread.findFirst({ where: { ...open, tags: { has: 'claim' } }, select: { id: true } });
  const workshop = await db.team.findFirst({ where: { name: 'Service and repair' }, select: { id: true } });
  const four = new Date(now);
  four.setHours(16, 0, 0, 0);
  const due = four > now ? four : new Date(now.getTime() + 2 * HOUR_MS);
  if (quote !== null)
    await mira.send('POST', '/promises', {
      threadId: quote.id,
      kind: 'quote',
      text: '20 phones with cases and tariffs',
      dueAt: due.toISOString(),
    });
  if (claim !== null && workshop !== null)
    await mira.send('POST', `/threads/${claim.id}/requests`, {
      text: 'Dead after three weeks. Can you look at it before noon?',
      toTeamId: workshop.id,
      dueAt: new Date(now.getTime() - 25 * MINUTE_MS).toISOString(),
    });
}

/** The shop's telephone, with a call that nobody took. */
async function seedCalls(publicUrl: string, admin: Api, now: Date): Promise<void> {
  const channel = await admin.send<Channel>('POST', '/channels', {
    kind: 'phone',
    name: 'Telephone',
    config: { number: '+49 30 23125 000', secret: EXCHANGE_SECRET },
    targetMs: 30 * MINUTE_MS,
  });
  for (const [event, minutes] of [
    ['ringing', 12],
    ['missed', 11],
  ] as const)
    await tellCall(publicUrl, channel.id, {
      callId: 'demo-1',
      event,
      // Nobody of the demo's own waits twice: this caller writes by no other way.
      phone: '+4930231250199',
      at: new Date(Math.max(now.getTime() - minutes * MINUTE_MS, Date.parse(channel.createdAt))).toISOString(),
    });
}

async function seedReasons(db: Deps['db'], admin: Api, chance: Chance, now: Date): Promise<void> {
  const { items } = await admin.send<{ items: Reason[] }>('PUT', '/reasons', {
    items: REASONS.map(({ tags: _, ...reason }) => reason),
  });
  const threads = await db.thread.findMany({ select: { id: true, tags: true, createdAt: true, assigneeId: true } });
  const told = threads.flatMap((thread) => {
    const fits = REASONS.filter(({ tags }) => tags.some((tag) => thread.tags.includes(tag)));
    return fits
      .filter(() => chance.number() < 0.7)
      .map((fit) => ({
        threadId: thread.id,
        reasonId: items.find(({ label }) => label === fit.label)?.id ?? '',
        state: 'confirmed',
        at: thread.createdAt < now ? thread.createdAt : now,
        byUserId: thread.assigneeId,
      }));
  });
  await db.threadReason.createMany({ data: told, skipDuplicates: true });
}

/** The matters of the past, as reports count what was solved. */
async function seedSolved(db: Deps['db']): Promise<void> {
  const { timezone } = await loadHours(db);
  await db.$executeRaw`
    INSERT INTO resolution (id, "threadId", "clientId", "startedAt", "closedAt", "userId", "storeId", "teamId", "channelId", "channelKind", level, tags, "clockMs", "workingMs", "startedHour", "startedWeekday")
    SELECT gen_random_uuid(), t.id, t."clientId", t."createdAt", t."closedAt", t."assigneeId", t."storeId", t."teamId", t."channelId", t."channelKind", c.level, t.tags,
      took.ms, least(took.ms, took.ms / 3 + 600000), extract(hour FROM shop.begun), extract(isodow FROM shop.begun)
    FROM thread t JOIN client c ON c.id = t."clientId",
      LATERAL (SELECT greatest(60000, extract(epoch FROM t."closedAt" - t."createdAt") * 1000)::float8 AS ms) took,
      LATERAL (SELECT t."createdAt" AT TIME ZONE ${timezone} AS begun) shop
    WHERE t."closedAt" IS NOT NULL AND t.status = 'closed' AND NOT EXISTS (SELECT 1 FROM resolution r WHERE r."threadId" = t.id)`;
}

/** What clients said of the last weeks: most are pleased. */
async function seedRatings(db: Deps['db'], chance: Chance, now: Date): Promise<void> {
  const threads = await db.thread.findMany({
    where: { status: 'closed', closedAt: { not: null }, assigneeId: { not: null } },
    include: { client: { select: { level: true } } },
  });
  const words: Record<number, string[]> = {
    1: ['Nobody called me back.'],
    2: ['It took two days.'],
    5: ['Quick and kind, thank you!', ''],
  };
  const data = threads
    .filter(() => chance.number() < 0.35)
    .map((thread) => {
      const luck = chance.number();
      const score = luck < 0.05 ? 1 : luck < 0.12 ? 2 : luck < 0.25 ? 3 : luck < 0.5 ? 4 : 5;
      const askedAt = thread.closedAt ?? now;
      const answeredAt = new Date(Math.min(now.getTime(), askedAt.getTime() + chance.between(5, 600) * MINUTE_MS));
      return {
        id: newId(askedAt.getTime()),
        threadId: thread.id,
        clientId: thread.clientId,
        token: newToken(24),
        askedAt,
        answeredAt,
        score,
        comment: chance.of(words[score] ?? ['']),
        userId: thread.assigneeId,
        teamId: thread.teamId,
        storeId: thread.storeId,
        channelId: thread.channelId,
        level: thread.client.level,
        tags: [...thread.tags],
      };
    });
  await db.rating.createMany({ data });
}
