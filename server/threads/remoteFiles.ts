import { z } from 'zod';
import { type RemoteFile, SendError } from '../channels/channel.ts';
import { type Tx, transact } from '../db/tx.ts';
import type { Deps } from '../deps.ts';
import { addJob } from '../jobs/add.ts';
import { newId } from '../lib/id.ts';
import { tellThread } from './tell.ts';

/** Files that a message named and that come after it, so that a slow download keeps no words back. */

const remoteFile = z.object({ ref: z.string(), name: z.string(), type: z.string(), sizeBytes: z.number().nullable() });

/** Notes the files of a message and has each fetched. Needs the transaction of the message. */
export async function insertRemoteFiles(tx: Tx, messageId: string, files: RemoteFile[], now: Date): Promise<void> {
  for (const file of files) {
    const attachmentId = newId();
    await tx.$executeRaw`
      INSERT INTO attachment (id, "messageId", name, type, "sizeBytes", "fileKey", remote, inline, "createdAt")
      VALUES (${attachmentId}::uuid, ${messageId}::uuid, ${file.name.slice(0, 300)}, ${file.type.slice(0, 200)}, ${file.sizeBytes ?? 0},
        '', ${JSON.stringify(file)}::jsonb, false, ${now}::timestamptz)`;
    await addJob(tx, 'fetchFile', { attachmentId });
  }
}

/** Brings one such file. Throws when it should be tried again; a file that can never be had says why. */
export async function fetchRemote(
  {
    db,
    files,
    clock,
    fetch,
  }: Pick<Deps, 'db' | 'files' | 'clock'> & { fetch(channelId: string, file: RemoteFile): Promise<Uint8Array> },
  attachmentId: string,
): Promise<void> {
  const row = await db.attachment.findUnique({ where: { id: attachmentId }, include: { message: true } });
  if (row?.remote == null || row.message?.channelId == null) return;
  const { message } = row;
  const file = remoteFile.parse(row.remote);
  const content = await fetch(row.message.channelId, file).catch((error: unknown) => {
    if (error instanceof SendError && error.permanent) return error;
    throw error;
  });
  const change = content instanceof SendError ? { remote: { ...file, error: content.message } } : await keep(content);
  await transact(db, async (tx) => {
    const fields =
      'fileKey' in change
        ? await tx.$executeRaw`UPDATE attachment SET "fileKey" = ${change.fileKey}, "sizeBytes" = ${change.sizeBytes}, remote = NULL WHERE id = ${attachmentId}::uuid`
        : await tx.$executeRaw`UPDATE attachment SET remote = ${JSON.stringify(change.remote)}::jsonb WHERE id = ${attachmentId}::uuid`;
    if (fields > 0)
      await tellThread(tx, 'message.edited', message.threadId, clock.now(), { ids: { messageId: message.id } });
  });

  async function keep(bytes: Uint8Array) {
    const fileKey = `in/${message.channelId}/remote/${attachmentId}`;
    await files.put(fileKey, bytes);
    return { fileKey, sizeBytes: bytes.byteLength };
  }
}
