/** What the list shows, in the address: a list can be bookmarked and sent. Absent is the default. */
export interface ListSearch {
  tab?: 'unassigned' | 'all';
  status?: 'snoozed' | 'closed' | 'all';
  channel?: string;
  tag?: string;
  /** A colleague by id; the tab is then `all`. */
  assignee?: string;
  team?: string;
  store?: string;
  sort?: 'waiting';
  q?: string;
}

/** Reads an address; what it does not know is left out. */
export function listSearch(search: Record<string, unknown>): ListSearch {
  const { tab, status, channel, tag, assignee, team, store, sort, q } = search;
  return {
    ...(tab === 'unassigned' || tab === 'all' ? { tab } : {}),
    ...(status === 'snoozed' || status === 'closed' || status === 'all' ? { status } : {}),
    ...(typeof channel === 'string' ? { channel } : {}),
    ...(typeof tag === 'string' ? { tag } : {}),
    ...(typeof assignee === 'string' ? { assignee } : {}),
    ...(typeof team === 'string' ? { team } : {}),
    ...(typeof store === 'string' ? { store } : {}),
    ...(sort === 'waiting' ? { sort } : {}),
    // The router reads `q=10482` as a number.
    ...(q !== undefined && q !== '' ? { q: String(q).slice(0, 200) } : {}),
  };
}
