import type { Message } from '../../../server/threads/schema.ts';
import { remove } from '../../shared/api.ts';
import { showError } from '../../shared/ui/problem.ts';
import { takenBack } from '../composer/draft.ts';

/** A longer wait than this before sending is a time chosen by the writer, not the time to think again, ms. */
export const UNDO_MAX_MS = 60_000;

/** Takes a message back before it goes; all that its writer's composer held returns to it. */
export async function undoSend(message: Message): Promise<void> {
  try {
    await takenBack(message.threadId, () => remove(`/threads/${message.threadId}/messages/${message.id}/delivery`));
  } catch (error) {
    showError(error);
  }
}
