import { Button } from '@mantine/core';
import { IconBroadcast, IconDeviceTv, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../shared/ui/Empty.tsx';
import { Loaded } from '../page/Loaded.tsx';
import { Page } from '../page/Page.tsx';
import { Channels, People } from './Breakdown.tsx';
import { Figures } from './Figures.tsx';
import classes from './Live.module.css';
import { type LiveNow, useLive, useServerNow } from './queries.ts';
import { StepIn } from './StepIn.tsx';
import { WaitingRow } from './WaitingRow.tsx';
import { WallLinks } from './WallLinks.tsx';

/** What the waiting are narrowed to: a channel or a person (null: nobody's). */
export type Narrowed = { channelId: string } | { userId: string | null } | null;

/** For who steers: who waits now, since when, where, and on whom. */
export function LivePlace() {
  const { t } = useTranslation('live');
  const live = useLive();
  const [links, setLinks] = useState(false);
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
            variant="default"
            leftSection={<IconDeviceTv size={16} aria-hidden />}
          >
            {t('wall')}
          </Button>
          {links && <WallLinks onClose={() => setLinks(false)} />}
        </>
      }
    >
      <Loaded query={live}>{(data) => <Now live={data} />}</Loaded>
    </Page>
  );
}

function Now({ live }: { live: LiveNow }) {
  const { t } = useTranslation('live');
  const now = useServerNow(live.aheadMs);
  const [only, setOnly] = useState<Narrowed>(null);
  const shown = live.waiting.filter((row) =>
    only === null ? true : 'channelId' in only ? row.channelId === only.channelId : row.assigneeId === only.userId,
  );
  return (
    <>
      <Figures live={live} now={now} />
      <div className={classes.columns}>
        <section aria-label={t('waiting')}>
          <div className={classes.head}>
            <h2>{t('waitingList')}</h2>
            {only !== null && (
              <Button
                size="compact-xs"
                variant="light"
                rightSection={<IconX size={13} aria-hidden />}
                onClick={() => setOnly(null)}
              >
                {t('showAll')}
              </Button>
            )}
          </div>
          {shown.length === 0 ? (
            <Empty
              icon={<IconBroadcast size={28} />}
              title={t(only === null ? 'nobody' : 'nobodyHere')}
              text={t('nobodyText')}
            />
          ) : (
            <ul className={classes.list}>
              {shown.map((row) => (
                <li key={row.threadId}>
                  <div style={{ display: 'flex', alignItems: 'center', gap: 4 }}>
                    <div style={{ flex: 1, minWidth: 0 }}>
                      <WaitingRow row={row} now={now} />
                    </div>
                    <StepIn row={row} people={live.byUser} />
                  </div>
                </li>
              ))}
            </ul>
          )}
          {only === null && live.waitingTotal > live.waiting.length && (
            <Button component={Link} to="/" search={{ tab: 'all', sort: 'waiting' } as never} variant="subtle">
              {t('more', { count: live.waitingTotal - live.waiting.length })}
            </Button>
          )}
        </section>
        <div>
          <Channels live={live} now={now} only={only} onOnly={setOnly} />
          <People live={live} only={only} onOnly={setOnly} />
          <p className={classes.sub}>{t('botsDoNotCount')}</p>
        </div>
      </div>
    </>
  );
}
