import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Rows of a JSON Lines file; the caller says what they are. */
export function rowsOf<T>(folder: string, file: string): T[] {
  return readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}

export function rawOf(folder: string, path: string): Uint8Array {
  return readFileSync(join(folder, 'raw', path));
}

/** A share as people read it. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}
