import { Button } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../../shared/ui/Empty.tsx';
import { useMay } from '../../me/queries.ts';
import { useConfirm } from '../../page/confirm.tsx';
import { Loaded } from '../../page/Loaded.tsx';
import { Page } from '../../page/Page.tsx';
import { ChannelCard } from './ChannelCard.tsx';
import classes from './Channels.module.css';
import { useChannelList, useLiveHealth } from './queries.ts';

/** Every account that Parley receives and sends by, with its health. */
export function ChannelsSection() {
  const { t } = useTranslation('settings');
  const may = useMay();
  const channels = useChannelList();
  useLiveHealth();
  const [ask, dialog] = useConfirm();
  const connect = may('channels.manage') && (
    <Button component={Link} to="/settings/channels/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('channels.connect')}
    </Button>
  );
  return (
    <Page
      title={t('sections.channels')}
      lead={t('channels.lead')}
      actions={channels.data?.length === 0 ? undefined : connect}
    >
      <Loaded query={channels}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={<IconPlugConnected size={28} />} title={t('channels.none')} text={t('channels.noneText')}>
              {connect}
            </Empty>
          ) : (
            <ul className={classes.cards}>
              {items.map((channel) => (
                <ChannelCard key={channel.id} channel={channel} ask={ask} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {dialog}
    </Page>
  );
}
