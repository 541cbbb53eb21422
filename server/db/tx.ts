import type { Db, Prisma } from './client.ts';

declare const inTransaction: unique symbol;

/** A client that is inside a transaction; the root client does not compile in its place. */
export type Tx = Prisma.TransactionClient & { readonly [inTransaction]: true };

/** Either: for reads that do not care. */
export type Reader = Db | Tx;

/**
 * Runs `work` in one transaction. A serialisation failure or deadlock is tried again, so `work` must have no
 * effect outside the database: no network in here.
 */
export async function transact<T>(db: Db, work: (tx: Tx) => Promise<T>, tries = 4): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.$transaction((tx) => work(tx as Tx));
    } catch (error) {
      if (attempt >= tries || !isTransient(error)) throw error;
    }
  }
}

/** 40001 serialisation failure, 40P01 deadlock, 23505 a unique row that another transaction made first. */
function isTransient(error: unknown): boolean {
  const text =
    error instanceof Error
      ? `${(error as { code?: string }).code ?? ''} ${error.message} ${JSON.stringify((error as { meta?: unknown }).meta ?? '')}`
      : '';
  return /40001|40P01|23505|P2034|P2002|deadlock detected|could not serialize/.test(text);
}
