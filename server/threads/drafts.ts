import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { conflict } from '../errors.ts';
import type { Viewer } from '../users/viewer.ts';
import { lockThread } from './rows.ts';
import type { Draft } from './schema.ts';
import { needThread } from './visibility.ts';

/** Half-written answers: one per user and thread, told to nobody. */

export async function readDraft(db: Db, viewer: Viewer, threadId: string): Promise<Draft | null> {
  await needThread(db, viewer, threadId);
  const row = await db.draft.findUnique({ where: { threadId_userId: { threadId, userId: viewer.userId } } });
  return row === null ? null : contentOf(row);
}

/** @throws AppError 409 `thread.merged`: the draft has gone along into another thread */
export async function saveDraft(db: Db, viewer: Viewer, threadId: string, draft: Draft, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    await lockThread(tx, threadId);
    const { mergedIntoId } = await needThread(tx, viewer, threadId);
    if (mergedIntoId !== null)
      throw conflict('thread.merged', 'This thread was merged into another.', { intoId: mergedIntoId });
    await putDraft(tx, threadId, viewer.userId, draft, now);
  });
}

export async function deleteDraft(db: Db, viewer: Viewer, threadId: string): Promise<void> {
  await needThread(db, viewer, threadId);
  await db.draft.deleteMany({ where: { threadId, userId: viewer.userId } });
}

/** A draft as it was in the thread merged away, and the one beside which it came. */
export interface MovedDraft {
  userId: string;
  /** In the thread that was merged away. */
  moved: Draft;
  /** In the thread that stayed; null when the writer had none there. */
  beside: Draft | null;
}

/** After a merge: what anybody was writing in the one goes on in the other, below what they had begun there. */
export async function moveDrafts(tx: Tx, fromId: string, toId: string, now: Date): Promise<MovedDraft[]> {
  const rows = await tx.draft.findMany({ where: { threadId: { in: [fromId, toId] } } });
  const here = new Map(rows.filter((row) => row.threadId === toId).map((row) => [row.userId, row]));
  const moved = rows.filter((row) => row.threadId === fromId);
  for (const row of moved)
    await putDraft(tx, toId, row.userId, joined(draftOf(here.get(row.userId)), contentOf(row)), now);
  await tx.draft.deleteMany({ where: { threadId: fromId } });
  return moved.map((row) => {
    const beside = here.get(row.userId);
    return { userId: row.userId, moved: contentOf(row), beside: draftOf(beside) };
  });
}

/**
 * After a merge was undone: a draft that came along goes back, as it is by now; of two that were joined each goes back
 * where it was, unless its writer has changed them since: then they stay together where they are.
 */
export async function returnDrafts(tx: Tx, fromId: string, toId: string, drafts: MovedDraft[], now: Date) {
  for (const { userId, moved, beside } of drafts) {
    const row = await tx.draft.findUnique({ where: { threadId_userId: { threadId: fromId, userId } } });
    if (row === null) continue;
    if (beside !== null && row.text !== joined(beside, moved).text) continue;
    await putDraft(tx, toId, userId, beside === null ? contentOf(row) : moved, now);
    if (beside === null) await tx.draft.delete({ where: { threadId_userId: { threadId: fromId, userId } } });
    else await putDraft(tx, fromId, userId, beside, now);
  }
}

/** Pure: two half-written answers as one. Where one of them is a note, so is the whole: it must not go to the client. */
function joined(first: Draft | null, second: Draft): Draft {
  if (first === null || (first.text.trim() === '' && first.attachmentIds.length === 0)) return contentOf(second);
  const both = (a: string[], b: string[]) => [...new Set([...a, ...b])];
  const texts = [first.text.trimEnd(), second.text].filter((text) => text.trim() !== '');
  return {
    kind: first.kind === 'note' || second.kind === 'note' ? 'note' : 'reply',
    text: texts.join('\n\n'),
    channelId: second.channelId ?? first.channelId,
    attachmentIds: both(first.attachmentIds, second.attachmentIds),
    cc: both(first.cc, second.cc),
    bcc: both(first.bcc, second.bcc),
    quoteId: second.quoteId ?? first.quoteId,
    suggestionId: second.suggestionId ?? first.suggestionId,
  };
}

async function putDraft(tx: Tx, threadId: string, userId: string, draft: Draft, now: Date): Promise<void> {
  const content = { ...draft, updatedAt: now };
  await tx.draft.upsert({
    where: { threadId_userId: { threadId, userId } },
    create: { threadId, userId, ...content },
    update: content,
  });
}

function draftOf(row: Parameters<typeof contentOf>[0] | undefined): Draft | null {
  return row === undefined ? null : contentOf(row);
}

function contentOf(row: Omit<Draft, 'kind'> & { kind: string }): Draft {
  return {
    kind: row.kind === 'note' ? 'note' : 'reply',
    text: row.text,
    channelId: row.channelId,
    attachmentIds: row.attachmentIds,
    cc: row.cc,
    bcc: row.bcc,
    quoteId: row.quoteId,
    suggestionId: row.suggestionId,
  };
}
