import { useSyncExternalStore } from 'react';
import type { FeedEvent } from '../../../server/realtime/schema.ts';

/** What an import did, as every import route answers. `row` is counted as a spreadsheet shows it. */
export interface ImportReport {
  imported: number;
  updated: number;
  skipped: number;
  errors: { row: number; column?: string; message: string }[];
}

/** A long import while it runs; `report` comes with the end. */
export interface ImportProgress {
  jobId: string;
  done: number;
  total: number;
  state: 'running' | 'done' | 'failed';
  report?: ImportReport;
  error?: string;
}

let known: ReadonlyMap<string, ImportProgress> = new Map();
const listeners = new Set<() => void>();

/** Remembers how far the imports are that events tell of. */
export function noteImports(events: FeedEvent[]): void {
  const told = events.filter((event) => event.type === 'import.progress');
  if (told.length === 0) return;
  const next = new Map(known);
  for (const event of told) {
    const progress = event.patch as unknown as ImportProgress;
    next.set(progress.jobId, progress);
  }
  known = next;
  for (const listener of listeners) listener();
}

/** How far an import is; null before it said anything. */
export function useImportProgress(jobId: string | null): ImportProgress | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (jobId === null ? null : (known.get(jobId) ?? null)),
  );
}
