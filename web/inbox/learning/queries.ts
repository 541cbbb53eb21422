import { useQuery } from '@tanstack/react-query';
import type { Article } from '../../../server/knowledge/schema.ts';
import type { Demand, Gap, WrongAnswer } from '../../../server/learning/schema.ts';
import { get, type Page, post, put, remove } from '../../shared/api.ts';
import { articlesChanged } from '../knowledge/queries.ts';
import { queryClient } from '../queryClient.ts';

const key = ['learning'];

export function useGaps() {
  return useQuery({
    queryKey: [...key, 'gaps'],
    queryFn: async ({ signal }) => (await get<{ items: Gap[] }>('/gaps', undefined, signal)).items,
  });
}

export function useWrongAnswers(state: 'open' | 'resolved') {
  return useQuery({
    queryKey: [...key, 'wrong', state],
    queryFn: async ({ signal }) =>
      (await get<Page<WrongAnswer>>('/wrong-answers', { state, limit: 100 }, signal)).items,
  });
}

export function useDemand(by: 'product' | 'store' | 'week') {
  return useQuery({
    queryKey: [...key, 'demand', by],
    queryFn: ({ signal }) => get<Demand>('/reports/demand', { by }, signal),
  });
}

/** A draft that answers the gap; it is opened for writing. */
export async function writeArticle(gapId: string): Promise<Article> {
  const made = await post<Article>(`/gaps/${gapId}/article`);
  articlesChanged();
  await learned();
  return made;
}

export async function dismissGap(gapId: string): Promise<void> {
  await remove(`/gaps/${gapId}`);
  await learned();
}

export async function resolveWrong(id: string): Promise<void> {
  await put(`/wrong-answers/${id}/resolution`, { text: '' });
  await learned();
}

/** An answer of the bot was wrong; `correction` is sent to the client when it is given. */
export async function reportWrong(messageId: string, correction: string): Promise<void> {
  await post(`/messages/${messageId}/wrong`, correction === '' ? {} : { correction });
  await learned();
}

const learned = () => queryClient.invalidateQueries({ queryKey: key });
