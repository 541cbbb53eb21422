import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Suggestion } from '../../../server/consult/schema.ts';
import { post, put } from '../../shared/api.ts';
import { showError } from '../../shared/ui/problem.ts';
import { insertText } from '../composer/draft.ts';
import { queryClient } from '../queryClient.ts';
import { isAnswered } from '../thread/answers.ts';
import { knownThread, useMessages } from '../thread/queries.ts';

/** Drafted answers to the client's last message, best first; made when nobody made them yet. */
function useSuggestions(threadId: string) {
  return useQuery({
    queryKey: ['suggestions', threadId],
    queryFn: async () => (await post<{ items: Suggestion[] }>(`/threads/${threadId}/suggestions`, {})).items,
    staleTime: 5 * 60_000,
    retry: false,
    placeholderData: keepPreviousData,
    enabled: knownThread(threadId)?.lastInboundAt !== null,
  });
}

/** Those that still wait for somebody to use them: neither dismissed nor about what one of us has answered since. */
export function useOpenSuggestions(threadId: string): { isLoading: boolean; open: Suggestion[] } {
  const { data, isLoading } = useSuggestions(threadId);
  const messages = useMessages(threadId).data?.items ?? [];
  const open = (data ?? []).filter(
    ({ outcome, messageId }) => (outcome === null || outcome === 'inserted') && !isAnswered(messageId, messages),
  );
  return { isLoading, open };
}

/** Inserting by key: the nth answer that can be sent. */
export function useInsertSuggestion(threadId: string): { count: number; insert: (index: number) => void } {
  const usable = useOpenSuggestions(threadId).open.filter((suggestion) => suggestion.answer !== null);
  return {
    count: usable.length,
    insert: (index) => {
      const suggestion = usable[index];
      if (suggestion !== undefined) insert(suggestion);
    },
  };
}

/** Into the composer, to be read and changed before it goes. */
export function insert(suggestion: Suggestion): void {
  if (suggestion.answer === null) return;
  insertText(suggestion.threadId, suggestion.answer.text, suggestion.id);
  settle(suggestion, 'inserted');
}

/** Not useful: out of sight, and remembered. */
export function dismiss(suggestion: Suggestion): void {
  settle(suggestion, 'dismissed');
}

function settle(suggestion: Suggestion, outcome: 'inserted' | 'dismissed'): void {
  queryClient.setQueryData<Suggestion[]>(['suggestions', suggestion.threadId], (items) =>
    items?.map((item) => (item.id === suggestion.id ? { ...item, outcome } : item)),
  );
  put(`/suggestions/${suggestion.id}/outcome`, { outcome }).catch(showError);
}

/** How sure an answer is, as a word. */
export function confidenceWord(confidence: number): 'sure' | 'likely' | 'check' {
  return confidence >= 0.8 ? 'sure' : confidence >= 0.55 ? 'likely' : 'check';
}
