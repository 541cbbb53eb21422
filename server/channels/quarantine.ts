import type { Readable } from 'node:stream';
import type { Db } from '../db/client.ts';
import { conflict, notFound } from '../errors.ts';
import type { Files } from '../lib/files.ts';
import { newToken } from '../lib/id.ts';
import { decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import type { ChannelAdapter, ChannelHost, ConnectedChannel } from './channel.ts';
import { header, parseHeaderBlock } from './email/mime/headers.ts';
import type { HeldBack } from './schema.ts';

/** What could not be read or is not for us: listed and given out whole, and the first read again. Nothing here is ever thrown away. */

/** How much of an original is looked at for its subject and writer. */
const headBytes = 32 * 1024;
const outcome = 'quarantined';

export async function listHeldBack(
  { db, files }: { db: Db; files: Files },
  channelId: string,
  query: { limit: number; cursor?: string | undefined; outcome?: 'quarantined' | 'ignored' },
): Promise<Page<HeldBack>> {
  const after = decodeCursor(query.cursor, ['time', 'text']);
  const rows = await db.receipt.findMany({
    where: {
      channelId,
      outcome: query.outcome ?? outcome,
      ...(after === null
        ? {}
        : {
            OR: [
              { arrivedAt: { lt: new Date(after[0] ?? 0) } },
              { arrivedAt: new Date(after[0] ?? 0), externalId: { lt: after[1] ?? '' } },
            ],
          }),
    },
    orderBy: [{ arrivedAt: 'desc' }, { externalId: 'desc' }],
    take: query.limit + 1,
  });
  const page = pageFrom(rows, query.limit, (row) => [row.arrivedAt.toISOString(), row.externalId]);
  return {
    items: await Promise.all(
      page.rows.map(async (row) => ({
        id: row.externalId,
        ...(row.rawKey === null ? { subject: null, from: null } : await readHead(files, row.rawKey)),
        arrivedAt: row.arrivedAt.toISOString(),
        reason: row.reason ?? '',
        hasRaw: row.rawKey !== null,
      })),
    ),
    nextCursor: page.nextCursor,
  };
}

/** @throws AppError 404 when it is not in quarantine, or has no original */
export async function needHeldBack(
  db: Db,
  channelId: string,
  externalId: string,
): Promise<{ externalId: string; rawKey: string; arrivedAt: Date }> {
  const row = await db.receipt.findFirst({
    where: { channelId, externalId, outcome: { in: [outcome, 'ignored'] }, rawKey: { not: null } },
  });
  if (row?.rawKey == null) throw notFound('original');
  return { externalId, rawKey: row.rawKey, arrivedAt: row.arrivedAt };
}

/**
 * Reads an original again and stores it the usual way, under an id of its own; then its old receipt is that of the message.
 * One that the far side did not give is asked for once more. Broken off in between it is in quarantine still, and the next
 * try finds the same bytes stored already.
 */
export async function retryHeldBack(
  { db, files, host }: { db: Db; files: Files; host: ChannelHost },
  channel: ConnectedChannel,
  adapter: ChannelAdapter,
  externalId: string,
): Promise<{ outcome: string; threadId: string | null }> {
  const receipt = await db.receipt.findFirst({ where: { channelId: channel.id, externalId, outcome } });
  if (receipt === null) throw notFound('original');
  const raw = receipt.rawKey === null ? await askAgain(channel, adapter, externalId) : await files.read(receipt.rawKey);
  if (raw === null) return { outcome, threadId: null };
  const again = { externalId: `${externalId}~${newToken(6)}`, raw, arrivedAt: receipt.arrivedAt };
  const read = (await adapter.reread?.(channel, again, host)) ?? { quarantined: null };
  if (!('message' in read)) {
    const reason = read.quarantined?.reason;
    if (reason !== undefined)
      await db.receipt.updateMany({ where: { channelId: channel.id, externalId, outcome }, data: { reason } });
    return { outcome, threadId: null };
  }
  const [stored] = await host.ingest(channel.id, { messages: [read.message] });
  if (stored === undefined || stored.outcome === outcome) {
    await db.receipt.deleteMany({ where: { channelId: channel.id, externalId: again.externalId } });
    return { outcome, threadId: null };
  }
  // One letter has one receipt: what was held back is what it has become.
  const own = { channelId: channel.id, externalId: again.externalId };
  const became = await db.receipt.findFirst({
    where: own,
    select: { outcome: true, messageId: true, threadId: true, reason: true, rawKey: true, digest: true },
  });
  await db.$transaction([
    db.receipt.deleteMany({ where: own }),
    db.receipt.updateMany({ where: { channelId: channel.id, externalId, outcome }, data: { ...became } }),
  ]);
  return { outcome: stored.outcome, threadId: stored.threadId };
}

/** @throws AppError 409 with the far side's trouble in words */
async function askAgain(
  channel: ConnectedChannel,
  adapter: ChannelAdapter,
  externalId: string,
): Promise<Uint8Array | null> {
  if (adapter.fetchOriginal === undefined) throw notFound('original');
  try {
    return await adapter.fetchOriginal(channel, externalId);
  } catch (error) {
    const words = adapter.trouble?.(channel, error) ?? String(error);
    throw conflict('channel.trouble', words, { values: { words } });
  }
}

/** Subject and writer as far as the first lines tell them; a broken original may tell neither. */
async function readHead(files: Files, key: string): Promise<{ subject: string | null; from: string | null }> {
  let stream: Readable;
  try {
    stream = await files.stream(key);
  } catch {
    // The list is of receipts: one whose file is gone is still shown, and its download says so.
    return { subject: null, from: null };
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size >= headBytes) break;
  }
  const [block = ''] = Buffer.concat(chunks)
    .subarray(0, headBytes)
    .toString('utf8')
    .split(/\r?\n\r?\n/, 1);
  const headers = parseHeaderBlock(block);
  return { subject: header(headers, 'subject'), from: header(headers, 'from') };
}
