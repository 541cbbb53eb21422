import type { ClientBase } from 'pg';

/** One table as a backup carries it. */
export interface Table {
  /** `schema.name`, quoted as SQL takes it. */
  sql: string;
  /** As the archive names it. */
  name: string;
  /** Quoted; generated columns make themselves. */
  columns: string;
}

/** Made from the other tables, and made anew from them (reports/seal.ts). */
export const derived = ['report_day', 'report_touched'];
/** Whose content belongs to the process or the schema, not to the store. */
const left = ['public.lease', 'public._prisma_migrations', ...derived.map((name) => `public.${name}`)];
const jobTables = ['_private_tasks', '_private_job_queues', '_private_jobs'];

/** Every table that is backed up, each after those it refers to. */
export async function listTables(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; sql: string; columns: string; needs: string[] }>(
    `SELECT n.nspname || '.' || c.relname AS name, format('%I.%I', n.nspname, c.relname) AS sql,
      (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns,
      ARRAY(SELECT rn.nspname || '.' || r.relname FROM pg_constraint k JOIN pg_class r ON r.oid = k.confrelid JOIN pg_namespace rn ON rn.oid = r.relnamespace
        WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid)::text[] AS needs
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND (n.nspname = 'public' OR n.nspname = 'graphile_worker' AND c.relname = ANY($1))
    ORDER BY 1`,
    [jobTables],
  );
  const waiting = rows.filter((row) => !left.includes(row.name));
  const names = new Set(waiting.map((row) => row.name));
  const placed = new Set<string>();
  const ordered: Table[] = [];
  while (waiting.length > 0) {
    const at = waiting.findIndex((row) => row.needs.every((need) => placed.has(need) || !names.has(need)));
    const [next] = waiting.splice(Math.max(0, at), 1);
    if (next === undefined) break;
    placed.add(next.name);
    ordered.push(next);
  }
  return ordered;
}

/** Counters go on behind the highest number that was brought. */
export async function moveSequences(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ sql: string; column: string; sequence: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS sql, quote_ident(a.attname) AS column, pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) AS sequence
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind = 'r' AND n.nspname IN ('public', 'graphile_worker') AND pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) IS NOT NULL`,
  );
  for (const { sql, column, sequence } of rows)
    await client.query(`SELECT setval($1, coalesce((SELECT max(${column}) FROM ${sql}), 0) + 1, false)`, [sequence]);
}
