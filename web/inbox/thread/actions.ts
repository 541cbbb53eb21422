import i18next from 'i18next';
import type { Thread, ThreadSummary } from '../../../server/threads/schema.ts';
import { post, put, remove } from '../../shared/api.ts';
import { showError } from '../../shared/ui/problem.ts';
import { offerUndo } from '../../shared/ui/undo.tsx';
import { refreshThread } from './queries.ts';

/**
 * What can be done with a thread. Each is done at once, says so, and can be taken back; the screen changes when
 * the feed brings the event. They resolve when the server has done it, false when it refused.
 */

const words = (key: string, values?: Record<string, string>) => i18next.t(`inbox:done.${key}`, values ?? {});

export function assign(thread: ThreadSummary, userId: string | null, name: string): Promise<boolean> {
  const before = thread.assigneeId;
  return run(
    () => setAssignee(thread.id, userId),
    userId === null ? words('unassigned') : words('assigned', { name }),
    () => setAssignee(thread.id, before),
  );
}

/** Moves the thread to a team (nobody in it has it yet), or out of one. */
export function moveToTeam(thread: ThreadSummary, teamId: string | null, name: string): Promise<boolean> {
  const path = `/threads/${thread.id}/assignment`;
  return run(
    () => put(path, { teamId }),
    teamId === null ? words('noTeam') : words('team', { name }),
    () => put(path, { teamId: thread.teamId }),
  );
}

export function close(thread: ThreadSummary): Promise<boolean> {
  const path = `/threads/${thread.id}/closure`;
  return run(
    () => put(path),
    words('closed', { name: thread.clientName }),
    () => remove(path),
  );
}

export function reopen(thread: ThreadSummary): Promise<boolean> {
  const path = `/threads/${thread.id}/closure`;
  return run(
    () => remove(path),
    words('reopened', { name: thread.clientName }),
    () => put(path),
  );
}

export function snooze(thread: ThreadSummary, until: Date, shown: string): Promise<boolean> {
  const path = `/threads/${thread.id}/snooze`;
  return run(
    () => put(path, { until: until.toISOString() }),
    words('snoozed', { until: shown }),
    () => remove(path),
  );
}

export function wake(thread: ThreadSummary): Promise<boolean> {
  const until = thread.snoozedUntil;
  const path = `/threads/${thread.id}/snooze`;
  return run(
    () => remove(path),
    words('woken'),
    () => put(path, { until }),
  );
}

export function tag(thread: ThreadSummary, name: string): Promise<boolean> {
  const path = `/threads/${thread.id}/tags/${encodeURIComponent(name)}`;
  return run(
    () => put(path),
    words('tagged', { tag: name }),
    () => remove(path),
  );
}

export function untag(thread: ThreadSummary, name: string): Promise<boolean> {
  const path = `/threads/${thread.id}/tags/${encodeURIComponent(name)}`;
  return run(
    () => remove(path),
    words('untagged', { tag: name }),
    () => put(path),
  );
}

/** The other thread's messages come into this one. */
export async function merge(thread: Thread, otherId: string): Promise<boolean> {
  let move = '';
  return run(
    async () => {
      move = (await post<{ id: string }>(`/threads/${thread.id}/merge`, { otherId })).id;
      refreshThread(thread.id);
    },
    words('merged'),
    () => remove(`/threads/${thread.id}/merges/${move}`),
  );
}

/** The other thread's client is this one's, and its messages come into this one: both in one, and back together. */
export async function mergeWithClient(thread: Thread, other: ThreadSummary): Promise<boolean> {
  let move = '';
  let clients = '';
  return run(
    async () => {
      clients = (await post<{ id: string }>(`/clients/${thread.clientId}/merge`, { otherId: other.clientId })).id;
      try {
        move = (await post<{ id: string }>(`/threads/${thread.id}/merge`, { otherId: other.id })).id;
      } catch (error) {
        // Half of it is not what was asked for.
        await remove(`/clients/${thread.clientId}/merge/${clients}`);
        throw error;
      }
      refreshThread(thread.id);
    },
    words('mergedBoth', { name: thread.clientName }),
    async () => {
      await remove(`/threads/${thread.id}/merges/${move}`);
      await remove(`/clients/${thread.clientId}/merge/${clients}`);
    },
  );
}

/** The thread is of who wrote the letter that was forwarded: answers go to them. */
export function giveToForwarded(thread: Thread, messageId: string, name: string): Promise<boolean> {
  const path = `/threads/${thread.id}/client`;
  let beforeId = thread.clientId;
  return run(
    async () => {
      beforeId = (await put<{ beforeId: string }>(path, { messageId })).beforeId;
      refreshThread(thread.id);
    },
    words('ofClient', { name }),
    async () => {
      await put(path, { clientId: beforeId });
      refreshThread(thread.id);
    },
  );
}

/** These messages become a thread of their own. */
export async function split(thread: Thread, messageIds: string[]): Promise<boolean> {
  let move = '';
  return run(
    async () => {
      move = (await post<{ id: string }>(`/threads/${thread.id}/split`, { messageIds })).id;
      refreshThread(thread.id);
    },
    words('split', { count: String(messageIds.length) }),
    () => remove(`/threads/${thread.id}/splits/${move}`),
  );
}

/** Undoes a merge or a split that was made earlier. */
export async function undoMove(threadId: string, move: Thread['moves'][number]): Promise<void> {
  await remove(`/threads/${threadId}/${move.kind === 'merge' ? 'merges' : 'splits'}/${move.id}`);
  refreshThread(threadId);
}

export function handToBot(thread: ThreadSummary): Promise<boolean> {
  const path = `/threads/${thread.id}/bot`;
  return run(
    () => put(path),
    words('toBot'),
    () => remove(path),
  );
}

export function takeFromBot(thread: ThreadSummary): Promise<boolean> {
  const path = `/threads/${thread.id}/bot`;
  return run(
    () => remove(path),
    words('fromBot'),
    () => put(path),
  );
}

export async function retryDelivery(messageId: string): Promise<void> {
  try {
    await post(`/messages/${messageId}/delivery/retry`);
  } catch (error) {
    showError(error);
  }
}

function setAssignee(threadId: string, userId: string | null): Promise<unknown> {
  const path = `/threads/${threadId}/assignment`;
  return userId === null ? remove(path) : put(path, { userId });
}

async function run(act: () => Promise<unknown>, said: string, undo: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    offerUndo(said, undo);
    return true;
  } catch (error) {
    showError(error);
    return false;
  }
}
