import { createReadStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { extract } from 'tar-stream';
import { z } from 'zod';
import { migrate, migrationNames } from '../db/migrate.ts';
import type { Files } from '../lib/files.ts';
import { derived, listTables, moveSequences } from './tables.ts';

/** A restore that must not happen, in one plain sentence; nothing was changed. */
export class RestoreError extends Error {}

const manifest = z.object({ format: z.literal(1), madeAt: z.string(), migrations: z.array(z.string()) });

export interface RestoreTo {
  url: string;
  files: Files;
  /** Given the archive's secret once everything else is in place. @throws RestoreError when it cannot be used */
  keepSecret(secret: string): Promise<void>;
  /** Throw away what is there. */
  replace: boolean;
}

/** An archive that was read once to its end. */
export interface Archive {
  file: string;
  secret: string;
}

/**
 * Reads an archive to its end, for nothing may be touched for the sake of one that is not whole.
 * @throws RestoreError when it is missing, damaged, cut off, not ours, or of a newer Parley
 */
export async function checkArchive(file: string): Promise<Archive> {
  let secret = '';
  let begun = false;
  let whole = false;
  try {
    for await (const { header, content } of entriesOf(file)) {
      if (header.name === 'parley.json') {
        await readManifest(await readAll(content));
        begun = true;
      } else if (!begun) throw new RestoreError('This is not an archive that Parley made.');
      else if (header.name === 'secret') secret = (await readAll(content)).toString('utf8');
      else for await (const _ of content) whole = header.name === 'end';
    }
  } catch (error) {
    throw readable(error);
  }
  if (!whole) throw new RestoreError('The archive is cut off; nothing was changed.');
  return { file, secret };
}

/**
 * Puts an archive in the place of a database. All rows come in one transaction, after the files: a restore that is cut off
 * leaves a database as it was. An archive of an older Parley is brought to this version.
 * @throws RestoreError when the database is in use, or not empty and not to be replaced
 */
export async function restoreBackup(to: RestoreTo, { file }: Archive, say: (line: string) => void): Promise<void> {
  const load = new Loading(to, say);
  try {
    for await (const { header, content } of entriesOf(file)) await load.take(header.name, await readAll(content));
    await load.finish();
  } catch (error) {
    await load.giveUp();
    throw readable(error);
  }
}

/** The entries in their order; each must be read before the next. What breaks on the way is thrown here. */
async function* entriesOf(file: string) {
  const tar = extract();
  const source = createReadStream(file);
  const pipes = [source, createGunzip()] as const;
  for (const pipe of pipes) pipe.on('error', (error: Error) => tar.destroy(error));
  // An entry that waits its turn when the archive breaks has nobody who listens yet.
  tar.on('entry', (_, content) => content.on('error', () => undefined));
  source.pipe(pipes[1]).pipe(tar);
  try {
    for await (const content of tar) yield { header: content.header, content };
  } finally {
    source.destroy();
  }
}

/** @throws RestoreError when it is none, or of a newer Parley */
async function readManifest(content: Buffer): Promise<z.infer<typeof manifest>> {
  const said = manifest.safeParse(parseJson(content));
  if (!said.success) throw new RestoreError('This is not an archive that this version of Parley can read.');
  const known = new Set(await migrationNames());
  const newer = said.data.migrations.find((name) => !known.has(name));
  if (newer !== undefined)
    throw new RestoreError(`The archive was made by a newer Parley (it knows ${newer}); update this one first.`);
  return said.data;
}

class Loading {
  private client: pg.Client | undefined;
  private secret = '';
  private tables = new Map<string, { sql: string; columns: string }>();
  private copying: { name: string; stream: ReturnType<typeof copyFrom>; done: Promise<void> } | undefined;
  private files = 0;
  private whole = false;

  constructor(
    private readonly to: RestoreTo,
    private readonly say: (line: string) => void,
  ) {}

  async take(name: string, content: Buffer): Promise<void> {
    if (name === 'parley.json') return this.begin(content);
    if (this.client === undefined) throw new RestoreError('This is not an archive that Parley made.');
    if (name === 'secret') this.secret = content.toString('utf8');
    else if (name === 'end') this.whole = true;
    else if (name.startsWith('files/')) {
      await this.to.files.put(name.slice('files/'.length), content);
      if (++this.files % 1000 === 0) this.say(`${this.files} files`);
    } else await this.copy(name.split('/')[1] ?? '', content);
  }

  /** Looks before anything is changed, then makes the schema that the rows were written under. */
  private async begin(content: Buffer): Promise<void> {
    const { madeAt, migrations } = await readManifest(content);
    await refuseUse(this.to);
    await migrate(this.to.url, new Set(migrations));
    const client = new pg.Client({ connectionString: this.to.url, application_name: 'parley-restore' });
    // A line that breaks is told by the statement under way.
    client.on('error', () => undefined);
    await client.connect();
    this.client = client;
    await client.query('BEGIN');
    const tables = await listTables(client);
    await client.query(`TRUNCATE ${tables.map((table) => table.sql).join(', ')} CASCADE`);
    for (const name of derived) {
      const { rows } = await client.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [name]);
      if (rows[0]?.there === true) await client.query(`TRUNCATE ${name}`);
    }
    this.tables = new Map(tables.map((table) => [table.name, table]));
    this.say(`The archive is of ${madeAt}`);
  }

  private async copy(name: string, content: Buffer): Promise<void> {
    if (this.copying?.name !== name) {
      await this.endCopy();
      const table = this.tables.get(name);
      if (table === undefined || this.client === undefined)
        throw new RestoreError(`The archive names a table ${name} that is not known.`);
      const stream = this.client.query(copyFrom(`COPY ${table.sql} (${table.columns}) FROM STDIN`));
      const done = finished(stream);
      done.catch(() => undefined);
      this.copying = { name, stream, done };
    }
    const { stream, done } = this.copying;
    if (!stream.write(content)) await Promise.race([new Promise((resolve) => stream.once('drain', resolve)), done]);
  }

  private async endCopy(): Promise<void> {
    if (this.copying === undefined) return;
    this.copying.stream.end();
    await this.copying.done;
    this.say(`${this.copying.name.replace('public.', '')}: ${this.copying.stream.rowCount} rows`);
    this.copying = undefined;
  }

  async finish(): Promise<void> {
    await this.endCopy();
    if (this.client === undefined || !this.whole)
      throw new RestoreError('The archive is cut off; nothing was changed.');
    await moveSequences(this.client);
    await this.client.query('UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL');
    await this.client.query('UPDATE graphile_worker._private_job_queues SET locked_at = NULL, locked_by = NULL');
    await this.to.keepSecret(this.secret);
    await this.client.query('COMMIT');
    await this.client.end();
    await migrate(this.to.url);
  }

  async giveUp(): Promise<void> {
    this.copying?.stream.destroy();
    await this.client?.end().catch(() => undefined);
  }
}

/** @throws RestoreError when a Parley works on the database, or it holds something that is not to be replaced */
async function refuseUse({ url, replace }: RestoreTo): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'parley-restore' });
  await client.connect();
  try {
    const { rows } = await client.query<{ made: boolean }>(`SELECT to_regclass('public.lease') IS NOT NULL AS made`);
    if (rows[0]?.made !== true) return;
    const { rows: state } = await client.query<{ used: boolean; filled: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM lease WHERE name LIKE 'process:%' AND "expiresAt" > clock_timestamp()) AS used,
        EXISTS (SELECT 1 FROM "user") OR EXISTS (SELECT 1 FROM thread) OR EXISTS (SELECT 1 FROM article) AS filled`,
    );
    if (state[0]?.used === true) throw new RestoreError('A Parley works on this database; stop it first.');
    if (state[0]?.filled === true && !replace)
      throw new RestoreError('The database is not empty; add --replace to throw away what is in it.');
  } finally {
    await client.end();
  }
}

async function readAll(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return null;
  }
}

/** The libraries' words for an archive that is none. */
function readable(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'ENOENT') return new RestoreError('There is no such archive.');
  if (
    code?.startsWith('Z_') === true ||
    /unexpected end|incorrect header|Invalid tar|Unexpected end/i.test(message ?? '')
  )
    return new RestoreError('The archive is cut off or damaged; nothing was changed.');
  return error;
}
