import type { Db, Prisma } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { conflict, notFound } from '../errors.ts';
import { record } from '../events/record.ts';
import { newId } from '../lib/id.ts';
import { byTime, decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import { detectLanguage } from './analysis/language.ts';
import type { Article, ArticleQuery, EditArticle, NewArticle } from './schema.ts';
import { splitArticle } from './split.ts';
import { keepVersion } from './versions.ts';

type Row = Prisma.ArticleGetPayload<object>;

/** Articles, newest change first; `q` must stand in title, body or path. */
export async function listArticles(db: Db, query: ArticleQuery, now: Date): Promise<Page<Article>> {
  const after = decodeCursor(query.cursor, byTime);
  const words = (query.q ?? '').trim().split(/\s+/).filter(Boolean);
  const contains = (word: string) => ({ contains: word, mode: 'insensitive' as const });
  const rows = await db.article.findMany({
    where: {
      ...(query.locale && { locale: query.locale }),
      ...(query.state && { state: query.state }),
      ...(query.path && { path: { startsWith: query.path } }),
      ...(query.needs === 'review' && { reviewBy: { lte: now } }),
      ...(query.needs === 'correction' && { flaggedAt: { not: null } }),
      AND: [
        ...words.map((word) => ({
          OR: [{ title: contains(word) }, { body: contains(word) }, { path: contains(word) }],
        })),
        ...(after
          ? [
              {
                OR: [
                  { updatedAt: { lt: new Date(after[0] ?? '') } },
                  { updatedAt: new Date(after[0] ?? ''), id: { lt: after[1] ?? '' } },
                ],
              },
            ]
          : []),
      ],
    },
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
    take: query.limit + 1,
  });
  const page = pageFrom(rows, query.limit, (row) => [row.updatedAt.toISOString(), row.id]);
  return { items: page.rows.map(presentArticle), nextCursor: page.nextCursor };
}

export async function readArticle(db: Db, id: string): Promise<Article> {
  const row = await db.article.findUnique({ where: { id } });
  if (!row) throw notFound('article');
  return presentArticle(row);
}

/** Writes an article and its passages. @throws AppError 409 when its externalId is taken */
export async function createArticle(db: Db, input: NewArticle, actorId: string, now: Date): Promise<Article> {
  const id = newId(now.getTime());
  return transact(db, async (tx) => {
    if (input.externalId && (await tx.article.findUnique({ where: { externalId: input.externalId } })))
      throw conflict('article.exists', 'An article with this externalId exists.');
    const row = await tx.article.create({
      data: { id, ...columnsOf(input), ownerId: actorId, createdAt: now, updatedAt: now },
    });
    await replacePassages(tx, [row]);
    await record(tx, { type: 'article.changed', at: now, actorId, ids: { articleId: id } });
    return presentArticle(row);
  });
}

/** @throws AppError 409 with the article as somebody saved it since `baseVersion`: who and when */
export async function editArticle(
  db: Db,
  id: string,
  input: EditArticle,
  actorId: string,
  now: Date,
): Promise<Article> {
  return transact(db, async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM article WHERE id = ${id}::uuid FOR UPDATE`;
    const before = await tx.article.findUnique({ where: { id } });
    if (!before) throw notFound('article');
    await refuseOlder(tx, before, input.baseVersion);
    await keepVersion(tx, before, actorId);
    const { reviewBy, baseVersion: _, ...rest } = input;
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const row = await tx.article.update({
      where: { id },
      data: {
        ...given,
        ...(reviewBy !== undefined && { reviewBy: reviewBy === null ? null : new Date(reviewBy) }),
        version: { increment: 1 },
        flaggedAt: null,
        updatedAt: now,
      },
    });
    await replacePassages(tx, [row]);
    await record(tx, { type: 'article.changed', at: now, actorId, ids: { articleId: id } });
    return presentArticle(row);
  });
}

/** Two who edit at once: the second is told instead of taking the first one's words away unseen. */
async function refuseOlder(tx: Tx, row: Row, baseVersion: number | undefined): Promise<void> {
  if (baseVersion === undefined || baseVersion === row.version) return;
  // Each kept version says who replaced it.
  const replaced = await tx.articleVersion.findFirst({
    where: { articleId: row.id },
    orderBy: { version: 'desc' },
    select: { byUserId: true },
  });
  const by =
    replaced?.byUserId == null
      ? null
      : await tx.user.findUnique({ where: { id: replaced.byUserId }, select: { name: true } });
  throw conflict('article.changed', 'A colleague has saved this article meanwhile.', {
    article: presentArticle(row),
    by: by?.name ?? null,
    at: row.updatedAt.toISOString(),
  });
}

export async function deleteArticle(db: Db, id: string, actorId: string, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    const { count } = await tx.article.deleteMany({ where: { id } });
    if (count === 0) throw notFound('article');
    await tx.articleVersion.deleteMany({ where: { articleId: id } });
    await record(tx, { type: 'article.changed', at: now, actorId, ids: { articleId: id } });
  });
}

/**
 * Writes many articles at once. One with the externalId or the path of an earlier one takes its place. Answers what was
 * new, changed and left as it was.
 */
export async function importArticles(
  db: Db,
  inputs: readonly NewArticle[],
  actorId: string,
  now: Date,
): Promise<{ imported: number; updated: number; skipped: number }> {
  return transact(db, async (tx) => {
    const externalIds = inputs.flatMap((input) => input.externalId ?? []);
    const paths = inputs.flatMap((input) => (input.externalId === undefined && input.path ? [input.path] : []));
    const held = await tx.article.findMany({
      where: { OR: [{ externalId: { in: externalIds } }, { path: { in: paths } }] },
    });
    const earlier = (input: NewArticle) =>
      held.find((row) =>
        input.externalId ? row.externalId === input.externalId : input.path !== '' && row.path === input.path,
      );
    const fresh: Row[] = [];
    const changed: Row[] = [];
    let skipped = 0;
    for (const input of lastOfEach(inputs)) {
      const columns = columnsOf(input);
      const row = earlier(input);
      if (!row)
        fresh.push({
          ...columns,
          id: newId(now.getTime()),
          ownerId: actorId,
          version: 1,
          flaggedAt: null,
          createdAt: now,
          updatedAt: now,
        });
      else if (
        row.body === columns.body &&
        row.title === columns.title &&
        row.locale === columns.locale &&
        row.state === columns.state &&
        row.internal === columns.internal &&
        row.path === columns.path
      )
        skipped++;
      else {
        await keepVersion(tx, row, null);
        changed.push(
          await tx.article.update({
            where: { id: row.id },
            data: { ...columns, version: { increment: 1 }, flaggedAt: null, updatedAt: now },
          }),
        );
      }
    }
    await tx.article.createMany({ data: fresh });
    await replacePassages(tx, [...fresh, ...changed], fresh.length > 0 && changed.length === 0);
    if (fresh.length + changed.length > 0) {
      const [only, more] = [...fresh, ...changed];
      await record(tx, {
        type: 'article.changed',
        at: now,
        actorId,
        ids: only && !more ? { articleId: only.id } : {},
        patch: { imported: fresh.length, updated: changed.length },
      });
    }
    return { imported: fresh.length, updated: changed.length, skipped };
  });
}

export function presentArticle(row: Row): Article {
  return {
    id: row.id,
    externalId: row.externalId,
    title: row.title,
    body: row.body,
    locale: row.locale,
    path: row.path,
    state: row.state === 'draft' ? 'draft' : 'published',
    internal: row.internal,
    ownerId: row.ownerId,
    reviewBy: row.reviewBy?.toISOString() ?? null,
    version: row.version,
    flaggedAt: row.flaggedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function columnsOf(input: NewArticle) {
  return {
    externalId: input.externalId ?? null,
    title: input.title.trim(),
    body: input.body,
    locale: input.locale?.trim() || detectLanguage(`${input.title}\n${input.body}`.slice(0, 4000)),
    path: input.path,
    state: input.state,
    internal: input.internal,
    reviewBy: input.reviewBy ? new Date(input.reviewBy) : null,
  };
}

/** The same file twice in one import: the later counts. */
function lastOfEach(inputs: readonly NewArticle[]): NewArticle[] {
  const kept = new Map<string, NewArticle>();
  inputs.forEach((input, at) => {
    kept.set(input.externalId ? `id ${input.externalId}` : input.path ? `path ${input.path}` : `row ${at}`, input);
  });
  return [...kept.values()];
}

async function replacePassages(tx: Tx, articles: readonly Row[], allNew = false): Promise<void> {
  if (articles.length === 0) return;
  if (!allNew) await tx.passage.deleteMany({ where: { articleId: { in: articles.map((row) => row.id) } } });
  const data = articles.flatMap((row) =>
    splitArticle(row.body).map((passage, position) => ({
      id: newId(),
      articleId: row.id,
      position,
      section: [row.title, ...passage.path.filter((heading) => heading !== row.title)],
      text: passage.text,
    })),
  );
  const batch = 5000;
  for (let at = 0; at < data.length; at += batch) await tx.passage.createMany({ data: data.slice(at, at + batch) });
}
