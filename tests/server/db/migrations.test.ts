import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diffSchemas } from '../../../server/db/migrate.ts';
import { rootDir } from '../../../server/lib/root.ts';
import { freshDatabase } from '../../support/database.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let client: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

/** What a schema of the database holds, a line each, without what migrations add by hand. */
async function contents(schema: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    `SELECT table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable || ' ' || coalesce(replace(column_default, $1 || '.', ''), '') AS line
       FROM information_schema.columns WHERE table_schema = $1 AND table_name <> '_prisma_migrations' AND is_generated = 'NEVER'
     UNION ALL
     SELECT replace(replace(indexdef, $1 || '.', ''), 'public.', '') FROM pg_indexes WHERE schemaname = $1
     UNION ALL
     SELECT conrelid::regclass::text || ' ' || replace(pg_get_constraintdef(oid), $1 || '.', '') FROM pg_constraint
       WHERE connamespace = $1::regnamespace AND contype = 'f'`,
    [schema],
  );
  // How an index is stored is tuned by hand; the datamodel cannot say it.
  const tuned = / WITH \(.*?\)/;
  return rows.map(({ line }) => line.replaceAll(`${schema}.`, '').replaceAll('"', '').replace(tuned, '')).sort();
}

describe('the migrations', () => {
  it('lead to the tables, indexes and references that schema.prisma describes', async () => {
    const ddl = await diffSchemas(database.url, null, readFileSync(join(rootDir, 'prisma', 'schema.prisma'), 'utf8'));
    await client.query('CREATE SCHEMA described; SET search_path TO described');
    await client.query(ddl.replaceAll('CREATE SCHEMA IF NOT EXISTS "public";', ''));
    const described = await contents('described');
    expect(described.length).toBeGreaterThan(500);
    const made = new Set(await contents('public'));
    expect(described.filter((line) => !made.has(line))).toEqual([]);
  });
});
