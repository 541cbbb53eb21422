import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../shared/api.ts';
import { Broken } from '../../shared/ui/ErrorBoundary.tsx';
import { showError } from '../../shared/ui/problem.ts';
import { ClientPanel } from '../client/ClientPanel.tsx';
import { Composer } from '../composer/Composer.tsx';
import { rereadDraft } from '../composer/draft.ts';
import { lookAt } from '../feed/connection.ts';
import { useFeedEvents } from '../feed/listen.ts';
import type { ListSearch } from '../list/search.ts';
import { useOwedKeys } from '../owed/useOwedKeys.ts';
import { useKeys } from '../shell/keys.ts';
import { Missing } from '../shell/Missing.tsx';
import { Way } from '../way/Way.tsx';
import { Flow } from './Flow.tsx';
import { followMerge } from './follow.ts';
import { useThread } from './queries.ts';
import { ThreadHeader } from './ThreadHeader.tsx';
import classes from './ThreadPlace.module.css';
import { ThreadSkeleton } from './ThreadSkeleton.tsx';
import { useReadMark } from './useReadMark.ts';

const route = getRouteApi('/shell/inbox/t/$threadId');

/** One open thread: header, flow, composer, and the client beside it. */
export function ThreadPlace() {
  const { threadId } = route.useParams();
  // A new thread is a new screen: no scroll, half-written words or open menu may stay behind.
  return <OpenThread key={threadId} threadId={threadId} />;
}

function OpenThread({ threadId }: { threadId: string }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const found = useThread(threadId);
  const thread = found.data?.thread;
  const [panel, setPanel] = useState(false);
  const wide = useMediaQuery('(min-width: 1100px)', true, { getInitialValueInEffect: false });
  useReadMark(thread);

  useEffect(() => {
    lookAt(threadId);
    return () => lookAt(null);
  }, [threadId]);
  const title = [thread?.clientName, thread?.subject, 'Parley'].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = title;
    return () => {
      document.title = 'Parley';
    };
  }, [title]);
  // Merged away: its messages are in the other one, and what is being written here goes along.
  const movedTo = thread?.mergedIntoId ?? null;
  const wasWhole = useRef(false);
  if (thread !== undefined && movedTo === null) wasWhole.current = true;
  useEffect(() => {
    if (movedTo === null) return;
    let left = false;
    const follow = async () => {
      if (wasWhole.current) await followMerge(threadId, movedTo);
      if (left) return;
      await navigate({
        to: '/t/$threadId',
        params: { threadId: movedTo },
        search: (old) => old as ListSearch,
        replace: true,
      });
    };
    follow().catch(showError);
    return () => {
      left = true;
    };
  }, [threadId, movedTo, navigate]);
  // A merge that was undone took its draft back to where it was.
  useFeedEvents((events) => {
    if (events.some(({ type, ids }) => type === 'thread.split' && ids.threadId === threadId))
      void rereadDraft(threadId);
  });

  useOwedKeys({ threadId });
  const back = () => void navigate({ to: '/', search: (old) => old as ListSearch });
  useKeys([
    { keys: 'u', run: back },
    { keys: 'c', run: () => setPanel((open) => !open) },
  ]);

  // Also one that was open here until it went out of this user's sight.
  if (found.error instanceof ApiError && [403, 404].includes(found.error.status)) return <Missing />;
  if (found.isError && thread === undefined) return <Broken error={found.error} onRetry={() => void found.refetch()} />;
  if (thread === undefined) return <ThreadSkeleton />;
  return (
    <div className={classes.place}>
      <article className={classes.thread} aria-label={t('thread.label', { name: thread.clientName })}>
        <ThreadHeader thread={thread} onBack={back} onClient={wide ? undefined : () => setPanel(true)} />
        <Way threadId={thread.id} />
        <Flow thread={thread} />
        <Composer thread={thread} />
      </article>
      {wide ? (
        <aside className={classes.client} aria-label={t('client.label')}>
          <ClientPanel thread={thread} />
        </aside>
      ) : (
        <Drawer
          opened={panel}
          onClose={() => setPanel(false)}
          position="right"
          size={360}
          title={t('client.label')}
          padding="sm"
          closeButtonProps={{ 'aria-label': t('common:close') }}
        >
          <ClientPanel thread={thread} />
        </Drawer>
      )}
    </div>
  );
}
