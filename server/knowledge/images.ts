import type { Deps } from '../deps.ts';
import { meaning, notFound } from '../errors.ts';
import { RawAnswer } from '../http/endpoint.ts';
import { newId } from '../lib/id.ts';
import { sha256 } from '../lib/secretBox.ts';
import type { KeepImage } from './readArticleFile.ts';

type Tools = Pick<Deps, 'db' | 'files' | 'clock'>;

const TYPES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Keeps a picture and answers its address. The same picture is kept once. @throws AppError 422 for what is no picture */
export async function keepImage(tools: Tools, name: string, type: string, bytes: Uint8Array): Promise<string> {
  if (!TYPES.has(type)) throw meaning('image.type', 'Pictures are PNG, JPEG, GIF or WebP.', 'file');
  const digest = sha256(bytes);
  const held = await tools.db.articleImage.findUnique({ where: { digest }, select: { id: true } });
  if (held) return addressOf(held.id);
  const now = tools.clock.now();
  const id = newId(now.getTime());
  const fileKey = `articles/${digest}`;
  await tools.files.put(fileKey, bytes);
  const row = await tools.db.articleImage.upsert({
    where: { digest },
    create: { id, name: name.slice(0, 300), type, sizeBytes: bytes.length, fileKey, digest, createdAt: now },
    update: {},
  });
  return addressOf(row.id);
}

/** For imports: pictures of other kinds (drawings of Word) are left out. */
export function imageKeeper(tools: Tools): KeepImage {
  return async (name, type, bytes) => (TYPES.has(type) ? keepImage(tools, name, type, bytes) : '');
}

export async function readImage({ db, files }: Pick<Deps, 'db' | 'files'>, id: string): Promise<RawAnswer> {
  const row = await db.articleImage.findUnique({ where: { id } });
  if (row === null) throw notFound('image');
  return new RawAnswer(await files.stream(row.fileKey), row.type, {
    'Content-Length': String(row.sizeBytes),
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, max-age=31536000, immutable',
  });
}

function addressOf(id: string): string {
  return `/api/v1/article-images/${id}`;
}
