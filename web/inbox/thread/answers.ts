import type { Message } from '../../../server/threads/schema.ts';

/** The last answer of another person here that stands after a message; oldest first, `after` null: all do. */
export function answerSince(messages: Message[], after: string | null, meId: string): Message | undefined {
  const from = messages.findIndex((message) => message.id === after);
  // Taken back, or merged away: what stands after it cannot be known.
  if (after !== null && from === -1) return undefined;
  return messages.slice(from + 1).findLast((message) => isAnswer(message) && message.author.userId !== meId);
}

/** Whether a person here wrote to the client after the message. */
export function isAnswered(messageId: string, messages: Message[]): boolean {
  const from = messages.findIndex((message) => message.id === messageId);
  return from !== -1 && messages.slice(from + 1).some(isAnswer);
}

/** The bot's "a colleague will answer" is none. */
function isAnswer({ direction, author }: Message): boolean {
  return direction === 'outbound' && author.kind === 'user';
}
