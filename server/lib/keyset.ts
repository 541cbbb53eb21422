import { AppError } from '../errors.ts';
import { isId } from './id.ts';

/** A list's place as an opaque word: the sort key and id of the last row shown. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** What the parts of a place are, so that the database is asked for no time that is none. */
export type CursorPart = 'time' | 'number' | 'id' | 'text';

/** The usual place: a time, and the id where times are the same. */
export const byTime: readonly CursorPart[] = ['time', 'id'];

/** @throws AppError 400 when it is not one of ours. */
export function decodeCursor(cursor: string | undefined, kinds: readonly CursorPart[]): string[] | null {
  if (cursor === undefined || cursor === '') return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && parts.length === kinds.length && parts.every((part, at) => isPart(kinds[at], part)))
      return parts;
  } catch {
    // Falls through to the same refusal.
  }
  throw new AppError('invalid', 'cursor.invalid', 'This cursor was not given by this list.', {
    errors: [{ path: 'cursor', message: 'not a cursor of this list' }],
  });
}

function isPart(kind: CursorPart | undefined, part: unknown): part is string {
  if (typeof part !== 'string') return false;
  if (kind === 'time') return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(part) && !Number.isNaN(Date.parse(part));
  if (kind === 'number') return part.trim() !== '' && Number.isFinite(Number(part));
  return kind === 'id' ? isId(part) : !part.includes('\u0000') && part.isWellFormed();
}

/** Cuts a result that was read one row too far into a page. */
export function pageFrom<T>(
  rows: T[],
  limit: number,
  keyOf: (row: T) => readonly string[],
): { rows: T[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}
