import type { Tx } from '../db/tx.ts';

/** Automatic letters that one address gets in an hour at most: two robots stop talking after so many. */
export const automaticPerHour = 4;

const hourMs = 60 * 60_000;

/** Takes one from an address's budget of this hour; false when it is spent. In the transaction of the letter. */
export async function spendAutomatic(tx: Tx, address: string, now: Date): Promise<boolean> {
  const hour = new Date(Math.floor(now.getTime() / hourMs) * hourMs);
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    INSERT INTO automatic_budget (address, hour, count) VALUES (${address}, ${hour}::timestamptz, 1)
    ON CONFLICT (address, hour) DO UPDATE SET count = automatic_budget.count + 1 WHERE automatic_budget.count < ${automaticPerHour}
    RETURNING count`;
  return row !== undefined;
}
