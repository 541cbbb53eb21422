import { UnstyledButton } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ChannelGlyph } from '../../shared/ui/ChannelGlyph.tsx';
import { count, useLocale } from '../../shared/ui/format.ts';
import { Person } from '../../shared/ui/Person.tsx';
import { PresenceDot } from '../presence/PresenceDot.tsx';
import { runningClock } from './clock.ts';
import classes from './Live.module.css';
import type { Narrowed } from './LivePlace.tsx';
import type { LiveNow } from './queries.ts';

interface Props {
  live: LiveNow;
  only: Narrowed;
  onOnly: (only: Narrowed) => void;
}

/** Waiting per channel; a click narrows the list to it. */
export function Channels({ live, now, only, onOnly }: Props & { now: number }) {
  const { t } = useTranslation('live');
  const locale = useLocale();
  const chosen = only !== null && 'channelId' in only ? only.channelId : null;
  return (
    <section aria-label={t('byChannel')}>
      <div className={classes.head}>
        <h2>{t('byChannel')}</h2>
      </div>
      <ul className={classes.list}>
        {live.byChannel.map((channel) => (
          <li key={channel.channelId}>
            <UnstyledButton
              className={classes.row}
              aria-pressed={chosen === channel.channelId}
              onClick={() => onOnly(chosen === channel.channelId ? null : { channelId: channel.channelId })}
            >
              <ChannelGlyph kind={channel.kind} size={18} />
              <span className={classes.main}>
                <span className={`${classes.name} p-ellipsis`}>
                  <bdi>{channel.name}</bdi>
                </span>
                <span className={classes.sub}>
                  {channel.longestSince === null
                    ? t('nobody')
                    : t('since', { time: runningClock(now - Date.parse(channel.longestSince), locale) })}
                </span>
              </span>
              {channel.late > 0 && (
                <span className={classes.late}>{t('lateCount', { n: count(channel.late, locale) })}</span>
              )}
              <span className={classes.count}>{count(channel.waiting, locale)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who has how much; a click narrows the list to it. Colleagues without a thread are only counted. */
export function People({ live, only, onOnly }: Props) {
  const { t } = useTranslation('live');
  const locale = useLocale();
  const chosen = only !== null && 'userId' in only ? only : null;
  const busy = live.byUser.filter((user) => user.open > 0 || user.presence === 'available' || user.presence === 'busy');
  const free = live.byUser.length - busy.length;
  const nobodys = live.waiting.filter((row) => row.assigneeId === null).length;
  return (
    <section aria-label={t('people')}>
      <div className={classes.head}>
        <h2>{t('people')}</h2>
      </div>
      <ul className={classes.list}>
        {nobodys > 0 && (
          <li>
            <UnstyledButton
              className={classes.row}
              aria-pressed={chosen?.userId === null}
              onClick={() => onOnly(chosen?.userId === null ? null : { userId: null })}
            >
              <IconUserQuestion size={26} stroke={1.5} aria-hidden />
              <span className={classes.main}>
                <span className={classes.name}>{t('unassigned')}</span>
                <span className={classes.sub}>{t('waitFor', { count: nobodys })}</span>
              </span>
              <span className={classes.count}>{count(nobodys, locale)}</span>
            </UnstyledButton>
          </li>
        )}
        {busy.map((user) => (
          <li key={user.userId}>
            <UnstyledButton
              className={classes.row}
              aria-pressed={chosen?.userId === user.userId}
              onClick={() => onOnly(chosen?.userId === user.userId ? null : { userId: user.userId })}
            >
              <Person name={user.name} size={26} />
              <span className={classes.main}>
                <span className={`${classes.name} p-ellipsis`}>
                  <bdi>{user.name}</bdi>
                </span>
                <span className={classes.sub}>
                  <PresenceDot state={user.presence} /> {t(`common:presence.${user.presence}`)} ·{' '}
                  {t('load', { open: count(user.open, locale) })}
                </span>
              </span>
              <span className={classes.count}>{count(user.waiting, locale)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {free > 0 && <p className={classes.sub}>{t('free', { count: free })}</p>}
    </section>
  );
}
