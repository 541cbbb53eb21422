import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Article, ArticleVersion, EditArticle, NewArticle } from '../../../server/knowledge/schema.ts';
import { get, type Page, patch, post, put, remove } from '../../shared/api.ts';
import { queryClient } from '../queryClient.ts';
import type { ArticleSearch } from './search.ts';

const key = ['articles'];

/** Articles, newest change first, a page at a time. */
export function useArticles(search: ArticleSearch) {
  return useInfiniteQuery({
    queryKey: [...key, 'list', search],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Article>>('/articles', { ...search, limit: 100, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function useArticle(id: string) {
  return useQuery({
    queryKey: [...key, 'one', id],
    queryFn: ({ signal }) => get<Article>(`/articles/${id}`, undefined, signal),
  });
}

/** How an article is cut: what is found and quoted of it. */
export function usePassages(id: string) {
  return useQuery({
    queryKey: [...key, 'passages', id],
    queryFn: async ({ signal }) =>
      (
        await get<{ items: { id: string; section: string[]; text: string }[] }>(
          `/articles/${id}/passages`,
          undefined,
          signal,
        )
      ).items,
  });
}

export function useVersions(id: string) {
  return useQuery({
    queryKey: [...key, 'versions', id],
    queryFn: async ({ signal }) =>
      (await get<{ items: ArticleVersion[] }>(`/articles/${id}/versions`, undefined, signal)).items,
  });
}

export async function restoreVersion(id: string, version: number): Promise<void> {
  const restored = await put<Article>(`/articles/${id}/versions/${version}`);
  queryClient.setQueryData([...key, 'one', id], restored);
  void queryClient.invalidateQueries({ queryKey: [...key, 'versions', id] });
  articlesChanged();
}

/** Keeps a picture and answers its address. */
export async function addImage(file: File): Promise<string> {
  const form = new FormData();
  form.set('file', file);
  return (await post<{ url: string }>('/article-images', form)).url;
}

export async function createArticle(article: NewArticle): Promise<Article> {
  const made = await post<Article>('/articles', article);
  queryClient.setQueryData([...key, 'one', made.id], made);
  articlesChanged();
  return made;
}

export async function editArticle(id: string, change: EditArticle): Promise<Article> {
  const changed = await patch<Article>(`/articles/${id}`, change);
  queryClient.setQueryData([...key, 'one', id], changed);
  void queryClient.invalidateQueries({ queryKey: [...key, 'versions', id] });
  articlesChanged();
  return changed;
}

export async function deleteArticle(id: string): Promise<void> {
  await remove(`/articles/${id}`);
  queryClient.removeQueries({ queryKey: [...key, 'one', id] });
  articlesChanged();
}

export function articlesChanged(): void {
  void queryClient.invalidateQueries({ queryKey: [...key, 'list'] });
  void queryClient.invalidateQueries({ queryKey: [...key, 'passages'] });
}
