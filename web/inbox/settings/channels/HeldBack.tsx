import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload, IconMailCheck, IconRefresh } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { HeldBack as HeldBackLetter } from '../../../../server/channels/schema.ts';
import { Empty } from '../../../shared/ui/Empty.tsx';
import { shortDateTime, useLocale } from '../../../shared/ui/format.ts';
import { showError } from '../../../shared/ui/problem.ts';
import { useMay } from '../../me/queries.ts';
import { Loaded } from '../../page/Loaded.tsx';
import classes from '../../page/Page.module.css';
import { Page } from '../../page/Page.tsx';
import { useSubmit } from '../../page/useSubmit.ts';
import { rawHref, retryHeldBack, useChannelList, useHeldBack, useIgnored } from './queries.ts';

const route = getRouteApi('/shell/settings/channels/$channelId/held-back');

/** Letters that could not be read: kept whole, with the reason, and tried again on a click. */
export function HeldBack() {
  const { t } = useTranslation('settings');
  const { channelId } = route.useParams();
  const channel = useChannelList().data?.find((each) => each.id === channelId);
  const name = channel?.name ?? '';
  const ignored = useIgnored(channelId, (channel?.health.ignored ?? 0) > 0);
  const letters = useHeldBack(channelId);
  return (
    <Page
      title={t('heldBack.title')}
      lead={t('heldBack.lead', { name })}
      back={{ to: '/settings/channels', label: t('sections.channels') }}
    >
      <Loaded query={letters}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={<IconMailCheck size={28} />} title={t('heldBack.none')} text={t('heldBack.noneText')} />
          ) : (
            <ul className={classes.rows}>
              {items.map((letter) => (
                <Letter key={letter.id} channelId={channelId} letter={letter} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {ignored.data !== undefined && (
        <section aria-labelledby="ignored">
          <h2 id="ignored" className={classes.rowName} style={{ marginTop: 24 }}>
            {t('heldBack.ignored')}
          </h2>
          <p className={classes.lead}>{t('heldBack.ignoredText')}</p>
          <ul className={classes.rows}>
            {ignored.data.map((one) => (
              <NotForUs key={one.id} channelId={channelId} one={one} />
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}

function NotForUs({ channelId, one }: { channelId: string; one: HeldBackLetter }) {
  const { t } = useTranslation('settings');
  const locale = useLocale();
  return (
    <li className={classes.row}>
      <span className={classes.rowMain}>
        <span className={classes.rowName}>{t(`heldBack.reason.${one.reason}`, { defaultValue: one.reason })}</span>
        <span className={classes.rowDim}>{shortDateTime(one.arrivedAt, locale)}</span>
      </span>
      {one.hasRaw && <Original channelId={channelId} id={one.id} />}
    </li>
  );
}

function Original({ channelId, id }: { channelId: string; id: string }) {
  const { t } = useTranslation('settings');
  return (
    <Button
      component="a"
      href={rawHref(channelId, id)}
      download
      size="compact-sm"
      variant="default"
      leftSection={<IconDownload size={15} aria-hidden />}
    >
      {t('heldBack.download')}
    </Button>
  );
}

function Letter({ channelId, letter }: { channelId: string; letter: HeldBackLetter }) {
  const { t } = useTranslation('settings');
  const locale = useLocale();
  const may = useMay();
  const { busy, submit } = useSubmit(
    async () => {
      const { outcome } = await retryHeldBack(channelId, letter.id);
      notifications.show({
        message: t(outcome === 'quarantined' ? 'heldBack.still' : 'heldBack.read'),
        color: outcome === 'quarantined' ? 'red' : 'green',
        closeButtonProps: { 'aria-label': t('common:close') },
      });
    },
    { onRefused: showError },
  );
  return (
    <li className={classes.row}>
      <span className={classes.rowMain}>
        <span className={classes.rowName}>
          <bdi>{letter.subject ?? t('heldBack.noSubject')}</bdi>
        </span>
        <span className={classes.rowDim}>
          {[letter.from, shortDateTime(letter.arrivedAt, locale)].filter(Boolean).join(' · ')}
        </span>
        <span className={classes.rowDim} style={{ color: 'var(--p-red)' }} dir="auto">
          {t(`heldBack.reason.${letter.reason}`, { defaultValue: letter.reason })}
        </span>
      </span>
      {may('channels.manage') && (
        <Group gap="xs" wrap="nowrap">
          {letter.hasRaw && <Original channelId={channelId} id={letter.id} />}
          <Button
            size="compact-sm"
            variant="default"
            loading={busy}
            leftSection={<IconRefresh size={15} aria-hidden />}
            onClick={() => submit()}
          >
            {t('common:retry')}
          </Button>
        </Group>
      )}
    </li>
  );
}
