import { randomBytes, randomFillSync } from 'node:crypto';

/** A UUID version 7 (RFC 9562): sorts by time, so that new rows land together in every index. */
export function newId(nowMs: number = Date.now()): string {
  const bytes = Buffer.allocUnsafe(16);
  randomFillSync(bytes, 6);
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** An unguessable URL-safe word of `bytes` random bytes. */
export function newToken(bytes = 24): string {
  return randomBytes(bytes).toString('base64url');
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a string can be one of our ids (and so be given to PostgreSQL as a uuid). */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value);
}
