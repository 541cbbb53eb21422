import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { bundle, cleanEnv, freePort, type Parley, startParley, watch } from '../support/parley.ts';

/** Real starts of server/main.ts, seen from a terminal. */

vi.setConfig({ testTimeout: 180_000 });

const nobody = 65534;
const isRoot = process.getuid?.() === 0;
const dir = mkdtempSync(join(tmpdir(), 'parley-start-'));
// The ordinary user must get to the folder that is theirs.
chmodSync(dir, 0o755);
const running = new Set<Parley>();
let program: Awaited<ReturnType<typeof bundle>>;

beforeAll(async () => {
  program = await bundle('server/main.ts');
}, 120_000);
afterAll(async () => {
  for (const parley of running) await parley.stop();
  program?.remove();
  rmSync(dir, { recursive: true, force: true });
}, 60_000);

const folder = (name: string) => join(dir, name);

async function start(env: Record<string, string>, port?: number): Promise<Parley> {
  const parley = startParley(program.file, { DATA_DIR: folder('data'), ...env }, port ?? (await freePort()));
  running.add(parley);
  void parley.exited.then(() => running.delete(parley));
  return parley;
}

/** The start failed with one sentence and nothing else. */
async function refusal(parley: Parley): Promise<string> {
  expect(await parley.exited).toBe(1);
  expect(parley.out()).not.toContain('Parley is ready');
  const lines = parley.err().trim().split('\n');
  expect(lines, parley.err()).toHaveLength(1);
  return lines[0] ?? '';
}

function postmaster(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'pg18', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // An orphan that has ended and that init has not yet waited for is gone.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a start that cannot succeed says why in one sentence, and leaves nothing half-made', () => {
  it('when a setting is wrong', async () => {
    expect(await refusal(await start({ DATA_DIR: folder('none'), PUBLIC_URL: 'shop' }))).toMatch(
      /^PUBLIC_URL must be a URL/,
    );
    expect(existsSync(folder('none'))).toBe(false);
  });

  it('when the port is taken, before a database is made', async () => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    expect(await refusal(await start({ DATA_DIR: folder('taken') }, port))).toBe(
      `PORT ${port} is taken by another program; set PORT to a free one.`,
    );
    other.close();
    expect(existsSync(join(folder('taken'), 'postgres'))).toBe(false);
  });

  it('when DATABASE_URL leads nowhere, or to a server that does not let us in', async () => {
    const nowhere = `postgresql://parley@127.0.0.1:${await freePort()}/parley`;
    expect(await refusal(await start({ DATA_DIR: folder('db'), DATABASE_URL: nowhere }))).toMatch(
      /^DATABASE_URL does not lead to a PostgreSQL that lets Parley in: .*ECONNREFUSED/,
    );
    const stranger = inject('databaseUrl').replace(/:[^:@/]+@/, ':wrong@');
    expect(await refusal(await start({ DATA_DIR: folder('db'), DATABASE_URL: stranger }))).toMatch(
      /^DATABASE_URL does not lead to a PostgreSQL that lets Parley in: .*password/,
    );
  });

  it.runIf(isRoot)('when DATA_DIR cannot be written', async () => {
    mkdirSync(folder('closed'), { mode: 0o755 });
    const port = await freePort();
    const child = spawn(process.execPath, [program.file], {
      uid: nobody,
      gid: nobody,
      env: { ...cleanEnv(), PORT: String(port), DATA_DIR: folder('closed/data'), HOME: '/' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(await refusal(watch(child, port))).toMatch(/^DATA_DIR .* cannot be written: /);
  });

  it.runIf(isRoot)('when the disk is full', async (context) => {
    mkdirSync(folder('small'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', folder('small')]);
    } catch {
      return context.skip('no file system can be mounted here');
    }
    try {
      expect(await refusal(await start({ DATA_DIR: folder('small') }))).toMatch(/^The disk of DATA_DIR .* is full/);
      expect(existsSync(join(folder('small'), 'postgres'))).toBe(false);
    } finally {
      execFileSync('umount', [folder('small')]);
    }
  });
});

describe('Parley on its own database', () => {
  it('is alone on it, survives kill -9 without a loss, and stops whole at SIGTERM', async () => {
    const env = {
      PARLEY_ADMIN_EMAIL: 'a@shop.example',
      PARLEY_ADMIN_PASSWORD: 'a-long-password-1',
      NODE_ENV: 'production',
    };
    const first = await start(env);
    await first.ready;
    const signIn = (parley: Parley) =>
      fetch(`${parley.url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: parley.url },
        body: JSON.stringify({ email: env.PARLEY_ADMIN_EMAIL, password: env.PARLEY_ADMIN_PASSWORD }),
      });
    expect((await signIn(first)).status).toBe(200);
    const pid = postmaster(folder('data'));

    expect(await refusal(await start({}))).toMatch(/^Another Parley already runs on DATA_DIR /);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);

    await first.kill();
    expect(alive(pid)).toBe(true);
    const second = await start({}, first.port);
    await second.ready;
    expect(second.out()).toContain('Found the database of a Parley that was killed');
    expect(postmaster(folder('data'))).toBe(pid);
    expect((await signIn(second)).status).toBe(200);

    expect(await second.stop()).toBe(0);
    expect(second.err()).toBe('');
    expect(alive(pid)).toBe(false);
  });

  it.runIf(isRoot)(
    'runs for an ordinary user too, who gets the link for the first admin',
    async (context) => {
      try {
        execFileSync(process.execPath, ['-e', `require('fs').readFileSync('${program.file}')`], {
          uid: nobody,
          gid: nobody,
          stdio: 'ignore',
        });
      } catch {
        return context.skip('this checkout is in a folder that only root may enter');
      }
      mkdirSync(folder('user'));
      chownSync(folder('user'), nobody, nobody);
      const port = await freePort();
      const child = spawn(process.execPath, [program.file], {
        uid: nobody,
        gid: nobody,
        env: { ...cleanEnv(), PORT: String(port), DATA_DIR: folder('user'), HOME: '/' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const parley = watch(child, port);
      running.add(parley);
      await parley.ready;
      expect(parley.out()).toMatch(/Make the first admin here: http:\/\/localhost:\d+\/start\/\S{20,}/);
      child.kill('SIGINT');
      expect(await parley.exited).toBe(0);
      running.delete(parley);
    },
    120_000,
  );
});
