import { ActionIcon } from '@mantine/core';
import { useFullscreenDocument } from '@mantine/hooks';
import { IconMaximize, IconMinimize, IconX } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChannelGlyph } from '../../shared/ui/ChannelGlyph.tsx';
import { dueState } from '../../shared/ui/DueClock.tsx';
import { count, duration, useLocale } from '../../shared/ui/format.ts';
import { useColleagueName } from '../me/queries.ts';
import { Loaded } from '../page/Loaded.tsx';
import { useKeys } from '../shell/keys.ts';
import { useShop } from '../shop/queries.ts';
import { ThreadLink } from '../thread/ThreadLink.tsx';
import { runningClock } from './clock.ts';
import { type LiveNow, useLive, useServerNow } from './queries.ts';
import { type LiveSearch, liveSearch } from './search.ts';
import classes from './Wallboard.module.css';

/** Rows that fit on a wall and are read from four metres. */
const shownRows = 6;
/** A breach is pointed out for so long, ms. */
const breachMs = 3000;

/** The live figures for a screen on the wall. Nothing moves but the clocks; nothing blinks but a new breach. */
export function Wallboard() {
  const { t } = useTranslation('live');
  const asked = liveSearch(useSearch({ strict: false }));
  const live = useLive(asked);
  const navigate = useNavigate();
  const nameOf = useColleagueName();
  useKeys([{ keys: 'Escape', run: () => void navigate({ to: '/live', search: asked as never }) }]);
  return (
    <Loaded query={live}>
      {(data) => {
        const place = [
          data.byStore.find(({ storeId }) => storeId === asked.store)?.name,
          data.byTeam.find(({ teamId }) => teamId === asked.team)?.name,
          data.byChannel.find(({ channelId }) => channelId === asked.channel)?.name,
          asked.user === 'none' ? t('unassigned') : nameOf(asked.user ?? null),
        ].filter((name) => name !== undefined && name !== '');
        return <Wall live={data} title={t('wall')} place={place.join(' · ')} asked={asked} />;
      }}
    </Loaded>
  );
}

/** Whose wall it is, where the shop said so, and of which place. */
function ShopOnWall({ place }: { place: string }) {
  const { name, logoUrl } = useShop();
  if (name === '' && logoUrl === null && place === '') return null;
  return (
    <span className={classes.shop}>
      {logoUrl !== null && <img src={logoUrl} alt={name} />}
      {logoUrl === null && place === '' && <bdi>{name}</bdi>}
      {place !== '' && <bdi>{place}</bdi>}
    </span>
  );
}

interface WallProps {
  live: Omit<LiveNow, 'late'>;
  title: string;
  /** The store or whatever else it is narrowed to; empty for all. */
  place?: string;
  asked?: LiveSearch;
  /** A kiosk's leads nowhere. */
  kiosk?: boolean;
}

/** The board itself. */
export function Wall({ live, title, place = '', asked = {}, kiosk = false }: WallProps) {
  const { t } = useTranslation('live');
  const locale = useLocale();
  const now = useServerNow(live.aheadMs);
  const breached = useNewBreach(live.lateNow);
  const [longest] = live.waiting;
  const late = longest !== undefined && dueState(longest.waitingSince, longest.dueAt, now) === 'late';
  const clock = longest === undefined ? '–' : runningClock(now - Date.parse(longest.waitingSince), locale);
  const people = live.byUser.filter((user) => user.open > 0).slice(0, shownRows);
  const channels = live.byChannel.toSorted((a, b) => b.waiting - a.waiting).slice(0, shownRows);
  return (
    <section className={classes.wall} aria-label={title}>
      <h1 style={{ position: 'absolute', clipPath: 'inset(50%)' }}>{title}</h1>
      <div className={classes.tile} data-late={late || undefined}>
        <div className={classes.top}>
          <h2 className={classes.label}>{t(late ? 'longestLate' : 'longest')}</h2>
          <ShopOnWall place={place} />
        </div>
        <bdi className={classes.clock} dir="ltr" data-long={clock.length > 5 || undefined}>
          {clock}
        </bdi>
        {longest === undefined ? (
          <span className={classes.who}>{t('nobody')}</span>
        ) : kiosk ? (
          <span className={classes.who}>
            <ChannelGlyph kind={longest.channelKind} />
            <bdi className="p-ellipsis">{longest.clientName}</bdi>
          </span>
        ) : (
          <ThreadLink
            threadId={longest.threadId}
            search={{}}
            className={classes.who}
            style={{ color: 'inherit', textDecoration: 'none' }}
          >
            <ChannelGlyph kind={longest.channelKind} />
            <bdi className="p-ellipsis">{longest.clientName}</bdi>
          </ThreadLink>
        )}
      </div>
      <div className={classes.tile}>
        <h2 className={classes.label}>{t('byChannel')}</h2>
        <ul className={classes.list}>
          {channels.map((channel) => (
            <li key={channel.channelId}>
              <ChannelGlyph kind={channel.kind} />
              <bdi className={`${classes.name} p-ellipsis`}>{channel.name}</bdi>
              {channel.late > 0 && (
                <span className={classes.late}>{t('lateCount', { n: count(channel.late, locale) })}</span>
              )}
              <span className={classes.n}>{count(channel.waiting, locale)}</span>
            </li>
          ))}
        </ul>
        {!kiosk && <Corner asked={asked} />}
      </div>
      <div className={classes.pair}>
        <div className={`${classes.tile} ${breached ? classes.new : ''}`} data-late={live.lateNow > 0 || undefined}>
          <h2 className={classes.label}>{t('late')}</h2>
          <span className={classes.big}>{count(live.lateNow, locale)}</span>
          <p className={classes.detail}>{t('ofWaiting', { n: count(live.waitingTotal, locale) })}</p>
        </div>
        <div className={classes.tile}>
          <h2 className={classes.label}>{t('answered')}</h2>
          <span className={classes.big}>{count(live.answeredToday.n, locale)}</span>
          <p className={classes.detail}>
            {live.answeredToday.medianMs === null
              ? t('noMedian')
              : t('medianP90', {
                  median: duration(live.answeredToday.medianMs, locale),
                  p90: duration(live.answeredToday.p90Ms ?? 0, locale),
                })}
          </p>
        </div>
      </div>
      <div className={classes.tile}>
        <h2 className={classes.label}>{t('people')}</h2>
        {people.length === 0 ? (
          <p className={classes.detail}>{t('allFree')}</p>
        ) : (
          <ul className={classes.list}>
            {people.map((user) => (
              <li key={user.userId}>
                <bdi className={`${classes.name} p-ellipsis`}>{user.name}</bdi>
                {user.waiting > 0 && <span className={classes.detail}>{t('waitFor', { count: user.waiting })}</span>}
                <span className={classes.n}>{count(user.open, locale)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

/** True for a moment after the number of late answers grew. */
function useNewBreach(lateNow: number): boolean {
  const before = useRef(lateNow);
  const [fresh, setFresh] = useState(false);
  useEffect(() => {
    const grew = lateNow > before.current;
    before.current = lateNow;
    if (!grew) return;
    setFresh(true);
    const timer = setTimeout(() => setFresh(false), breachMs);
    return () => clearTimeout(timer);
  }, [lateNow]);
  return fresh;
}

function Corner({ asked }: { asked: LiveSearch }) {
  const { t } = useTranslation('live');
  const { toggle, fullscreen } = useFullscreenDocument();
  return (
    <div className={classes.exit}>
      <ActionIcon
        onClick={() => void toggle()}
        aria-label={t(fullscreen ? 'smaller' : 'fullscreen')}
        title={t(fullscreen ? 'smaller' : 'fullscreen')}
      >
        {fullscreen ? <IconMinimize size={18} /> : <IconMaximize size={18} />}
      </ActionIcon>
      <ActionIcon component={Link} to="/live" search={asked as never} aria-label={t('leave')} title={t('leave')}>
        <IconX size={18} />
      </ActionIcon>
    </div>
  );
}
