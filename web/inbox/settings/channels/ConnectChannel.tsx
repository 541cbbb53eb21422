import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconBrandTelegram, IconCheck, IconMail, IconMessageCircle, IconPhone } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel, ChannelTest } from '../../../../server/channels/schema.ts';
import { showError } from '../../../shared/ui/problem.ts';
import { CopyCode } from '../../page/CopyCode.tsx';
import { Page, Section } from '../../page/Page.tsx';
import { ChannelForm } from './ChannelForm.tsx';
import classes from './Channels.module.css';
import { type ChannelInput, connectChannel, editChannel, removeChannel, testChannel } from './queries.ts';
import { TestSteps } from './TestSteps.tsx';

const route = getRouteApi('/shell/settings/channels/new');
const kinds = [
  { kind: 'email', Icon: IconMail },
  { kind: 'chat', Icon: IconMessageCircle },
  { kind: 'telegram', Icon: IconBrandTelegram },
  { kind: 'phone', Icon: IconPhone },
] as const;

/** Connecting an account: which kind, its settings, and a test of it in words. */
export function ConnectChannel() {
  const { t } = useTranslation('settings');
  const { kind } = route.useSearch();
  const back = { to: '/settings/channels', label: t('sections.channels') };
  if (kind !== undefined) return <ConnectKind key={kind} kind={kind} />;
  return (
    <Page title={t('connect.title')} lead={t('connect.text')} back={back}>
      <div className={classes.kinds}>
        {kinds.map(({ kind: each, Icon }) => (
          <Link key={each} to="/settings/channels/new" search={{ kind: each }} className={classes.kind}>
            <Icon size={24} stroke={1.6} aria-hidden />
            <strong>{t(`connect.kinds.${each}`)}</strong>
            <span>{t(`connect.kindText.${each}`)}</span>
          </Link>
        ))}
      </div>
    </Page>
  );
}

function ConnectKind({ kind }: { kind: Channel['kind'] }) {
  const { t } = useTranslation('settings');
  const [made, setMade] = useState<Channel | null>(null);
  const [result, setResult] = useState<ChannelTest | null>(null);
  const [editing, setEditing] = useState(false);
  const navigate = useNavigate();
  const back = { to: '/settings/channels/new', label: t('connect.title') };

  const save = async (input: ChannelInput) => {
    // A second try changes what the first one made: never two accounts of one mailbox.
    const { kind: _, ...change } = input;
    const channel = made === null ? await connectChannel(input) : await editChannel(made.id, change);
    setMade(channel);
    setEditing(false);
    setResult(null);
    testChannel(channel.id).then(setResult, showError);
  };

  const discard = async (id: string) => {
    try {
      await removeChannel(id);
      await navigate({ to: '/settings/channels' });
    } catch (error) {
      showError(error);
    }
  };

  if (made === null || editing)
    return (
      <Page title={t(`connect.titles.${kind}`)} back={back}>
        <ChannelForm
          kind={kind}
          {...(made === null ? {} : { channel: made })}
          button={t(kind === 'chat' ? 'connect.make' : 'connect.button')}
          onSave={save}
        />
      </Page>
    );
  return (
    <Page title={made.name} back={{ to: '/settings/channels', label: t('sections.channels') }}>
      <Stack gap="lg">
        {made.embedCode !== null && (
          <Section title={t('connect.embedTitle')} text={t('channels.embedText')}>
            <CopyCode value={made.embedCode} label={t('channels.embed')} />
          </Section>
        )}
        {made.kind === 'phone' && (
          <Section title={t('phone.webhook')} text={t('phone.webhookText')}>
            <CopyCode value={`${window.location.origin}/api/v1/calls/events/${made.id}`} label={t('phone.webhook')} />
          </Section>
        )}
        <Section title={t('connect.testTitle')}>
          <TestSteps result={result} />
        </Section>
        {result?.ok === true && (
          <Alert
            color="green"
            variant="light"
            icon={<IconCheck size={18} aria-hidden />}
            title={t('connect.done')}
            styles={{ title: { color: 'var(--p-text)' } }}
          >
            {t(`connect.doneText.${kind}`)}
          </Alert>
        )}
        {result?.ok === false && (
          <Alert color="red" variant="light" title={t('connect.failed')}>
            {t('connect.failedText')}
          </Alert>
        )}
        <Group>
          <Button component={Link} to="/settings/channels">
            {t('connect.toChannels')}
          </Button>
          <Button variant="default" onClick={() => setEditing(true)}>
            {t('connect.change')}
          </Button>
          {result?.ok === false && (
            <Button variant="subtle" color="red" onClick={() => void discard(made.id)}>
              {t('connect.discard')}
            </Button>
          )}
        </Group>
      </Stack>
    </Page>
  );
}
