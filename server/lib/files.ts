import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, ReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Disk } from 'flydrive';
import { inParallel } from './lines.ts';
import { sha256 } from './secretBox.ts';

/** One file as it is to be kept. */
export interface NewFile {
  key: string;
  content: Uint8Array;
}

/**
 * Where originals and attachments are kept; keys are made by us and never by a far side. A key may name a part of a file:
 * `file#start+length`, in bytes.
 */
export interface Files {
  /** When it resolves, the file outlives a power cut. An earlier one of the same key is replaced. */
  put(key: string, content: Uint8Array): Promise<void>;
  /** The same for many, side by side. */
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
    return filesOf(
      disk,
      (files) => inParallel(files, requestsAtOnce, ({ key, content }) => disk.put(key, content)),
      async ({ file, start, end }) => Readable.from([(await disk.getBytes(file)).subarray(start, end)]),
    );
  }
  const { FSDriver } = await import('flydrive/drivers/fs');
  const location = join(dataDir, 'files');
  return filesOf(
    new Disk(new FSDriver({ location, visibility: 'private' })),
    (files) => putDurably(location, files),
    ({ file, start, end }) => opened(createReadStream(join(location, file), { start, end: end - 1 })),
  );
}

function filesOf(disk: Disk, putAll: Files['putAll'], streamPart: (part: Part) => Promise<Readable>): Files {
  const stream = async (key: string) => {
    const part = partOf(key);
    return part === null ? opened(await disk.getStream(key)) : streamPart(part);
  };
  return {
    put: (key, content) => putAll([{ key, content }]),
    putAll,
    read: async (key) => buffer(await stream(key)),
    stream,
    exists: (key) => disk.exists(fileOf(key)),
    remove: (key) => disk.delete(key),
  };
}

/** Some bytes of a file, the last one excluded; never none. */
interface Part {
  file: string;
  start: number;
  end: number;
}

function partOf(key: string): Part | null {
  const [, file, start, length] = /^(.*)#(\d+)\+(\d+)$/.exec(key) ?? [];
  return file === undefined ? null : { file, start: Number(start), end: Number(start) + Number(length) };
}

/** The key of the file that a key is of, or names a part of. */
export const fileOf = (key: string): string => partOf(key)?.file ?? key;

/** Small ones lie together in one file: what makes a file durable, or a request to an S3-like store, costs by the piece. */
const togetherBelow = 256 * 1024;

/** Where one content lies: the key it is read by, and its SHA-256. */
export interface Laid {
  key: string;
  digest: string;
}

/**
 * Lays contents out as files to be put: small ones together in one, the others each in their own. Answers the files, and
 * where each content lies in the order given. The same contents make the same keys, and no others can: a file of several has
 * a name that no single content has.
 */
export function layOut(folder: string, contents: readonly Uint8Array[]): { files: NewFile[]; laid: Laid[] } {
  const pieces = contents.map((content) => {
    const digest = sha256(content);
    return { content, digest, key: `${folder}/${digest}` };
  });
  const isSmall = (piece: { content: Uint8Array }) =>
    piece.content.byteLength > 0 && piece.content.byteLength < togetherBelow;
  const small = pieces.filter(isSmall);
  if (small.length < 2) return { laid: pieces, files: pieces };
  const file = `${folder}/together-${sha256(small.map(({ digest }) => digest).join())}`;
  let start = 0;
  for (const piece of small) {
    piece.key = `${file}#${start}+${piece.content.byteLength}`;
    start += piece.content.byteLength;
  }
  const content = Buffer.concat(small.map((piece) => piece.content));
  return { laid: pieces, files: [{ key: file, content }, ...pieces.filter((piece) => !isSmall(piece))] };
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
