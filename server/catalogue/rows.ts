/** Rows of the catalogue as every pure part takes them. Prices are in major units; times are UTC. */

export type AttributeValue = string | number | boolean | readonly string[];

export interface ProductRow {
  id: string;
  sku: string;
  name: string;
  brand: string;
  category: string;
  gtin: string | null;
  /** Variants of one model share it. */
  groupSku: string | null;
  description: string;
  attributes: Readonly<Record<string, AttributeValue>>;
}

export interface OfferRow {
  id: string;
  productId: string;
  storeId: string;
  price: number | null;
  currency: string;
  /** Pieces; null when the store does not say. */
  stock: number | null;
  onDisplay: boolean;
  validUntil: Date | null;
  asOf: Date;
}

export interface StoreRow {
  id: string;
  code: string;
  name: string;
  address: string;
  city: string;
  lat: number | null;
  lon: number | null;
  phone: string;
  /** IANA name. */
  timezone: string;
  /** OSM opening_hours. */
  hours: string;
  /** ISO dates that `PH` in hours means. */
  holidays: readonly string[];
  services: readonly string[];
}

export interface RuleRow {
  id: string;
  kind: string;
  appliesTo: { brand?: string | undefined; category?: string | undefined; sku?: string | undefined };
  value: Readonly<Record<string, unknown>>;
  text: string;
  jurisdiction: string;
  validFrom: Date;
  validUntil: Date | null;
}

/** One line of an import that was not taken, `row` counted as a spreadsheet shows it (the header is 1). */
export interface ImportError {
  row: number;
  column?: string;
  message: string;
}

/** What a file holds: good rows with the line they came from, and what was wrong with the others. */
export interface Parsed<T> {
  rows: (T & { row: number })[];
  errors: ImportError[];
}
