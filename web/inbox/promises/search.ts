import type { PromiseKind } from '../../../server/promises/schema.ts';
import { type Filter, type Narrowed, narrowedOf } from '../filters/search.ts';

/** What promises can be narrowed to besides their kind; a person's are those they owe. */
export const promiseFilters = ['user', 'store', 'team', 'channel'] as const satisfies readonly Filter[];
export const promiseKinds = ['callBack', 'quote', 'visit', 'hold', 'findOut', 'tellWhenBack'] as const;

/** What the list of promises shows, in its address. Absent are the own ones that are open. */
export interface PromiseSearch extends Pick<Narrowed, (typeof promiseFilters)[number]> {
  whose?: 'all';
  shown?: 'settled';
  kind?: PromiseKind;
  due?: 'late';
}

export function promiseSearch(search: Record<string, unknown>): PromiseSearch {
  const kind = promiseKinds.find((name) => name === search.kind);
  return {
    ...narrowedOf(search, promiseFilters),
    ...(search.whose === 'all' ? { whose: 'all' } : {}),
    ...(search.shown === 'settled' ? { shown: 'settled' } : {}),
    ...(search.due === 'late' ? { due: 'late' } : {}),
    ...(kind === undefined ? {} : { kind }),
  };
}
