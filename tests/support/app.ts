import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, makeApp, type Overrides } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { TestClock } from '../../server/lib/clock.ts';
import { newId } from '../../server/lib/id.ts';
import { silentLog } from '../../server/lib/log.ts';
import { sha256 } from '../../server/lib/secretBox.ts';
import type { Role } from '../../server/users/schema.ts';
import { freshDatabase } from './database.ts';
import { freePort } from './port.ts';
import { running } from './running.ts';

/** The real application on a database of its own, listening on a free port, with a clock that the test moves. */
export interface TestApp {
  app: App;
  url: string;
  databaseUrl: string;
  dataDir: string;
  clock: TestClock;
  /** Somebody who works here, with an API client of theirs. */
  staff(role: Role, name?: string, places?: { storeIds?: string[]; teamIds?: string[] }): Promise<Staff>;
  /** Resolves when every job that is due has run and every event is numbered and told. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export interface Staff {
  id: string;
  name: string;
  email: string;
  password: string;
  key: string;
  /** Calls the API as this user; throws when the status is not what was expected (default: any below 400). */
  call<T = Record<string, unknown>>(method: string, path: string, body?: unknown, expect?: number): Promise<T>;
  /** The same, answering whatever came. */
  ask(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }>;
}

export interface TestAppOptions {
  env?: Record<string, string>;
  overrides?: Overrides;
  /** Use this database instead of a fresh one (a second process on the same data). */
  databaseUrl?: string;
  dataDir?: string;
  /** Where the test's clock begins; a clock that goes back would meet what was under way at the later time. */
  startAt?: Date;
  /** Keep it over the tests of a file: the test stops it itself. */
  keep?: boolean;
}

export async function startApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database =
    options.databaseUrl === undefined
      ? await freshDatabase()
      : { url: options.databaseUrl, drop: async () => undefined };
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'parley-data-'));
  const port = await freePort();
  const config = readConfig({
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    PARLEY_TEST: '1',
    PARLEY_SECRET: 'tests-share-one-secret-0123456789',
    LOG_LEVEL: 'silent',
    ...options.env,
  });
  const clock = new TestClock();
  if (options.startAt !== undefined) clock.set(options.startAt);
  const app = await makeApp({
    config,
    databaseUrl: database.url,
    alone: false,
    overrides: { clock, log: silentLog, ...options.overrides },
  });
  await new Promise<void>((resolve) => app.http.listen(port, '127.0.0.1', resolve));
  const url = `http://localhost:${(app.http.address() as AddressInfo).port}`;
  let stopped: Promise<void> | undefined;
  const test: TestApp = {
    app,
    url,
    databaseUrl: database.url,
    dataDir,
    clock,
    staff: (role, name = role, places = {}) => makeStaff(app, url, role, name, places),
    settle: () => settle(app),
    stop() {
      stopped ??= (async () => {
        running.delete(test);
        await app.stop();
        await database.drop();
        if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
      })();
      return stopped;
    },
  };
  if (options.keep !== true) running.add(test);
  return test;
}

/** Made slowly on purpose, and every colleague of the tests has the same. */
const hashes = new Map<string, Promise<string>>();

function hashOf(auth: App['deps']['auth'], password: string): Promise<string> {
  const known = hashes.get(password) ?? auth.hashPassword(password);
  hashes.set(password, known);
  return known;
}

async function makeStaff(
  app: App,
  url: string,
  role: Role,
  name: string,
  places: { storeIds?: string[]; teamIds?: string[] },
): Promise<Staff> {
  const { db, auth } = app.deps;
  const id = newId();
  const email = `${name.toLowerCase().replace(/\W+/g, '.')}.${id.slice(-6)}@shop.example`;
  const password = 'a-long-password-1';
  const key = `parley_test_${id}`;
  await db.user.create({
    data: {
      id,
      name,
      email,
      emailVerified: true,
      role,
      stores: { create: (places.storeIds ?? []).map((storeId, index) => ({ storeId, main: index === 0 })) },
      teams: { create: (places.teamIds ?? []).map((teamId) => ({ teamId })) },
    },
  });
  await db.account.create({
    data: {
      id: newId(),
      accountId: id,
      providerId: 'credential',
      userId: id,
      password: await hashOf(auth, password),
    },
  });
  await db.apiKey.create({
    data: { id: newId(), userId: id, name: 'test', prefix: key.slice(0, 12), hash: sha256(key) },
  });
  const ask: Staff['ask'] = async (method, path, body) => {
    const headers: Record<string, string> = { Authorization: `Bearer ${key}` };
    const form = body instanceof FormData;
    if (body !== undefined && !form) headers['Content-Type'] = 'application/json';
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = (answer.headers.get('content-type') ?? '').includes('json');
    return { status: answer.status, body: json && text !== '' ? JSON.parse(text) : { text }, headers: answer.headers };
  };
  return {
    id,
    name,
    email,
    password,
    key,
    ask,
    async call<T>(method: string, path: string, body?: unknown, expect?: number) {
      const answer = await ask(method, path, body);
      const wrong = expect === undefined ? answer.status >= 400 : answer.status !== expect;
      if (wrong) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer.body as T;
    },
  };
}

const settleWithinMs = 20_000;

/** Waits for the work itself (jobs that are due, events without a number), never for a guess of time. */
async function settle(app: App): Promise<void> {
  const { db, feed } = app.deps;
  const deadline = Date.now() + settleWithinMs;
  for (;;) {
    const [row] = await db.$queryRaw<{ jobs: number; unnumbered: boolean; last: bigint | null }[]>`
      SELECT (SELECT count(*)::int FROM graphile_worker.jobs WHERE run_at <= clock_timestamp() AND attempts < max_attempts) AS jobs,
        EXISTS (SELECT 1 FROM event WHERE seq IS NULL) AS unnumbered, (SELECT max(seq) FROM event) AS last`;
    if (row !== undefined && row.jobs === 0 && !row.unnumbered && (row.last ?? 0n) <= feed.position) return;
    if (Date.now() > deadline)
      throw new Error(
        `not settled: ${row?.jobs} jobs, unnumbered ${row?.unnumbered}, feed at ${feed.position} of ${row?.last}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
