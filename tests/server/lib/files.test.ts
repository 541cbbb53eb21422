import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Files, fileOf, layOut, openFiles } from '../../../server/lib/files.ts';

let folder: string;
let s3: S3rver;
const stores = new Map<string, Files>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-files-'));
  s3 = new S3rver({
    address: '127.0.0.1',
    port: 0,
    directory: join(folder, 's3'),
    silent: true,
    configureBuckets: [{ name: 'parley' }],
  });
  const { port } = await s3.run();
  stores.set('the local disk', await openFiles(folder, undefined));
  stores.set('an S3-like store', await openFiles(folder, `http://S3RVER:S3RVER@127.0.0.1:${port}/parley`));
});

afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each(['the local disk', 'an S3-like store'])('files on %s', (name) => {
  const files = () => stores.get(name) as Files;

  it('are read as they were put, whole and as a stream', async () => {
    const content = randomBytes(300_000);
    await files().put('raw/channel/letter', content);
    expect(Buffer.from(await files().read('raw/channel/letter')).equals(content)).toBe(true);
    expect((await buffer(await files().stream('raw/channel/letter'))).equals(content)).toBe(true);
  });

  it('may be empty, and are replaced by a second put', async () => {
    await files().put('in/empty', new Uint8Array());
    expect((await files().read('in/empty')).byteLength).toBe(0);
    await files().put('in/empty', new TextEncoder().encode('now it is not'));
    expect(new TextDecoder().decode(await files().read('in/empty'))).toBe('now it is not');
  });

  it('may be put many at once', async () => {
    const many = Array.from({ length: 100 }, (_, index) => ({
      key: `in/many/${index % 3}/${index}`,
      content: randomBytes(50),
    }));
    await files().putAll(many);
    await files().putAll(many);
    for (const { key, content } of many) expect(Buffer.from(await files().read(key)).equals(content)).toBe(true);
  });

  it('lie together when they are small, and each is read by its own key', async () => {
    const contents = [randomBytes(700), new Uint8Array(), randomBytes(300_000), randomBytes(700), randomBytes(1)];
    const { files: made, laid } = layOut('raw/channel', contents);
    const keys = laid.map(({ key }) => key);
    expect(made).toHaveLength(3);
    expect(layOut('raw/channel', contents).laid).toEqual(laid);
    await files().putAll(made);
    // Who knows what lies together cannot make a content that would lie in its place.
    const digests = [0, 3, 4].map((index) => laid[index]?.digest).join();
    await files().putAll(layOut('raw/channel', [new TextEncoder().encode(digests)]).files);
    for (const [index, content] of contents.entries()) {
      const key = keys[index] ?? '';
      expect(await files().exists(key)).toBe(true);
      expect(Buffer.from(await files().read(key)).equals(content)).toBe(true);
      expect((await buffer(await files().stream(key))).equals(content)).toBe(true);
    }
    expect(new Set(keys.map(fileOf)).size).toBe(3);
    await expect(files().stream('raw/channel/no-such#3+4')).rejects.toThrow();
  });

  it('are never put outside of the store, whoever made the key', async () => {
    if (name === 'the local disk')
      await expect(files().put('in/../../outside', new Uint8Array([1]))).rejects.toThrow(/outside/);
    expect(existsSync(join(folder, 'outside'))).toBe(false);
  });

  it('are gone after removal, which may be repeated; reading one says so', async () => {
    await files().put('in/gone', new Uint8Array([1]));
    expect(await files().exists('in/gone')).toBe(true);
    await files().remove('in/gone');
    await files().remove('in/gone');
    expect(await files().exists('in/gone')).toBe(false);
    await expect(files().read('in/gone')).rejects.toThrow();
    await expect(files().stream('in/gone')).rejects.toThrow();
  });
});
