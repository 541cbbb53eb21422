import type { CachedList } from '../../shared/cached.ts';
import { queryClient } from '../queryClient.ts';

/** The thread after this one in the list that is shown; the one before at the end; null when it is the only one. */
export function nextAfter(threadId: string): string | null {
  const lists = queryClient.getQueryCache().findAll({ queryKey: ['live', 'list'], type: 'active' });
  const rows = (lists.at(-1)?.state.data as CachedList | undefined)?.items ?? [];
  const index = rows.findIndex((row) => row.id === threadId);
  if (index === -1) return null;
  return (rows[index + 1] ?? rows[index - 1])?.id ?? null;
}
