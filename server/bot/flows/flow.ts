import { z } from 'zod';
import type { Reader, Tx } from '../../db/tx.ts';

/** What a claim needs before somebody can act on it; `photos` is how many came. */
export const claimFacts = z.object({
  device: z.string().optional(),
  imei: z.string().optional(),
  defect: z.string().optional(),
  remedy: z.string().optional(),
  photos: z.number().default(0),
  /** How often the bot has asked for what is missing. */
  asked: z.number().default(0),
});
export type ClaimFacts = z.infer<typeof claimFacts>;

const slots = z.object({
  productId: z.string().optional(),
  storeId: z.string().optional(),
  /** Stores to choose from. */
  storeIds: z.array(z.string()).optional(),
  claim: claimFacts.optional(),
});

const flow = z.object({
  kind: z.enum(['hold', 'tellWhenBack', 'callBack', 'leaveContact', 'claim']),
  /** What is awaited of the client. */
  step: z.enum(['yes', 'store', 'contact', 'facts']),
  slots,
});
/** Something the bot and a client are in the middle of. */
export type Flow = z.infer<typeof flow>;

/** After this long an open question of the bot's is forgotten. */
const forgottenAfterMs = 24 * 60 * 60_000;

/** What a thread's bot is in the middle of; null when nothing, or when it lies too far back. */
export async function readFlow(reader: Reader, threadId: string, now: Date): Promise<Flow | null> {
  const row = await reader.botFlow.findUnique({ where: { threadId } });
  if (row === null || now.getTime() - row.updatedAt.getTime() > forgottenAfterMs) return null;
  return flow.safeParse({ kind: row.kind, step: row.step, slots: row.slots }).data ?? null;
}

/** Keeps it, or ends it with null. Needs a transaction. */
export async function keepFlow(tx: Tx, threadId: string, next: Flow | null, now: Date): Promise<void> {
  if (next === null) {
    await tx.botFlow.deleteMany({ where: { threadId } });
    return;
  }
  const data = { kind: next.kind, step: next.step, slots: next.slots as object, updatedAt: now };
  await tx.botFlow.upsert({ where: { threadId }, create: { threadId, ...data }, update: data });
}
