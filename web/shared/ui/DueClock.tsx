import { IconAlarm, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './DueClock.module.css';
import { duration, shortDateTime, useLocale, useNow } from './format.ts';

/** How a waiting client's clock stands: `null` when nobody waits. */
export type DueState = 'late' | 'soon' | 'waiting' | null;

/** Due soon: less than a quarter of the promised time is left. */
export function dueState(waitingSince: string | null, dueAt: string | null, now: number): DueState {
  if (waitingSince === null) return null;
  if (dueAt === null) return 'waiting';
  const due = Date.parse(dueAt);
  if (now >= due) return 'late';
  return due - now < (due - Date.parse(waitingSince)) / 4 ? 'soon' : 'waiting';
}

/** The clock of a client who waits: a word, a shape and a colour. Quiet unless it matters or `always`. */
export function DueClock({
  waitingSince,
  dueAt,
  always = false,
  short = false,
}: {
  waitingSince: string | null;
  dueAt: string | null;
  always?: boolean;
  /** Only the largest unit, where room is scarce. */
  short?: boolean;
}) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  const now = useNow();
  const state = dueState(waitingSince, dueAt, now);
  if (state === null || waitingSince === null || (state === 'waiting' && !always)) return null;
  const length = (ms: number) => duration(Math.max(0, ms), locale, short ? 1 : 2);
  const text =
    state === 'waiting' || dueAt === null
      ? t('due.waiting', { time: length(now - Date.parse(waitingSince)) })
      : t(`due.${state}`, { time: length(Math.abs(Date.parse(dueAt) - now)) });
  const title = t(dueAt === null ? 'due.since' : 'due.sinceDue', {
    since: shortDateTime(waitingSince, locale),
    due: dueAt === null ? '' : shortDateTime(dueAt, locale),
  });
  const Icon = state === 'late' ? IconAlarm : IconClock;
  return (
    <span className={classes.due} data-state={state} title={title}>
      <Icon size={13} stroke={2} aria-hidden />
      {text}
    </span>
  );
}
