import { z } from 'zod';
import { meaning } from '../errors.ts';
import { byId, endpoint } from '../http/endpoint.ts';
import { pageOf } from '../lib/wire.ts';
import * as articles from './articles.ts';
import { readArticleFile } from './readArticleFile.ts';
import * as shapes from './schema.ts';

/** A whole help centre fits; a film does not. */
export const importFileBytes = 64 * 1024 * 1024;

export const list = endpoint({
  summary: 'Articles, newest change first',
  query: shapes.articleQuery,
  answer: pageOf(shapes.article),
  run: ({ db }, { query }) => articles.listArticles(db, query),
});

export const read = endpoint({
  summary: 'One article',
  params: byId,
  answer: shapes.article,
  run: ({ db }, { params }) => articles.readArticle(db, params.id),
});

export const create = endpoint({
  summary: 'A new article',
  body: shapes.newArticle,
  answer: shapes.article,
  status: 201,
  run: async ({ db, knowledge }, { body, viewer, now }) => {
    const made = await articles.createArticle(db, body, viewer.userId, now);
    knowledge.articlesChanged([made.id]);
    return made;
  },
});

export const edit = endpoint({
  summary: 'Changes an article',
  params: byId,
  body: shapes.editArticle,
  answer: shapes.article,
  run: async ({ db, knowledge }, { params, body, viewer, now }) => {
    const changed = await articles.editArticle(db, params.id, body, viewer.userId, now);
    knowledge.articlesChanged([params.id]);
    return changed;
  },
});

export const remove = endpoint({
  summary: 'Deletes an article',
  params: byId,
  run: async ({ db, knowledge }, { params, viewer, now }) => {
    await articles.deleteArticle(db, params.id, viewer.userId, now);
    knowledge.articlesChanged([params.id]);
  },
});

export const importFile = endpoint({
  summary: 'Imports articles from md, html, txt, csv, docx, a JSON list, or a zip of those',
  fileBytes: importFileBytes,
  query: shapes.importQuery,
  answer: shapes.importReport,
  status: 200,
  run: async ({ db, knowledge }, { file, query, viewer, now }) => {
    if (!file) throw meaning('file.missing', 'Send the file in the field `file`.', 'file');
    const { articles: found, errors } = readArticleFile(file.name, file.bytes);
    if (errors.length > 0 && query.onError === 'abort')
      return { imported: 0, updated: 0, skipped: found.length, errors };
    const done = await articles.importArticles(db, found, viewer.userId, now);
    knowledge.articlesChanged(null);
    return { ...done, skipped: done.skipped + errors.length, errors };
  },
});

/** For `GET /articles/:id/passages`: how an article was cut. */
export const passages = endpoint({
  summary: 'How an article is cut for finding and quoting',
  params: byId,
  answer: z.object({ items: z.array(z.object({ id: z.string(), section: z.array(z.string()), text: z.string() })) }),
  run: async ({ db }, { params }) => {
    await articles.readArticle(db, params.id);
    const rows = await db.passage.findMany({ where: { articleId: params.id }, orderBy: { position: 'asc' } });
    return { items: rows.map(({ id, section, text }) => ({ id, section, text })) };
  },
});
