import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import { record } from '../events/record.ts';
import type { Viewer } from '../users/viewer.ts';
import { readClient } from './read.ts';
import type { Client } from './schema.ts';

/**
 * A client who said so is asked at an address no more how it was, or is asked again. Repeating it is harmless.
 * @throws AppError 404 when the address is not the client's
 */
export async function stopRatings(
  db: Db,
  viewer: Viewer,
  clientId: string,
  identityId: string,
  stopped: boolean,
  now: Date,
): Promise<Client> {
  return transact(db, async (tx) => {
    const { identities } = await readClient(tx, viewer, clientId);
    const held = identities.find((one) => one.id === identityId);
    if (held === undefined) throw notFound('identity');
    if ((held.ratingsStoppedAt !== null) !== stopped) {
      await tx.identity.update({ where: { id: identityId }, data: { ratingsStoppedAt: stopped ? now : null } });
      await record(tx, { type: 'client.changed', at: now, clientId, actorId: viewer.userId });
    }
    return readClient(tx, viewer, clientId);
  });
}
