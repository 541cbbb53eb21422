import type { Keep } from './outbox.ts';

/** The frame's storage of this tab (it outlives a reload), or memory where the browser forbids storage to frames. */
export function frameStorage(): Keep {
  try {
    sessionStorage.setItem('parley:probe', '');
    sessionStorage.removeItem('parley:probe');
    return sessionStorage;
  } catch {
    const kept = new Map<string, string>();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    };
  }
}
