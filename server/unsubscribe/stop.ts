import type { Db } from '../db/client.ts';
import type { Unwanted } from './link.ts';

/** Ends it. A report without recipients is sent no more. */
export async function stop(db: Db, unwanted: Unwanted, now: Date): Promise<void> {
  if (unwanted.kind === 'ratings') {
    await db.identity.updateMany({
      where: { kind: 'email', value: unwanted.address, ratingsStoppedAt: null },
      data: { ratingsStoppedAt: now },
    });
    return;
  }
  await db.$executeRaw`
    UPDATE report_schedule SET recipients = array_remove(recipients, ${unwanted.address}),
      "removedAt" = CASE WHEN array_remove(recipients, ${unwanted.address}) = '{}' THEN ${now}::timestamptz ELSE "removedAt" END
    WHERE id = ${unwanted.scheduleId}::uuid AND ${unwanted.address} = ANY(recipients)`;
}
