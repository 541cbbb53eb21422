import type { Deps } from '../deps.ts';
import { AppError, conflict, notFound } from '../errors.ts';
import { RawAnswer } from '../http/endpoint.ts';
import type { OneFile } from '../http/oneFile.ts';
import { newId } from '../lib/id.ts';
import type { Viewer } from '../users/viewer.ts';
import { presentAttachment } from './present.ts';
import type { Attachment } from './schema.ts';
import { needThread } from './visibility.ts';

export const uploadLimitBytes = 25 * 1024 * 1024;

/** Types a browser may show in place; anything else is downloaded, so that no file runs as a page of ours. */
const shown = /^(image\/(png|jpeg|gif|webp|avif)|audio\/[\w.+-]+|video\/(mp4|webm)|application\/pdf|text\/plain)$/;

/** Keeps a file until it is sent with a message; loose ones are swept after a day. */
export async function upload(
  { db, files }: Pick<Deps, 'db' | 'files'>,
  by: { userId: string } | { visitor: string },
  file: OneFile | undefined,
  now: Date,
): Promise<Attachment> {
  if (file === undefined)
    throw new AppError('invalid', 'upload.missing', 'Send one file in the field "file".', {
      errors: [{ path: 'file', message: 'missing' }],
    });
  const id = newId(now.getTime());
  const fileKey = `up/${id}`;
  await files.put(fileKey, file.bytes);
  const row = await db.attachment.create({
    data: {
      id,
      name: file.name.normalize('NFC').replaceAll('\u0000', '').slice(0, 300),
      type: file.type.slice(0, 200),
      sizeBytes: file.bytes.length,
      fileKey,
      uploadedById: 'userId' in by ? by.userId : null,
      uploadedByVisitor: 'visitor' in by ? by.visitor : null,
      createdAt: now,
    },
  });
  return presentAttachment(row);
}

/** A file of a thread the viewer may see, or of their own not yet sent. */
export async function readAttachment(
  { db, files }: Pick<Deps, 'db' | 'files'>,
  viewer: Viewer,
  id: string,
  download: boolean,
): Promise<RawAnswer> {
  const row = await db.attachment.findUnique({ where: { id }, include: { message: { select: { threadId: true } } } });
  if (row === null) throw notFound('attachment');
  if (row.message !== null) await needThread(db, viewer, row.message.threadId);
  else if (row.uploadedById !== viewer.userId) throw notFound('attachment');
  if (row.remote !== null) throw conflict('attachment.coming', 'This file is still at the far side; try again soon.');
  return answerFile(files, row, download);
}

export async function answerFile(
  files: Deps['files'],
  row: { name: string; type: string; fileKey: string; sizeBytes: number },
  download: boolean,
): Promise<RawAnswer> {
  const inline = !download && shown.test(row.type);
  return new RawAnswer(await files.stream(row.fileKey), inline ? row.type : 'application/octet-stream', {
    'Content-Disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(row.name)}`,
    'Content-Security-Policy':
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, max-age=31536000, immutable',
    'Content-Length': String(row.sizeBytes),
  });
}

const keepLooseMs = 24 * 60 * 60_000;

/** Files that were uploaded and never sent go after a day; run by the schedule. */
export async function sweepLoose({ db, files }: Pick<Deps, 'db' | 'files'>, now: Date): Promise<void> {
  const drafts = await db.draft.findMany({
    where: { attachmentIds: { isEmpty: false } },
    select: { attachmentIds: true },
  });
  const kept = drafts.flatMap((draft) => draft.attachmentIds);
  const loose = await db.attachment.findMany({
    where: { messageId: null, createdAt: { lt: new Date(now.getTime() - keepLooseMs) }, id: { notIn: kept } },
    take: 200,
  });
  for (const row of loose) {
    const gone = await db.attachment.deleteMany({ where: { id: row.id, messageId: null } });
    if (gone.count > 0) await files.remove(row.fileKey);
  }
}
