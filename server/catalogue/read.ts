import type { Db } from '../db/client.ts';
import { Prisma } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { listSynonyms } from '../knowledge/synonyms.ts';
import { SynonymTable } from '../knowledge/synonymTable.ts';
import { decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import { openState, storeDay } from './hours.ts';
import { loadOffers, loadRules, loadStores } from './load.ts';
import { nameAtoms } from './nameAtoms.ts';
import type { OfferRow, ProductRow, StoreRow } from './rows.ts';
import type { OldPrice, Product, ProductQuery, Rule, Store } from './schema.ts';

type Found = Omit<ProductRow, 'attributes'> & { attributes: ProductRow['attributes'] };

/** Products by name; each word of `q`, or the store's other word for it, stands in name, brand or sku, in any script ("айфон 13"). */
export async function listProducts(db: Db, query: ProductQuery, now: Date): Promise<Page<Product>> {
  const after = decodeCursor(query.cursor, ['text', 'id']);
  const stores = await loadStores(db);
  const store = query.store === undefined ? null : storeBy(stores, query.store);
  const q = (query.q ?? '').trim();
  const ways = q === '' ? [q] : new SynonymTable((await listSynonyms(db)).map((one) => one.words)).ways(q);
  const named = ways.map((way) => [...new Set(way.split(/\s+/).filter(Boolean).flatMap(latin))].map(escapeLike));
  const stocked =
    query.inStock === undefined && store === null ? Prisma.sql`TRUE` : offerCondition(query.inStock, store?.id ?? null);
  const rows = await db.$queryRaw<Found[]>`
    SELECT p.id, p.sku, p.name, p.brand, p.category, p.gtin, p."groupSku", p.description, p.attributes FROM product p
    WHERE (${query.category ?? null}::text IS NULL OR p.category = lower(${query.category ?? null}::text))
      AND (${query.brand ?? null}::text IS NULL OR lower(p.brand) = lower(${query.brand ?? null}::text))
      AND (${Prisma.join(named.map(holdsEach), ' OR ')})
      AND ${stocked}
      AND (${after === null} OR (p.name, p.id) > (${after?.[0] ?? ''}, ${after?.[1] ?? null}::uuid))
    ORDER BY p.name, p.id LIMIT ${query.limit + 1}`;
  const page = pageFrom(rows, query.limit, (row) => [row.name, row.id]);
  const offers = await loadOffers(
    db,
    page.rows.map((row) => row.id),
  );
  return { items: page.rows.map((row) => presentProduct(row, offers, stores, now)), nextCursor: page.nextCursor };
}

export async function readProduct(db: Db, id: string, now: Date): Promise<Product> {
  const row = await db.product.findUnique({ where: { id } });
  if (!row) throw notFound('product');
  const [offers, stores] = await Promise.all([loadOffers(db, [id]), loadStores(db)]);
  return presentProduct({ ...row, attributes: row.attributes as ProductRow['attributes'] }, offers, stores, now);
}

export async function listStores(
  db: Db,
  now: Date,
  limit: number,
  cursor: string | undefined,
  q = '',
): Promise<Page<Store>> {
  const after = decodeCursor(cursor, ['text']);
  const wanted = q.trim().toLowerCase();
  const stores = (await loadStores(db)).filter(
    (store) =>
      (after === null || store.code > (after[0] ?? '')) &&
      `${store.name} ${store.city} ${store.code}`.toLowerCase().includes(wanted),
  );
  const page = pageFrom(stores, limit, (store) => [store.code]);
  return { items: page.rows.map((store) => presentStore(store, now)), nextCursor: page.nextCursor };
}

/** @param key a store's id or code */
export async function readStore(db: Db, key: string, now: Date): Promise<Store> {
  return presentStore(storeBy(await loadStores(db), key), now);
}

export async function listRules(db: Db, limit: number, cursor: string | undefined, kind?: string): Promise<Page<Rule>> {
  const after = decodeCursor(cursor, ['id']);
  const rules = (await loadRules(db)).filter(
    (rule) => (kind === undefined || rule.kind === kind) && (after === null || rule.id > (after[0] ?? '')),
  );
  const page = pageFrom(rules, limit, (rule) => [rule.id]);
  const items = page.rows.map((rule) => ({
    ...rule,
    validFrom: rule.validFrom.toISOString(),
    validUntil: rule.validUntil?.toISOString() ?? null,
  }));
  return { items: items as Rule[], nextCursor: page.nextCursor };
}

export async function readFacets(
  db: Db,
): Promise<{ categories: { name: string; count: number }[]; brands: { name: string; count: number }[] }> {
  const [categories, brands] = await Promise.all([
    db.$queryRaw<
      { name: string; count: number }[]
    >`SELECT category AS name, count(*)::int AS count FROM product WHERE category <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 200`,
    db.$queryRaw<
      { name: string; count: number }[]
    >`SELECT brand AS name, count(*)::int AS count FROM product WHERE brand <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 500`,
  ]);
  return { categories, brands };
}

/** What a product cost before, in every store, newest first. */
export async function listOldPrices(db: Db, productId: string): Promise<OldPrice[]> {
  const rows = await db.$queryRaw<(Omit<OldPrice, 'asOf' | 'until'> & { asOf: Date; until: Date })[]>`
    SELECT o."storeId", s.name AS "storeName", o.price::float8 AS price, o.currency, o."asOf", o.until
    FROM old_price o JOIN store s ON s.id = o."storeId" WHERE o."productId" = ${productId}::uuid ORDER BY o.until DESC, s.name LIMIT 200`;
  return rows.map((row) => ({ ...row, asOf: row.asOf.toISOString(), until: row.until.toISOString() }));
}

/** @throws AppError 404 when no store has that id or code */
export function storeBy(stores: readonly StoreRow[], key: string): StoreRow {
  const store = stores.find((candidate) => candidate.id === key || candidate.code.toLowerCase() === key.toLowerCase());
  if (!store) throw notFound('store');
  return store;
}

export function presentProduct(
  row: ProductRow,
  offers: readonly OfferRow[],
  stores: readonly StoreRow[],
  now: Date,
): Product {
  return {
    id: row.id,
    sku: row.sku,
    name: row.name,
    brand: row.brand,
    category: row.category,
    gtin: row.gtin,
    groupSku: row.groupSku,
    description: row.description,
    attributes: row.attributes as Product['attributes'],
    offers: offers
      .filter((offer) => offer.productId === row.id)
      .flatMap((offer) => {
        const store = stores.find((candidate) => candidate.id === offer.storeId);
        if (!store) return [];
        const { id, storeId, price, currency, stock, onDisplay, validUntil, asOf } = offer;
        const valid = price !== null && (validUntil === null || validUntil >= now);
        return [
          {
            id,
            storeId,
            storeCode: store.code,
            storeName: store.name,
            price,
            currency,
            stock,
            onDisplay,
            validUntil: validUntil?.toISOString() ?? null,
            valid,
            asOf: asOf.toISOString(),
          },
        ];
      }),
  };
}

function presentStore(store: StoreRow, now: Date): Store {
  const day = storeDay(store, now);
  const state = openState(store, now);
  return {
    ...store,
    holidays: [...store.holidays],
    services: [...store.services],
    today: day && {
      date: day.date,
      open: day.open,
      openNow: state?.open ?? false,
      opensAt: state?.open || state?.next?.daysAhead !== 0 ? null : (state?.next?.at ?? null),
    },
  };
}

function offerCondition(inStock: boolean | undefined, storeId: string | null): Prisma.Sql {
  const exists = Prisma.sql`EXISTS (SELECT 1 FROM offer o WHERE o."productId" = p.id AND (${storeId}::uuid IS NULL OR o."storeId" = ${storeId}::uuid)
    AND (${inStock === undefined} OR o.stock > 0))`;
  return inStock === false ? Prisma.sql`NOT ${exists}` : exists;
}

/** Each of the words stands in name, brand or sku, or is the GTIN. */
function holdsEach(words: string[]): Prisma.Sql {
  return Prisma.sql`(SELECT coalesce(bool_and(p.name ILIKE '%' || w || '%' OR p.brand ILIKE '%' || w || '%' OR p.sku ILIKE '%' || w || '%' OR coalesce(p.gtin = w, FALSE)), TRUE)
    FROM unnest(${words}::text[]) AS w)`;
}

function latin(word: string): string[] {
  return /[\u0370-\uffff]/.test(word) ? nameAtoms(word).map((atom) => atom.text) : [word];
}

function escapeLike(word: string): string {
  return word.replace(/[\\%_]/g, '\\$&');
}
