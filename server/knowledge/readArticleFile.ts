import { unzipSync } from 'fflate';
import { readTable } from '../catalogue/csv.ts';
import { AppError, meaning } from '../errors.ts';
import { readDocx } from './readDocx.ts';
import { readPdf } from './readPdf.ts';
import { type ImportReport, type NewArticle, newArticle } from './schema.ts';
import { firstHeading, htmlToMarkdown } from './split.ts';

/** What an uploaded file holds: articles, and what was wrong with the rest (`row` counts files, lines or list places from 1). */
export interface ReadArticles {
  articles: NewArticle[];
  errors: ImportReport['errors'];
}

/** Unpacked size that a zip may reach, in bytes: more is a bomb or a mistake. */
const unpackedBytes = 200 * 1024 * 1024;

/** Keeps a picture and answers the address by which articles name it. */
export type KeepImage = (name: string, type: string, bytes: Uint8Array) => Promise<string>;

/** Where nothing is kept (a check, a bench), pictures are left out. */
const noImages: KeepImage = async () => '';

/** Reads md, html, txt, csv, pdf, docx, a JSON list, or a zip of a folder of those; which one, by its name. */
export async function readArticleFile(
  name: string,
  bytes: Uint8Array,
  keepImage: KeepImage = noImages,
): Promise<ReadArticles> {
  const kind = extensionOf(name);
  if (kind === 'zip') return readZip(bytes, keepImage);
  if (kind === 'docx')
    return one(name, async () => {
      // A Word document is a zip too; its reader knows no bounds.
      unpack(bytes, () => false);
      return titled(name, await readDocx(bytes, keepImage));
    });
  if (kind === 'pdf') return one(name, async () => titled(name, await readPdf(bytes)));
  const text = new TextDecoder()
    .decode(bytes)
    .replace(/^\ufeff/, '')
    .normalize('NFC')
    .replaceAll('\u0000', '');
  if (kind === 'json') return readJson(text);
  if (kind === 'csv' || kind === 'tsv') return readCsv(text);
  if (kind === 'md' || kind === 'markdown') return one(name, () => readMarkdown(name, text));
  if (kind === 'html' || kind === 'htm') return one(name, () => readHtml(name, text));
  if (kind === 'txt' || kind === 'text')
    return one(name, () => ({ title: firstHeading(text, 'text') ?? titleOf(name), body: text, path: name }));
  return {
    articles: [],
    errors: [{ row: 1, message: `${name}: articles come as md, html, txt, csv, pdf, docx, json or zip` }],
  };
}

type Fields = { title: string; body: string; path: string } & Record<string, unknown>;

/** What has headings of its own is named by the first. */
function titled(name: string, read: { title: string | null; body: string }): Fields {
  return { title: read.title ?? firstHeading(read.body) ?? titleOf(name), body: read.body, path: name };
}

async function one(name: string, read: () => Fields | Promise<Fields>): Promise<ReadArticles> {
  try {
    return checked([{ row: 1, fields: await read() }]);
  } catch (error) {
    return { articles: [], errors: [{ row: 1, message: `${name}: ${(error as Error).message}` }] };
  }
}

function checked(records: { row: number; fields: Record<string, unknown> }[]): ReadArticles {
  const found: ReadArticles = { articles: [], errors: [] };
  for (const { row, fields } of records) {
    const read = newArticle.safeParse(fields);
    if (read.success) found.articles.push(read.data);
    else
      for (const issue of read.error.issues)
        found.errors.push({
          row,
          ...(issue.path.length > 0 && { column: issue.path.join('.') }),
          message: issue.message,
        });
  }
  return found;
}

function readJson(text: string): ReadArticles {
  try {
    const list: unknown = JSON.parse(text);
    const records = (Array.isArray(list) ? list : [list]) as unknown[];
    return checked(records.map((fields, at) => ({ row: at + 1, fields: (fields ?? {}) as Record<string, unknown> })));
  } catch (error) {
    return { articles: [], errors: [{ row: 1, message: `Not readable as JSON: ${(error as Error).message}` }] };
  }
}

function readCsv(text: string): ReadArticles {
  const table = readTable(text, ['title', 'body']);
  const found = checked(
    table.records.map(({ row, cells }) => ({
      row,
      fields: Object.fromEntries(
        Object.entries(cells)
          .filter(([, cell]) => cell !== '')
          .map(([key, cell]) => [key, key === 'internal' ? /^(1|true|yes)$/i.test(cell) : cell]),
      ),
    })),
  );
  return { articles: found.articles, errors: [...table.errors, ...found.errors] };
}

/** `---` front matter of plain `key: value` lines names title, locale, state and so on. */
function readMarkdown(name: string, text: string): Fields {
  const matter = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/.exec(text);
  const body = matter ? text.slice(matter[0].length) : text;
  const said = Object.fromEntries(
    [...(matter?.[1] ?? '').matchAll(/^(\w+):\s*(.*?)\s*$/gm)].map((match) => [
      match[1] as string,
      (match[2] as string).replace(/^(["'])(.*)\1$/, '$2'),
    ]),
  );
  const internal = said.internal === 'true' || /\.internal\.md$/i.test(name);
  return { path: name, ...said, internal, title: said.title ?? firstHeading(body) ?? titleOf(name), body };
}

function readHtml(name: string, text: string): Fields {
  const title = /<title[^>]*>([\s\S]*?)<\/title>/i.exec(text)?.[1];
  const locale = /<html[^>]*\slang=["']?([\w-]+)/i.exec(text)?.[1];
  const body = htmlToMarkdown(text);
  return {
    title: (title && htmlToMarkdown(title).trim()) || firstHeading(body) || titleOf(name),
    body,
    path: name,
    ...(locale && { locale }),
  };
}

async function readZip(bytes: Uint8Array, keepImage: KeepImage): Promise<ReadArticles> {
  const files = unpack(bytes, (name) => {
    const kind = extensionOf(name);
    return !name.endsWith('/') && !/(^|\/)(\.|__MACOSX)/.test(name) && (READABLE.has(kind) || kind in PICTURES);
  });
  const names = Object.keys(files)
    .filter((name) => READABLE.has(extensionOf(name)))
    .sort();
  const shared = sharedFolder(names);
  const found: ReadArticles = { articles: [], errors: [] };
  for (const [at, name] of names.entries()) {
    const read = await readArticleFile(name.slice(shared.length), files[name] as Uint8Array, keepImage);
    for (const article of read.articles)
      found.articles.push({ ...article, body: await withPictures(article.body, name, files, keepImage) });
    found.errors.push(
      ...read.errors.map((error) => ({
        ...error,
        row: at + 1,
        message: error.message.startsWith(name) ? error.message : `${name}: ${error.message}`,
      })),
    );
  }
  return found;
}

/** @throws AppError 422 for what is no whole zip, or a bomb */
function unpack(bytes: Uint8Array, wanted: (name: string) => boolean): Record<string, Uint8Array> {
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter: (file) => {
        total += file.originalSize;
        if (total > unpackedBytes)
          throw meaning('zip.tooLarge', `Unpacked, this zip is larger than ${unpackedBytes >> 20} MB.`, 'file', {
            max: unpackedBytes >> 20,
          });
        return wanted(file.name);
      },
    });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw meaning('zip.broken', 'This zip is broken, or it is none.', 'file');
  }
}

const PICTURES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

/** Pictures that lie beside an article in its zip are kept, and named by where they are kept. */
async function withPictures(
  body: string,
  name: string,
  files: Readonly<Record<string, Uint8Array>>,
  keepImage: KeepImage,
): Promise<string> {
  let result = body;
  for (const [, target = ''] of body.matchAll(/!\[[^\]]*\]\(([^)\s]+)[^)]*\)/g)) {
    if (/^(?:[a-z]+:|\/)/i.test(target)) continue;
    const path = pathOf(target, name);
    const file = files[path];
    const type = PICTURES[extensionOf(path)];
    if (file && type) result = result.replaceAll(`](${target}`, `](${await keepImage(path, type, file)}`);
  }
  return result;
}

/** Where a picture lies, by what an article says; '' for what is no address. */
function pathOf(target: string, article: string): string {
  try {
    return decodeURIComponent(new URL(target, `http://zip/${article}`).pathname.slice(1));
  } catch {
    return '';
  }
}

const READABLE = new Set(['md', 'markdown', 'html', 'htm', 'txt', 'csv', 'json', 'docx', 'pdf']);

function sharedFolder(names: readonly string[]): string {
  const first = names[0]?.split('/').slice(0, -1) ?? [];
  let depth = first.length;
  for (const name of names) {
    const folders = name.split('/').slice(0, -1);
    while (depth > 0 && folders.slice(0, depth).join('/') !== first.slice(0, depth).join('/')) depth--;
  }
  return depth === 0 || names.length < 2 ? '' : `${first.slice(0, depth).join('/')}/`;
}

function extensionOf(name: string): string {
  return /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

function titleOf(name: string): string {
  return (
    (name.split('/').at(-1) ?? name)
      .replace(/\.[a-z0-9]+$/i, '')
      .replace(/[-_]+/g, ' ')
      .trim() || 'Untitled'
  );
}
