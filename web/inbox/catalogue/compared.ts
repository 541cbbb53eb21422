import { useSyncExternalStore } from 'react';

/** Products chosen for a comparison, while the page is open; at most four stand side by side. */
export const MOST_COMPARED = 4;

let chosen: readonly string[] = [];
const listeners = new Set<() => void>();

export function toggleCompared(id: string): void {
  if (chosen.includes(id)) change(chosen.filter((each) => each !== id));
  else if (chosen.length < MOST_COMPARED) change([...chosen, id]);
}

export function clearCompared(): void {
  change([]);
}

export function useCompared(): readonly string[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosen,
  );
}

function change(next: readonly string[]): void {
  chosen = next;
  for (const listener of listeners) listener();
}
