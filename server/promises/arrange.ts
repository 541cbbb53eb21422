import { notify, supervisorsOf } from '../alerts/notify.ts';
import type { Tx } from '../db/tx.ts';
import { newId } from '../lib/id.ts';
import { readCandidates } from '../routing/candidates.ts';
import { tellPromise } from './keep.ts';
import { remindAt } from './remind.ts';
import type { ClientPromise, PromiseKind } from './schema.ts';

/** What Parley itself promises a client, on behalf of the store's people. */
export interface Arrangement {
  clientId: string;
  threadId: string;
  kind: PromiseKind;
  text: string;
  storeId: string | null;
  productId: string | null;
  dueAt: Date | null;
  /** A hold: by when the store is to confirm it. */
  confirmBy?: Date | undefined;
  /** The client's language. */
  language: string;
  /** Where they want to be reached, when it is not the thread. */
  contact?: string | undefined;
}

/** Promises it, finds its owner among those of the store, and tells them. Needs a transaction. */
export async function arrange(tx: Tx, input: Arrangement, now: Date): Promise<ClientPromise> {
  const id = newId(now.getTime());
  const { ownerId, people } = await ownersOf(tx, input, now);
  await tx.clientPromise.create({
    data: {
      id,
      ...input,
      confirmBy: input.confirmBy ?? null,
      contact: input.contact ?? null,
      ownerId,
      remindAt: remindAt(input.kind, input.dueAt, now),
      createdById: null,
      createdAt: now,
    },
  });
  const told = await tellPromise(tx, id, null, now);
  const kind = input.confirmBy === undefined ? 'promiseMade' : 'holdAsked';
  const data = {
    promiseId: id,
    kind: input.kind,
    text: input.text,
    clientName: told.clientName,
    storeName: told.storeName ?? '',
    productName: told.productName ?? '',
    dueAt: told.dueAt,
  };
  await notify(
    tx,
    kind === 'holdAsked' ? people : [ownerId],
    { kind, cause: `${kind}:${id}`, threadId: input.threadId, data },
    now,
  );
  return told;
}

/**
 * Who keeps it: of the store's people one who is here, the least loaded; without a store the thread's assignee, the client's
 * owner, or a supervisor. `people` is everybody who may confirm it.
 */
async function ownersOf(tx: Tx, input: Arrangement, now: Date): Promise<{ ownerId: string; people: string[] }> {
  const everybody = await readCandidates(tx, now);
  const store = everybody
    .filter((person) => input.storeId !== null && person.storeIds.includes(input.storeId))
    .sort((a, b) => Number(b.here) - Number(a.here) || a.load / a.capacity - b.load / b.capacity);
  const thread = await tx.thread.findUnique({
    where: { id: input.threadId },
    select: { assigneeId: true, client: { select: { ownerId: true } } },
  });
  const known = [thread?.assigneeId, thread?.client.ownerId].find(
    (id) => id && everybody.some((person) => person.userId === id),
  );
  const ofStore = store.find((person) => person.userId === known)?.userId ?? store[0]?.userId;
  const ownerId = ofStore ?? known ?? (await supervisorsOf(tx, input.storeId))[0] ?? everybody[0]?.userId;
  if (!ownerId) throw new Error('nobody works here who could keep a promise');
  return { ownerId, people: store.length > 0 ? store.map((person) => person.userId) : [ownerId] };
}
