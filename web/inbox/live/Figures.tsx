import { UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ChannelGlyph } from '../../shared/ui/ChannelGlyph.tsx';
import { dueState } from '../../shared/ui/DueClock.tsx';
import { count, duration, useLocale } from '../../shared/ui/format.ts';
import { ThreadLink } from '../thread/ThreadLink.tsx';
import { runningClock } from './clock.ts';
import classes from './Live.module.css';
import type { LiveNow } from './queries.ts';
import type { LiveSearch } from './search.ts';

interface Props {
  live: LiveNow;
  now: number;
  asked: LiveSearch;
  /** Shows only who waits too long, or everybody again. */
  onLate: () => void;
}

/** The four figures of now: longest waiting, waiting, late, answered today; each leads to what is behind it. */
export function Figures({ live, now, asked, onLate }: Props) {
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
      <UnstyledButton
        className={classes.figure}
        data-late={live.lateNow > 0 || undefined}
        aria-pressed={asked.late === true}
        onClick={onLate}
      >
        <span className={classes.label}>{t('late')}</span>
        <span className={classes.value}>{count(live.lateNow, locale)}</span>
        <span className={classes.detail}>{t(live.lateNow > 0 ? 'lateText' : 'noneLate')}</span>
      </UnstyledButton>
      <Link to="/reports" search={{ days: 1, measure: 'all', ...whose(asked) } as never} className={classes.figure}>
        <span className={classes.label}>{t('answered')}</span>
        <span className={classes.value}>{count(live.answeredToday.n, locale)}</span>
        <span className={classes.detail}>
          {live.answeredToday.medianMs === null
            ? t('noMedian')
            : t('medianP90', {
                median: duration(live.answeredToday.medianMs, locale),
                p90: duration(live.answeredToday.p90Ms ?? 0, locale),
              })}
        </span>
      </Link>
      {(live.promisesLate > 0 || live.requestsLate > 0) && (
        <p className={classes.owed}>
          {live.promisesLate > 0 && (
            <Link to="/promises" search={{ whose: 'all', due: 'late', ...whose(asked) } as never}>
              {t('promisesLate', { count: live.promisesLate })}
            </Link>
          )}
          {live.requestsLate > 0 && (
            <Link to="/questions" search={{ box: 'all', due: 'late', ...asker(asked) } as never}>
              {t('requestsLate', { count: live.requestsLate })}
            </Link>
          )}
        </p>
      )}
    </div>
  );
}

/** The same narrowing of threads: nobody's too. */
function asker({ late: _, ...only }: LiveSearch): object {
  return only;
}

/** The same narrowing elsewhere, where nobody is no person. */
function whose({ late: _, user, ...places }: LiveSearch): object {
  return user === undefined || user === 'none' ? places : { ...places, user };
}
