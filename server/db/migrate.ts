import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import { runMigrations as migrateJobs } from 'graphile-worker';
import pg from 'pg';
import { rootDir } from '../lib/root.ts';

export const migrationsDir = join(rootDir, 'prisma', 'migrations');

/** One process migrates at a time; the others wait here. */
const migrationLock = 7_210_451_001n;
const noFilter = { externalTables: [], externalEnums: [] };

/**
 * Brings the database to this version's schema, forward only; returns the names of what was applied.
 * @param only no further than these migrations, for rows that were written under them
 */
export async function migrate(url: string, only?: ReadonlySet<string>): Promise<string[]> {
  const guard = new pg.Client({ connectionString: url, application_name: 'parley-migrate' });
  await guard.connect();
  try {
    await guard.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const wanted = (await migrationNames()).filter((name) => only === undefined || only.has(name));
    const done = await appliedNames(guard);
    const applied = wanted.every((name) => done.has(name)) ? [] : await applyAll(url, wanted);
    await migrateJobs({ connectionString: url, logger: undefined });
    return applied;
  } finally {
    await guard.end();
  }
}

async function applyAll(url: string, wanted: string[]): Promise<string[]> {
  const engine = await schemaEngine(url);
  try {
    const migrationsList = await readMigrations(wanted);
    return (await engine.applyMigrations({ migrationsList, filters: noFilter })).appliedMigrationNames;
  } finally {
    engine.free();
  }
}

/**
 * What is applied already: when nothing is missing, the engine need not even be loaded. One that began and did not end is
 * the engine's to speak of.
 * @throws Error when a newer Parley has brought the database to a schema that this one does not know
 */
async function appliedNames(client: pg.Client): Promise<Set<string>> {
  const { rows: tables } = await client.query<{ there: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there",
  );
  if (tables[0]?.there !== true) return new Set();
  const known = await migrationNames();
  const { rows } = await client.query<{ name: string; ended: boolean }>(
    'SELECT migration_name AS name, finished_at IS NOT NULL AS ended FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  const newer = rows.find(({ name }) => !known.includes(name));
  if (newer !== undefined)
    throw new Error(`it was used by a newer Parley (which made ${newer.name}); update this one, or restore a backup`);
  const unfinished = rows.filter(({ ended }) => !ended).map(({ name }) => name);
  return new Set(rows.map(({ name }) => name).filter((name) => !unfinished.includes(name)));
}

/** The SQL that leads from one datamodel to another; the database is only asked for its version. A null `from` starts from nothing. */
export async function diffSchemas(url: string, from: string | null, to: string): Promise<string> {
  const engine = await schemaEngine(url);
  const datamodel = (content: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: 'schema.prisma', content }],
  });
  const result = await engine.diff({
    from: from === null ? { tag: 'empty' } : datamodel(from),
    to: datamodel(to),
    script: true,
    exitCode: null,
    filters: noFilter,
  } as Parameters<SchemaEngine['diff']>[0]);
  return result.stdout ?? '';
}

type Engine = typeof import('@prisma/schema-engine-wasm');
let loading: Promise<Engine> | undefined;

async function schemaEngine(url: string): Promise<SchemaEngine> {
  loading ??= loadEngine();
  const { SchemaEngine } = await loading;
  const adapter = bindMigrationAwareSqlAdapterFactory(
    new PrismaPg({ connectionString: url, max: 1, idleTimeoutMillis: 100 }),
  );
  return SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
}

/** Prisma's schema engine as WebAssembly, once a process: its native build is a download that a closed network refuses. */
async function loadEngine(): Promise<Engine> {
  const bindings = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as Engine & {
    __wbg_set_wasm(exports: WebAssembly.Exports): void;
  };
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) },
  });
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const { instance } = await WebAssembly.instantiate(await readFile(join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings;
}

/** Every migration of this version, in order. */
export async function migrationNames(): Promise<string[]> {
  const entries = await readdir(migrationsDir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function readMigrations(names: string[]): Promise<MigrationList> {
  const migrationDirectories = await Promise.all(
    names.map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: await readFile(join(migrationsDir, name, 'migration.sql'), 'utf8') },
      },
    })),
  );
  return {
    baseDir: migrationsDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}
