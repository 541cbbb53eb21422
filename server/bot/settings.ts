import type { Db } from '../db/client.ts';
import { type Reader, transact } from '../db/tx.ts';
import { record } from '../events/record.ts';
import { type BotSettings, botSettings } from './schema.ts';

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
