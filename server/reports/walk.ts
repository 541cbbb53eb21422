import type { Columns, Numbers, ScopeName } from './columns.ts';
import type { Part } from './days.ts';
import type { WorkFilter } from './schema.ts';

/** Reads through the facts of a period; what is asked of them is one function a fact. */

/** What facts are narrowed to; all of them together. */
export type Narrowed = Pick<WorkFilter, 'user' | 'team' | 'store' | 'channel' | 'level' | 'tag'>;

/** After so many facts other requests have their turn. */
const factsAtOnce = 500_000;

/** Looks at the first `count` of these rows of its columns. */
export type Visit = (rows: Uint32Array, count: number) => void;

/**
 * Tells `visit` the facts that are asked for, those of a part at once: a function called for each of ten million takes longer than
 * what it does.
 * @param begin makes the visitor for one part's columns, with what it looks up there
 * @param known is told instead of a whole sealed day of which everything is asked for, and knows what it comes to
 */
export async function walk(
  parts: readonly Part[],
  filter: Narrowed,
  begin: (columns: Columns) => Visit,
  known: ((columns: Columns) => void) | null = null,
): Promise<void> {
  const all = [filter.user, filter.team, filter.store, filter.channel, filter.level, filter.tag].every(
    (value) => value === undefined,
  );
  let read = 0;
  let rows = new Uint32Array(0);
  for (const { columns, first, end, without, whole } of parts) {
    if (known !== null && all && whole) {
      known(columns);
      continue;
    }
    if (read > factsAtOnce) {
      read = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
    read += columns.n;
    const wanted = wantedScopes(columns, filter, without);
    const person = filter.user === undefined ? -1 : columns.names.indexOf(filter.user);
    // Somebody is meant whom these facts do not know.
    if (wanted === null || (filter.user !== undefined && person < 0)) continue;
    if (rows.length < columns.n) rows = new Uint32Array(columns.n);
    begin(columns)(rows, chosen(columns, first, end, wanted, person, rows));
  }
}

/** Writes the rows that are asked for into `rows`; answers how many. @param person -1 for anybody */
function chosen(
  { base, n, facts }: Columns,
  first: number,
  end: number,
  wanted: Uint8Array,
  person: number,
  rows: Uint32Array,
): number {
  const at = filled(facts.at, n);
  const scope = filled(facts.scope, n);
  const user = filled(facts.user, n);
  let count = 0;
  for (let row = 0; row < n; row++) {
    const quarter = base + (at[row] ?? 0);
    if (quarter < first || quarter >= end || wanted[scope[row] ?? 0] === 0) continue;
    if (person >= 0 && user[row] !== person) continue;
    rows[count++] = row;
  }
  return count;
}

let zeros = new Uint8Array(0);

/** A column with all its rows: one that is all 0 is not written down. */
export function filled(values: Numbers, n: number): Numbers {
  if (values.length >= n) return values;
  if (zeros.length < n) zeros = new Uint8Array(n);
  return zeros;
}

/** 1 for each scope that is asked for; null: there is none. */
function wantedScopes(columns: Columns, filter: Narrowed, without: ReadonlySet<number>): Uint8Array | null {
  const wanted = new Uint8Array(columns.matters.length / 4).fill(1);
  for (const name of ['team', 'store', 'channel', 'level'] as const) {
    const value = filter[name];
    if (value === undefined) continue;
    const place = columns.names.indexOf(value);
    if (place < 0) return null;
    keepOnly(wanted, columns.scopes[name], (at) => at === place);
  }
  const { tag } = filter;
  if (tag !== undefined) {
    const has = columns.tagSets.map((set) => set.includes(tag));
    keepOnly(wanted, columns.scopes.tags, (at) => has[at] === true);
  }
  for (const scope of without) wanted[scope] = 0;
  return wanted;
}

function keepOnly(wanted: Uint8Array, values: Numbers, isMeant: (value: number) => boolean): void {
  for (let scope = 0; scope < wanted.length; scope++) if (!isMeant(values[scope] ?? 0)) wanted[scope] = 0;
}

/** The keys of a grouping that columns know, and which of them a fact has. */
export interface Keys {
  names: string[];
  /** The place of its one key. */
  of(scope: number, user: number): number;
  /** Instead, where a fact may have several: one a topic. */
  all?: (scope: number) => readonly number[];
}

/** Keys by what a fact's place or person is; `none` without. */
export function keysOf(columns: Columns, by: 'user' | Exclude<ScopeName, 'tags'> | 'tag' | 'all'): Keys {
  const named = columns.names.map((name) => name || 'none');
  if (by === 'all') return { names: ['all'], of: () => 0 };
  if (by === 'user') return { names: named, of: (_, user) => user };
  if (by !== 'tag') {
    const values = columns.scopes[by];
    return { names: named, of: (scope) => values[scope] ?? 0 };
  }
  const tags = [...new Set(columns.tagSets.flat())];
  const none = [0];
  const sets = columns.tagSets.map((set) => (set.length === 0 ? none : set.map((tag) => 1 + tags.indexOf(tag))));
  const values = columns.scopes.tags;
  return { names: ['none', ...tags], of: () => 0, all: (scope) => sets[values[scope] ?? 0] ?? none };
}
