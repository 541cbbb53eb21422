import type { Db } from '../db/client.ts';
import type { FoundArticle } from '../search/schema.ts';

const excerptLength = 200;

/** Articles with the words in title or text, those with it in the title first. */
export async function findArticles(db: Db, q: string, limit: number): Promise<FoundArticle[]> {
  const has = { contains: q, mode: 'insensitive' } as const;
  const select = { id: true, title: true, path: true, locale: true, state: true, body: true } as const;
  const titled = await db.article.findMany({ where: { title: has }, orderBy: { title: 'asc' }, take: limit, select });
  const others =
    titled.length === limit
      ? []
      : await db.article.findMany({
          where: { body: has, NOT: { title: has } },
          orderBy: { updatedAt: 'desc' },
          take: limit - titled.length,
          select,
        });
  return [...titled, ...others].map(({ body, ...article }) => ({ ...article, text: around(body, q) }));
}

/** The words around the first match, without the marks of Markdown. */
function around(body: string, q: string): string {
  const plain = body.replace(/[#*_>`|]+/g, ' ').replace(/\s+/g, ' ');
  const at = Math.max(0, plain.toLowerCase().indexOf(q.toLowerCase()) - excerptLength / 4);
  return plain.slice(at, at + excerptLength).trim();
}
