import type { Db, Prisma } from '../db/client.ts';
import type { Tx } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import { newId } from '../lib/id.ts';
import { editArticle } from './articles.ts';
import type { Article, ArticleVersion } from './schema.ts';

type Row = Prisma.ArticleGetPayload<object>;

/** Keeps an article as it is, before it is changed. Needs the transaction of the change. */
export async function keepVersion(tx: Tx, row: Row, actorId: string | null): Promise<void> {
  const { title, body, locale, path, state, internal, version } = row;
  const data = { title, body, locale, path, state, internal, byUserId: actorId, createdAt: row.updatedAt };
  await tx.articleVersion.upsert({
    where: { articleId_version: { articleId: row.id, version } },
    create: { id: newId(), articleId: row.id, version, ...data },
    update: data,
  });
}

/** Every saved state, the current one first. */
export async function listVersions(db: Db, articleId: string): Promise<ArticleVersion[]> {
  const article = await db.article.findUnique({ where: { id: articleId } });
  if (article === null) throw notFound('article');
  const rows = await db.articleVersion.findMany({ where: { articleId }, orderBy: { version: 'desc' } });
  const earlier = rows.map((row) => ({ ...present(row), byUserId: row.byUserId, at: row.createdAt.toISOString() }));
  return [{ ...present(article), byUserId: null, at: article.updatedAt.toISOString() }, ...earlier];
}

/** Makes an earlier state the current one; what stood there is kept as a version too. */
export async function restoreVersion(
  db: Db,
  articleId: string,
  version: number,
  actorId: string,
  now: Date,
): Promise<Article> {
  const row = await db.articleVersion.findUnique({ where: { articleId_version: { articleId, version } } });
  if (row === null) throw notFound('version');
  const { title, body, locale, path, internal } = row;
  const state = row.state === 'draft' ? 'draft' : 'published';
  return editArticle(db, articleId, { title, body, locale, path, internal, state }, actorId, now);
}

function present(row: Pick<Row, 'version' | 'title' | 'body' | 'locale' | 'path' | 'state' | 'internal'>) {
  const { version, title, body, locale, path, internal } = row;
  return {
    version,
    title,
    body,
    locale,
    path,
    internal,
    state: row.state === 'draft' ? ('draft' as const) : ('published' as const),
  };
}
