import { useDocumentVisibility } from '@mantine/hooks';
import { useEffect } from 'react';
import type { Thread } from '../../../server/threads/schema.ts';
import { put } from '../../shared/api.ts';
import { showError } from '../../shared/ui/problem.ts';

/** Says to the server that the user has seen what came, while the thread is really on the screen. */
export function useReadMark(thread: Thread | undefined): void {
  const visible = useDocumentVisibility() === 'visible';
  const unread =
    thread !== undefined &&
    thread.lastInboundAt !== null &&
    (thread.readAt === null || thread.lastInboundAt > thread.readAt);
  const id = thread?.id;
  const last = thread?.lastInboundAt;
  useEffect(() => {
    if (visible && unread && id !== undefined && last !== undefined) put(`/threads/${id}/read`).catch(showError);
  }, [visible, unread, id, last]);
}
