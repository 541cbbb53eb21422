import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { freshDatabase } from '../support/database.ts';
import { bundle, cleanEnv, type Parley, startParley, watch } from '../support/parley.ts';
import { freePort } from '../support/port.ts';
import { openStaffSocket } from '../support/staffSocket.ts';
import { until } from '../support/until.ts';
import { visit } from '../support/visitor.ts';

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

/** As much of a PostgreSQL 14 as says that it is one: every query is answered with its number. */
async function oldPostgres(): Promise<{ url: string; stop(): void }> {
  const packet = (type: string, body: Buffer) => {
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const ready = packet('Z', Buffer.from('I'));
  const number = Buffer.from('140012');
  const column = Buffer.concat([
    Buffer.from('version\0'),
    Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 23, 0, 4, 255, 255, 255, 255, 0, 0]),
  ]);
  const row = Buffer.concat([Buffer.from([0, 1, 0, 0, 0, number.length]), number]);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(Buffer.concat([packet('R', Buffer.alloc(4)), ready]));
      socket.on('data', (said) => {
        if (said[0] !== 81) return;
        socket.write(
          Buffer.concat([
            packet('T', Buffer.concat([Buffer.from([0, 1]), column])),
            packet('D', row),
            packet('C', Buffer.from('SELECT 1\0')),
            ready,
          ]),
        );
      });
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `postgresql://parley@127.0.0.1:${port}/parley`, stop: () => void server.close() };
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
    // The port for letters is looked at as early.
    const PARLEY_SMTP_PORT = String(port);
    expect(await refusal(await start({ DATA_DIR: folder('taken'), PARLEY_SMTP_PORT }))).toBe(
      `PARLEY_SMTP_PORT ${port} is taken by another program; set PARLEY_SMTP_PORT to a free one.`,
    );
    other.close();
    expect(existsSync(folder('taken'))).toBe(false);
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
    expect(existsSync(folder('db'))).toBe(false);
  });

  it.each([
    [{ DATABASE_URL: 'postgresql://:::bad' }, 'DATABASE_URL is not a URL as postgresql://user:password@host'],
    [{ PUBLIC_URL: 'ftp://shop.example' }, 'PUBLIC_URL must be a URL that begins with http'],
    [{ PUBLIC_URL: 'https://shop.example/parley' }, 'PUBLIC_URL must be an address without a path'],
    [{ S3_URL: 'https://store.example/bucket' }, 'S3_URL must name key, secret and bucket'],
    [{ PARLEY_TEST: 'yes' }, 'PARLEY_TEST must be 0 or 1'],
    [{ PARLEY_TRUSTED_PROXIES: 'everybody' }, 'PARLEY_TRUSTED_PROXIES must list addresses'],
    [{ OPENAI_MODEL: 'm' }, 'OPENAI_MODEL is set but OPENAI_BASE_URL is not'],
    [{ PARLEY_ADMIN_EMAIL: 'a@b.example' }, 'PARLEY_ADMIN_EMAIL and PARLEY_ADMIN_PASSWORD go together'],
    [{ PARLEY_SMTP_PORT: '2525', PORT: '2525' }, 'PARLEY_SMTP_PORT and PORT are both 2525'],
    [{ PARLEY_ROLES: '' }, 'PARLEY_ROLES names no role'],
    [{ PARLEY_ROLES: 'web,desk' }, 'PARLEY_ROLES names "desk"'],
  ])('%j', (env, said) => {
    expect(() => readConfig({ DATA_DIR: folder('none'), ...env })).toThrow(said);
    expect(existsSync(folder('none'))).toBe(false);
  });

  it('without showing a password that was set wrong', () => {
    expect(() => readConfig({ PARLEY_SECRET: 'short-one' })).toThrow(
      /^PARLEY_SECRET must have at least 16 characters.$/,
    );
  });

  it('when files have nowhere to go', async () => {
    const S3_URL = `http://key:secret@127.0.0.1:${await freePort()}/bucket`;
    expect(await refusal(await start({ DATA_DIR: folder('s3'), S3_URL }))).toMatch(
      /^S3_URL does not lead to a store that takes files: .*ECONNREFUSED/,
    );
    expect(existsSync(folder('s3'))).toBe(false);
  });

  it('when the PostgreSQL is too old, or a newer Parley has used the database', async () => {
    const old = await oldPostgres();
    expect(await refusal(await start({ DATA_DIR: folder('db'), DATABASE_URL: old.url }))).toBe(
      'DATABASE_URL names a PostgreSQL older than 15; Parley needs 15 or newer.',
    );
    old.stop();
    const { url, drop } = await freshDatabase();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '20990101000000_later', now())",
    );
    await client.end();
    expect(await refusal(await start({ DATA_DIR: folder('db'), DATABASE_URL: url }))).toMatch(
      /^The database could not be brought to this version: it was used by a newer Parley/,
    );
    await drop();
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

  it('brings it back when it is killed: visitors, screens and jobs go on, and nothing accepted is lost', async () => {
    const admin = { email: 'a@shop.example', password: 'a-long-password-1' };
    const parley = await start({
      DATA_DIR: folder('dies'),
      PARLEY_ADMIN_EMAIL: admin.email,
      PARLEY_ADMIN_PASSWORD: admin.password,
      LOG_LEVEL: 'silent',
    });
    await parley.ready;
    const json = { 'Content-Type': 'application/json', Origin: parley.url };
    const signIn = await fetch(`${parley.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify(admin),
    });
    const cookie = (signIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const call = async <T>(method: string, path: string, body?: object) => {
      const answer = await fetch(`${parley.url}/api/v1${path}`, {
        method,
        headers: { ...json, Cookie: cookie },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    };
    const chat = await call<{ key: string }>('POST', '/channels', {
      kind: 'chat',
      name: 'Chat',
      config: { title: '' },
    });
    const screen = await openStaffSocket(parley, {}, { Cookie: cookie });
    const visitor = await visit(parley, { channelKey: chat.key });
    // As the chat does it: again under the same key, until it is stored.
    const stored = async (text: string) => {
      const clientKey = randomUUID();
      return until(
        () => visitor.write(text, { clientKey }).catch(() => null),
        (answer) => answer !== null && 'threadId' in answer,
        60_000,
      );
    };
    const before = await stored('Before');
    const threadId = before !== null && 'threadId' in before ? before.threadId : '';

    const pid = postmaster(folder('dies'));
    process.kill(pid, 'SIGKILL');
    await until(
      async () => (await fetch(`${parley.url}/api/v1/threads`, { headers: { Cookie: cookie } })).status,
      (status) => status === 503,
    );
    await stored('Meanwhile');
    expect(postmaster(folder('dies'))).not.toBe(pid);
    expect((await fetch(`${parley.url}/readyz`)).status).toBe(200);

    // The feed tells what came after, and a job carries the answer.
    await until(
      () => screen.events.filter((event) => event.type === 'message.received').length,
      (received) => received === 2,
      60_000,
    );
    await call('POST', `/threads/${threadId}/messages`, {
      clientKey: randomUUID(),
      kind: 'reply',
      text: 'After',
      force: true,
    });
    await visitor.until((heard) => heard.messages.some((message) => message.text === 'After'));
    const { items } = await call<{ items: { text: string }[] }>('GET', `/threads/${threadId}/messages`);
    expect(items.map((message) => message.text).sort()).toEqual(['After', 'Before', 'Meanwhile']);
    visitor.close();
    screen.socket.close();
    expect(parley.err()).toContain('The database is back.');
    const second = postmaster(folder('dies'));
    expect(await parley.stop()).toBe(0);
    expect(alive(second)).toBe(false);
  }, 180_000);

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
