import { Button, Stack } from '@mantine/core';
import { IconRobot } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BotSettings } from '../../../../server/bot/schema.ts';
import type { Channel } from '../../../../server/channels/schema.ts';
import { Empty } from '../../../shared/ui/Empty.tsx';
import { showError } from '../../../shared/ui/problem.ts';
import { useMay } from '../../me/queries.ts';
import { FormError } from '../../page/FormError.tsx';
import { Loaded } from '../../page/Loaded.tsx';
import { Page, Section } from '../../page/Page.tsx';
import { useSubmit } from '../../page/useSubmit.ts';
import { editChannel, useChannelList } from '../channels/queries.ts';
import { saySaved } from '../saySaved.ts';
import { DurationField } from '../times/DurationField.tsx';
import { BotFields } from './BotFields.tsx';
import { saveBotSettings, useBotSettings } from './queries.ts';

/** What the bot may do in each channel, and by when it promises that somebody acts. */
export function BotSection() {
  const { t } = useTranslation('settings');
  const channels = useChannelList();
  const settings = useBotSettings();
  return (
    <Page title={t('sections.bot')} lead={t('botPage.lead')}>
      <Loaded query={channels}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={<IconRobot size={28} />} title={t('botPage.noChannel')} text={t('botPage.noChannelText')}>
              <Button component={Link} to="/settings/channels">
                {t('sections.channels')}
              </Button>
            </Empty>
          ) : (
            <Section title={t('botPage.channels')} text={t('botPage.channelsText')}>
              <Stack gap="xl" maw={640}>
                {items
                  .filter(({ kind }) => kind !== 'phone')
                  .map((channel) => (
                    <ChannelBot key={channel.id} channel={channel} />
                  ))}
              </Stack>
            </Section>
          )
        }
      </Loaded>
      <Loaded query={settings}>{(stored) => <Promises stored={stored} />}</Loaded>
    </Page>
  );
}

/** Kept as soon as it is chosen. */
function ChannelBot({ channel }: { channel: Channel }) {
  const may = useMay();
  const [chosen, setChosen] = useState<Partial<Pick<Channel, 'botMode' | 'botThreshold'>>>({});
  const choose = async (change: typeof chosen) => {
    if (!may('channels.manage')) return;
    setChosen(change);
    try {
      await editChannel(channel.id, change);
    } catch (refused) {
      showError(refused);
    } finally {
      setChosen({});
    }
  };
  return (
    <BotFields label={channel.name} values={{ ...channel, ...chosen }} onChange={(change) => void choose(change)} />
  );
}

function Promises({ stored }: { stored: BotSettings }) {
  const { t } = useTranslation('settings');
  const [values, setValues] = useState(stored);
  const set = (change: { [key in keyof BotSettings]?: number | null }) =>
    setValues((before) => ({
      confirmHoldMs: change.confirmHoldMs ?? before.confirmHoldMs,
      reachMs: change.reachMs ?? before.reachMs,
    }));
  const { busy, error, submit } = useSubmit(async () => {
    await saveBotSettings(values);
    saySaved(t('botPage.saved'));
  });
  return (
    <Section title={t('botPage.promises')} text={t('botPage.promisesText')}>
      <form onSubmit={submit}>
        <Stack gap="md" maw={420}>
          <FormError text={error} />
          <DurationField
            label={t('botPage.confirmHold')}
            description={t('botPage.confirmHoldText')}
            value={values.confirmHoldMs}
            onChange={(confirmHoldMs) => set({ confirmHoldMs })}
          />
          <DurationField
            label={t('botPage.reach')}
            description={t('botPage.reachText')}
            value={values.reachMs}
            onChange={(reachMs) => set({ reachMs })}
          />
          <Button type="submit" loading={busy} style={{ alignSelf: 'start' }}>
            {t('common:save')}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
