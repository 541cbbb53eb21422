import { addAddress } from '../../clients/recognise.ts';
import type { Tx } from '../../db/tx.ts';
import { record } from '../../events/record.ts';
import type { SummaryRow } from '../../threads/rows.ts';

/** Keeps the address a client left. It is theirs by their word alone: it proves nothing and merges nothing. Needs a transaction. */
export async function keepContact(
  tx: Tx,
  thread: SummaryRow,
  contact: { kind: 'email' | 'phone'; value: string },
  now: Date,
): Promise<void> {
  const address = { kind: contact.kind, value: contact.value, name: '', verified: false };
  await addAddress(tx, { id: thread.clientId }, address, now);
  if (contact.kind === 'email')
    await tx.identity.updateMany({
      where: { clientId: thread.clientId, kind: 'visitor' },
      data: { contactEmail: contact.value },
    });
  await record(tx, { type: 'client.changed', at: now, clientId: thread.clientId });
}
