import { useTranslation } from 'react-i18next';
import { ChannelGlyph } from '../../shared/ui/ChannelGlyph.tsx';
import { dueState } from '../../shared/ui/DueClock.tsx';
import { count, duration, useLocale } from '../../shared/ui/format.ts';
import { ThreadLink } from '../thread/ThreadLink.tsx';
import { runningClock } from './clock.ts';
import classes from './Live.module.css';
import type { LiveNow } from './queries.ts';

/** The four figures of now: longest waiting, waiting, late, answered today. */
export function Figures({ live, now }: { live: LiveNow; now: number }) {
  const { t } = useTranslation('live');
  const locale = useLocale();
  const [longest] = live.waiting;
  const late = longest !== undefined && dueState(longest.waitingSince, longest.dueAt, now) === 'late';
  return (
    <div className={classes.figures}>
      {longest === undefined ? (
        <div className={classes.figure}>
          <span className={classes.label}>{t('longest')}</span>
          <span className={classes.value}>–</span>
          <span className={classes.detail}>{t('nobody')}</span>
        </div>
      ) : (
        <ThreadLink threadId={longest.threadId} search={{}} className={classes.figure} data-late={late || undefined}>
          <span className={classes.label}>{t(late ? 'longestLate' : 'longest')}</span>
          <span className={classes.value}>
            <bdi dir="ltr">{runningClock(now - Date.parse(longest.waitingSince), locale)}</bdi>
          </span>
          <span className={classes.detail}>
            <ChannelGlyph kind={longest.channelKind} size={15} />
            <bdi className="p-ellipsis">{longest.clientName}</bdi>
          </span>
        </ThreadLink>
      )}
      <div className={classes.figure}>
        <span className={classes.label}>{t('waiting')}</span>
        <span className={classes.value}>{count(live.waitingTotal, locale)}</span>
        <span className={classes.detail}>{t('clients', { count: live.waitingTotal })}</span>
      </div>
      <div className={classes.figure} data-late={live.lateNow > 0 || undefined}>
        <span className={classes.label}>{t('late')}</span>
        <span className={classes.value}>{count(live.lateNow, locale)}</span>
        <span className={classes.detail}>{t(live.lateNow > 0 ? 'lateText' : 'noneLate')}</span>
      </div>
      <div className={classes.figure}>
        <span className={classes.label}>{t('answered')}</span>
        <span className={classes.value}>{count(live.answeredToday.n, locale)}</span>
        <span className={classes.detail}>
          {live.answeredToday.medianMs === null
            ? t('noMedian')
            : t('median', { time: duration(live.answeredToday.medianMs, locale) })}
        </span>
      </div>
    </div>
  );
}
