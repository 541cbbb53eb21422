import { type Filter, type Narrowed, narrowedOf } from '../filters/search.ts';

/** What the live page can be narrowed to. */
export const liveFilters = ['store', 'team', 'channel', 'user'] as const satisfies readonly Filter[];

/** What the live page shows, in its address: the page of one store can be kept, and sent. */
export interface LiveSearch extends Pick<Narrowed, (typeof liveFilters)[number]> {
  /** Only who waits past the promised time. */
  late?: true;
}

export function liveSearch(search: Record<string, unknown>): LiveSearch {
  return { ...narrowedOf(search, liveFilters), ...(search.late === true ? { late: true } : {}) };
}
