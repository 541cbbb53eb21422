import { accessSync, constants, statfsSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { type App, makeApp } from './app.ts';
import { type Config, ConfigError, keepSecret } from './config.ts';
import { type EmbeddedPostgres, startEmbedded } from './db/embedded.ts';
import { EmbeddedError } from './db/embeddedRunner.ts';
import { keepEmbedded } from './db/keepEmbedded.ts';
import { migrate } from './db/migrate.ts';
import { openFiles } from './lib/files.ts';
import { makeFolder } from './lib/folder.ts';
import { newId } from './lib/id.ts';
import { pause } from './lib/lines.ts';

/** A start that cannot succeed, in one plain sentence. */
class StartError extends Error {}

/** One Parley on one embedded database. */
const aloneLock = 7_210_451_003n;
const leastFreeBytes = 64 * 1024 * 1024;

/** What a start has opened so far, and what a stop must close. */
export interface Parts {
  app?: App;
  embedded?: EmbeddedPostgres;
  guard?: pg.Client;
  /** Stops bringing the embedded database back. */
  letGo?: () => void;
}

/**
 * Opens the database, brings it to this version, makes the app and listens. `opened` is told of each part as soon as it
 * must be closed again, `lost` when Parley cannot go on. @throws an error that `whyNotStarted` has a sentence for
 */
export async function open(
  config: Config,
  opened: (parts: Parts) => void,
  lost: (sentence: string) => void,
): Promise<Parts & { app: App }> {
  const parts: Parts = {};
  const keep = () => opened(parts);
  await checkPorts(config);
  if (config.s3Url !== undefined) await tryS3(config);
  if (config.databaseUrl !== undefined) await tryDatabase(config.databaseUrl);
  checkDataDir(config.dataDir);
  let url = config.databaseUrl;
  if (url === undefined) {
    const embedded = await startEmbedded({ dir: join(config.dataDir, 'postgres'), say: (line) => console.log(line) });
    url = embedded.url;
    parts.guard = await holdAlone(embedded, config.dataDir);
    parts.embedded = embedded;
    const hold = async () => {
      parts.guard = await holdAlone(embedded, config.dataDir);
    };
    parts.letGo = keepEmbedded(embedded, hold, lost);
    keep();
    if (embedded.adopted) console.log('Found the database of a Parley that was killed; going on with it.');
  }
  await migrateOrSay(url);
  const secret = keepSecret(config);
  const app = await makeApp({
    config: { ...config, secret, secretIsNew: false },
    databaseUrl: url,
    alone: parts.guard !== undefined,
  });
  parts.app = app;
  keep();
  await listen(app.http, 'PORT', config.port, config.host);
  return { ...parts, app };
}

/** Closes what was opened, in order; says what did not close cleanly. */
export async function shutDown(parts: Parts): Promise<void> {
  parts.letGo?.();
  try {
    await parts.app?.stop();
    await parts.guard?.end();
  } catch (error) {
    console.error(`Parley did not stop cleanly: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await parts.embedded?.stop();
  }
}

/** The sentence that the terminal shows for a start that failed; a stack when nobody foresaw it. */
export function whyNotStarted(error: unknown): string {
  const foreseen = error instanceof StartError || error instanceof ConfigError || error instanceof EmbeddedError;
  if (foreseen) return error.message;
  return `Parley could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

function checkDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.W_OK);
    const { bavail, bsize } = statfsSync(dataDir);
    if (bavail * bsize < leastFreeBytes)
      throw new StartError(`The disk of DATA_DIR ${dataDir} is full: less than ${leastFreeBytes >> 20} MB are free.`);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`DATA_DIR ${dataDir} cannot be written: ${(error as Error).message}.`);
  }
}

/** Before anything is opened: a start that cannot listen should not read a single mailbox. */
async function checkPorts({ port, smtpPort, host, roles }: Config): Promise<void> {
  const wanted: [string, number | undefined][] = [
    ['PORT', port],
    ['PARLEY_SMTP_PORT', roles.has('channels') ? smtpPort : undefined],
  ];
  for (const [name, number] of wanted) {
    if (number === undefined) continue;
    const probe = createServer();
    await listen(probe, name, number, host);
    await new Promise((resolve) => probe.close(resolve));
  }
}

const aloneTries = 30;
const alonePauseMs = 100;

/**
 * Takes the one place on an embedded database. A killed Parley's place is free as soon as PostgreSQL sees its connection
 * gone, so it is asked for some time. Only whoever has the place may stop the server: a second Parley leaves it alone.
 */
async function holdAlone(embedded: EmbeddedPostgres, dataDir: string): Promise<pg.Client> {
  const guard = new pg.Client({ connectionString: embedded.url, application_name: 'parley-alone', keepAlive: true });
  guard.on('error', () => undefined);
  try {
    await guard.connect();
    for (let attempt = 1; attempt <= aloneTries; attempt++) {
      const { rows } = await guard.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [aloneLock]);
      if (rows[0]?.held === true) return guard;
      await pause(alonePauseMs);
    }
  } catch (error) {
    if (!embedded.adopted) await embedded.stop();
    throw error;
  }
  await guard.end();
  throw new StartError(
    `Another Parley already runs on DATA_DIR ${dataDir}; stop it first, or give this one a DATA_DIR of its own.`,
  );
}

const s3WithinMs = 20_000;

/** A letter is taken only when its original is stored: a store that refuses is better known now. */
async function tryS3({ dataDir, s3Url }: Config): Promise<void> {
  const files = await openFiles(dataDir, s3Url);
  const key = `start/${newId()}`;
  const late = pause(s3WithinMs).then(() => Promise.reject(new Error('it does not answer')));
  try {
    await Promise.race([files.put(key, Buffer.from('Parley was here')).then(() => files.remove(key)), late]);
  } catch (error) {
    const { message, cause } = error as { message: string; cause?: { message?: string; name?: string } };
    throw new StartError(
      `S3_URL does not lead to a store that takes files: ${cause?.message || cause?.name || message}.`,
    );
  } finally {
    late.catch(() => undefined);
  }
}

async function tryDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      "SELECT current_setting('server_version_num')::int AS version",
    );
    if ((rows[0]?.version ?? 0) < 150_000)
      throw new StartError('DATABASE_URL names a PostgreSQL older than 15; Parley needs 15 or newer.');
  } catch (error) {
    if (error instanceof StartError) throw error;
    const { message, code } = error as { message: string; code?: string };
    throw new StartError(
      `DATABASE_URL does not lead to a PostgreSQL that lets Parley in: ${message || code || 'no connection'}.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function migrateOrSay(url: string): Promise<void> {
  try {
    const applied = await migrate(url);
    if (applied.length > 0)
      console.log(
        `The database is up to date (${applied.length} ${applied.length === 1 ? 'migration' : 'migrations'}).`,
      );
  } catch (error) {
    throw new StartError(
      `The database could not be brought to this version: ${error instanceof Error ? error.message.trim().split('\n').slice(0, 3).join(' ') : String(error)}.`,
    );
  }
}

function listen(server: Server, name: string, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new StartError(`${name} ${port} is taken by another program; set ${name} to a free one.`)
          : new StartError(`Parley cannot listen on HOST ${host}, ${name} ${port}: ${error.message}.`),
      );
    });
    server.listen(port, host, resolve);
  });
}
