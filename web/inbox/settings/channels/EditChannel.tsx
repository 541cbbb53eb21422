import { notifications } from '@mantine/notifications';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../page/Loaded.tsx';
import { Page } from '../../page/Page.tsx';
import { Missing } from '../../shell/Missing.tsx';
import { ChannelForm } from './ChannelForm.tsx';
import { ChannelTrouble } from './ChannelTrouble.tsx';
import { editChannel, useChannelList } from './queries.ts';

const route = getRouteApi('/shell/settings/channels/$channelId');

/** The settings of one connected account. */
export function EditChannel() {
  const { t } = useTranslation('settings');
  const { channelId } = route.useParams();
  const navigate = useNavigate();
  const channels = useChannelList();
  return (
    <Loaded query={channels}>
      {(items) => {
        const channel = items.find((each) => each.id === channelId);
        if (channel === undefined) return <Missing />;
        return (
          <Page title={channel.name} back={{ to: '/settings/channels', label: t('sections.channels') }}>
            <div style={{ marginBottom: 16 }}>
              <ChannelTrouble channel={channel} />
            </div>
            <ChannelForm
              kind={channel.kind}
              channel={channel}
              button={t('common:save')}
              onSave={async ({ kind: _, ...change }) => {
                await editChannel(channel.id, change);
                notifications.show({
                  message: t('channels.saved', { name: change.name }),
                  closeButtonProps: { 'aria-label': t('common:close') },
                });
                await navigate({ to: '/settings/channels' });
              }}
            />
          </Page>
        );
      }}
    </Loaded>
  );
}
