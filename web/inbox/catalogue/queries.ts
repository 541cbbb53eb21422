import { keepPreviousData, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { AlternativeAnswer, Feed, facets, NewFeed, OldPrice, Product } from '../../../server/catalogue/schema.ts';
import { get, type Page, post, remove } from '../../shared/api.ts';
import { useLocale } from '../../shared/ui/format.ts';
import { queryClient } from '../queryClient.ts';
import type { ProductSearch } from './search.ts';

/** Products by name, a page at a time, with their offers. */
export function useProducts(search: ProductSearch) {
  return useInfiniteQuery({
    queryKey: ['catalogue', 'products', search],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Product>>('/products', { ...search, limit: 40, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function useProduct(id: string) {
  return useQuery(productQuery(id));
}

/** The products of a comparison, in its order; those that are not here yet are undefined. */
export function useProductsById(ids: string[]) {
  return useQueries({ queries: ids.map(productQuery) });
}

function productQuery(id: string) {
  return {
    queryKey: ['catalogue', 'product', id],
    queryFn: ({ signal }: { signal: AbortSignal }) => get<Product>(`/products/${id}`, undefined, signal),
    staleTime: 30_000,
  };
}

/** What stands in for a product, in stock, with reasons in the reader's language. */
export function useAlternatives(id: string, storeId: string | undefined) {
  const locale = useLocale();
  return useQuery({
    queryKey: ['catalogue', 'alternatives', id, storeId, locale],
    queryFn: async ({ signal }) =>
      (await get<{ items: AlternativeAnswer[] }>(`/products/${id}/alternatives`, { store: storeId, locale }, signal))
        .items,
  });
}

/** What a product cost before, newest first. */
export function useOldPrices(id: string) {
  return useQuery({
    queryKey: ['catalogue', 'oldPrices', id],
    queryFn: async ({ signal }) =>
      (await get<{ items: OldPrice[] }>(`/products/${id}/old-prices`, undefined, signal)).items,
  });
}

/** Product feeds, live with what their last fetch brought. */
export function useFeeds() {
  return useQuery({
    queryKey: ['catalogue', 'feeds'],
    queryFn: async ({ signal }) => (await get<{ items: Feed[] }>('/catalogue-feeds', undefined, signal)).items,
  });
}

const feedsChanged = () => queryClient.invalidateQueries({ queryKey: ['catalogue'] });

export async function makeFeed(feed: NewFeed): Promise<void> {
  const made = await post<Feed>('/catalogue-feeds', feed);
  await feedsChanged();
  await runFeed(made.id);
}

export async function runFeed(id: string): Promise<void> {
  await post(`/catalogue-feeds/${id}/run`);
  await feedsChanged();
}

export async function removeFeed(id: string): Promise<void> {
  await remove(`/catalogue-feeds/${id}`);
  await feedsChanged();
}

/** Categories and brands with their counts. */
export function useFacets() {
  return useQuery({
    queryKey: ['catalogue', 'facets'],
    queryFn: ({ signal }) => get<z.infer<typeof facets>>('/products/facets', undefined, signal),
  });
}
