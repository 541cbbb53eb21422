import { spendAutomatic } from '../alerts/spend.ts';
import type { Address } from '../channels/channel.ts';
import type { Reader, Tx } from '../db/tx.ts';
import { transact } from '../db/tx.ts';
import type { Reactor } from '../jobs/handlers.ts';
import { newId, newToken } from '../lib/id.ts';
import { chooseRecipient, replyChannels } from '../threads/recipients.ts';
import { put } from '../threads/reply.ts';
import { lockThread, readSummary } from '../threads/rows.ts';
import { type RatingSettings, ratingSettings } from './schema.ts';

const key = 'ratings';
const dayMs = 24 * 60 * 60_000;
const tokenLength = 24;

const words: Record<string, string> = {
  en: 'How was it? One click tells us: {link}',
  de: 'Wie war es? Ein Klick genügt: {link}',
  fa: 'چطور بود؟ با یک کلیک به ما بگویید: {link}',
  ru: 'Как всё прошло? Один клик: {link}',
  ro: 'Cum a fost? Un singur clic: {link}',
  sv: 'Hur var det? Ett klick räcker: {link}',
  ko: '어떠셨나요? 한 번의 클릭으로 알려 주세요: {link}',
};

const ratePage = (publicUrl: string) => `${publicUrl}/rate/`;

/** Whether a message of ours is such a question. */
export const asksRating = (text: string, publicUrl: string) => text.includes(ratePage(publicUrl));

/** The person at that address wants to be asked no more. */
async function hasStopped(tx: Tx, { kind, value }: Address): Promise<boolean> {
  const row = await tx.identity.findUnique({ where: { kind_value: { kind, value } } });
  return row !== null && row.ratingsStoppedAt !== null;
}

export async function readRatingSettings(reader: Reader): Promise<RatingSettings> {
  const row = await reader.setting.findUnique({ where: { key } });
  return ratingSettings.parse(row?.value ?? {});
}

export async function saveRatingSettings(reader: Reader, value: RatingSettings): Promise<RatingSettings> {
  await reader.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
  return value;
}

/**
 * After a person solved and closed a matter, asks the client how it was, on the channel they wrote by: once a matter, and not
 * again too soon. An automatic message: it answers nobody and opens nothing.
 */
export const askRating: Reactor = async ({ db, clock, config, reply }, event) => {
  const { threadId } = event;
  if (threadId === null) return;
  const settings = await readRatingSettings(db);
  if (!settings.on) return;
  const now = clock.now();
  await transact(db, async (tx) => {
    await lockThread(tx, threadId);
    const thread = await readSummary(tx, threadId);
    if (thread === null || thread.status !== 'closed' || thread.mergedIntoId !== null) return;
    const [last] = await tx.$queryRaw<{ userId: string }[]>`
      SELECT "authorUserId" AS "userId" FROM message WHERE "threadId" = ${threadId}::uuid AND direction = 'outbound' AND "authorKind" = 'user' ORDER BY "receivedAt" DESC LIMIT 1`;
    if (last === undefined) return;
    const since = new Date(now.getTime() - settings.everyDays * dayMs);
    const asked = await tx.rating.findFirst({
      where: { clientId: thread.clientId, OR: [{ askedAt: { gt: since } }, { threadId, askedAt: { gte: event.at } }] },
    });
    if (asked !== null) return;
    const client = await tx.client.findUniqueOrThrow({
      where: { id: thread.clientId },
      select: { language: true, level: true },
    });
    // Who only called cannot be asked in writing.
    if ((await replyChannels(tx, thread)).length === 0) return;
    const { channelKind, to } = await chooseRecipient(tx, thread, undefined);
    if (await hasStopped(tx, to)) return;
    if (channelKind === 'email' && !(await spendAutomatic(tx, to.value, now))) return;
    const token = newToken(tokenLength);
    await tx.rating.create({
      data: {
        id: newId(now.getTime()),
        threadId,
        clientId: thread.clientId,
        token,
        askedAt: now,
        userId: last.userId,
        teamId: thread.teamId,
        storeId: thread.storeId,
        channelId: thread.channelId,
        level: client.level,
        tags: [...thread.tags],
      },
    });
    const line = words[(client.language ?? 'en').toLowerCase().split('-')[0] ?? 'en'] ?? words.en ?? '';
    const text = line.replace('{link}', `${ratePage(config.publicUrl)}${token}`);
    await put(
      tx,
      { ...reply, clock },
      thread,
      { kind: 'system', name: 'Parley' },
      { kind: 'reply', text, attachmentIds: [] },
    );
  });
};
