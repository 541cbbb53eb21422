import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { hasCluster, startEmbedded } from '../db/embedded.ts';
import { EmbeddedError } from '../db/embeddedRunner.ts';
import { openFiles } from '../lib/files.ts';
import { makeFolder } from '../lib/folder.ts';
import { type Archive, checkArchive, RestoreError, restoreBackup } from './restore.ts';
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
  // Before anything is opened or made.
  const archive = command === 'restore' ? await checkArchive(file) : undefined;
  if (archive === undefined) await refuseNoStore(config);
  else refuseOtherSecret(archive);
  const embedded = config.databaseUrl === undefined ? await startEmbedded({ dir: clusterOf(config), say }) : undefined;
  const url = config.databaseUrl ?? embedded?.url ?? '';
  try {
    const files = await openFiles(config.dataDir, config.s3Url);
    if (archive === undefined) {
      if (!(await hasTables(url))) throw new BackupError('The database holds no store; there is nothing to write.');
      const written = await writeBackup({ url, files, secret: config.secret }, file, say);
      if (written.missing.length > 0)
        console.error(`${written.missing.length} files are named but not there, the first is ${written.missing[0]}.`);
      say(
        `Wrote ${file}: ${written.rows} rows, ${written.files} files and the secret. Keep it as safe as the store itself.`,
      );
    } else {
      const keepSecret = async (secret: string) => {
        makeFolder(config.dataDir);
        await writeFile(join(config.dataDir, 'secret'), `${secret}\n`, { mode: 0o600 });
      };
      await restoreBackup({ url, files, keepSecret, replace: rest.includes('--replace') }, archive, say);
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

function clusterOf({ dataDir }: Config): string {
  return join(dataDir, 'postgres');
}

/** @throws BackupError where no Parley ever worked, or its secret is elsewhere: an archive without it could not be used */
async function refuseNoStore(config: Config): Promise<void> {
  if (config.databaseUrl === undefined && !(await hasCluster(clusterOf(config))))
    throw new BackupError(`DATA_DIR ${config.dataDir} holds no store; there is nothing to write.`);
  if (config.secretIsNew)
    throw new BackupError(
      `The secret of the store is not in DATA_DIR ${config.dataDir}; name its DATA_DIR, or set PARLEY_SECRET.`,
    );
}

function refuseOtherSecret({ secret }: Archive): void {
  const { PARLEY_SECRET } = process.env;
  if (PARLEY_SECRET !== undefined && PARLEY_SECRET !== '' && PARLEY_SECRET !== secret)
    throw new RestoreError('PARLEY_SECRET is not the one of the archive; unset it, or set it to that one.');
}

async function hasTables(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ made: boolean }>(`SELECT to_regclass('public.thread') IS NOT NULL AS made`);
  await client.end();
  return rows[0]?.made === true;
}
