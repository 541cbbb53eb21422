import type { Request, RequestHandler } from 'express';
import multer, { MulterError } from 'multer';
import { AppError, tooLarge } from '../errors.ts';

/** An uploaded file, whole. */
export interface OneFile {
  name: string;
  type: string;
  bytes: Buffer;
}

/** What may come beside the file: a few short fields, or anybody could fill the memory with them. */
const beside = { fields: 20, fieldSize: 64 * 1024, parts: 21 };

/**
 * Reads one file of at most `maxBytes` in the multipart field `file` into memory; {@link fileOf} gives it.
 * @throws AppError 413 for a larger one, 400 for what is no such upload
 */
export function oneFile(maxBytes: number): RequestHandler {
  const read = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: maxBytes, files: 1, ...beside },
  }).single('file');
  return (req, res, next) =>
    read(req, res, (error: unknown) =>
      error === undefined || error === null ? next() : next(refusal(error, maxBytes)),
    );
}

export function fileOf(req: Request): OneFile | undefined {
  if (req.file === undefined) return undefined;
  const { originalname, mimetype, buffer } = req.file;
  // The parser takes names for Latin-1; browsers write UTF-8.
  return { name: Buffer.from(originalname, 'latin1').toString('utf8'), type: mimetype, bytes: buffer };
}

function refusal(error: unknown, maxBytes: number): AppError {
  if (error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE') return tooLarge(maxBytes);
  const title =
    error instanceof MulterError
      ? 'One file in the field "file", please.'
      : 'The upload is not well-formed, or was broken off.';
  const message = error instanceof Error ? error.message : String(error);
  return new AppError('invalid', 'upload.invalid', title, { errors: [{ path: 'file', message }] });
}
