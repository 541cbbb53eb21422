import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../../lib/folder.ts';
import { newId } from '../../../lib/id.ts';
import { maxLetterBytes } from '../mime/limits.ts';

/** Letters that are being received, on disk: many senders at once cost no memory. */
export interface Spool {
  /**
   * Writes a letter as it comes in. It is read to its end in any case: SMTP answers after the last byte alone.
   * @throws SpoolError when it is too large, or no room is left for it now
   */
  take(stream: AsyncIterable<Uint8Array>): Promise<Spooled>;
}

export interface Spooled {
  path: string;
  bytes: number;
  /** Hex SHA-256. */
  digest: string;
  read(): Promise<Buffer>;
  remove(): Promise<void>;
}

/** `tooLarge`: never; `full`: not now. */
export class SpoolError extends Error {
  readonly why: 'tooLarge' | 'full';
  constructor(why: 'tooLarge' | 'full') {
    super(why);
    this.why = why;
  }
}

/** Bytes of all letters that are being received at one time. */
const roomBytes = 2 * 1024 ** 3;

/** Nothing is received for so long; what is older was left by a process that was killed. */
const abandonedAfterMs = 3_600_000;

/** Opens the folder. What a killed process left in it was never confirmed, so the far side sends it again: it goes. */
export function openSpool(dir: string, room = roomBytes): Spool {
  makeFolder(dir);
  for (const name of readdirSync(dir)) {
    const path = join(dir, name);
    if (Date.now() - statSync(path).mtimeMs > abandonedAfterMs) rmSync(path, { force: true });
  }
  let taken = 0;
  return {
    async take(stream) {
      mkdirSync(dir, { recursive: true });
      const path = join(dir, newId());
      const hash = createHash('sha256');
      const file = await open(path, 'wx', 0o600);
      let bytes = 0;
      let error: unknown = null;
      try {
        for await (const chunk of stream) {
          if (error !== null) continue;
          if (bytes + chunk.length > maxLetterBytes) error = new SpoolError('tooLarge');
          else if (taken + chunk.length > room) error = new SpoolError('full');
          else {
            bytes += chunk.length;
            taken += chunk.length;
            hash.update(chunk);
            await file.write(chunk).catch((caught: NodeJS.ErrnoException) => {
              error = caught.code === 'ENOSPC' ? new SpoolError('full') : caught;
            });
          }
        }
      } catch (caught) {
        error ??= caught;
      }
      await file.close();
      const remove = async () => {
        taken -= bytes;
        bytes = 0;
        await rm(path, { force: true });
      };
      if (error !== null) {
        await remove();
        throw error;
      }
      return { path, bytes, digest: hash.digest('hex'), read: () => readFile(path), remove };
    },
  };
}
