import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { meaning } from '../errors.ts';
import { record } from '../events/record.ts';
import type { Viewer } from '../users/viewer.ts';
import { readClient } from './read.ts';
import { addAddress } from './recognise.ts';
import type { Client } from './schema.ts';

/**
 * Notes an address that somebody told us: unproven, so it merges nobody by itself. When another client has it, a merge is
 * proposed. @throws AppError 422 for a number that is no international phone number
 */
export async function addIdentity(
  db: Db,
  viewer: Viewer,
  clientId: string,
  input: { kind: 'phone' | 'email'; value: string },
  now: Date,
): Promise<Client> {
  const value = input.kind === 'email' ? input.value.trim().toLowerCase() : internationalNumber(input.value);
  return transact(db, async (tx) => {
    const { name, level } = await readClient(tx, viewer, clientId);
    const client = { id: clientId, name, level, companyName: null, ownerId: null };
    await addAddress(tx, client, { kind: input.kind, value, name, verified: false }, now);
    await record(tx, { type: 'client.changed', at: now, clientId, actorId: viewer.userId });
    return readClient(tx, viewer, clientId);
  });
}

function internationalNumber(value: string): string {
  const phone = parsePhoneNumberFromString(value);
  if (phone?.isPossible()) return phone.number;
  throw meaning('phone.unclear', 'Write the number with its country, for example +49 30 23125 010.', 'value');
}
