import { z } from 'zod';
import type { Db } from '../db/client.ts';
import { type Reader, transact } from '../db/tx.ts';
import { record } from '../events/record.ts';

const minuteMs = 60_000;
const time = (usualMs: number) =>
  z
    .number()
    .int()
    .min(minuteMs)
    .max(7 * 24 * 60 * minuteMs)
    .default(usualMs);

/** What the bot promises by itself, in working time of the store, ms. */
export const botSettings = z.object({
  /** Within which a store confirms a hold. */
  confirmHoldMs: time(15 * minuteMs),
  /** Within which a colleague calls back, or answers a claim or a left address. */
  reachMs: time(60 * minuteMs),
});
export type BotSettings = z.infer<typeof botSettings>;

const key = 'bot';

export async function readBotSettings(reader: Reader): Promise<BotSettings> {
  const row = await reader.setting.findUnique({ where: { key } });
  return botSettings.parse(row?.value ?? {});
}

export async function saveBotSettings(db: Db, value: BotSettings, now: Date): Promise<BotSettings> {
  await transact(db, async (tx) => {
    await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
    await record(tx, { type: 'setting.changed', at: now, patch: { key } });
  });
  return value;
}
