import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from './generated/client.ts';

export { Prisma };
export type Db = PrismaClient;

/** How a node talks to PostgreSQL. */
export interface Database {
  db: Db;
  url: string;
  close(): Promise<void>;
}

/** Connections a process keeps for requests and ingest; jobs have their own pool. */
const poolSize = 16;

/** Opens the pool; nothing is sent until the first query. */
export function openDatabase(url: string, max: number = poolSize): Database {
  const db = new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, max, connectionTimeoutMillis: 10_000, idleTimeoutMillis: 60_000 }),
    transactionOptions: { maxWait: 20_000, timeout: 60_000 },
  });
  return { db, url, close: () => db.$disconnect() };
}
