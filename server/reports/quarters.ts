import type { Columns } from './columns.ts';
import { waitMeasures } from './gather.ts';
import { wide } from './walk.ts';

/** What was counted of a sealed day's columns a quarter-hour; kept as long as the columns are. */

const deedsOf = new WeakMap<Columns, Uint32Array>();
const waitsOf = new WeakMap<Columns, Map<number, number>>();
const resolution = waitMeasures.indexOf('resolution');

/** How many deeds of each kind: a row a quarter-hour after `base`, a column a kind. */
export function deedsAQuarter(columns: Columns): Uint32Array {
  const held = deedsOf.get(columns);
  if (held !== undefined) return held;
  const { n, kinds } = columns;
  const [at, kind] = [wide(columns, 'at'), wide(columns, 'kind')];
  let last = 0;
  for (let row = 0; row < n; row++) last = Math.max(last, at[row] ?? 0);
  const counts = new Uint32Array((last + 1) * kinds.length);
  for (let row = 0; row < n; row++) {
    const cell = (at[row] ?? 0) * kinds.length + (kind[row] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  deedsOf.set(columns, counts);
  return counts;
}

/** How many waits began less how many ended, by quarter-hours after `base`; those of solved matters are none. */
export function waitsAQuarter(columns: Columns): ReadonlyMap<number, number> {
  const held = waitsOf.get(columns);
  if (held !== undefined) return held;
  const { n } = columns;
  const [at, asked, kind] = [wide(columns, 'at'), wide(columns, 'asked'), wide(columns, 'kind')];
  const changes = new Map<number, number>();
  const add = (quarter: number, more: number) => changes.set(quarter, (changes.get(quarter) ?? 0) + more);
  for (let row = 0; row < n; row++) {
    if (((kind[row] ?? 0) & 3) === resolution) continue;
    const ended = at[row] ?? 0;
    add(ended - (asked[row] ?? 0), 1);
    add(ended, -1);
  }
  waitsOf.set(columns, changes);
  return changes;
}
