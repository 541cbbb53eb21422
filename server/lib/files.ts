import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import { S3Driver } from 'flydrive/drivers/s3';

/** Where originals and attachments are kept; keys are made by us and never by a far side. */
export interface Files {
  put(key: string, content: Uint8Array): Promise<void>;
  read(key: string): Promise<Uint8Array>;
  stream(key: string): Promise<Readable>;
  exists(key: string): Promise<boolean>;
  remove(key: string): Promise<void>;
}

/**
 * Local disk under `dataDir`, or S3 when `s3Url` is set:
 * `https://KEY:SECRET@host/bucket?region=eu-west-1` (`http` for a store on this machine).
 */
export function openFiles(dataDir: string, s3Url: string | undefined): Files {
  const disk = new Disk(
    s3Url === undefined
      ? new FSDriver({ location: join(dataDir, 'files'), visibility: 'private' })
      : s3Driver(new URL(s3Url)),
  );
  return {
    put: (key, content) => disk.put(key, content),
    read: async (key) => buffer(await disk.getStream(key)),
    stream: (key) => disk.getStream(key),
    exists: (key) => disk.exists(key),
    remove: (key) => disk.delete(key),
  };
}

function s3Driver(url: URL): S3Driver {
  // It would tell of Node versions to come in the middle of our own start.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const [bucket = ''] = url.pathname.split('/').filter(Boolean);
  return new S3Driver({
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
}
