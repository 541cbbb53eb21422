import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { record } from '../events/record.ts';
import type { ImportReport } from '../knowledge/schema.ts';
import { newId } from '../lib/id.ts';
import { parseOffers } from './parseOffers.ts';
import { parseProducts } from './parseProducts.ts';
import { parseRules } from './parseRules.ts';
import { parseStores } from './parseStores.ts';
import type { Parsed } from './rows.ts';

/** `abort` imports nothing when a row is wrong; `skip` leaves the wrong rows out. */
export type OnError = 'abort' | 'skip';

interface Import {
  text: string;
  onError: OnError;
  actorId: string;
  now: Date;
}

/** How far the clock of another system may be ahead of ours, ms. */
const aheadMs = 10 * 60_000;

/** Rows that one statement takes: large enough to be fast, small enough for a parameter. */
const batchRows = 5000;

export async function importStores(db: Db, input: Import): Promise<ImportReport> {
  return importRows(
    db,
    input,
    'stores',
    () => Promise.resolve(parseStores(input.text)),
    (tx, rows) =>
      eachBatch(rows, (batch) =>
        counted(tx.$queryRaw`
        WITH written AS (
          INSERT INTO store (id, code, name, address, city, lat, lon, phone, timezone, hours, holidays, services, "updatedAt")
          SELECT id, code, name, address, city, lat, lon, phone, timezone, hours, ARRAY(SELECT jsonb_array_elements_text(holidays)),
            ARRAY(SELECT jsonb_array_elements_text(services)), ${input.now}::timestamptz
          FROM jsonb_to_recordset(${json(batch)}::jsonb) AS row(id uuid, code text, name text, address text, city text, lat float8, lon float8,
            phone text, timezone text, hours text, holidays jsonb, services jsonb)
          ON CONFLICT (code) DO UPDATE SET name = excluded.name, address = excluded.address, city = excluded.city, lat = excluded.lat, lon = excluded.lon,
            phone = excluded.phone, timezone = excluded.timezone, hours = excluded.hours, holidays = excluded.holidays, services = excluded.services,
            "updatedAt" = excluded."updatedAt"
          RETURNING (xmax = 0) AS fresh)
        SELECT count(*) FILTER (WHERE fresh)::int AS imported, count(*) FILTER (WHERE NOT fresh)::int AS updated FROM written`),
      ),
  );
}

export async function importProducts(db: Db, input: Import): Promise<ImportReport> {
  return importRows(
    db,
    input,
    'products',
    () => Promise.resolve(parseProducts(input.text)),
    (tx, rows) =>
      eachBatch(rows, (batch) =>
        counted(tx.$queryRaw`
        WITH written AS (
          INSERT INTO product (id, sku, name, brand, category, gtin, "groupSku", description, attributes, "createdAt", "updatedAt")
          SELECT id, sku, name, brand, category, gtin, "groupSku", description, attributes, ${input.now}::timestamptz, ${input.now}::timestamptz
          FROM jsonb_to_recordset(${json(batch)}::jsonb) AS row(id uuid, sku text, name text, brand text, category text, gtin text, "groupSku" text,
            description text, attributes jsonb)
          ON CONFLICT (sku) DO UPDATE SET name = excluded.name, brand = excluded.brand, category = excluded.category, gtin = excluded.gtin,
            "groupSku" = excluded."groupSku", description = excluded.description, attributes = excluded.attributes, "updatedAt" = excluded."updatedAt"
          RETURNING (xmax = 0) AS fresh)
        SELECT count(*) FILTER (WHERE fresh)::int AS imported, count(*) FILTER (WHERE NOT fresh)::int AS updated FROM written`),
      ),
  );
}

/** Replaces all offers of the stores the file names, in one transaction: a reader sees the old file or the new one. */
export async function importOffers(db: Db, input: Import & { testClock?: boolean }): Promise<ImportReport> {
  const read = async (): Promise<Parsed<Record<string, unknown>>> => {
    const [products, stores] = await Promise.all([
      db.product.findMany({ select: { id: true, sku: true } }),
      db.store.findMany({ select: { id: true, code: true, timezone: true } }),
    ]);
    const parsed = parseOffers(input.text, {
      productIdBySku: new Map(products.map((row) => [row.sku, row.id])),
      storeByCode: new Map(stores.map((row) => [row.code, row])),
      now: input.now,
      latestAsOf: input.testClock === true ? null : new Date(input.now.getTime() + aheadMs),
    });
    return {
      rows: parsed.rows.map((row) => ({ ...row })) as unknown as Parsed<Record<string, unknown>>['rows'],
      errors: parsed.errors,
    };
  };
  return importRows(db, input, 'offers', read, async (tx, rows) => {
    await tx.$executeRaw`
      CREATE TEMP TABLE incoming_offer (id uuid, "productId" uuid, "storeId" uuid, price numeric(14,2), currency text, stock int, "onDisplay" boolean,
        "validUntil" timestamptz(3), "asOf" timestamptz(3)) ON COMMIT DROP`;
    for (let at = 0; at < rows.length; at += batchRows)
      await tx.$executeRaw`
        INSERT INTO incoming_offer SELECT * FROM jsonb_to_recordset(${json(rows.slice(at, at + batchRows))}::jsonb) AS row(id uuid, "productId" uuid,
          "storeId" uuid, price numeric, currency text, stock int, "onDisplay" boolean, "validUntil" timestamptz, "asOf" timestamptz)`;
    await tx.$executeRaw`
      INSERT INTO old_price (id, "productId", "storeId", price, currency, "asOf", until)
      SELECT gen_random_uuid(), o."productId", o."storeId", o.price, o.currency, o."asOf", ${input.now}::timestamptz
      FROM offer o JOIN incoming_offer i ON i."productId" = o."productId" AND i."storeId" = o."storeId"
      WHERE o.price IS NOT NULL AND (i.price IS DISTINCT FROM o.price OR i.currency IS DISTINCT FROM o.currency)`;
    const done = await counted(tx.$queryRaw`
      WITH written AS (
        INSERT INTO offer (id, "productId", "storeId", price, currency, stock, "onDisplay", "validUntil", "asOf") SELECT * FROM incoming_offer
        ON CONFLICT ("productId", "storeId") DO UPDATE SET price = excluded.price, currency = excluded.currency, stock = excluded.stock,
          "onDisplay" = excluded."onDisplay", "validUntil" = excluded."validUntil", "asOf" = excluded."asOf"
        RETURNING (xmax = 0) AS fresh)
      SELECT count(*) FILTER (WHERE fresh)::int AS imported, count(*) FILTER (WHERE NOT fresh)::int AS updated FROM written`);
    await tx.$executeRaw`
      DELETE FROM offer o USING (SELECT DISTINCT "storeId" FROM incoming_offer) s
      WHERE o."storeId" = s."storeId" AND NOT EXISTS (
        SELECT 1 FROM incoming_offer i WHERE i."productId" = o."productId" AND i."storeId" = o."storeId")`;
    return done;
  });
}

/** The file is all rules there are: what it does not hold is no rule any more. Equal rules keep their id. */
export async function importRules(db: Db, input: Import): Promise<ImportReport> {
  return importRows(
    db,
    input,
    'rules',
    () => Promise.resolve(parseRules(input.text)),
    async (tx, rows) => {
      const key = (row: { kind: unknown; appliesTo: unknown; jurisdiction: unknown; validFrom: unknown }) =>
        JSON.stringify([row.kind, sorted(row.appliesTo), row.jurisdiction, new Date(row.validFrom as Date).getTime()]);
      const held = new Map((await tx.rule.findMany()).map((row) => [key(row), row.id]));
      const kept = new Set<string>();
      let updated = 0;
      for (const { row: _, id, ...rule } of rows) {
        const known = held.get(key(rule as never));
        const data = { ...rule, updatedAt: input.now } as never;
        if (known) {
          updated++;
          await tx.rule.update({ where: { id: known }, data });
        } else await tx.rule.create({ data: { id: id as string, ...(data as object) } as never });
        kept.add(known ?? (id as string));
      }
      await tx.rule.deleteMany({ where: { id: { notIn: [...kept] } } });
      return { imported: rows.length - updated, updated };
    },
  );
}

type Identified = Record<string, unknown> & { id: string };
type Counts = { imported: number; updated: number };

async function importRows(
  db: Db,
  { onError, actorId, now }: Import,
  what: 'stores' | 'products' | 'offers' | 'rules',
  read: () => Promise<Parsed<object>>,
  write: (tx: Tx, rows: Identified[]) => Promise<Counts>,
): Promise<ImportReport> {
  const { rows, errors } = await read();
  const wrongRows = new Set(errors.map((error) => error.row)).size;
  if (errors.length > 0 && (onError === 'abort' || rows.length === 0))
    return { imported: 0, updated: 0, skipped: rows.length + wrongRows, errors };
  const identified = rows.map((row) => ({ ...row, id: newId(now.getTime()) })) as Identified[];
  const counts = await transact(db, async (tx) => {
    const done = await write(tx, identified);
    await record(tx, { type: 'catalogue.changed', at: now, actorId, patch: { what, ...done } });
    return done;
  });
  return { ...counts, skipped: wrongRows, errors };
}

async function eachBatch(rows: Identified[], write: (batch: Identified[]) => Promise<Counts>): Promise<Counts> {
  const total = { imported: 0, updated: 0 };
  for (let at = 0; at < rows.length; at += batchRows) {
    const done = await write(rows.slice(at, at + batchRows));
    total.imported += done.imported;
    total.updated += done.updated;
  }
  return total;
}

async function counted(query: Promise<unknown>): Promise<Counts> {
  const [counts] = (await query) as Counts[];
  return counts ?? { imported: 0, updated: 0 };
}

function json(rows: readonly object[]): string {
  return JSON.stringify(rows);
}

function sorted(value: unknown): unknown {
  return Object.entries((value ?? {}) as object).sort(([a], [b]) => a.localeCompare(b));
}
