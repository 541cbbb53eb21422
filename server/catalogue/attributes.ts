import type { AttributeValue } from './rows.ts';

export type AttributeKind = 'number' | 'boolean' | 'list' | 'text';

/** What an attribute means. Anything not listed is shown as it came, as text or number. */
export interface AttributeMeaning {
  kind: AttributeKind;
  /** As written after the figure. */
  unit?: string;
}

/** The attributes of the outside contract that have a meaning, and common spellings of other people's feeds. */
export const ATTRIBUTES: Readonly<Record<string, AttributeMeaning>> = {
  storage_gb: { kind: 'number', unit: 'GB' },
  ram_gb: { kind: 'number', unit: 'GB' },
  display_in: { kind: 'number', unit: 'in' },
  battery_mah: { kind: 'number', unit: 'mAh' },
  weight_g: { kind: 'number', unit: 'g' },
  height_mm: { kind: 'number', unit: 'mm' },
  width_mm: { kind: 'number', unit: 'mm' },
  depth_mm: { kind: 'number', unit: 'mm' },
  power_w: { kind: 'number', unit: 'W' },
  length_m: { kind: 'number', unit: 'm' },
  esim: { kind: 'boolean' },
  dual_sim: { kind: 'boolean' },
  nfc: { kind: 'boolean' },
  battery_removable: { kind: 'boolean' },
  network: { kind: 'list' },
  compatible_with: { kind: 'list' },
  wireless_charging: { kind: 'text' },
  features: { kind: 'list' },
  cameras: { kind: 'list' },
  model_numbers: { kind: 'list' },
  released: { kind: 'text' },
  restock_eta: { kind: 'text' },
  ip_rating: { kind: 'text' },
  colour: { kind: 'text' },
  port: { kind: 'text' },
  model: { kind: 'text' },
  minutes: { kind: 'number', unit: 'min' },
  data_gb: { kind: 'number', unit: 'GB' },
  eu_data_gb: { kind: 'number', unit: 'GB' },
  sms: { kind: 'number', unit: 'SMS' },
  price_month: { kind: 'number' },
  extra_gb_price: { kind: 'number' },
  extra_minute_price: { kind: 'number' },
  contract_months: { kind: 'number', unit: 'months' },
};

/** The meaning of an attribute by name, roaming prices and allowances of any country included. */
export function meaningOf(name: string): AttributeMeaning | undefined {
  if (/^roaming_[a-z]{2}_day_price$/i.test(name)) return { kind: 'number' };
  if (/^roaming_[a-z]{2}_day_gb$/i.test(name)) return { kind: 'number', unit: 'GB' };
  return ATTRIBUTES[name];
}

/** The unit of a figure in a column: by its meaning, else by how its name ends ("noise_db"); undefined when none is told. */
export function unitOf(name: string): string | undefined {
  const meaning = meaningOf(name);
  return meaning ? meaning.unit : UNITS[/_([a-z]+)$/.exec(name.toLowerCase())?.[1] ?? ''];
}

const UNITS: Readonly<Record<string, string>> = {
  h: 'h',
  hours: 'h',
  min: 'min',
  minutes: 'min',
  days: 'd',
  l: 'l',
  litres: 'l',
  liters: 'l',
  ml: 'ml',
  w: 'W',
  wh: 'Wh',
  kwh: 'kWh',
  v: 'V',
  mah: 'mAh',
  db: 'dB',
  hz: 'Hz',
  ghz: 'GHz',
  pa: 'Pa',
  bar: 'bar',
  rpm: 'rpm',
  mp: 'MP',
  gb: 'GB',
  tb: 'TB',
  g: 'g',
  kg: 'kg',
  mm: 'mm',
  cm: 'cm',
  m: 'm',
  in: 'in',
  m2: 'm²',
  nits: 'nits',
  atm: 'atm',
  mbs: 'MB/s',
  mbps: 'Mbit/s',
  ms: 'ms',
  dpi: 'dpi',
  fps: 'fps',
  years: 'years',
  months: 'months',
  km: 'km',
  kmh: 'km/h',
  lumens: 'lm',
  weeks: 'weeks',
};

/**
 * Types one attribute of an import. Empty means absent, which is "not known" and answers undefined; `unlimited` stays a
 * word for any number.
 *
 * @throws {AttributeError} when a value cannot be what its name means.
 */
export function typedAttribute(name: string, raw: unknown): AttributeValue | undefined {
  if (raw === null || raw === undefined) return undefined;
  const meaning = meaningOf(name);
  if (Array.isArray(raw)) return raw.length > 0 ? raw.map(String) : undefined;
  if (typeof raw === 'object') return JSON.stringify(raw);
  if (typeof raw === 'boolean') return raw;
  const text = String(raw).trim();
  if (!text) return undefined;
  switch (meaning?.kind) {
    case 'number':
      return typedNumber(name, text);
    case 'boolean':
      return typedBoolean(name, text);
    case 'list':
      return splitList(text);
    case 'text':
      return text;
    default:
      return typeof raw === 'number' ? raw : isPlainNumber(text) ? Number(text) : text;
  }
}

export class AttributeError extends Error {}

/** A word that means no limit, for any allowance of a tariff. */
export const UNLIMITED = 'unlimited';

/** Only what reads back the same is made a number: "5.0" and "007" are names. */
function isPlainNumber(text: string): boolean {
  return /^-?\d{1,13}(\.\d{1,6})?$/.test(text) && String(Number(text)) === text;
}

function typedNumber(name: string, text: string): number | string {
  if (/^(unlimited|unlim|∞|безлимит|nelimitat|unbegrenzt|ilimitad[oa]|obegränsat|نامحدود|무제한)$/i.test(text))
    return UNLIMITED;
  const match = /^(-?\d+(?:[.,]\d+)?)\s*(\p{L}*|["″])$/u.exec(text.replace(/(?<=\d)[\s\u00a0](?=\d{3}\b)/g, ''));
  if (!match) throw new AttributeError(`${name} must be a number, not "${text.slice(0, 40)}"`);
  const value = Number((match[1] as string).replace(',', '.'));
  return match[2]?.toLowerCase() === 'tb' && name.endsWith('_gb') ? value * 1024 : value;
}

function typedBoolean(name: string, text: string): boolean {
  if (/^(yes|y|true|1|да|da|ja|sí|si|بله|예|네)$/i.test(text)) return true;
  if (/^(no|n|false|0|нет|nu|nej|nein|خیر|아니요)$/i.test(text)) return false;
  throw new AttributeError(`${name} must be yes or no, not "${text.slice(0, 40)}"`);
}

function splitList(text: string): string[] {
  const separator = text.includes(';') ? ';' : text.includes('|') ? '|' : ',';
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);
}
