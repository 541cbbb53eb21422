import type { Db } from '../db/client.ts';

/** Failed tries of an address in a minute, for all processes together. */
export const triesAMinute = 10;
const windowMs = 60_000;

/**
 * Takes one of an address's tries, before the try: a thousand at once are not one. Null when there was one, else in how
 * many ms there is again. Real time, by the database's clock, which all processes share.
 */
export async function takeTry(db: Db, address: string): Promise<number | null> {
  const taken = await db.$executeRaw`
    INSERT INTO sign_in_tries AS t (address, count, "expiresAt") VALUES (${address}, 1, clock_timestamp() + ${windowMs} * interval '1 millisecond')
    ON CONFLICT (address) DO UPDATE SET
      count = CASE WHEN t."expiresAt" < clock_timestamp() THEN 1 ELSE t.count + 1 END,
      "expiresAt" = CASE WHEN t."expiresAt" < clock_timestamp() THEN excluded."expiresAt" ELSE t."expiresAt" END
    WHERE t."expiresAt" < clock_timestamp() OR t.count < ${triesAMinute}`;
  if (taken > 0) return null;
  const [row] = await db.$queryRaw<{ ms: number }[]>`
    SELECT (extract(epoch FROM "expiresAt" - clock_timestamp()) * 1000)::int AS ms FROM sign_in_tries WHERE address = ${address}`;
  return Math.max(1, row?.ms ?? windowMs);
}

/** A try that succeeded costs nothing. */
export async function giveBackTry(db: Db, address: string): Promise<void> {
  await db.$executeRaw`UPDATE sign_in_tries SET count = count - 1 WHERE address = ${address} AND count > 0`;
}

/** Forgets what no longer counts. Run by the schedule. */
export async function sweepTries(db: Db): Promise<void> {
  await db.$executeRaw`DELETE FROM sign_in_tries WHERE "expiresAt" < clock_timestamp()`;
}
