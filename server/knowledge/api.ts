import { z } from 'zod';
import { meaning } from '../errors.ts';
import { Begun, byId, endpoint } from '../http/endpoint.ts';
import { shortList } from '../http/shortList.ts';
import { pageOf } from '../lib/wire.ts';
import * as articles from './articles.ts';
import { imageKeeper, keepImage, readImage } from './images.ts';
import { beginImport, isLong, readImport } from './importJob.ts';
import { readArticleFile } from './readArticleFile.ts';
import * as shapes from './schema.ts';
import * as synonyms from './synonyms.ts';
import { listVersions, restoreVersion } from './versions.ts';

/** A whole help centre fits; a film does not. */
export const importFileBytes = 64 * 1024 * 1024;

export const list = endpoint({
  summary: 'Articles, newest change first',
  query: shapes.articleQuery,
  answer: pageOf(shapes.article),
  run: ({ db }, { query, now }) => articles.listArticles(db, query, now),
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
  summary:
    'Imports articles from md, html, txt, csv, pdf, docx, a JSON list, or a zip of those; 202 with a job for a long one',
  fileBytes: importFileBytes,
  query: shapes.importQuery,
  answer: shapes.importReport,
  status: 200,
  run: async (deps, { file, query, viewer, now }) => {
    const { db, knowledge } = deps;
    if (!file) throw meaning('file.missing', 'Send the file in the field `file`.', 'file');
    if (isLong(file)) return new Begun({ jobId: await beginImport(deps, file, query.onError, viewer.userId) });
    const { articles: found, errors } = await readArticleFile(file.name, file.bytes, imageKeeper(deps));
    if (errors.length > 0 && query.onError === 'abort')
      return { imported: 0, updated: 0, skipped: found.length, errors };
    const done = await articles.importArticles(db, found, viewer.userId, now);
    knowledge.articlesChanged(null);
    return { ...done, skipped: done.skipped + errors.length, errors };
  },
});

export const versions = shortList({
  summary: 'Every saved state of an article, newest first',
  params: byId,
  item: shapes.articleVersion,
  run: ({ db }, { params }) => listVersions(db, params.id),
});

export const restore = endpoint({
  summary: 'Makes an earlier state the current one',
  params: z.object({ id: byId.shape.id, version: z.coerce.number().int() }),
  answer: shapes.article,
  run: async ({ db, knowledge }, { params, viewer, now }) => {
    const restored = await restoreVersion(db, params.id, params.version, viewer.userId, now);
    knowledge.articlesChanged([params.id]);
    return restored;
  },
});

export const importState = endpoint({
  summary: 'How far a long import is',
  params: byId,
  answer: shapes.importJob,
  run: ({ db }, { params }) => readImport(db, params.id),
});

export const addImage = endpoint({
  summary: 'Keeps a picture for articles; the same picture is kept once',
  fileBytes: 10 * 1024 * 1024,
  answer: z.object({ url: z.string() }),
  status: 201,
  run: async (deps, { file }) => {
    if (!file) throw meaning('file.missing', 'Send the file in the field `file`.', 'file');
    return { url: await keepImage(deps, file.name, file.type, file.bytes) };
  },
});

export const image = endpoint({
  summary: 'A picture of the knowledge base',
  params: byId,
  run: (deps, { params }) => readImage(deps, params.id),
});

/** For `GET /articles/:id/passages`: how an article was cut. */
export const passages = shortList({
  summary: 'How an article is cut for finding and quoting',
  params: byId,
  item: z.object({ id: z.string(), section: z.array(z.string()), text: z.string() }),
  run: async ({ db }, { params }) => {
    await articles.readArticle(db, params.id);
    const rows = await db.passage.findMany({ where: { articleId: params.id }, orderBy: { position: 'asc' } });
    return rows.map(({ id, section, text }) => ({ id, section, text }));
  },
});

export const synonymList = shortList({
  summary: 'Words that mean the same in this store',
  item: shapes.synonym,
  run: ({ db }) => synonyms.listSynonyms(db),
});

export const makeSynonym = endpoint({
  summary: 'Adds words that mean the same; questions find articles and products by each of them',
  body: shapes.newSynonym,
  answer: shapes.synonym,
  status: 201,
  run: async ({ db, knowledge }, { body, viewer, now }) => {
    const made = await synonyms.addSynonym(db, body, viewer.userId, now);
    knowledge.synonymsChanged();
    return made;
  },
});

export const editSynonym = endpoint({
  summary: 'Changes words that mean the same',
  params: byId,
  body: shapes.newSynonym,
  answer: shapes.synonym,
  run: async ({ db, knowledge }, { params, body, viewer, now }) => {
    const edited = await synonyms.editSynonym(db, params.id, body, viewer.userId, now);
    knowledge.synonymsChanged();
    return edited;
  },
});

export const removeSynonym = endpoint({
  summary: 'Forgets that words mean the same',
  params: byId,
  run: async ({ db, knowledge }, { params, viewer, now }) => {
    await synonyms.removeSynonym(db, params.id, viewer.userId, now);
    knowledge.synonymsChanged();
  },
});
