import { Button } from '@mantine/core';
import { IconArrowMerge, IconCheck, IconNote, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TimelineItem } from '../../../server/clients/schema.ts';
import { ChannelGlyph } from '../../shared/ui/ChannelGlyph.tsx';
import { ListTime } from '../../shared/ui/Time.tsx';
import type { ListSearch } from '../list/search.ts';
import classes from './Client.module.css';
import { useTimeline } from './queries.ts';

const marks = { note: IconNote, opened: IconPlus, closed: IconCheck, merged: IconArrowMerge };

/** What was with this client before, over all channels, newest first. */
export function Timeline({ clientId, but, full = false }: { clientId: string; but?: string; full?: boolean }) {
  const { t } = useTranslation('inbox');
  const found = useTimeline(clientId);
  const items = (found.data?.pages.flatMap((page) => page.items) ?? []).filter((item) => item.threadId !== but);
  if (found.isPending) return null;
  if (items.length === 0) return <p className={classes.dim}>{t('client.noTimeline')}</p>;
  return (
    <>
      <ol className={classes.timeline}>
        {(full ? items : items.slice(0, 12)).map((item) => (
          <li key={item.id}>
            <Line item={item} />
          </li>
        ))}
      </ol>
      {full && found.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => void found.fetchNextPage()}
          loading={found.isFetchingNextPage}
        >
          {t('thread.older')}
        </Button>
      )}
    </>
  );
}

function Line({ item }: { item: TimelineItem }) {
  const { t } = useTranslation('inbox');
  const Mark = item.kind === 'message' ? null : marks[item.kind];
  const inside = (
    <>
      <span className={classes.timelineMark} data-kind={item.kind}>
        {Mark === null ? <ChannelGlyph kind={item.channelKind ?? 'chat'} size={14} /> : <Mark size={14} aria-hidden />}
      </span>
      <span className={classes.timelineText}>
        <span className={classes.timelineHead}>
          <bdi>
            {item.kind === 'message' || item.kind === 'note'
              ? item.author || t('client.bot')
              : t(`client.happened.${item.kind}`)}
          </bdi>
          <ListTime at={item.at} />
        </span>
        <span className={`${classes.timelineWords} p-line`} dir="auto">
          {item.text === '' ? item.subject : item.text}
        </span>
      </span>
    </>
  );
  return item.threadId === null ? (
    <span className={classes.timelineLine}>{inside}</span>
  ) : (
    <Link
      to="/t/$threadId"
      params={{ threadId: item.threadId }}
      search={(old) => old as ListSearch}
      className={classes.timelineLine}
    >
      {inside}
    </Link>
  );
}
