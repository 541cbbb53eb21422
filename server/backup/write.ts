import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { pack as makePack, type Pack } from 'tar-stream';
import { type Files, fileOf } from '../lib/files.ts';
import { listTables } from './tables.ts';

/** A backup that cannot be made, in one plain sentence; no archive was left. */
export class BackupError extends Error {}

/** What an archive says of itself; its first entry. */
export interface Manifest {
  format: 1;
  madeAt: string;
  /** Migrations of the database it was made of, in order. */
  migrations: string[];
}

/** Rows travel in pieces of about this size: an archive's entries say their length before they begin. */
const pieceBytes = 8 * 1024 * 1024;

export interface Written {
  rows: number;
  files: number;
  /** Keys that the database names and the file store does not have. */
  missing: string[];
}

/**
 * Writes database, files and secret into one compressed archive. The database is read in one snapshot, so that it may be
 * used meanwhile; the archive takes its name only when it is whole. It holds the secret: only its owner may read it.
 * @throws BackupError when it cannot be written where it was asked for
 */
export async function writeBackup(
  from: { url: string; files: Files; secret: string },
  file: string,
  say: (line: string) => void,
): Promise<Written> {
  const client = new pg.Client({ connectionString: from.url, application_name: 'parley-backup' });
  const part = `${file}.part`;
  let broken: Error | undefined;
  await client.connect();
  try {
    const pack = makePack();
    const stored = pack.pipe(createGzip({ level: 3 })).pipe(createWriteStream(part, { mode: 0o600 }));
    const written = finished(stored);
    written.catch((error: Error) => {
      broken = error;
      pack.destroy();
    });
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await client.query<{ name: string }>(
      'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name',
    );
    const manifest: Manifest = { format: 1, madeAt: new Date().toISOString(), migrations: rows.map((row) => row.name) };
    await entry(pack, 'parley.json', Buffer.from(JSON.stringify(manifest)));
    await entry(pack, 'secret', Buffer.from(from.secret));
    const kept = await packFiles(client, from.files, pack, say);
    const count = await packTables(client, pack, say);
    await client.query('COMMIT');
    // An archive that was cut off has no last word.
    await entry(pack, 'end', Buffer.from(String(count)));
    pack.finalize();
    await written;
    await sync(part);
    await rename(part, file);
    return { rows: count, ...kept };
  } catch (error) {
    await rm(part, { force: true });
    if (broken !== undefined) throw new BackupError(`The archive cannot be written: ${broken.message}.`);
    throw error;
  } finally {
    await client.end();
  }
}

async function packFiles(
  client: pg.Client,
  files: Files,
  pack: Pack,
  say: (line: string) => void,
): Promise<Pick<Written, 'files' | 'missing'>> {
  const keys = await listFiles(client);
  const missing: string[] = [];
  for (const [index, key] of keys.entries()) {
    const content = await files.read(key).catch(() => null);
    if (content === null) missing.push(key);
    else await entry(pack, `files/${key}`, Buffer.from(content));
    if ((index + 1) % 1000 === 0) say(`${index + 1} of ${keys.length} files`);
  }
  return { files: keys.length - missing.length, missing };
}

/** Every file that a row names: whatever table has a column for one, and settings. */
async function listFiles(client: pg.Client): Promise<string[]> {
  const { rows: columns } = await client.query<{ table: string; column: string }>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name IN ('rawKey', 'fileKey')`,
  );
  const named = columns.map(({ table, column }) => `SELECT "${column}" AS key FROM "${table}"`);
  const { rows } = await client.query<{ key: string }>(
    `SELECT key FROM (${named.join(' UNION ALL ')} UNION ALL SELECT jsonb_path_query(value, '$.**.fileKey') #>> '{}' FROM setting) named
     WHERE key <> ''`,
  );
  return [...new Set(rows.map(({ key }) => fileOf(key)))];
}

async function packTables(client: pg.Client, pack: Pack, say: (line: string) => void): Promise<number> {
  let total = 0;
  for (const { sql, name, columns } of await listTables(client)) {
    const rows = client.query(copyTo(`COPY ${sql} (${columns}) TO STDOUT`));
    let piece: Buffer[] = [];
    let size = 0;
    let pieces = 0;
    const flush = async () => {
      await entry(pack, `database/${name}/${String(++pieces).padStart(6, '0')}`, Buffer.concat(piece));
      piece = [];
      size = 0;
    };
    for await (const chunk of rows) {
      piece.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size >= pieceBytes) await flush();
    }
    if (size > 0) await flush();
    total += rows.rowCount;
    if (rows.rowCount > 0) say(`${name.replace('public.', '')}: ${rows.rowCount} rows`);
  }
  return total;
}

/** Resolves when the archive has taken it, so that no more than one piece waits in memory. */
function entry(pack: Pack, name: string, content: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    pack.entry({ name, size: content.length, mode: 0o600 }, content, (error) => (error ? reject(error) : resolve()));
  });
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync();
  await handle.close();
}
