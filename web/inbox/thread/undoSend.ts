import type { Message } from '../../../server/threads/schema.ts';
import { remove } from '../../shared/api.ts';
import { showError } from '../../shared/ui/problem.ts';
import { bringBack } from '../composer/draft.ts';

/** A longer wait than this before sending is a time chosen by the writer, not the time to think again, ms. */
export const UNDO_MAX_MS = 60_000;

/** Takes a message back before it goes; its words return to the composer. */
export async function undoSend(message: Message): Promise<void> {
  try {
    await remove(`/threads/${message.threadId}/messages/${message.id}/delivery`);
    bringBack(message.threadId, {
      kind: 'reply',
      text: message.text,
      channelId: message.channelId,
      attachmentIds: message.attachments.map((file) => file.id),
      cc: message.participants?.cc ?? [],
      bcc: message.participants?.bcc ?? [],
      quoteId: message.quote?.messageId ?? null,
    });
  } catch (error) {
    showError(error);
  }
}
