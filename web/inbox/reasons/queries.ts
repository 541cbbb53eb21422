import { useQuery } from '@tanstack/react-query';
import type { Product } from '../../../server/catalogue/schema.ts';
import type { ThreadReason } from '../../../server/reasons/schema.ts';
import { get, type Page, put } from '../../shared/api.ts';
import { queryClient } from '../queryClient.ts';

/** A thread's reasons: proposed by words, confirmed or refused by people. */
export function useThreadReasons(threadId: string) {
  return useQuery({
    queryKey: ['reasons', 'thread', threadId],
    queryFn: async ({ signal }) =>
      (await get<{ items: ThreadReason[] }>(`/threads/${threadId}/reasons`, undefined, signal)).items,
  });
}

export async function settleReason(
  threadId: string,
  reasonId: string,
  to: { state: 'confirmed' | 'refused'; productId?: string | null },
): Promise<void> {
  await put(`/threads/${threadId}/reasons/${reasonId}`, to);
  await queryClient.invalidateQueries({ queryKey: ['reasons'] });
}

/** Products that fit some words, for saying which one it is about. */
export function useProductsNamed(words: string) {
  return useQuery({
    queryKey: ['catalogue', 'named', words],
    queryFn: async ({ signal }) => (await get<Page<Product>>('/products', { q: words, limit: 10 }, signal)).items,
    enabled: words.trim().length > 1,
    staleTime: 60_000,
  });
}

export function useProductName(id: string | null): string | null {
  const product = useQuery({
    queryKey: ['catalogue', 'product', id],
    queryFn: ({ signal }) => get<Product>(`/products/${id}`, undefined, signal),
    enabled: id !== null,
    staleTime: 60_000,
  });
  return product.data?.name ?? null;
}
