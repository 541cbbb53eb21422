import type { InboundAttachment } from '../channels/channel.ts';
import type { Db } from '../db/client.ts';
import { meaning } from '../errors.ts';
import type { Files } from '../lib/files.ts';
import { maxMessageBytes } from './schema.ts';

/**
 * The files that a visitor has uploaded, as parts of a message. The uploads stay until they are swept, so that a
 * repeated message finds them again.
 * @throws AppError when one is not this visitor's, or all are too large together
 */
export async function takeFiles(
  { db, files }: { db: Db; files: Files },
  visitorId: string,
  ids: readonly string[],
): Promise<InboundAttachment[]> {
  if (ids.length === 0) return [];
  const rows = await db.attachment.findMany({ where: { id: { in: [...ids] }, uploadedByVisitor: visitorId } });
  if (rows.reduce((sum, row) => sum + row.sizeBytes, 0) > maxMessageBytes) {
    throw meaning('attachment.tooLarge', 'These files are too large for one message.', 'attachmentIds');
  }
  const taken: InboundAttachment[] = [];
  for (const id of ids) {
    const row = rows.find((one) => one.id === id);
    if (row === undefined) throw meaning('attachment.unknown', 'This file was not uploaded here.', 'attachmentIds');
    taken.push({ name: row.name, type: row.type, content: await files.read(row.fileKey), inline: false });
  }
  return taken;
}
