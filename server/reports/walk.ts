import type { ColumnName, Columns, Numbers, ScopeName } from './columns.ts';
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
  for (const { columns, first, end, without, whole, isRows } of parts) {
    if (known !== null && all && whole) {
      known(columns);
      continue;
    }
    if (read > factsAtOnce) {
      read = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
    read += columns.n;
    // Of a whole day everything, and of the rows nothing else was read.
    if (all && without.size === 0 && (whole || isRows)) {
      begin(columns)(everyRow(columns.n), columns.n);
      continue;
    }
    const wanted = wantedScopes(columns, filter, without);
    const person = filter.user === undefined ? -1 : columns.names.indexOf(filter.user);
    // Somebody is meant whom these facts do not know.
    if (wanted === null || (filter.user !== undefined && person < 0)) continue;
    if (rows.length < columns.n) rows = new Uint32Array(columns.n);
    begin(columns)(rows, chosen(columns, first, end, wanted, person, rows));
  }
}

let every = new Uint32Array(0);

/** The first rows in their order; at least so many. */
function everyRow(n: number): Uint32Array {
  if (every.length < n) every = Uint32Array.from({ length: n }, (_, row) => row);
  return every;
}

/** Writes the rows that are asked for into `rows`; answers how many. @param person -1 for anybody */
function chosen(
  columns: Columns,
  first: number,
  end: number,
  wanted: Uint8Array,
  person: number,
  rows: Uint32Array,
): number {
  const { base, n } = columns;
  const at = wide(columns, 'at');
  const scope = wide(columns, 'scope');
  const user = wide(columns, 'user');
  let count = 0;
  for (let row = 0; row < n; row++) {
    const quarter = base + (at[row] ?? 0);
    if (quarter < first || quarter >= end || wanted[scope[row] ?? 0] === 0) continue;
    if (person >= 0 && user[row] !== person) continue;
    rows[count++] = row;
  }
  return count;
}

const widened = new Map<ColumnName, Uint32Array>();

/**
 * A column with all its rows, also one that is all 0 and not written down. All are of one kind whatever they were kept in: a loop that
 * meets several is many times slower. The next part's is written over it: it is read before anything is awaited.
 */
export function wide({ facts, n }: Columns, name: ColumnName): Uint32Array {
  let into = widened.get(name);
  if (into === undefined || into.length < n) {
    into = new Uint32Array(n);
    widened.set(name, into);
  }
  const values = facts[name];
  if (values.length === 0) into.fill(0, 0, n);
  else into.set(values);
  return into;
}

/** What scopes are in, of one kind as well. */
function wideScopes({ scopes, matters }: Columns, name: ScopeName): Uint32Array {
  const values = scopes[name];
  return values.length === 0 ? new Uint32Array(matters.length / 4) : new Uint32Array(values);
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
  /** The column that a fact's key is looked up by. */
  by: Uint32Array;
  /** The place of the key of each value of that column. */
  places: Uint32Array;
  /** Where a fact may have several, the place is of these: one a topic, and the last one for all together. */
  all?: readonly (readonly number[])[];
}

/** Keys by what a fact's place or person is; `none` without. */
export function keysOf(columns: Columns, by: 'user' | Exclude<ScopeName, 'tags'> | 'tag'): Keys {
  const { names, tagSets } = columns;
  const named = names.map((name) => name || 'none');
  if (by === 'user')
    return { names: named, by: wide(columns, 'user'), places: Uint32Array.from(named, (_, place) => place) };
  const scope = wide(columns, 'scope');
  if (by !== 'tag') return { names: named, by: scope, places: wideScopes(columns, by) };
  const tags = [...new Set(tagSets.flat())];
  const whole = tags.length + 1;
  const sets = tagSets.map((set) => [...(set.length === 0 ? [0] : set.map((tag) => 1 + tags.indexOf(tag))), whole]);
  const values = wideScopes(columns, 'tags');
  return {
    names: ['none', ...tags, wholeKey],
    by: scope,
    places: values,
    all: sets,
  };
}

/** The key of all facts together, beside their topics; no topic has such a name. */
export const wholeKey = '\0';
