import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';
import { addJob } from '../jobs/add.ts';
import type { Reactor } from '../jobs/handlers.ts';
import { newId } from '../lib/id.ts';
import { lockThread } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';
import { needThread } from '../threads/visibility.ts';
import type { Viewer } from '../users/viewer.ts';
import { LEAST_CONFIDENCE } from './answer/passages.ts';
import { earlierAnswers } from './goodAnswers.ts';
import { runConsult } from './run.ts';
import type { ConsultAnswer, Suggestion } from './schema.ts';

type Tools = Pick<Deps, 'db' | 'knowledge' | 'reword' | 'box' | 'log'>;

/** Suggestions that a thread holds at most for one message. */
const MOST = 3;
/** Earlier words of the client that belong to the question, and of the talk that tell what it is about. */
const TURNS = 6;

/**
 * The drafted answers to the client's last message. They are made once a message: by a job when it arrives, or here when
 * somebody opens the thread first. Empty when no person has written.
 */
export async function suggest(tools: Tools, threadId: string, now: Date): Promise<Suggestion[]> {
  const { db } = tools;
  const last = await lastQuestion(db, threadId);
  if (!last) return [];
  const held = await readSuggestions(db, last.id);
  if (held.length > 0) return held;
  await prepare(tools, threadId, last, now);
  return readSuggestions(db, last.id);
}

/** The same as a job, for nobody in particular. */
export async function suggestAhead(tools: Tools, threadId: string, now: Date): Promise<void> {
  const last = await lastQuestion(tools.db, threadId);
  if (last && (await tools.db.suggestion.count({ where: { messageId: last.id } })) === 0)
    await prepare(tools, threadId, last, now);
}

async function prepare(tools: Tools, threadId: string, last: { id: string }, now: Date): Promise<void> {
  const answers = await draftAnswers(tools, threadId, last, now);
  await transact(tools.db, async (tx) => {
    await lockThread(tx, threadId);
    if ((await tx.suggestion.count({ where: { messageId: last.id } })) > 0) return;
    await tx.suggestion.createMany({
      data: answers.map((answer, position) => ({
        id: newId(now.getTime()),
        threadId,
        messageId: last.id,
        position,
        answer: answer as object,
        createdAt: now,
      })),
    });
    await tellThread(tx, 'suggestion.ready', threadId, now, { ids: { messageId: last.id } });
  });
}

/** A person wrote: suggestions are ready when somebody opens the thread. A job of its own, since it may ask a model. */
export const prepareSuggestions: Reactor = async ({ db }, { threadId, ids }) => {
  if (threadId === null) return;
  const [wanted] = await db.$queryRaw<{ id: string }[]>`
    SELECT m.id FROM message m JOIN thread t ON t.id = m."threadId"
    WHERE m.id = ${ids.messageId ?? null}::uuid AND m.direction = 'inbound' AND m.classification = 'person' AND m."channelKind" <> 'phone' AND NOT t.historical AND t.status = 'open'`;
  if (wanted) await addJob(db, 'suggest', { threadId }, { key: `suggest:${threadId}` });
};

/** Records what became of a suggestion. A thread the viewer may not see has none. */
export async function settleSuggestion(db: Db, viewer: Viewer, id: string, outcome: string, now: Date): Promise<void> {
  const row = await db.suggestion.findUnique({ where: { id } });
  if (!row) throw notFound('suggestion');
  await needThread(db, viewer, row.threadId);
  await db.suggestion.update({ where: { id }, data: { outcome, outcomeById: viewer.userId, outcomeAt: now } });
  // The first suggestion is the consult's own answer: who rejects it found a gap.
  if (outcome === 'dismissed' && row.position === 0)
    await db.$executeRaw`
      UPDATE consult SET "rejectedAt" = ${now}::timestamptz WHERE id = (
        SELECT id FROM consult WHERE "threadId" = ${row.threadId}::uuid AND "createdAt" <= ${row.createdAt}::timestamptz ORDER BY "createdAt" DESC LIMIT 1)`;
}

/** What the client asks now: their words since we last answered, and the talk before, oldest first. */
export async function questionOf(
  db: Db,
  threadId: string,
  messageId: string,
): Promise<{ question: string; history: { role: 'client' | 'us'; text: string }[] }> {
  const rows = await db.message.findMany({
    where: { threadId, direction: { not: 'note' }, classification: 'person' },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: TURNS * 2,
    select: { id: true, direction: true, text: true, subject: true },
  });
  const turns = rows.reverse();
  const at = turns.findIndex((turn) => turn.id === messageId);
  const until = at < 0 ? turns : turns.slice(0, at + 1);
  const answered = until.findLastIndex((turn) => turn.direction === 'outbound');
  const asked = until.slice(answered + 1).slice(-3);
  const first = asked[0];
  // A letter's subject is often the question itself.
  const subject =
    asked.length === 1 && first?.subject && !/^(re|aw|fw|sv|ответ):/i.test(first.subject) && first.text.length < 80
      ? `${first.subject}. `
      : '';
  return {
    question: `${subject}${asked.map((turn) => turn.text).join('\n')}`.slice(0, 5000),
    history: until
      .slice(0, Math.max(0, answered + 1))
      .slice(-TURNS)
      .map((turn) => ({
        role: turn.direction === 'inbound' ? ('client' as const) : ('us' as const),
        text: turn.text.slice(0, 5000),
      })),
  };
}

async function lastQuestion(db: Db, threadId: string): Promise<{ id: string } | null> {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM message WHERE "threadId" = ${threadId}::uuid AND direction = 'inbound' AND classification = 'person' AND "channelKind" <> 'phone'
    ORDER BY "receivedAt" DESC, id DESC LIMIT 1`;
  return row ?? null;
}

async function draftAnswers(tools: Tools, threadId: string, last: { id: string }, now: Date): Promise<ConsultAnswer[]> {
  // What a short question does not tell: the client's language, else that of the channel, else the company's own.
  const [place] = await tools.db.$queryRaw<{ storeId: string | null; language: string | null }[]>`
    SELECT t."storeId", coalesce(c.language, ch.config ->> 'locale',
      (SELECT u.locale FROM "user" u WHERE u.role = 'admin' AND u."deactivatedAt" IS NULL ORDER BY u."createdAt" LIMIT 1)) AS language
    FROM thread t JOIN client c ON c.id = t."clientId"
      LEFT JOIN message m ON m.id = ${last.id}::uuid LEFT JOIN channel ch ON ch.id = m."channelId"
    WHERE t.id = ${threadId}::uuid`;
  const { question, history } = await questionOf(tools.db, threadId, last.id);
  const asker = { by: 'user' as const, userId: null, storeId: place?.storeId ?? null, threadId };
  const first = await runConsult(
    tools,
    { question, history, ...(place?.language && { locale: place.language }) },
    asker,
    now,
  );
  const articles = otherSources(first);
  const earlier = await earlierAnswers(tools.db, question, MOST - 1);
  // Where nothing supports an answer, what a colleague once answered comes first.
  const sorted = first.answer === null && earlier.length > 0 ? [...earlier, first] : [first, ...articles, ...earlier];
  return sorted.slice(0, MOST);
}

/** The next best articles as suggestions of their own, where the first answer stands on something else. */
function otherSources(first: ConsultAnswer): ConsultAnswer[] {
  const used = new Set(first.answer?.citations.map((citation) => citation.articleId));
  const best = first.passages[0]?.score ?? 0;
  return first.passages
    .filter(
      (passage, at) =>
        !used.has(passage.articleId) &&
        passage.score >= best * NEAR &&
        passage.score >= LEAST_CONFIDENCE &&
        first.passages.findIndex((other) => other.articleId === passage.articleId) === at,
    )
    .filter(() => first.answer !== null)
    .slice(0, MOST - 1)
    .map((passage) => ({
      ...first,
      answer: {
        text: passage.text,
        citations: [
          {
            kind: 'passage' as const,
            id: passage.id,
            articleId: passage.articleId,
            title: passage.title,
            quote: passage.text,
            asOf: null,
          },
        ],
        confidence: Math.min(0.5, (first.answer?.confidence ?? 0.5) * (passage.score / (best || 1)) * 0.7),
        source: 'extractive' as const,
      },
      abstained: false,
    }));
}

const NEAR = 0.6;

async function readSuggestions(db: Db, messageId: string): Promise<Suggestion[]> {
  const rows = await db.suggestion.findMany({ where: { messageId }, orderBy: { position: 'asc' } });
  return rows.map((row) => ({
    ...(row.answer as unknown as ConsultAnswer),
    id: row.id,
    threadId: row.threadId,
    messageId: row.messageId,
    position: row.position,
    outcome: row.outcome,
    createdAt: row.createdAt.toISOString(),
  }));
}
