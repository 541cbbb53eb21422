import i18next from 'i18next';
import type { ThreadRow } from '../../../server/threads/schema.ts';
import { put, remove } from '../../shared/api.ts';
import { showError } from '../../shared/ui/problem.ts';
import { offerUndo } from '../../shared/ui/undo.tsx';
import { clearSelection } from './selection.ts';

/** What is done with several threads at once: said once, taken back at once. */

/** So many requests at a time. */
const AT_ONCE = 6;

export function closeAll(rows: ThreadRow[]): Promise<void> {
  return all(
    rows.filter((row) => row.status !== 'closed'),
    'closed',
    (row) => put(`/threads/${row.id}/closure`),
    (row) => remove(`/threads/${row.id}/closure`),
  );
}

export function assignAll(rows: ThreadRow[], userId: string, name: string): Promise<void> {
  const give = (row: ThreadRow, to: string | null) =>
    to === null ? remove(`/threads/${row.id}/assignment`) : put(`/threads/${row.id}/assignment`, { userId: to });
  return all(
    rows.filter((row) => row.assigneeId !== userId),
    'assigned',
    (row) => give(row, userId),
    (row) => give(row, row.assigneeId),
    { name },
  );
}

export function tagAll(rows: ThreadRow[], tag: string): Promise<void> {
  const path = (row: ThreadRow) => `/threads/${row.id}/tags/${encodeURIComponent(tag)}`;
  return all(
    rows.filter((row) => !row.tags.includes(tag)),
    'tagged',
    (row) => put(path(row)),
    (row) => remove(path(row)),
    { tag },
  );
}

export function snoozeAll(rows: ThreadRow[], until: Date, shown: string): Promise<void> {
  return all(
    rows,
    'snoozed',
    (row) => put(`/threads/${row.id}/snooze`, { until: until.toISOString() }),
    (row) => remove(`/threads/${row.id}/snooze`),
    { until: shown },
  );
}

type Act = (row: ThreadRow) => Promise<unknown>;

async function all(rows: ThreadRow[], word: string, act: Act, undo: Act, values: object = {}): Promise<void> {
  clearSelection();
  const done = await each(rows, act);
  if (done.length === 0) return;
  offerUndo(i18next.t(`inbox:bulk.done.${word}`, { count: done.length, ...values }), () => each(done, undo));
}

/** Does it with each; gives those it was done with. What was refused is said once, the rest goes on. */
async function each(rows: ThreadRow[], act: Act): Promise<ThreadRow[]> {
  const done: ThreadRow[] = [];
  let problem: unknown = null;
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await Promise.all(
      rows.slice(from, from + AT_ONCE).map((row) =>
        act(row).then(
          () => done.push(row),
          (error: unknown) => {
            problem = error;
          },
        ),
      ),
    );
  if (problem !== null) showError(problem);
  return done;
}
