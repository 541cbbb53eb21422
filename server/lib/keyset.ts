import { AppError } from '../errors.ts';

/** A list's place as an opaque word: the sort key and id of the last row shown. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** @throws AppError 400 when it is not one of ours. */
export function decodeCursor(cursor: string | undefined, length: number): string[] | null {
  if (cursor === undefined || cursor === '') return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && parts.length === length && parts.every((part) => typeof part === 'string'))
      return parts;
  } catch {
    // Falls through to the same refusal.
  }
  throw new AppError('invalid', 'cursor.invalid', 'This cursor was not given by this list.', {
    errors: [{ path: 'cursor', message: 'not a cursor of this list' }],
  });
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
