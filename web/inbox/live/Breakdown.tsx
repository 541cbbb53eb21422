import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconChartBar, IconUserQuestion } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ChannelGlyph } from '../../shared/ui/ChannelGlyph.tsx';
import { count, useLocale } from '../../shared/ui/format.ts';
import { Person } from '../../shared/ui/Person.tsx';
import { useMay } from '../me/queries.ts';
import { PresenceDot } from '../presence/PresenceDot.tsx';
import { runningClock } from './clock.ts';
import classes from './Live.module.css';
import type { LiveNow } from './queries.ts';

interface Chosen {
  chosen: string | undefined;
  /** The same once more is all again. */
  onChoose: (id: string) => void;
}

interface PlaceRow {
  id: string;
  name: string;
  kind?: string;
  waiting: number;
  late: number;
  longestSince: string | null;
}

/** Waiting per channel, store or team; a click narrows the page to it. */
export function Places({
  title,
  rows,
  now,
  chosen,
  onChoose,
}: Chosen & { title: string; rows: readonly PlaceRow[]; now: number }) {
  const { t } = useTranslation('live');
  const locale = useLocale();
  return (
    <section aria-label={title}>
      <div className={classes.head}>
        <h2>{title}</h2>
      </div>
      <ul className={classes.list}>
        {rows.map((row) => (
          <li key={row.id}>
            <UnstyledButton
              className={classes.row}
              aria-pressed={chosen === row.id}
              data-quiet={row.waiting === 0 || undefined}
              onClick={() => onChoose(row.id)}
            >
              {row.kind !== undefined && <ChannelGlyph kind={row.kind} size={18} />}
              <span className={classes.main}>
                <span className={`${classes.name} p-ellipsis`}>
                  <bdi>{row.name}</bdi>
                </span>
                <span className={classes.sub}>
                  {row.longestSince === null
                    ? t('nobody')
                    : t('since', { time: runningClock(now - Date.parse(row.longestSince), locale) })}
                </span>
              </span>
              {row.late > 0 && <span className={classes.late}>{t('lateCount', { n: count(row.late, locale) })}</span>}
              <span className={classes.count}>{count(row.waiting, locale)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who has how much; a click narrows the page to it. Colleagues without a thread are only counted. */
export function People({ live, chosen, onChoose }: Chosen & { live: LiveNow }) {
  const { t } = useTranslation('live');
  const locale = useLocale();
  const may = useMay();
  const isHere = (presence: string) => presence === 'available' || presence === 'busy';
  const busy = live.byUser.filter((user) => user.open > 0 || user.userId === chosen || isHere(user.presence));
  const free = live.byUser.length - busy.length;
  return (
    <section aria-label={t('people')}>
      <div className={classes.head}>
        <h2>{t('people')}</h2>
      </div>
      <ul className={classes.list}>
        {(live.unassigned > 0 || chosen === 'none') && (
          <li>
            <UnstyledButton className={classes.row} aria-pressed={chosen === 'none'} onClick={() => onChoose('none')}>
              <IconUserQuestion size={26} stroke={1.5} aria-hidden />
              <span className={classes.main}>
                <span className={classes.name}>{t('unassigned')}</span>
                <span className={classes.sub}>{t('waitFor', { count: live.unassigned })}</span>
              </span>
              <span className={classes.count}>{count(live.unassigned, locale)}</span>
            </UnstyledButton>
          </li>
        )}
        {busy.map((user) => (
          <li key={user.userId} className={classes.line}>
            <UnstyledButton
              className={classes.row}
              aria-pressed={chosen === user.userId}
              onClick={() => onChoose(user.userId)}
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
            {may('reports.read') && (
              <ActionIcon
                component={Link}
                to="/people/$userId"
                params={{ userId: user.userId } as never}
                aria-label={t('personPage', { name: user.name })}
              >
                <IconChartBar size={16} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {free > 0 && <p className={classes.sub}>{t('free', { count: free })}</p>}
    </section>
  );
}
