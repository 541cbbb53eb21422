import type { Db, Prisma } from './client.ts';

declare const inTransaction: unique symbol;

/** A client that is inside a transaction; the root client does not compile in its place. */
export type Tx = Prisma.TransactionClient & { readonly [inTransaction]: true };

/** Either: for reads that do not care. */
export type Reader = Db | Tx;

const recorded = new WeakSet<object>();
const listeners = new WeakMap<object, (() => void)[]>();

/** Called by events/record.ts: this transaction has something to tell. */
export function markRecorded(tx: Tx): void {
  recorded.add(tx);
}

/** `listener` runs after each commit on `db` that recorded an event; the feed wakes by it. */
export function afterCommit(db: Db, listener: () => void): void {
  listeners.set(db, [...(listeners.get(db) ?? []), listener]);
}

/**
 * Runs `work` in one transaction. A serialisation failure, a deadlock or a row that another transaction made first is
 * tried again, so `work` must have no effect outside the database: no network in here.
 * @param timeoutMs how long it may take instead of the usual minute; only for what holds nobody up
 */
export async function transact<T>(db: Db, work: (tx: Tx) => Promise<T>, tries = 5, timeoutMs?: number): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    let told = false;
    try {
      const result = await db.$transaction(
        async (client) => {
          const tx = client as Tx;
          const value = await work(tx);
          told = recorded.has(tx);
          return value;
        },
        timeoutMs === undefined ? {} : { timeout: timeoutMs },
      );
      if (told) for (const listener of listeners.get(db) ?? []) listener();
      return result;
    } catch (error) {
      if (attempt >= tries || !isTransient(error)) throw error;
    }
  }
}

/** 40001 serialisation failure, 40P01 deadlock, 23505 a unique row that another transaction made first: trying again may succeed. */
export function isTransient(error: unknown): boolean {
  return isCollision(error) || /\b(23505|P2002)\b/.test(wordsOf(error));
}

/** Two transactions were in each other's way, whatever they wrote: one of them has only to try again. */
export function isCollision(error: unknown): boolean {
  return /\b(40001|40P01|P2034)\b|deadlock detected|could not serialize/.test(wordsOf(error));
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { code, meta } = error as { code?: string; meta?: unknown };
  return `${code ?? ''} ${error.message} ${JSON.stringify(meta ?? '')}`;
}
