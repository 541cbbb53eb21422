import { type Filter, type Narrowed, narrowedOf } from '../filters/search.ts';

/** What everybody's questions can be narrowed to: by the thread they were asked in. */
export const questionFilters = ['user', 'store', 'team', 'channel'] as const satisfies readonly Filter[];
export const boxes = ['me', 'mine', 'all'] as const;

/** What the list of questions shows, in its address. Absent are those that I am asked and nobody answered yet. */
export interface QuestionSearch extends Pick<Narrowed, (typeof questionFilters)[number]> {
  /** `mine`: what I asked; `all`: everybody's. */
  box?: 'mine' | 'all';
  shown?: 'answered';
  due?: 'late';
}

export function questionSearch(search: Record<string, unknown>): QuestionSearch {
  return {
    ...narrowedOf(search, questionFilters),
    ...(search.box === 'mine' || search.box === 'all' ? { box: search.box } : {}),
    ...(search.shown === 'answered' ? { shown: 'answered' } : {}),
    ...(search.due === 'late' ? { due: 'late' } : {}),
  };
}
