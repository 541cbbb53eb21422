import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootDir } from '../lib/root.ts';
import { startEmbedded } from './embedded.ts';
import { diffSchemas, migrationsDir } from './migrate.ts';

/** `npm run db:migration -- <name>`: writes the next migration from the change of schema.prisma. */
const name = process.argv[2];
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  console.error('Name the migration in lower-case words: npm run db:migration -- add_colours');
  process.exit(1);
}
const earlier = readdirSync(migrationsDir, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();
const last = earlier.at(-1);
const schema = readFileSync(join(rootDir, 'prisma', 'schema.prisma'), 'utf8');
// The engine wants a server to ask its version; one that lives for a second will do.
const scratch = mkdtempSync(join(tmpdir(), 'parley-migration-'));
const server = await startEmbedded({ dir: scratch });
const sql = await diffSchemas(
  server.url,
  last === undefined ? null : readFileSync(join(migrationsDir, last, 'schema.prisma'), 'utf8'),
  schema,
);
await server.stop();
rmSync(scratch, { recursive: true, force: true });
if (sql.trim() === '' || sql.includes('This is an empty migration')) {
  console.log('schema.prisma has not changed since the last migration.');
  process.exit(0);
}
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const folder = join(migrationsDir, `${stamp}_${name}`);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'migration.sql'), sql);
// The datamodel it leads to, so that the next one can be made without a database.
writeFileSync(join(folder, 'schema.prisma'), schema);
console.log(`Wrote ${folder}/migration.sql; read it, and add what the datamodel cannot say.`);
