import type { Db } from '../db/client.ts';

/** References that were not the asker's own, in an hour, for all processes together. */
const mostLookupTries = 5;
const windowMs = 3_600_000;

/**
 * Takes one of an asker's tries, before the store's system is asked; false when none is left. The same reference again is
 * no further try. Real time, by the database's clock, which all processes share.
 * @param asker the proven addresses, always in the same order
 * @param reference what is asked for, its kind included
 */
export async function takeLookupTry(db: Db, asker: string, reference: string): Promise<boolean> {
  const taken = await db.$executeRaw`
    INSERT INTO lookup_tries AS t (asker, tried, "expiresAt")
    VALUES (${asker}, ARRAY[${reference}], clock_timestamp() + ${windowMs} * interval '1 millisecond')
    ON CONFLICT (asker) DO UPDATE SET
      tried = CASE WHEN t."expiresAt" < clock_timestamp() THEN excluded.tried
        WHEN ${reference} = ANY (t.tried) THEN t.tried ELSE t.tried || excluded.tried END,
      "expiresAt" = CASE WHEN t."expiresAt" < clock_timestamp() THEN excluded."expiresAt" ELSE t."expiresAt" END
    WHERE t."expiresAt" < clock_timestamp() OR ${reference} = ANY (t.tried) OR cardinality(t.tried) < ${mostLookupTries}`;
  return taken > 0;
}

/** What was theirs, or was not answered, costs nothing. */
export async function giveBackLookupTry(db: Db, asker: string, reference: string): Promise<void> {
  await db.$executeRaw`UPDATE lookup_tries SET tried = array_remove(tried, ${reference}) WHERE asker = ${asker}`;
}

/** Forgets what no longer counts. Run by the schedule. */
export async function sweepLookupTries(db: Db): Promise<void> {
  await db.$executeRaw`DELETE FROM lookup_tries WHERE "expiresAt" < clock_timestamp()`;
}
