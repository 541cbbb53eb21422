import { Button, Skeleton } from '@mantine/core';
import { IconArrowMerge, IconExternalLink } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Thread } from '../../../server/threads/schema.ts';
import { ChannelGlyph } from '../../shared/ui/ChannelGlyph.tsx';
import { ListTime } from '../../shared/ui/Time.tsx';
import { AssistPanel } from '../assist/AssistPanel.tsx';
import type { ListSearch } from '../list/search.ts';
import { useMay } from '../me/queries.ts';
import { Owed } from '../owed/Owed.tsx';
import { ThreadReasons } from '../reasons/ThreadReasons.tsx';
import { SuggestionCards } from '../suggestions/SuggestionCards.tsx';
import { merge } from '../thread/actions.ts';
import classes from './Client.module.css';
import { ClientCard } from './ClientCard.tsx';
import { MergeProposals } from './MergeProposals.tsx';
import { useClient } from './queries.ts';
import { Timeline } from './Timeline.tsx';

/** Beside a thread: what could be answered, who it is, what else is open, what was before. */
export function ClientPanel({ thread }: { thread: Thread }) {
  const { t } = useTranslation('inbox');
  const found = useClient(thread.clientId);
  return (
    <div className={classes.panel}>
      <SuggestionCards threadId={thread.id} />
      <AssistPanel thread={thread} />
      {found.data === undefined ? (
        <div className="p-late" aria-hidden>
          <Skeleton height={14} width="50%" mb={10} />
          <Skeleton height={10} width="80%" mb={8} />
          <Skeleton height={10} width="70%" />
        </div>
      ) : (
        <>
          <MergeProposals client={found.data} />
          <ClientCard client={found.data} />
        </>
      )}
      <Owed clientId={thread.clientId} thread={thread} />
      <ThreadReasons threadId={thread.id} />
      <Siblings thread={thread} />
      <section className={classes.section}>
        <h3 className={classes.title}>
          {t('client.timeline')}
          <Link to="/clients/$clientId" params={{ clientId: thread.clientId }} className={classes.all}>
            {t('client.page')}
            <IconExternalLink size={13} aria-hidden />
          </Link>
        </h3>
        <Timeline clientId={thread.clientId} but={thread.id} />
      </section>
    </div>
  );
}

/** The same client's other open threads, each one click from being one with this. */
function Siblings({ thread }: { thread: Thread }) {
  const { t } = useTranslation('inbox');
  const may = useMay();
  if (thread.siblings.length === 0) return null;
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>{t('client.open', { count: thread.siblings.length })}</h3>
      <ul className={classes.plain}>
        {thread.siblings.map((sibling) => (
          <li key={sibling.id} className={classes.sibling}>
            <Link
              to="/t/$threadId"
              params={{ threadId: sibling.id }}
              search={(old) => old as ListSearch}
              className={classes.siblingLink}
            >
              <ChannelGlyph kind={sibling.channelKind} size={15} />
              <bdi>{sibling.subject === '' ? t('thread.noSubject') : sibling.subject}</bdi>
              <ListTime at={sibling.lastMessageAt} />
            </Link>
            {may('threads.write') && (
              <Button
                size="compact-xs"
                variant="subtle"
                leftSection={<IconArrowMerge size={14} aria-hidden />}
                onClick={() => void merge(thread, sibling.id)}
                aria-label={t('client.mergeThreadLabel', { subject: sibling.subject })}
              >
                {t('client.mergeThread')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
