import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { ReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Disk } from 'flydrive';
import { inParallel } from './lines.ts';

/** One file as it is to be kept. */
export interface NewFile {
  key: string;
  content: Uint8Array;
}

/** Where originals and attachments are kept; keys are made by us and never by a far side. */
export interface Files {
  /** When it resolves, the file outlives a power cut. An earlier one of the same key is replaced. */
  put(key: string, content: Uint8Array): Promise<void>;
  /** The same for many, at little more than the price of one. */
  putAll(files: readonly NewFile[]): Promise<void>;
  read(key: string): Promise<Uint8Array>;
  /** Rejects when there is no such file: what resolves can be read. */
  stream(key: string): Promise<Readable>;
  exists(key: string): Promise<boolean>;
  remove(key: string): Promise<void>;
}

/** Written side by side: the disk makes those that ask at the same moment durable in one go. */
const filesAtOnce = 32;
/** Requests to an S3-like store under way at once. */
const requestsAtOnce = 8;

/**
 * Local disk under `dataDir`, or S3 when `s3Url` is set:
 * `https://KEY:SECRET@host/bucket?region=eu-west-1` (`http` for a store on this machine).
 */
export async function openFiles(dataDir: string, s3Url: string | undefined): Promise<Files> {
  if (s3Url !== undefined) {
    const disk = await s3Disk(new URL(s3Url));
    return filesOf(disk, (files) => inParallel(files, requestsAtOnce, ({ key, content }) => disk.put(key, content)));
  }
  const { FSDriver } = await import('flydrive/drivers/fs');
  const location = join(dataDir, 'files');
  const disk = new Disk(new FSDriver({ location, visibility: 'private' }));
  return filesOf(disk, (files) => putDurably(location, files));
}

function filesOf(disk: Disk, putAll: Files['putAll']): Files {
  return {
    put: (key, content) => putAll([{ key, content }]),
    putAll,
    read: async (key) => buffer(await disk.getStream(key)),
    stream: async (key) => opened(await disk.getStream(key)),
    exists: (key) => disk.exists(key),
    remove: (key) => disk.delete(key),
  };
}

/** A stream of a missing file breaks only after it is handed out, where nobody listens. */
async function opened(stream: Readable): Promise<Readable> {
  if (stream instanceof ReadStream) await once(stream, 'open');
  return stream;
}

/** Each under a passing name, synced, then renamed; then the folders that name them are synced. */
async function putDurably(location: string, files: readonly NewFile[]): Promise<void> {
  const outside = files.find(({ key }) => !join(location, key).startsWith(`${location}${sep}`));
  if (outside !== undefined) throw new Error(`${outside.key} is outside of the file store`);
  const folders = new Set(files.map(({ key }) => dirname(join(location, key))));
  const changed = new Set(folders);
  for (const folder of folders) {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    // Each new folder stands in one that names it.
    for (let at = folder; made !== undefined && at.startsWith(made); at = dirname(at)) changed.add(dirname(at));
  }
  await inParallel(files, filesAtOnce, async ({ key, content }) => {
    const path = join(location, key);
    const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      await using(await open(draft, 'w', 0o600), async (file) => {
        await file.writeFile(content);
        await file.datasync();
      });
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  });
  // Windows knows no syncing of folders.
  if (process.platform === 'win32') return;
  await inParallel(changed, filesAtOnce, async (folder) => using(await open(folder, 'r'), (opened) => opened.sync()));
}

async function using(file: FileHandle, work: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(file);
  } finally {
    await file.close();
  }
}

/** The S3 client is large, and most installations keep their files on disk. */
async function s3Disk(url: URL): Promise<Disk> {
  // It would tell of Node versions to come in the middle of our own start.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const { S3Driver } = await import('flydrive/drivers/s3');
  const [bucket = ''] = url.pathname.split('/').filter(Boolean);
  const driver = new S3Driver({
    credentials: { accessKeyId: decodeURIComponent(url.username), secretAccessKey: decodeURIComponent(url.password) },
    endpoint: `${url.protocol}//${url.host}`,
    region: url.searchParams.get('region') ?? 'us-east-1',
    bucket,
    forcePathStyle: true,
    visibility: 'private',
    // Many S3-like stores, and buckets of AWS that own their objects, refuse access lists and the newer checksums.
    supportsACL: false,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return new Disk(driver);
}
