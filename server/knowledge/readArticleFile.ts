import { XMLParser } from 'fast-xml-parser';
import { unzipSync } from 'fflate';
import { readTable } from '../catalogue/csv.ts';
import { type ImportReport, type NewArticle, newArticle } from './schema.ts';
import { firstHeading, htmlToMarkdown } from './split.ts';

/** What an uploaded file holds: articles, and what was wrong with the rest (`row` counts files, lines or list places from 1). */
export interface ReadArticles {
  articles: NewArticle[];
  errors: ImportReport['errors'];
}

/** Unpacked size that a zip may reach, in bytes: more is a bomb or a mistake. */
const unpackedBytes = 200 * 1024 * 1024;

/** Reads md, html, txt, csv, docx, a JSON list, or a zip of a folder of those; which one, by its name. */
export function readArticleFile(name: string, bytes: Uint8Array): ReadArticles {
  const kind = extensionOf(name);
  if (kind === 'zip') return readZip(bytes);
  if (kind === 'docx') return one(name, () => readDocx(name, bytes));
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
    errors: [{ row: 1, message: `${name}: articles come as md, html, txt, csv, docx, json or zip` }],
  };
}

type Fields = { title: string; body: string; path: string } & Record<string, unknown>;

function one(name: string, read: () => Fields): ReadArticles {
  try {
    return checked([{ row: 1, fields: read() }]);
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

/** Word's own XML: paragraphs, headings by their style, lists by their numbering. */
function readDocx(name: string, bytes: Uint8Array): Fields {
  const document = unzipSync(bytes, {
    filter: (file) => file.name === 'word/document.xml' && file.originalSize <= unpackedBytes,
  })['word/document.xml'];
  if (!document) throw new Error('not a Word document');
  const tree: unknown = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    removeNSPrefix: true,
    trimValues: false,
  }).parse(new TextDecoder().decode(document));
  const lines = nodes(tree, 'p').map((paragraph) => {
    const style = nodes(paragraph, 'pStyle').map(attributeOf)[0] ?? '';
    const level =
      /^(?:heading|titre|berschrift|rubrik|titlu)\D*(\d)/i.exec(style)?.[1] ?? (/^title$/i.test(style) ? '1' : null);
    const text = nodes(paragraph, 't').map(textOf).join('').trim();
    if (!text) return '';
    if (level) return `${'#'.repeat(Number(level))} ${text}`;
    return nodes(paragraph, 'numPr').length > 0 ? `- ${text}` : text;
  });
  const body = lines.filter(Boolean).join('\n\n');
  return { title: firstHeading(body) ?? titleOf(name), body, path: name };
}

/** All elements of a name below a node of fast-xml-parser's ordered tree. */
function nodes(tree: unknown, name: string): unknown[] {
  if (Array.isArray(tree)) return tree.flatMap((node) => nodes(node, name));
  if (tree === null || typeof tree !== 'object') return [];
  if ('children' in tree) return nodes(tree.children, name);
  return Object.entries(tree).flatMap(([key, value]) => {
    if (key === ':@' || key === '#text') return [];
    return key === name
      ? [{ children: value, attributes: (tree as Record<string, unknown>)[':@'] }]
      : nodes(value, name);
  });
}

function attributeOf(node: unknown): string {
  const attributes = (node as { attributes?: Record<string, unknown> }).attributes;
  return String(attributes?.['@_val'] ?? '');
}

function textOf(node: unknown): string {
  const children = (node as { children?: unknown }).children;
  return Array.isArray(children)
    ? children.map((child) => String((child as Record<string, unknown>)['#text'] ?? '')).join('')
    : '';
}

function readZip(bytes: Uint8Array): ReadArticles {
  let total = 0;
  const files = unzipSync(bytes, {
    filter: (file) => {
      total += file.originalSize;
      if (total > unpackedBytes) throw new Error('the zip is too large unpacked');
      return !file.name.endsWith('/') && !/(^|\/)(\.|__MACOSX)/.test(file.name) && READABLE.has(extensionOf(file.name));
    },
  });
  const names = Object.keys(files).sort();
  const shared = sharedFolder(names);
  const found: ReadArticles = { articles: [], errors: [] };
  names.forEach((name, at) => {
    const read = readArticleFile(name.slice(shared.length), files[name] as Uint8Array);
    found.articles.push(...read.articles);
    found.errors.push(
      ...read.errors.map((error) => ({
        ...error,
        row: at + 1,
        message: error.message.startsWith(name) ? error.message : `${name}: ${error.message}`,
      })),
    );
  });
  return found;
}

const READABLE = new Set(['md', 'markdown', 'html', 'htm', 'txt', 'csv', 'json', 'docx']);

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
