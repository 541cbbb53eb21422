import { XMLParser } from 'fast-xml-parser';
import { AttributeError, typedAttribute } from './attributes.ts';
import { readTable } from './csv.ts';
import type { AttributeValue, ImportError, Parsed, ProductRow } from './rows.ts';

export type ProductImport = Omit<ProductRow, 'id'>;

/**
 * Reads products from CSV, JSON Lines (or a JSON list) or a Google Merchant feed (RSS/Atom XML, or its tab-separated
 * form); which one is seen from the text. A repeated sku is an error of the later line.
 */
export function parseProducts(text: string): Parsed<ProductImport> {
  const start = text.replace(/^\ufeff/, '').trimStart();
  const source = start.startsWith('<')
    ? merchantXml(start)
    : start.startsWith('{') || start.startsWith('[')
      ? jsonRecords(start)
      : csvRecords(start);
  const rows: Parsed<ProductImport>['rows'] = [];
  const errors = [...source.errors];
  const seen = new Set<string>();
  for (const { row, fields } of source.records) {
    const problems: ImportError[] = [];
    const product = toProduct(fields, row, problems);
    if (product && seen.has(product.sku))
      problems.push({ row, column: 'sku', message: `${product.sku} is in this file twice` });
    if (product && problems.length === 0) {
      seen.add(product.sku);
      rows.push({ ...product, row });
    }
    errors.push(...problems);
  }
  return { rows, errors: errors.sort((a, b) => a.row - b.row) };
}

interface Records {
  records: { row: number; fields: Record<string, unknown> }[];
  errors: ImportError[];
}

const OWN_COLUMNS = new Set(['sku', 'name', 'brand', 'category', 'gtin', 'groupSku', 'description', 'attributes']);
const LONGEST_NAME = 500;

function toProduct(fields: Record<string, unknown>, row: number, problems: ImportError[]): ProductImport | null {
  const text = (name: string) => {
    const value = fields[name];
    if (value === undefined || value === null) return '';
    if (typeof value === 'object') problems.push({ row, column: name, message: `${name} must be text` });
    return String(value).normalize('NFC').replaceAll('\u0000', '').trim();
  };
  const sku = text('sku');
  const name = text('name');
  if (!sku) problems.push({ row, column: 'sku', message: 'sku is empty' });
  if (!name) problems.push({ row, column: 'name', message: 'name is empty' });
  if (name.length > LONGEST_NAME)
    problems.push({ row, column: 'name', message: `name is longer than ${LONGEST_NAME} characters` });
  const attributes: Record<string, AttributeValue> = {};
  const nested = fields.attributes;
  const others = { ...(nested && typeof nested === 'object' && !Array.isArray(nested) ? nested : {}), ...fields };
  for (const [column, raw] of Object.entries(others)) {
    if (OWN_COLUMNS.has(column) || !column) continue;
    try {
      const value = typedAttribute(column, raw);
      if (value !== undefined) attributes[column] = value;
    } catch (error) {
      if (!(error instanceof AttributeError)) throw error;
      problems.push({ row, column, message: error.message });
    }
  }
  if (problems.length > 0) return null;
  return {
    sku,
    name,
    brand: text('brand'),
    category: text('category').toLowerCase(),
    gtin: text('gtin') || null,
    groupSku: text('groupSku') || null,
    description: text('description'),
    attributes,
  };
}

function csvRecords(text: string): Records {
  const header = text.slice(0, text.search(/\r?\n|$/));
  if (/(^|[\t,;])"?id"?([\t,;]|$)/.test(header) && /title/.test(header)) {
    const table = readTable(text, ['id', 'title']);
    return {
      errors: table.errors,
      records: table.records.map(({ row, cells }) => ({ row, fields: fromMerchant(cells) })),
    };
  }
  const table = readTable(text, ['sku', 'name']);
  return { errors: table.errors, records: table.records.map(({ row, cells }) => ({ row, fields: cells })) };
}

function jsonRecords(text: string): Records {
  if (text.startsWith('['))
    try {
      const list: unknown = JSON.parse(text);
      return collect((Array.isArray(list) ? list : []).map((value, at) => ({ row: at + 1, value })));
    } catch (error) {
      return { records: [], errors: [{ row: 1, message: `Not readable as JSON: ${(error as Error).message}` }] };
    }
  const errors: ImportError[] = [];
  const values: { row: number; value: unknown }[] = [];
  text.split('\n').forEach((line, at) => {
    if (!line.trim()) return;
    try {
      values.push({ row: at + 1, value: JSON.parse(line) });
    } catch {
      errors.push({ row: at + 1, message: 'Not readable as JSON' });
    }
  });
  const collected = collect(values);
  return { records: collected.records, errors: [...errors, ...collected.errors] };
}

function collect(values: { row: number; value: unknown }[]): Records {
  const records: Records['records'] = [];
  const errors: ImportError[] = [];
  for (const { row, value } of values)
    if (value && typeof value === 'object' && !Array.isArray(value))
      records.push({ row, fields: value as Record<string, unknown> });
    else errors.push({ row, message: 'Each product must be an object' });
  return { records, errors };
}

function merchantXml(text: string): Records {
  const parser = new XMLParser({
    removeNSPrefix: true,
    parseTagValue: false,
    isArray: (name) => name === 'item' || name === 'entry',
  });
  let feed: { rss?: { channel?: { item?: unknown[] } }; feed?: { entry?: unknown[] } };
  try {
    feed = parser.parse(text, true);
  } catch (error) {
    return { records: [], errors: [{ row: 1, message: `Not readable as XML: ${(error as Error).message}` }] };
  }
  const items = feed.rss?.channel?.item ?? feed.feed?.entry ?? [];
  const collected = collect(items.map((value, at) => ({ row: at + 1, value })));
  return {
    errors: collected.errors,
    records: collected.records.map(({ row, fields }) => ({ row, fields: fromMerchant(fields) })),
  };
}

/** Google Merchant's product data specification: our names for its fields; the rest become attributes. */
const MERCHANT: Readonly<Record<string, string>> = {
  id: 'sku',
  title: 'name',
  item_group_id: 'groupSku',
  color: 'colour',
  link: '',
  image_link: '',
  additional_image_link: '',
  product_type: 'category',
  google_product_category: '',
};

function fromMerchant(fields: Record<string, unknown>): Record<string, unknown> {
  const mapped: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    const name = MERCHANT[key] ?? key;
    if (name && (typeof value !== 'object' || Array.isArray(value))) mapped[name] = value;
  }
  const category = mapped.category ?? fields.google_product_category;
  if (typeof category === 'string') mapped.category = category.split('>').at(-1)?.trim() ?? '';
  const price = /^([\d.,]+)\s*([A-Z]{3})$/.exec(String(fields.price ?? '').trim());
  if (price) {
    mapped.price = price[1];
    mapped.currency = price[2];
  }
  return mapped;
}
