import { DateTime } from 'luxon';
import { readTable } from './csv.ts';
import type { ImportError, OfferRow, Parsed } from './rows.ts';

export type OfferImport = Omit<OfferRow, 'id'>;

/** What the file's codes mean here. */
export interface OfferContext {
  productIdBySku: ReadonlyMap<string, string>;
  storeByCode: ReadonlyMap<string, { id: string; timezone: string }>;
  now: Date;
  /** No `asOf` lies behind it; null where the clock is a test's and says nothing of the file's. */
  latestAsOf: Date | null;
}

/**
 * Reads `sku,store,price,currency,stock,onDisplay,validUntil,asOf`. A time without offset is the store's own; a date
 * alone is valid through its last moment there; no `asOf` means now, and one in the future is refused.
 */
export function parseOffers(text: string, context: OfferContext): Parsed<OfferImport> {
  const table = readTable(text, ['sku', 'store']);
  const errors = [...table.errors];
  const rows: Parsed<OfferImport>['rows'] = [];
  const seen = new Set<string>();
  for (const { row, cells } of table.records) {
    const problems: ImportError[] = [];
    const wrong = (column: string, message: string) => problems.push({ row, column, message });
    const offer = toOffer(cells, context, wrong);
    if (offer) {
      const key = `${offer.productId} ${offer.storeId}`;
      if (seen.has(key)) wrong('sku', `${cells.sku} is twice in this file for ${cells.store}`);
      else if (problems.length === 0) {
        seen.add(key);
        rows.push({ ...offer, row });
      }
    }
    errors.push(...problems);
  }
  return { rows, errors: errors.sort((a, b) => a.row - b.row) };
}

const MOST_PRICE = 999_999_999_999;
const MOST_STOCK = 2_147_483_647;

function toOffer(
  cells: Record<string, string>,
  context: OfferContext,
  wrong: (column: string, message: string) => void,
): OfferImport | null {
  const productId = context.productIdBySku.get(cells.sku ?? '');
  if (!productId) wrong('sku', cells.sku ? `No product has the sku ${cells.sku}` : 'sku is empty');
  const store = context.storeByCode.get(cells.store ?? '');
  if (!store) wrong('store', cells.store ? `No store has the code ${cells.store}` : 'store is empty');
  const price = decimal(cells.price ?? '');
  if (price === undefined || (price !== null && (price < 0 || price > MOST_PRICE)))
    wrong('price', `"${cells.price}" is no price`);
  const stock = decimal(cells.stock ?? '');
  if (stock === undefined || (stock !== null && (stock < 0 || stock > MOST_STOCK || !Number.isInteger(stock))))
    wrong('stock', `"${cells.stock}" is no number of pieces`);
  const currency = (cells.currency ?? '').toUpperCase();
  if (price != null && !/^[A-Z]{3}$/.test(currency))
    wrong('currency', `"${cells.currency ?? ''}" is no ISO 4217 currency`);
  const zone = store?.timezone ?? 'UTC';
  const validUntil = moment(cells.validUntil ?? '', zone, 'end');
  if (validUntil === undefined) wrong('validUntil', `"${cells.validUntil}" is no ISO 8601 time`);
  const asOf = moment(cells.asOf ?? '', zone, 'start');
  if (asOf === undefined) wrong('asOf', `"${cells.asOf}" is no ISO 8601 time`);
  if (asOf && context.latestAsOf && asOf > context.latestAsOf) wrong('asOf', `${cells.asOf} lies in the future`);
  if (
    !productId ||
    !store ||
    price === undefined ||
    stock === undefined ||
    validUntil === undefined ||
    asOf === undefined
  )
    return null;
  const onDisplay = /^(yes|y|true|1)$/i.test(cells.onDisplay ?? '');
  return { productId, storeId: store.id, price, currency, stock, onDisplay, validUntil, asOf: asOf ?? context.now };
}

function decimal(text: string): number | null | undefined {
  if (!text) return null;
  const plain = text.replace(/(?<=\d)[\s\u00a0](?=\d{3}\b)/g, '').replace(/^(-?\d+),(\d{1,2})$/, '$1.$2');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

function moment(text: string, zone: string, edge: 'start' | 'end'): Date | null | undefined {
  if (!text) return null;
  const read = DateTime.fromISO(text.replace(' ', 'T'), { zone });
  if (!read.isValid) return undefined;
  return (/^\d{4}-\d{2}-\d{2}$/.test(text) && edge === 'end' ? read.endOf('day') : read).toJSDate();
}
