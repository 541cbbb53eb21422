import { isReply } from '../bot/flows/hear.ts';
import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import { detectLanguage } from '../knowledge/analysis/language.ts';
import { createArticle } from '../knowledge/articles.ts';
import type { Article } from '../knowledge/schema.ts';
import { type Asked, cluster, typical } from './cluster.ts';
import type { Gap } from './schema.ts';

const dayMs = 24 * 60 * 60_000;
const lookedAtMs = 90 * dayMs;
/** Newest questions that are grouped; older ones have been seen. */
const mostQuestions = 2000;
const examplesShown = 8;

interface Missed extends Asked {
  threadId: string | null;
  at: Date;
  rejected: boolean;
}

/** Questions that nothing answered, or whose answer was rejected, grouped by what they ask; most asked first. */
export async function listGaps(db: Db, since: Date | undefined, now: Date): Promise<Gap[]> {
  const groups = await groupsSince(db, since ?? new Date(now.getTime() - lookedAtMs));
  return groups.map(present).sort((a, b) => b.count - a.count || (a.lastAt < b.lastAt ? 1 : -1));
}

/** A draft that answers the gap: with what colleagues answered those clients, where they did. The gap is closed. */
export async function writeFromGap(db: Db, id: string, actorId: string, now: Date): Promise<Article> {
  const group = await needGroup(db, id, now);
  const gap = present(group);
  const answers = await answersGiven(db, group);
  const body = [
    `## ${gap.question}`,
    answers[0] ?? '',
    ...answers.slice(1).map((answer) => `> ${answer.replaceAll('\n', '\n> ')}`),
  ].filter((part) => part !== '');
  const made = await createArticle(
    db,
    {
      title: gap.question.slice(0, 200),
      body: `${body.join('\n\n')}\n`,
      locale: gap.language,
      path: '',
      state: 'draft',
      internal: false,
    },
    actorId,
    now,
  );
  await close(db, group, now);
  return made;
}

/** Puts a gap aside: it needs no article. */
export async function dismissGap(db: Db, id: string, now: Date): Promise<void> {
  await close(db, await needGroup(db, id, now), now);
}

async function needGroup(db: Db, id: string, now: Date): Promise<Missed[]> {
  const groups = await groupsSince(db, new Date(now.getTime() - 4 * lookedAtMs));
  const group = groups.find((one) => one.some((question) => question.id === id));
  if (group === undefined) throw notFound('gap');
  return group;
}

async function close(db: Db, group: readonly Missed[], now: Date): Promise<void> {
  const ids = group.map((question) => question.id);
  const threads = group.flatMap((question) => question.threadId ?? []);
  await transact(db, async (tx) => {
    await tx.consult.updateMany({
      where: {
        OR: [{ id: { in: ids } }, { threadId: { in: threads }, question: { in: group.map((one) => one.question) } }],
      },
      data: { gapClosedAt: now },
    });
  });
}

async function groupsSince(db: Db, since: Date): Promise<Missed[][]> {
  const rows = await db.$queryRaw<
    { id: string; question: string; threadId: string | null; createdAt: Date; rejected: boolean }[]
  >`
    SELECT DISTINCT ON (coalesce("threadId", id), question) id, question, "threadId", "createdAt", "rejectedAt" IS NOT NULL AS rejected
    FROM consult
    WHERE "createdAt" >= ${since}::timestamptz AND "gapClosedAt" IS NULL AND (abstained OR "rejectedAt" IS NOT NULL)
      AND intent NOT IN ('greeting', 'smallTalk', 'complaint', 'human', 'orderStatus', 'repairStatus')
      AND coalesce(answer->'why'->>'code', '') <> 'asksNothing'
    ORDER BY coalesce("threadId", id), question, ("rejectedAt" IS NOT NULL) DESC, "createdAt" DESC LIMIT ${mostQuestions}`;
  const missed = rows
    .filter((row) => row.rejected || !isReply(row.question))
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
    .map((row): Missed => {
      const language = detectLanguage(row.question);
      return {
        id: row.id,
        question: row.question,
        threadId: row.threadId,
        at: row.createdAt,
        rejected: row.rejected,
        language,
      };
    });
  const byLanguage = new Map<string, Missed[]>();
  for (const one of missed) byLanguage.set(one.language, [...(byLanguage.get(one.language) ?? []), one]);
  return [...byLanguage.values()].flatMap((questions) => cluster(questions));
}

function present(group: Missed[]): Gap {
  const newest = group.at(-1) as Missed;
  const best = typical(group) ?? newest;
  const askers = new Set(group.map((question) => question.threadId ?? question.id));
  return {
    id: newest.id,
    question: best.question,
    language: best.language,
    count: askers.size,
    unanswered: group.filter((question) => !question.rejected).length,
    rejected: group.filter((question) => question.rejected).length,
    examples: [...group]
      .reverse()
      .slice(0, examplesShown)
      .map(({ question, threadId, at }) => ({ question, threadId, at: at.toISOString() })),
    firstAt: (group[0] ?? newest).at.toISOString(),
    lastAt: newest.at.toISOString(),
  };
}

/** The first reply of a person to each of the clients, the longest first. */
async function answersGiven(db: Db, group: readonly Missed[]): Promise<string[]> {
  const answers = new Set<string>();
  for (const { threadId, at } of group.filter((question) => question.threadId !== null).slice(-20)) {
    const reply = await db.message.findFirst({
      where: { threadId: threadId ?? '', direction: 'outbound', authorKind: 'user', createdAt: { gte: at } },
      orderBy: { createdAt: 'asc' },
      select: { text: true },
    });
    if (reply !== null && reply.text.trim().length > 15) answers.add(reply.text.trim());
  }
  return [...answers].sort((a, b) => b.length - a.length).slice(0, 3);
}
