import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Thread } from '../../../server/threads/schema.ts';
import { Broken } from '../../shared/ui/ErrorBoundary.tsx';
import { dayName, useLocale, useNow } from '../../shared/ui/format.ts';
import classes from './Flow.module.css';
import { FoldedLines } from './FoldedLines.tsx';
import { firstUnread, flowOf } from './flow.ts';
import { MessageView } from './MessageView.tsx';
import { loadOlder, useMessages } from './queries.ts';
import { SendingView } from './SendingView.tsx';
import { useSendings } from './sending.ts';
import { ThreadSkeleton } from './ThreadSkeleton.tsx';
import { TypingLine } from './TypingLine.tsx';
import { useEndKept } from './useEndKept.ts';

/** All that was said, of every channel, newest at the bottom. */
export function Flow({ thread }: { thread: Thread }) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  const now = useNow();
  const messages = useMessages(thread.id);
  const sendings = useSendings(thread.id);
  const items = messages.data?.items ?? [];
  const flow = useMemo(() => flowOf(items), [items]);
  const last = items.at(-1)?.id ?? null;
  // Where the unread began when the thread was opened: the line stays there while one reads.
  const [unreadFrom] = useState(() => ({ readAt: thread.readAt }));
  const unread = useMemo(() => firstUnread(items, unreadFrom.readAt), [items, unreadFrom]);
  const { scroller, content, below, toEnd, keepPlace } = useEndKept(messages.data !== undefined, last, sendings.length);

  if (messages.isError && messages.data === undefined)
    return <Broken error={messages.error} onRetry={() => void messages.refetch()} />;
  return (
    <div className={classes.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label={t('thread.flow')}>
        <div ref={content} className={classes.flow}>
          {messages.isPending && <ThreadSkeleton />}
          {messages.data !== undefined && messages.data.olderCursor !== null && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              className={classes.older ?? ''}
              onClick={() => void keepPlace(() => loadOlder(thread.id))}
            >
              {t('thread.older')}
            </Button>
          )}
          {flow.map((item) => {
            if (item.kind === 'day')
              return (
                <h2 key={item.key} className={classes.day}>
                  <span>{dayName(item.at, locale, now)}</span>
                </h2>
              );
            if (item.kind === 'folded') return <FoldedLines key={item.key} messages={item.messages} />;
            return (
              <div key={item.key} className={classes.item}>
                {item.message.id === unread && (
                  <div className={classes.unread}>
                    <span>{t('thread.new')}</span>
                  </div>
                )}
                <MessageView
                  thread={thread}
                  message={item.message}
                  continued={item.continued}
                  followed={item.followed}
                  newest={(item.album.at(-1)?.id ?? item.key) === last}
                  album={item.album}
                />
              </div>
            );
          })}
          {sendings.map((sending) => (
            <SendingView key={sending.body.clientKey} sending={sending} />
          ))}
          <TypingLine threadId={thread.id} clientName={thread.clientName} />
        </div>
      </section>
      {below && (
        <div className={classes.below}>
          <Button size="compact-sm" radius="xl" onClick={toEnd} leftSection={<IconArrowDown size={14} aria-hidden />}>
            {t('thread.below')}
          </Button>
        </div>
      )}
    </div>
  );
}
