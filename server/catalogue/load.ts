import type { Reader } from '../db/tx.ts';
import type { OfferRow, ProductRow, RuleRow, StoreRow } from './rows.ts';

/** Rows of the catalogue as the pure parts take them. */

export async function loadProducts(reader: Reader): Promise<ProductRow[]> {
  const rows = await reader.product.findMany({ orderBy: { sku: 'asc' } });
  return rows.map((row) => ({
    id: row.id,
    sku: row.sku,
    name: row.name,
    brand: row.brand,
    category: row.category,
    gtin: row.gtin,
    groupSku: row.groupSku,
    description: row.description,
    attributes: row.attributes as ProductRow['attributes'],
  }));
}

export async function loadStores(reader: Reader): Promise<StoreRow[]> {
  const rows = await reader.store.findMany({ orderBy: { code: 'asc' } });
  return rows.map(({ updatedAt: _, ...row }) => row);
}

export async function loadRules(reader: Reader): Promise<RuleRow[]> {
  const rows = await reader.rule.findMany({ orderBy: { id: 'asc' } });
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    appliesTo: row.appliesTo as RuleRow['appliesTo'],
    value: row.value as RuleRow['value'],
    text: row.text,
    jurisdiction: row.jurisdiction,
    validFrom: row.validFrom,
    validUntil: row.validUntil,
  }));
}

export async function loadOffers(reader: Reader, productIds: readonly string[]): Promise<OfferRow[]> {
  if (productIds.length === 0) return [];
  const rows = await reader.$queryRaw<(Omit<OfferRow, 'price'> & { price: string | number | null })[]>`
    SELECT id, "productId", "storeId", price::float8 AS price, currency, stock, "onDisplay", "validUntil", "asOf"
    FROM offer WHERE "productId" = ANY(${[...productIds]}::uuid[]) ORDER BY "productId", "storeId"`;
  return rows.map((row) => ({ ...row, price: row.price === null ? null : Number(row.price) }));
}
