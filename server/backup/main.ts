import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { ConfigError, readConfig } from '../config.ts';
import { EmbeddedError, startEmbedded } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';
import { openFiles } from '../lib/files.ts';
import { RestoreError, restoreBackup } from './restore.ts';
import { BackupError, writeBackup } from './write.ts';

/** `npm run backup -- FILE` and `npm run restore -- FILE [--replace]`: database, files and secret as one archive. */
const [command, ...rest] = process.argv.slice(2);
const [given] = rest.filter((word) => !word.startsWith('--'));
const say = (line: string) => console.log(line);

if ((command !== 'backup' && command !== 'restore') || given === undefined) {
  console.error('Name the archive: npm run backup -- FILE, or npm run restore -- FILE.');
  process.exit(1);
}

try {
  const config = readConfig(process.env);
  const file = resolve(given);
  const embedded =
    config.databaseUrl === undefined ? await startEmbedded({ dir: join(config.dataDir, 'postgres'), say }) : undefined;
  const url = config.databaseUrl ?? embedded?.url ?? '';
  try {
    const files = await openFiles(config.dataDir, config.s3Url);
    if (command === 'backup') {
      // A database that was just made has no tables yet.
      if (!(await hasTables(url))) await migrate(url);
      const written = await writeBackup({ url, files, secret: config.secret }, file, say);
      if (written.missing.length > 0)
        console.error(`${written.missing.length} files are named but not there, the first is ${written.missing[0]}.`);
      say(
        `Wrote ${file}: ${written.rows} rows, ${written.files} files and the secret. Keep it as safe as the store itself.`,
      );
    } else {
      const keepSecret = async (secret: string) => {
        if (process.env.PARLEY_SECRET !== undefined && process.env.PARLEY_SECRET !== secret)
          throw new RestoreError('PARLEY_SECRET is not the one of the archive; unset it, or set it to that one.');
        await writeFile(join(config.dataDir, 'secret'), `${secret}\n`, { mode: 0o600 });
      };
      await restoreBackup({ url, files, keepSecret, replace: rest.includes('--replace') }, file, say);
      say(`Restored ${file}.`);
    }
  } finally {
    // One that was running before belongs to somebody.
    if (embedded?.adopted === false) await embedded.stop();
  }
} catch (error) {
  const foreseen = [RestoreError, BackupError, ConfigError, EmbeddedError].some((kind) => error instanceof kind);
  console.error(
    foreseen ? (error as Error).message : `It did not work: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = 1;
}

async function hasTables(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ made: boolean }>(`SELECT to_regclass('public.thread') IS NOT NULL AS made`);
  await client.end();
  return rows[0]?.made === true;
}
