import { Button } from '@mantine/core';
import { IconMailCheck, IconRefresh } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MailboxComparison } from '../../../../server/channels/schema.ts';
import { Empty } from '../../../shared/ui/Empty.tsx';
import { count, shortDateTime, useLocale } from '../../../shared/ui/format.ts';
import { Badge, type Tone } from '../../page/Badge.tsx';
import { Loaded } from '../../page/Loaded.tsx';
import classes from '../../page/Page.module.css';
import { Page } from '../../page/Page.tsx';
import { ChannelTrouble } from './ChannelTrouble.tsx';
import { useChannelList, useMailboxComparison } from './queries.ts';

const route = getRouteApi('/shell/settings/channels/$channelId/mailbox');

/** The mailbox against what is here: how many letters each holds, and every letter that is not simply in both. */
export function MailboxCheck() {
  const { t } = useTranslation('settings');
  const locale = useLocale();
  const { channelId } = route.useParams();
  const channel = useChannelList().data?.find((each) => each.id === channelId);
  const name = channel?.name ?? '';
  const compared = useMailboxComparison(channelId);
  return (
    <Page
      title={t('mailbox.title')}
      lead={t('mailbox.lead', { name })}
      back={{ to: '/settings/channels', label: t('sections.channels') }}
      actions={
        <Button
          variant="default"
          loading={compared.isFetching}
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={() => void compared.refetch()}
        >
          {t('mailbox.again')}
        </Button>
      }
    >
      {channel !== undefined && <ChannelTrouble channel={channel} />}
      <Loaded query={compared}>
        {({ there, stored, differences, differing }) => (
          <>
            <p className={classes.lead}>
              {t('mailbox.sum', { there: count(there, locale), stored: count(stored, locale) })}
            </p>
            {differing === 0 ? (
              <Empty icon={<IconMailCheck size={28} />} title={t('mailbox.same')} text={t('mailbox.sameText')} />
            ) : (
              <ul className={classes.rows}>
                {differences.map((one) => (
                  <Letter key={`${one.folder}/${one.uid}`} letter={one} />
                ))}
              </ul>
            )}
            {differing > differences.length && (
              <p className={classes.rowDim}>{t('mailbox.more', { count: differing - differences.length })}</p>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Only what was passed and is not here is a fault. */
const tones: Record<string, Tone> = { missing: 'red', quarantined: 'amber', notYet: 'plain' };

function Letter({ letter }: { letter: MailboxComparison['differences'][number] }) {
  const { t } = useTranslation('settings');
  const locale = useLocale();
  const facts = [letter.from, letter.at === null ? null : shortDateTime(letter.at, locale), letter.folder];
  return (
    <li className={classes.row}>
      <span className={classes.rowMain}>
        <span className={classes.rowName}>
          <bdi>{letter.subject || t('heldBack.noSubject')}</bdi>
        </span>
        <span className={classes.rowDim}>{facts.filter(Boolean).join(' · ')}</span>
        <span className={classes.rowDim}>{t(`mailbox.text.${letter.why}`, { defaultValue: letter.reason ?? '' })}</span>
      </span>
      <Badge tone={tones[letter.why] ?? 'green'}>{t(`mailbox.why.${letter.why}`, { defaultValue: letter.why })}</Badge>
      {letter.threadId !== null && (
        <Button
          component={Link}
          to="/t/$threadId"
          params={{ threadId: letter.threadId } as never}
          size="compact-sm"
          variant="default"
        >
          {t('mailbox.open')}
        </Button>
      )}
    </li>
  );
}
