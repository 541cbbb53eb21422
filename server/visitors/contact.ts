import type { Address } from '../channels/channel.ts';
import { addAddress, findOrMakeClient } from '../clients/recognise.ts';
import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { record } from '../events/record.ts';

/**
 * Keeps the address at which an answer reaches a visitor who left. It is theirs by their word alone: it is not proven,
 * merges nothing, and only answers in this visitor's threads go there.
 * @param from the visitor's addresses, as in an InboundMessage
 */
export async function leaveEmail(
  db: Db,
  from: Address[],
  contact: { email: string; name?: string | undefined },
  now: Date,
): Promise<string> {
  const email = contact.email.trim().toLowerCase();
  const name = contact.name?.trim() ?? '';
  await transact(db, async (tx) => {
    const client = await findOrMakeClient(tx, from, now);
    await addAddress(tx, client, { kind: 'email', value: email, name, verified: false }, now);
    for (const address of from) {
      await tx.identity.updateMany({
        where: { kind: address.kind, value: address.value },
        data: { contactEmail: email },
      });
    }
    // A name somebody here gave the client is better than what a form says.
    if (name !== '') await tx.client.updateMany({ where: { id: client.id, name: 'Visitor' }, data: { name } });
    await record(tx, { type: 'client.changed', at: now, clientId: client.id });
  });
  return email;
}
