import { useQuery } from '@tanstack/react-query';
import type { Synonym } from '../../../../server/knowledge/schema.ts';
import { get, patch, post, remove } from '../../../shared/api.ts';
import { useFeedEvents } from '../../feed/listen.ts';
import { queryClient } from '../../queryClient.ts';

const key = ['synonyms'];

/** Words that mean the same in this store; a colleague's change is seen at once. */
export function useSynonyms() {
  useFeedEvents((events) => {
    if (events.some((event) => event.type === 'synonym.changed')) void queryClient.invalidateQueries({ queryKey: key });
  });
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await get<{ items: Synonym[] }>('/synonyms', undefined, signal)).items,
  });
}

export async function saveSynonym(id: string | null, words: string[]): Promise<void> {
  await (id === null ? post('/synonyms', { words }) : patch(`/synonyms/${id}`, { words }));
  await queryClient.invalidateQueries({ queryKey: key });
}

export async function removeSynonym(id: string): Promise<void> {
  await remove(`/synonyms/${id}`);
  await queryClient.invalidateQueries({ queryKey: key });
}
