import { Button } from '@mantine/core';
import { IconBroadcast, IconDeviceTv, IconX } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../shared/ui/Empty.tsx';
import { Filters } from '../filters/Filters.tsx';
import { narrowedOf } from '../filters/search.ts';
import { Loaded } from '../page/Loaded.tsx';
import { Page } from '../page/Page.tsx';
import { People, Places } from './Breakdown.tsx';
import { Figures } from './Figures.tsx';
import classes from './Live.module.css';
import { type LiveNow, useLive, useServerNow } from './queries.ts';
import { StepIn } from './StepIn.tsx';
import { type LiveSearch, liveFilters, liveSearch } from './search.ts';
import { WaitingRow } from './WaitingRow.tsx';
import { WallLinks } from './WallLinks.tsx';

/** For who steers: who waits now, since when, where, and on whom; of everything, or of a store, a team, a channel, a person. */
export function LivePlace() {
  const { t } = useTranslation('live');
  const asked = liveSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const live = useLive(asked);
  const [links, setLinks] = useState(false);
  const ask = (search: LiveSearch) => void navigate({ to: '/live', search: search as never, replace: true });
  return (
    <Page
      wide
      title={t('title')}
      actions={
        <>
          <Button variant="subtle" onClick={() => setLinks(true)}>
            {t('kiosk.title')}
          </Button>
          <Button
            component={Link}
            to="/live/wall"
            search={asked as never}
            variant="default"
            leftSection={<IconDeviceTv size={16} aria-hidden />}
          >
            {t('wall')}
          </Button>
          {links && <WallLinks onClose={() => setLinks(false)} />}
        </>
      }
    >
      <Filters
        names={liveFilters}
        only={narrowedOf({ ...asked }, liveFilters)}
        nobody={t('unassigned')}
        onOnly={(only) => ask({ ...only, ...(asked.late === undefined ? {} : { late: true }) })}
      />
      <Loaded query={live}>{(data) => <Now live={data} asked={asked} ask={ask} />}</Loaded>
    </Page>
  );
}

function Now({ live, asked, ask }: { live: LiveNow; asked: LiveSearch; ask: (asked: LiveSearch) => void }) {
  const { t } = useTranslation('live');
  const now = useServerNow(live.aheadMs);
  const narrowed = Object.keys(asked).length > 0;
  // What the server found late, and what became so since.
  const shown = asked.late
    ? live.waiting.filter((row) => row.dueAt !== null && Date.parse(row.dueAt) < now)
    : live.waiting;
  const total = asked.late ? live.lateNow : live.waitingTotal;
  const toggle = (name: keyof LiveSearch) => (value: string | null) => {
    const { [name]: before, ...rest } = asked;
    ask(value === null || value === before ? rest : { ...rest, [name]: value });
  };
  const { late, ...only } = asked;
  return (
    <>
      <Figures live={live} now={now} asked={asked} onLate={() => ask(late ? only : { ...only, late: true })} />
      <div className={classes.columns}>
        <section aria-label={t('waiting')}>
          <div className={classes.head}>
            <h2>{t(late ? 'lateList' : 'waitingList')}</h2>
            {late && (
              <Button
                size="compact-xs"
                variant="light"
                rightSection={<IconX size={13} aria-hidden />}
                onClick={() => ask(only)}
              >
                {t('showAll')}
              </Button>
            )}
          </div>
          {shown.length === 0 ? (
            <Empty
              icon={<IconBroadcast size={28} />}
              title={t(narrowed ? 'nobodyHere' : 'nobody')}
              text={t('nobodyText')}
            />
          ) : (
            <ul className={classes.list}>
              {shown.map((row) => (
                <li key={row.threadId} className={classes.line}>
                  <WaitingRow row={row} now={now} />
                  <StepIn row={row} people={live.byUser} />
                </li>
              ))}
            </ul>
          )}
          {total > shown.length && (
            <Button component={Link} to="/" search={inboxOf(only) as never} variant="subtle">
              {t('more', { count: total - shown.length })}
            </Button>
          )}
        </section>
        <div>
          <Places
            title={t('byChannel')}
            rows={live.byChannel.map(({ channelId, ...row }) => ({ id: channelId, ...row }))}
            now={now}
            chosen={asked.channel}
            onChoose={toggle('channel')}
          />
          {live.byStore.length > 1 && (
            <Places
              title={t('byStore')}
              rows={live.byStore.map(({ storeId, ...row }) => ({ id: storeId, ...row }))}
              now={now}
              chosen={asked.store}
              onChoose={toggle('store')}
            />
          )}
          {live.byTeam.length > 0 && (
            <Places
              title={t('byTeam')}
              rows={live.byTeam.map(({ teamId, ...row }) => ({ id: teamId, ...row }))}
              now={now}
              chosen={asked.team}
              onChoose={toggle('team')}
            />
          )}
          <People live={live} chosen={asked.user} onChoose={toggle('user')} />
          <p className={classes.sub}>{t('botsDoNotCount')}</p>
        </div>
      </div>
    </>
  );
}

/** The same threads in the inbox, the longest waiting first. */
function inboxOf({ user, ...places }: LiveSearch): object {
  if (user === 'none') return { tab: 'unassigned', sort: 'waiting', ...places };
  return { tab: 'all', sort: 'waiting', ...places, ...(user === undefined ? {} : { assignee: user }) };
}
