import type { Address } from '../channels/channel.ts';
import type { Tx } from '../db/tx.ts';
import { record } from '../events/record.ts';
import { newId } from '../lib/id.ts';
import { type Answers, answersUs, findClients, freeAddress, type KnownClient } from '../threads/ingestSql.ts';

/** Who writes, by the addresses a message proves: the first is the writer's own. */
export interface Writer {
  from: Address[];
  /** BCP 47, when the far side named it. */
  language?: string | undefined;
  /** What the message says it answers: the signed token of its receiver's address, and the messages it names. */
  answers?: Answers | undefined;
}

/**
 * The client who writes from these addresses, made when nobody has the first one yet. Further addresses (a shared contact,
 * a given e-mail) are added when they are nobody's; when another client has one, a merge is proposed and nothing is merged.
 * The client's row is locked. Needs a transaction.
 */
export async function findOrMakeClient(tx: Tx, from: Address[], now: Date, language?: string): Promise<KnownClient> {
  const [client] = await findOrMakeClients(tx, [{ from, language }], now);
  if (client === undefined) throw new Error('nobody was found and nobody made');
  return client;
}

/** The same for several writers at once, in their order; their rows are locked in one order, whoever asks. */
export async function findOrMakeClients(tx: Tx, writers: Writer[], now: Date): Promise<KnownClient[]> {
  const keyOf = (writer: Writer) => {
    const { kind, value } = firstOf(writer);
    return `${kind}:${value}`;
  };
  const { clients, claimed } = await findClients(tx, writers.map(firstOf));
  const claims = await settleClaims(
    tx,
    claimed,
    writers.map((writer) => ({ key: keyOf(writer), value: firstOf(writer).value, ...writer.answers })),
  );
  for (const { key, client } of claims.proven) clients.set(key, client);
  const unknown = new Map(writers.filter((one) => !clients.has(keyOf(one))).map((one) => [keyOf(one), one]));
  for (const [key, client] of await makeClients(tx, unknown, now)) clients.set(key, client);
  for (const { key, client } of claims.freed) {
    const writer = clients.get(key);
    if (writer !== undefined) await proposeMerge(tx, client.id, writer.id, 'email', now);
  }
  const found: KnownClient[] = [];
  for (const writer of writers) {
    const client = clients.get(keyOf(writer));
    if (client === undefined) throw new Error('nobody was found and nobody made');
    for (const other of writer.from.slice(1)) await addAddress(tx, client, other, now);
    found.push(client);
  }
  return found;
}

/**
 * An address that a client has by a visitor's word alone is theirs once a letter from it answers what we sent there. Until
 * then whoever writes from it is somebody else: nobody gets at another's letters by naming their address in a chat.
 */
async function settleClaims(
  tx: Tx,
  claimed: Map<string, KnownClient>,
  letters: ({ key: string; value: string } & Partial<Answers>)[],
): Promise<{ proven: Claim[]; freed: Claim[] }> {
  const proven: Claim[] = [];
  const freed: Claim[] = [];
  for (const [key, client] of claimed) {
    const own = letters.filter((letter) => letter.key === key);
    const answered = await answersUs(
      tx,
      client.id,
      own[0]?.value ?? '',
      own.flatMap((letter) => letter.token ?? []),
      own.flatMap((letter) => letter.references ?? []),
    );
    if (answered) proven.push({ key, client });
    else {
      await freeAddress(tx, client.id, own[0]?.value ?? '');
      freed.push({ key, client });
    }
  }
  return { proven, freed };
}

interface Claim {
  /** `kind:value` of the address. */
  key: string;
  client: KnownClient;
}

const firstOf = ({ from }: Writer): Address => from[0] ?? { kind: 'email', value: '', verified: false };

async function makeClients(tx: Tx, unknown: Map<string, Writer>, now: Date): Promise<Map<string, KnownClient>> {
  const made = new Map<string, KnownClient>();
  if (unknown.size === 0) return made;
  // In one order, so that two transactions that make the same people wait for each other and never both ways round.
  const rows = [...unknown]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, writer]) => {
      const address = firstOf(writer);
      const client = {
        id: newId(now.getTime()),
        name: nameOf(address),
        level: 'usual' as const,
        companyName: null,
        ownerId: null,
      };
      made.set(key, client);
      return {
        id: client.id,
        name: client.name,
        language: writer.language ?? null,
        identityId: newId(now.getTime()),
        kind: address.kind,
        value: address.value,
        given: address.name ?? '',
        verifiedAt: address.verified ? now : null,
      };
    });
  // A unique row that another transaction made first fails this one, which is then tried again and finds it.
  await tx.$executeRaw`
    WITH item AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row(id uuid, name text, language text, "identityId" uuid, kind text,
        value text, given text, "verifiedAt" timestamptz)
    ), made AS (
      INSERT INTO client (id, name, language, "createdAt", "updatedAt") SELECT id, name, language, ${now}::timestamptz, ${now}::timestamptz FROM item
    )
    INSERT INTO identity (id, "clientId", kind, value, name, "verifiedAt", "createdAt")
    SELECT "identityId", id, kind::"IdentityKind", value, given, "verifiedAt", ${now}::timestamptz FROM item ORDER BY kind, value`;
  return made;
}

/** Adds an address to a client, or proposes a merge with who has it. */
export async function addAddress(tx: Tx, client: Pick<KnownClient, 'id'>, address: Address, now: Date): Promise<void> {
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
  await proposeMerge(tx, taken.clientId, client.id, address.kind, now);
}

/** Two clients share an address: a person says whether they are one. Once for a pair. */
async function proposeMerge(tx: Tx, stays: string, other: string, reason: string, now: Date): Promise<void> {
  const made = await tx.$executeRaw`
    INSERT INTO client_merge (id, "clientId", "otherId", state, reason, "createdAt")
    SELECT ${newId()}::uuid, ${stays}::uuid, ${other}::uuid, 'proposed', ${reason}, ${now}::timestamptz
    WHERE NOT EXISTS (SELECT 1 FROM client_merge WHERE state IN ('proposed', 'refused', 'done')
      AND least("clientId", "otherId") = least(${stays}::uuid, ${other}::uuid) AND greatest("clientId", "otherId") = greatest(${stays}::uuid, ${other}::uuid))`;
  if (made === 0) return;
  for (const [clientId, otherId] of [
    [other, stays],
    [stays, other],
  ] as const)
    await record(tx, { type: 'client.mergeProposed', at: now, clientId, ids: { otherId } });
}

async function insertIdentity(tx: Tx, clientId: string, address: Address, now: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO identity (id, "clientId", kind, value, name, "verifiedAt", "createdAt")
    VALUES (${newId()}::uuid, ${clientId}::uuid, ${address.kind}::"IdentityKind", ${address.value}, ${address.name ?? ''}, ${address.verified ? now : null}::timestamptz, ${now}::timestamptz)`;
}

/** What to call a client until somebody says better. */
function nameOf(address: Address): string {
  const given = address.name?.trim() ?? '';
  if (given !== '') return given.slice(0, 200).toWellFormed();
  if (address.kind === 'visitor') return 'Visitor';
  if (address.kind === 'email') return address.value.split('@')[0]?.slice(0, 200).toWellFormed() || address.value;
  return address.value;
}
