import { useTranslation } from 'react-i18next';
import type { Live } from '../../../server/reports/schema.ts';
import { ChannelGlyph } from '../../shared/ui/ChannelGlyph.tsx';
import { dueState } from '../../shared/ui/DueClock.tsx';
import { exactTime, shortDateTime, useLocale } from '../../shared/ui/format.ts';
import { useColleagueName } from '../me/queries.ts';
import { ThreadLink } from '../thread/ThreadLink.tsx';
import { runningClock } from './clock.ts';
import classes from './Live.module.css';

/** One waiting client: who, about what, with whom, and the running clock; opens the thread. */
export function WaitingRow({ row, now }: { row: Live['waiting'][number]; now: number }) {
  const { t } = useTranslation('live');
  const locale = useLocale();
  const nameOf = useColleagueName();
  const state = dueState(row.waitingSince, row.dueAt, now);
  return (
    <ThreadLink threadId={row.threadId} search={{}} className={classes.row}>
      <ChannelGlyph kind={row.channelKind} size={18} />
      <span className={classes.main}>
        <span className={`${classes.name} p-ellipsis`}>
          <bdi>{row.clientName}</bdi>
        </span>
        <span className={classes.about}>
          {row.waitsFor !== null && (
            <>
              <span className={`${classes.late} p-ellipsis`}>{t('waitsFor', { name: row.waitsFor })}</span>
              <span className={classes.between}>·</span>
            </>
          )}
          <span className={classes.rest}>
            <span>{row.assigneeId === null ? t('unassigned') : nameOf(row.assigneeId)} ·</span>
            {row.answerAt !== null && <span>{t('answerAt', { time: shortDateTime(row.answerAt, locale) })} ·</span>}
            <bdi className="p-ellipsis">{row.subject}</bdi>
          </span>
        </span>
      </span>
      <span className={classes.clock} data-state={state} title={exactTime(row.waitingSince, locale)}>
        <bdi dir="ltr">{runningClock(now - Date.parse(row.waitingSince), locale)}</bdi>
        {row.dueAt !== null && (state === 'late' || state === 'soon') && (
          <span className={classes.state}>
            {t(state === 'late' ? 'lateBy' : 'left', {
              time: runningClock(Math.abs(Date.parse(row.dueAt) - now), locale),
            })}
          </span>
        )}
      </span>
    </ThreadLink>
  );
}
