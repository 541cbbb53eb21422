import type { Address } from '../channels/channel.ts';
import type { Tx } from '../db/tx.ts';
import { record } from '../events/record.ts';
import { newId } from '../lib/id.ts';
import { findClient, type KnownClient } from '../threads/ingestSql.ts';

/**
 * The client who writes from these addresses, made when nobody has the first one yet. Further addresses (a shared contact,
 * a given e-mail) are added when they are nobody's; when another client has one, a merge is proposed and nothing is merged.
 * The client's row is locked. Needs a transaction.
 */
export async function findOrMakeClient(tx: Tx, from: Address[], now: Date, language?: string): Promise<KnownClient> {
  const [first, ...others] = from;
  const address: Address = first ?? { kind: 'email', value: '', verified: false };
  const client = (await findClient(tx, address.kind, address.value)) ?? (await makeClient(tx, address, now, language));
  for (const other of others) await addAddress(tx, client, other, now);
  return client;
}

async function makeClient(tx: Tx, address: Address, now: Date, language: string | undefined): Promise<KnownClient> {
  const id = newId(now.getTime());
  const name = nameOf(address);
  await tx.$executeRaw`INSERT INTO client (id, name, language, "createdAt", "updatedAt") VALUES (${id}::uuid, ${name}, ${language ?? null}, ${now}::timestamptz, ${now}::timestamptz)`;
  // A unique row that another transaction made first fails this one, which is then tried again and finds it.
  await insertIdentity(tx, id, address, now);
  return { id, name, level: 'usual', companyName: null, ownerId: null };
}

/** Adds an address to a client, or proposes a merge with who has it. */
export async function addAddress(tx: Tx, client: KnownClient, address: Address, now: Date): Promise<void> {
  const [taken] = await tx.$queryRaw<{ id: string; clientId: string; verifiedAt: Date | null }[]>`
    SELECT id, "clientId", "verifiedAt" FROM identity WHERE kind = ${address.kind}::"IdentityKind" AND value = ${address.value}`;
  if (taken === undefined) {
    await insertIdentity(tx, client.id, address, now);
    return;
  }
  if (taken.clientId === client.id) {
    if (address.verified && taken.verifiedAt === null)
      await tx.$executeRaw`UPDATE identity SET "verifiedAt" = ${now}::timestamptz WHERE id = ${taken.id}::uuid`;
    return;
  }
  const made = await tx.$executeRaw`
    INSERT INTO client_merge (id, "clientId", "otherId", state, reason, "createdAt")
    SELECT ${newId()}::uuid, ${taken.clientId}::uuid, ${client.id}::uuid, 'proposed', ${address.kind}, ${now}::timestamptz
    WHERE NOT EXISTS (SELECT 1 FROM client_merge WHERE state IN ('proposed', 'refused', 'done')
      AND least("clientId", "otherId") = least(${taken.clientId}::uuid, ${client.id}::uuid) AND greatest("clientId", "otherId") = greatest(${taken.clientId}::uuid, ${client.id}::uuid))`;
  if (made === 0) return;
  for (const clientId of [client.id, taken.clientId]) {
    await record(tx, {
      type: 'client.mergeProposed',
      at: now,
      clientId,
      ids: { otherId: clientId === client.id ? taken.clientId : client.id },
    });
  }
}

async function insertIdentity(tx: Tx, clientId: string, address: Address, now: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO identity (id, "clientId", kind, value, name, "verifiedAt", "createdAt")
    VALUES (${newId()}::uuid, ${clientId}::uuid, ${address.kind}::"IdentityKind", ${address.value}, ${address.name ?? ''}, ${address.verified ? now : null}::timestamptz, ${now}::timestamptz)`;
}

/** What to call a client until somebody says better. */
function nameOf(address: Address): string {
  const given = address.name?.trim() ?? '';
  if (given !== '') return given.slice(0, 200);
  if (address.kind === 'visitor') return 'Visitor';
  if (address.kind === 'email') return address.value.split('@')[0]?.slice(0, 200) || address.value;
  return address.value;
}
