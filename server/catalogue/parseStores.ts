import { readTable } from './csv.ts';
import { isOpeningHours } from './hours.ts';
import type { ImportError, Parsed, StoreRow } from './rows.ts';

export type StoreImport = Omit<StoreRow, 'id'>;

/** Reads `code,name,address,city,lat,lon,phone,timezone,hours,holidays,services`; only code and name are required. */
export function parseStores(text: string): Parsed<StoreImport> {
  const table = readTable(text, ['code', 'name']);
  const errors = [...table.errors];
  const rows: Parsed<StoreImport>['rows'] = [];
  const seen = new Set<string>();
  for (const { row, cells } of table.records) {
    const problems: ImportError[] = [];
    const wrong = (column: string, message: string) => problems.push({ row, column, message });
    const store = toStore(cells, wrong);
    if (seen.has(store.code)) wrong('code', `${store.code} is in this file twice`);
    if (problems.length === 0) {
      seen.add(store.code);
      rows.push({ ...store, row });
    }
    errors.push(...problems);
  }
  return { rows, errors: errors.sort((a, b) => a.row - b.row) };
}

function toStore(cells: Record<string, string>, wrong: (column: string, message: string) => void): StoreImport {
  const text = (name: string) => (cells[name] ?? '').normalize('NFC');
  for (const name of ['code', 'name']) if (!text(name)) wrong(name, `${name} is empty`);
  const timezone = text('timezone') || 'UTC';
  if (!isTimezone(timezone)) wrong('timezone', `${timezone} is no IANA time zone`);
  const hours = text('hours');
  if (hours && !isOpeningHours(hours)) wrong('hours', `"${hours}" is not readable as OSM opening_hours`);
  const holidays = list(text('holidays'));
  for (const day of holidays) if (!isIsoDate(day)) wrong('holidays', `${day} is no ISO date`);
  return {
    code: text('code'),
    name: text('name'),
    address: text('address'),
    city: text('city'),
    lat: coordinate(text('lat'), 90, () => wrong('lat', 'lat must be a number from -90 to 90')),
    lon: coordinate(text('lon'), 180, () => wrong('lon', 'lon must be a number from -180 to 180')),
    phone: text('phone'),
    timezone,
    hours,
    holidays,
    services: list(text('services')),
  };
}

function list(text: string): string[] {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean);
}

function coordinate(text: string, most: number, wrong: () => void): number | null {
  if (!text) return null;
  const value = Number(text.replace(',', '.'));
  if (Number.isFinite(value) && Math.abs(value) <= most) return value;
  wrong();
  return null;
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isIsoDate(day: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day));
}
