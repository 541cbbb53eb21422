import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { pause } from '../lib/lines.ts';

/** The superuser of a cluster of ours. */
export const user = 'parley';
const database = 'parley';
/** How long a server may take to answer. */
export const startWithinMs = 60_000;
const stopWithinMs = 60_000;

/** Whether the server takes connections (to its own maintenance database). */
export async function answers(url: string): Promise<boolean> {
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

/** Makes Parley's database where it is not there yet; another process may do the same. */
export async function ensureDatabase(url: string): Promise<void> {
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
export async function findRunning(cluster: string, password: string): Promise<{ pid: number; port: number } | null> {
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
      return { pid, port };
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

/** Fast shutdown; immediate when that takes too long. */
export async function stopPostmaster(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + stopWithinMs;
  while (isAlive(pid) && Date.now() < deadline) await pause(20);
  if (isAlive(pid)) process.kill(pid, 'SIGQUIT');
}

/** Whether a process of this number runs. */
export function isAlive(pid: number): boolean {
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

/** Where a server of ours listens. */
export function urlOf(port: number, password: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}

function maintenance(url: string): string {
  return url.replace(/\/[^/]*$/, '/postgres');
}
