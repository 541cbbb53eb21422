import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import {
  IconChevronDown,
  IconDots,
  IconListCheck,
  IconMailExclamation,
  IconMessageOff,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconStethoscope,
  IconTrash,
} from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel, ChannelTest } from '../../../../server/channels/schema.ts';
import { ChannelGlyph } from '../../../shared/ui/ChannelGlyph.tsx';
import { count, duration, useLocale, useNow } from '../../../shared/ui/format.ts';
import { showError } from '../../../shared/ui/problem.ts';
import { useMay } from '../../me/queries.ts';
import { Badge } from '../../page/Badge.tsx';
import { CopyCode } from '../../page/CopyCode.tsx';
import type { Question } from '../../page/confirm.tsx';
import classes from './Channels.module.css';
import { ChannelTrouble } from './ChannelTrouble.tsx';
import { healthWords } from './health.ts';
import { editChannel, removeChannel, testChannel } from './queries.ts';
import { TestSteps } from './TestSteps.tsx';

/** One connected account: what it is, how it is, what can be done. */
export function ChannelCard({ channel, ask }: { channel: Channel; ask: (question: Question) => void }) {
  const { t } = useTranslation('settings');
  const locale = useLocale();
  const now = useNow();
  const may = useMay();
  const navigate = useNavigate();
  const [testing, setTesting] = useState(false);
  const [result, setResult] = useState<ChannelTest | null>(null);
  const [embed, setEmbed] = useState(false);
  const words = healthWords(channel, t, locale, now);
  const manages = may('channels.manage');
  const config = channel.config as { address?: string; username?: string; allowedOrigins?: string[] };
  const address =
    config.address ??
    (config.username === undefined ? undefined : `@${config.username}`) ??
    config.allowedOrigins?.map((origin) => origin.replace(/^https?:\/\//, '')).join(', ') ??
    '';

  const test = async () => {
    setTesting(true);
    setResult(null);
    try {
      setResult(await testChannel(channel.id));
    } catch (error) {
      setTesting(false);
      showError(error);
    }
  };
  const pause = (paused: boolean) => void editChannel(channel.id, { paused }).catch(showError);

  return (
    <li className={classes.card}>
      <div className={classes.cardHead}>
        <span className={classes.glyph}>
          <ChannelGlyph kind={channel.kind} size={18} />
        </span>
        <div className={classes.names}>
          <h2>
            <bdi>{channel.name}</bdi>
            <Badge tone={words.tone}>{words.state}</Badge>
          </h2>
          {address !== '' && (
            <bdi className={classes.address} dir="ltr">
              {address}
            </bdi>
          )}
        </div>
        {manages && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={t('channels.actions', { name: channel.name })}>
                <IconDots size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconPencil size={16} aria-hidden />}
                onClick={() =>
                  void navigate({ to: '/settings/channels/$channelId', params: { channelId: channel.id } })
                }
              >
                {t('channels.edit')}
              </Menu.Item>
              <Menu.Item leftSection={<IconStethoscope size={16} aria-hidden />} onClick={() => void test()}>
                {t('channels.test')}
              </Menu.Item>
              {channel.kind === 'email' && channel.health.remoteCount !== null && (
                <Menu.Item
                  leftSection={<IconListCheck size={16} aria-hidden />}
                  onClick={() =>
                    void navigate({ to: '/settings/channels/$channelId/mailbox', params: { channelId: channel.id } })
                  }
                >
                  {t('mailbox.compare')}
                </Menu.Item>
              )}
              {channel.paused ? (
                <Menu.Item leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={() => pause(false)}>
                  {t('channels.resume')}
                </Menu.Item>
              ) : (
                <Menu.Item leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={() => pause(true)}>
                  {t('channels.pause')}
                </Menu.Item>
              )}
              <Menu.Divider />
              <Menu.Item
                c="var(--p-red)"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() =>
                  ask({
                    title: t('channels.removeTitle', { name: channel.name }),
                    text: t('channels.removeText'),
                    action: t('channels.remove'),
                    run: () => removeChannel(channel.id),
                  })
                }
              >
                {t('channels.remove')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <p className={classes.health}>
        {words.facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      <p className={classes.policy}>
        {[
          channel.targetMs === null
            ? t('channels.noTarget')
            : t('channels.target', { time: duration(channel.targetMs, locale) }),
          t(`channels.bot.${channel.botMode}`),
        ].join(' · ')}
      </p>
      <ChannelTrouble channel={channel} />
      {(channel.health.quarantined > 0 || channel.health.ignored > 0 || channel.embedCode !== null) && (
        <Group gap="xs" mt="sm">
          {channel.health.quarantined > 0 && (
            <Button
              component={Link}
              to={`/settings/channels/${channel.id}/held-back`}
              size="compact-sm"
              variant="default"
              leftSection={<IconMailExclamation size={15} aria-hidden />}
            >
              {t('channels.heldBack', { count: channel.health.quarantined })}
            </Button>
          )}
          {manages && channel.health.ignored > 0 && (
            <Button
              component={Link}
              to={`/settings/channels/${channel.id}/held-back`}
              size="compact-sm"
              variant="default"
              leftSection={<IconMessageOff size={15} aria-hidden />}
            >
              {t('health.ignored', { n: count(channel.health.ignored, locale) })}
            </Button>
          )}
          {channel.embedCode !== null && (
            <Button
              size="compact-sm"
              variant="default"
              rightSection={<IconChevronDown size={14} aria-hidden />}
              aria-expanded={embed}
              onClick={() => setEmbed(!embed)}
            >
              {t('channels.embed')}
            </Button>
          )}
        </Group>
      )}
      {embed && channel.embedCode !== null && (
        <div style={{ marginTop: 8 }}>
          <p className={classes.policy} style={{ marginBottom: 8 }}>
            {t('channels.embedText')}
          </p>
          <CopyCode value={channel.embedCode} label={t('channels.embed')} />
        </div>
      )}
      {testing && (
        <div style={{ marginTop: 12 }}>
          <TestSteps result={result} />
        </div>
      )}
    </li>
  );
}
