import { useEffect } from 'react';
import { useMe } from '../me/queries.ts';
import { answerSince } from '../thread/answers.ts';
import { useMessages } from '../thread/queries.ts';

/** Which message was the last when an answer was begun, and of whose answer its writer has been told since. */
const begun = new Map<string, { after: string | null; told: string | null }>();

/** A colleague's answer that came while the user writes one; `stop` says once that it is to be read first. */
export function useAnsweredMeanwhile(threadId: string, writes: boolean): { name: string | null; stop: () => boolean } {
  const me = useMe();
  const messages = useMessages(threadId).data?.items;
  useEffect(() => {
    if (!writes) begun.delete(threadId);
    else if (messages !== undefined && !begun.has(threadId))
      begun.set(threadId, { after: messages.at(-1)?.id ?? null, told: null });
  }, [threadId, writes, messages]);
  const answer = writes ? answerSince(messages ?? [], begun.get(threadId)?.after ?? null, me.id) : undefined;
  return {
    name: answer?.author.name ?? null,
    stop: () => {
      const at = begun.get(threadId);
      if (answer === undefined || at === undefined || at.told === answer.id) return false;
      at.told = answer.id;
      return true;
    },
  };
}
