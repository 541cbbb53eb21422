import { useSyncExternalStore } from 'react';

/** Which rows are marked to be handled together; of the list that is shown, gone with it. */

let selected: ReadonlySet<string> = new Set();
/** Where the last mark was made: a range goes from here. */
let anchor: string | null = null;
const listeners = new Set<() => void>();

export function useSelected(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => selected,
  );
}

/** Marks or unmarks one; with `range` everything from the last mark to it, in the order of `ids`. */
export function toggle(id: string, ids: string[], range = false): void {
  const next = new Set(selected);
  const from = anchor === null ? -1 : ids.indexOf(anchor);
  const to = ids.indexOf(id);
  if (range && from !== -1 && to !== -1)
    for (const each of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(each);
  else if (!next.delete(id)) next.add(id);
  anchor = id;
  set(next);
}

export function clearSelection(): void {
  anchor = null;
  if (selected.size > 0) set(new Set());
}

function set(next: ReadonlySet<string>): void {
  selected = next;
  for (const listener of listeners) listener();
}
