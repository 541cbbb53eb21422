import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { checkArchive, restoreBackup } from '../../server/backup/restore.ts';
import { listTables } from '../../server/backup/tables.ts';
import { writeBackup } from '../../server/backup/write.ts';
import { keepImage } from '../../server/knowledge/images.ts';
import { openFiles } from '../../server/lib/files.ts';
import { readLogo, setLogo } from '../../server/shop/settings.ts';
import { startApp } from '../support/app.ts';
import { letter, makeChannel } from '../support/cast.ts';
import { freshDatabase } from '../support/database.ts';
import { bundle, cleanEnv } from '../support/parley.ts';

/** Each table as one digest of its rows. */
async function digests(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const found: Record<string, string> = {};
  for (const { name, sql } of await listTables(client)) {
    const { rows } = await client.query<{ digest: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') AS digest FROM ${sql} t`,
    );
    found[name] = rows[0]?.digest ?? '';
  }
  await client.end();
  return found;
}

it('a store comes back whole from an archive, files and secret too, and into nothing that is in use or filled', async () => {
  const test = await startApp();
  const mira = await test.staff('manager', 'Mira');
  const channel = await makeChannel(test, 'email');
  const odd = 'Tab\t, newline\n, back\\slash, \\N, emoji 🦊, سلام';
  const outcomes = await test.app.deps.host.ingest(channel, {
    messages: Array.from({ length: 12 }, (_, index) =>
      letter(`c${index}@backup.example`, {
        text: `${odd} ${index}`,
        attachments: [
          { name: 'a.bin', type: 'application/octet-stream', content: Buffer.from([0, 255, index]), inline: false },
        ],
      }),
    ),
    cursor: { name: 'INBOX', position: { uid: 12 } },
  });
  await mira.call('POST', `/threads/${outcomes[0]?.threadId}/messages`, {
    clientKey: randomUUID(),
    kind: 'reply',
    text: odd,
    force: true,
    // Waits as a job, which comes along.
    sendAt: '2099-01-01T00:00:00.000Z',
  });
  await test.settle();
  await keepImage(test.app.deps, 'map.png', 'image/png', Buffer.from('a picture in an article'));
  await setLogo(test.app.deps, { type: 'image/png', bytes: Buffer.from('a logo') }, test.app.deps.clock.now());

  const dir = mkdtempSync(join(tmpdir(), 'parley-backup-'));
  const file = join(dir, 'store.parley');
  const before = await digests(test.databaseUrl);
  const written = await writeBackup(
    { url: test.databaseUrl, files: test.app.deps.files, secret: 'the-secret-of-the-store' },
    file,
    () => undefined,
  );
  expect(written).toMatchObject({ files: 4, missing: [] });

  await expect(
    writeBackup(
      { url: test.databaseUrl, files: test.app.deps.files, secret: '' },
      join(dir, 'no/such/folder/a'),
      () => undefined,
    ),
  ).rejects.toThrow(/^The archive cannot be written: ENOENT/);

  const target = await freshDatabase();
  const files = await openFiles(join(dir, 'data'), undefined);
  let secret = '';
  const to = {
    url: target.url,
    files,
    replace: false,
    keepSecret: async (one: string) => {
      secret = one;
    },
  };
  const cut = join(dir, 'cut.parley');
  writeFileSync(cut, readFileSync(file));
  truncateSync(cut, Math.floor(readFileSync(file).length * 0.8));
  await expect(checkArchive(cut)).rejects.toThrow(/cut off/);
  writeFileSync(cut, 'not an archive');
  await expect(checkArchive(cut)).rejects.toThrow(/cut off or damaged/);
  const damaged = Buffer.from(readFileSync(file));
  damaged.writeUInt32LE(~damaged.readUInt32LE(damaged.length - 8) >>> 0, damaged.length - 8);
  writeFileSync(cut, damaged);
  await expect(checkArchive(cut)).rejects.toThrow(/cut off or damaged/);

  const archive = await checkArchive(file);
  await restoreBackup(to, archive, () => undefined);
  expect(secret).toBe('the-secret-of-the-store');
  // The store works on meanwhile (leases, health): what stood still since before must be the same, row by row.
  const after = await digests(test.databaseUrl);
  const restoredRows = await digests(target.url);
  expect(Object.keys(restoredRows)).toEqual(Object.keys(before));
  const still = Object.keys(before).filter((name) => before[name] === after[name]);
  expect(still.length).toBeGreaterThan(Object.keys(before).length - 8);
  for (const name of still) expect(`${name} ${restoredRows[name]}`).toBe(`${name} ${before[name]}`);
  const attachment = await test.app.deps.db.attachment.findFirstOrThrow({
    where: { messageId: outcomes[5]?.messageId ?? '' },
  });
  expect(Buffer.from(await files.read(attachment.fileKey))).toEqual(Buffer.from([0, 255, 5]));
  const picture = await test.app.deps.db.articleImage.findFirstOrThrow();
  expect(Buffer.from(await files.read(picture.fileKey)).toString()).toBe('a picture in an article');
  expect(await readLogo({ db: test.app.deps.db, files })).toBeDefined();

  await expect(restoreBackup(to, archive, () => undefined)).rejects.toThrow('The database is not empty');
  await restoreBackup({ ...to, replace: true }, archive, () => undefined);
  await expect(
    restoreBackup({ ...to, url: test.databaseUrl, replace: true }, archive, () => undefined),
  ).rejects.toThrow('A Parley works on this database');

  // It works on: new numbers go on behind the old ones.
  const restored = await startApp({ databaseUrl: target.url });
  const [next] = await restored.app.deps.host.ingest(channel, { messages: [letter('c1@backup.example')] });
  expect(next?.outcome).toBe('stored');
  expect(await restored.app.deps.db.client.count()).toBe(12);
  await restored.settle();
  await restored.stop();
  await target.drop();
  rmSync(dir, { recursive: true, force: true });
}, 120_000);

it('the commands refuse where there is no store, or no whole archive, in one sentence, and make nothing', async () => {
  const program = await bundle('server/backup/main.ts');
  const dir = mkdtempSync(join(tmpdir(), 'parley-backup-'));
  const data = join(dir, 'data');
  const run = (command: string, file: string, env: Record<string, string> = {}) =>
    new Promise<string>((resolve, reject) => {
      execFile(
        process.execPath,
        [program.file, command, file],
        { env: { ...cleanEnv(), DATA_DIR: data, ...env } },
        (error, out, said) => (error?.code === 1 && out === '' ? resolve(said.trim()) : reject(new Error(out + said))),
      );
    });
  const { url, drop } = await freshDatabase();
  try {
    const archive = join(dir, 'store.parley');
    expect(await run('backup', archive)).toBe(`DATA_DIR ${data} holds no store; there is nothing to write.`);
    expect(await run('backup', archive, { DATABASE_URL: url })).toMatch(/^The secret of the store is not in DATA_DIR/);
    expect(existsSync(archive)).toBe(false);
    expect(await run('restore', archive)).toBe('There is no such archive.');
    const files = await openFiles(join(dir, 'files'), undefined);
    await writeBackup({ url, files, secret: 'the-secret-of-the-store' }, archive, () => undefined);
    expect(await run('restore', archive, { PARLEY_SECRET: 'another-secret-altogether' })).toMatch(
      /^PARLEY_SECRET is not the one of the archive/,
    );
    truncateSync(archive, Math.floor(readFileSync(archive).length / 2));
    expect(await run('restore', archive)).toBe('The archive is cut off or damaged; nothing was changed.');
    expect(existsSync(data)).toBe(false);
  } finally {
    await drop();
    program.remove();
    rmSync(dir, { recursive: true, force: true });
  }
}, 120_000);
