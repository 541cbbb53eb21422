import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../server/db/embedded.ts';
import { migrate } from '../../server/db/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection to the tests' server; its database `parley` is the migrated template. */
    databaseUrl: string;
  }
}

/**
 * One real PostgreSQL for all tests, or the outside one whose empty database PARLEY_TEST_DATABASE_URL names; each app gets a clone
 * of the migrated template. Nothing of our own outlives the run, so it need not be durable.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(tmpdir(), 'parley-test-'));
  const outside = process.env.PARLEY_TEST_DATABASE_URL;
  const server =
    outside !== undefined
      ? { url: outside, stop: async () => undefined }
      : await startEmbedded({
          dir,
          settings: {
            fsync: 'off',
            synchronous_commit: 'off',
            full_page_writes: 'off',
            max_connections: '400',
            shared_buffers: '64MB',
          },
        });
  await migrate(server.url);
  // A template can be cloned only while nobody is connected to it.
  const admin = new pg.Client({ connectionString: server.url.replace(/\/[^/]*$/, '/postgres') });
  await admin.connect();
  await admin.query('ALTER DATABASE parley WITH IS_TEMPLATE true');
  await admin.end();
  project.provide('databaseUrl', server.url);
  return async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
