import { notify, supervisorsOf } from '../alerts/notify.ts';
import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { conflict, meaning, notFound } from '../errors.ts';
import { record } from '../events/record.ts';
import { newId } from '../lib/id.ts';
import { byTime, decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import { put, type ReplyTools } from '../threads/reply.ts';
import { lockThread } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';
import { needThread } from '../threads/visibility.ts';
import type { Viewer } from '../users/viewer.ts';
import type { WrongAnswer } from './schema.ts';

/**
 * A colleague found an answer of the bot wrong: its sources are flagged, supervisors are told, and the client gets the
 * correction as that colleague's own reply.
 * @throws AppError 409 when it was reported already, 422 when the bot did not write it
 */
export async function reportWrong(
  tools: ReplyTools,
  viewer: Viewer,
  name: string,
  messageId: string,
  correction: string | undefined,
): Promise<WrongAnswer> {
  const { db, clock } = tools;
  const now = clock.now();
  const message = await db.message.findUnique({ where: { id: messageId } });
  if (message === null) throw notFound('message');
  await needThread(db, viewer, message.threadId);
  if (message.authorKind !== 'bot' || message.direction !== 'outbound')
    throw meaning('message.notBot', 'Only an answer of the bot is reported as wrong.', 'id');
  const id = newId(now.getTime());
  await transact(db, async (tx) => {
    await lockThread(tx, message.threadId);
    const thread = await needThread(tx, viewer, message.threadId);
    if ((await tx.wrongAnswer.count({ where: { messageId } })) > 0)
      throw conflict('answer.reported', 'It is marked as wrong already.', {});
    const citations = (message.citations ?? []) as { articleId?: string }[];
    const articleIds = [...new Set(citations.flatMap((citation) => citation.articleId ?? []))];
    const question = await questionBefore(tx, message.threadId, message.createdAt);
    const words = correction?.trim() || null;
    await tx.wrongAnswer.create({
      data: {
        id,
        messageId,
        threadId: message.threadId,
        question,
        answer: message.text,
        citations: citations as object[],
        articleIds,
        correction: words,
        reportedById: viewer.userId,
        createdAt: now,
      },
    });
    await flagArticles(tx, articleIds, viewer.userId, now);
    await rejectConsult(tx, message.threadId, message.createdAt, now);
    if (words !== null)
      await put(tx, tools, thread, { kind: 'user', viewer, name }, { kind: 'reply', text: words, attachmentIds: [] });
    const data = { clientName: thread.clientName, text: question.slice(0, 200), wrongAnswerId: id };
    await notify(
      tx,
      await supervisorsOf(tx, thread.storeId),
      { kind: 'wrongAnswer', cause: `wrongAnswer:${messageId}`, threadId: thread.id, data },
      now,
    );
    await tellThread(tx, 'answer.wrong', thread.id, now, { actorId: viewer.userId, ids: { messageId } });
  });
  return readOne(db, id);
}

/** Wrong answers as supervisors work through them, newest first. */
export async function listWrong(
  db: Db,
  query: { state: 'open' | 'resolved'; limit: number; cursor?: string | undefined },
): Promise<Page<WrongAnswer>> {
  const after = decodeCursor(query.cursor, byTime);
  const rows = await db.wrongAnswer.findMany({
    where: {
      resolvedAt: query.state === 'open' ? null : { not: null },
      ...(after && {
        OR: [
          { createdAt: { lt: new Date(after[0] ?? 0) } },
          { createdAt: new Date(after[0] ?? 0), id: { lt: after[1] ?? '' } },
        ],
      }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: query.limit + 1,
  });
  const page = pageFrom(rows, query.limit, (row) => [row.createdAt.toISOString(), row.id]);
  return { items: await present(db, page.rows), nextCursor: page.nextCursor };
}

/** Somebody saw to it: the article is right now, or it was right all along. */
export async function resolveWrong(db: Db, viewer: Viewer, id: string, text: string, now: Date): Promise<WrongAnswer> {
  const { count } = await db.wrongAnswer.updateMany({
    where: { id },
    data: { resolvedAt: now, resolvedById: viewer.userId, resolution: text },
  });
  if (count === 0) throw notFound('wrongAnswer');
  return readOne(db, id);
}

type Row = Awaited<ReturnType<Db['wrongAnswer']['findMany']>>[number];

async function readOne(db: Db, id: string): Promise<WrongAnswer> {
  const row = await db.wrongAnswer.findUnique({ where: { id } });
  const [one] = row === null ? [] : await present(db, [row]);
  if (one === undefined) throw notFound('wrongAnswer');
  return one;
}

async function present(db: Db, rows: Row[]): Promise<WrongAnswer[]> {
  const threads = await db.thread.findMany({
    where: { id: { in: rows.map((row) => row.threadId) } },
    select: { id: true, client: { select: { name: true } } },
  });
  const names = new Map(threads.map((thread) => [thread.id, thread.client.name]));
  return rows.map((row) => ({
    ...row,
    clientName: names.get(row.threadId) ?? '',
    citations: row.citations as WrongAnswer['citations'],
    createdAt: row.createdAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
  }));
}

async function questionBefore(tx: Tx, threadId: string, at: Date): Promise<string> {
  const row = await tx.message.findFirst({
    where: { threadId, direction: 'inbound', classification: 'person', createdAt: { lte: at } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { text: true },
  });
  return row?.text.slice(0, 2000) ?? '';
}

async function flagArticles(tx: Tx, articleIds: string[], actorId: string, now: Date): Promise<void> {
  const { count } = await tx.article.updateMany({ where: { id: { in: articleIds } }, data: { flaggedAt: now } });
  if (count === 0) return;
  for (const articleId of articleIds)
    await record(tx, { type: 'article.changed', at: now, actorId, ids: { articleId } });
}

/** The consult that the answer came from counts as a question without a good answer. */
async function rejectConsult(tx: Tx, threadId: string, at: Date, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE consult SET "rejectedAt" = ${now}::timestamptz WHERE id = (
      SELECT id FROM consult WHERE "threadId" = ${threadId}::uuid AND "createdAt" <= ${at}::timestamptz ORDER BY "createdAt" DESC LIMIT 1)`;
}
