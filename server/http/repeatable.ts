import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Db } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { AppError, conflict, meaning } from '../errors.ts';
import { clientKey } from '../lib/wire.ts';

/** Whose key it is, and for which call. */
interface Repeat {
  actor: string;
  key: string;
  /** The path that was called. */
  call: string;
}

/** Who asks while the first call is under way waits this long for its answer. */
const patienceMs = 10_000;
const lookEveryMs = 50;
/** A first call that has not ended by then died with its process. */
const abandonedAfterS = 120;
const keptDays = 7;

/** Whether a shape keeps the key itself, in the transaction of what it makes. */
export function keepsKey(body: z.ZodType | undefined): boolean {
  return body instanceof z.ZodObject && 'clientKey' in body.shape;
}

/** The caller's key, taken out of what was sent. @throws AppError 400 when it is no UUID */
export function takeKey(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('clientKey' in body)) return null;
  const parsed = clientKey.safeParse(body.clientKey);
  delete body.clientKey;
  if (parsed.success) return parsed.data;
  throw new AppError('invalid', 'input.invalid', 'Some of what was sent is not as it should be.', {
    errors: [{ path: 'clientKey', message: 'must be a UUID' }],
  });
}

/**
 * Runs a call once for a key: the same key answers with the first result. A call that was refused may be tried again
 * under its key.
 * @throws AppError 422 when the key was used for another call, 409 while the first one is still under way
 */
export async function repeatable(
  { db, box }: Pick<Deps, 'db' | 'box'>,
  repeat: Repeat,
  run: () => Promise<unknown>,
): Promise<unknown> {
  const before = await claim(db, repeat);
  if (before !== null) return (box.open(before) as { value?: unknown }).value;
  const mine = { actor: repeat.actor, key: repeat.key };
  let value: unknown;
  try {
    value = await run();
  } catch (error) {
    await db.repeatAnswer.deleteMany({ where: mine });
    throw error;
  }
  await db.repeatAnswer.updateMany({ where: mine, data: { answer: box.seal({ value }) } });
  return value;
}

/** Null when this call is the first; else the first one's sealed answer. */
async function claim(db: Db, { actor, key, call }: Repeat): Promise<Uint8Array | null> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const claimed = await db.$executeRaw`
      INSERT INTO repeat_answer AS r (actor, key, call, "createdAt") VALUES (${actor}, ${key}, ${call}, clock_timestamp())
      ON CONFLICT (actor, key) DO UPDATE SET "createdAt" = excluded."createdAt"
      WHERE r.answer IS NULL AND r.call = excluded.call AND r."createdAt" < clock_timestamp() - ${abandonedAfterS} * interval '1 second'`;
    if (claimed > 0) return null;
    const row = await db.repeatAnswer.findUnique({ where: { actor_key: { actor, key } } });
    if (row !== null && row.call !== call)
      throw meaning('clientKey.used', 'This key was used for another call.', 'clientKey');
    if (row?.answer != null) return row.answer;
    if (performance.now() > deadline)
      throw conflict('clientKey.underWay', 'The first call with this key is still under way.');
    await pause(lookEveryMs);
  }
}

/** Forgets answers that nobody asks for again. Run by the schedule. */
export async function sweepRepeats(db: Db): Promise<void> {
  await db.$executeRaw`DELETE FROM repeat_answer WHERE "createdAt" < clock_timestamp() - ${keptDays} * interval '1 day'`;
}
