import type { Db } from '../db/client.ts';
import type { Viewer } from '../users/viewer.ts';
import type { Draft } from './schema.ts';
import { needThread } from './visibility.ts';

/** Half-written answers: one per user and thread, told to nobody. */

export async function readDraft(db: Db, viewer: Viewer, threadId: string): Promise<Draft | null> {
  await needThread(db, viewer, threadId);
  const row = await db.draft.findUnique({ where: { threadId_userId: { threadId, userId: viewer.userId } } });
  return row === null
    ? null
    : {
        kind: row.kind === 'note' ? 'note' : 'reply',
        text: row.text,
        channelId: row.channelId,
        attachmentIds: row.attachmentIds,
        cc: row.cc,
        bcc: row.bcc,
        quoteId: row.quoteId,
      };
}

export async function saveDraft(db: Db, viewer: Viewer, threadId: string, draft: Draft, now: Date): Promise<void> {
  await needThread(db, viewer, threadId);
  const content = { ...draft, updatedAt: now };
  await db.draft.upsert({
    where: { threadId_userId: { threadId, userId: viewer.userId } },
    create: { threadId, userId: viewer.userId, ...content },
    update: content,
  });
}

export async function deleteDraft(db: Db, viewer: Viewer, threadId: string): Promise<void> {
  await needThread(db, viewer, threadId);
  await db.draft.deleteMany({ where: { threadId, userId: viewer.userId } });
}
