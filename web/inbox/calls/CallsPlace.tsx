import { Button, SegmentedControl } from '@mantine/core';
import { IconPhone, IconPhoneIncoming, IconPhoneOff, IconPhoneOutgoing } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../server/calls/schema.ts';
import { Empty } from '../../shared/ui/Empty.tsx';
import { ago, duration, exactTime, useLocale, useNow } from '../../shared/ui/format.ts';
import { useColleagueName } from '../me/queries.ts';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { Page } from '../page/Page.tsx';
import { ThreadLink } from '../thread/ThreadLink.tsx';
import classes from './Calls.module.css';
import { type Shown, useCalls } from './queries.ts';
import { About, Who } from './Who.tsx';

/** Every telephone call that one may know: who, when, how long, what was said, and calling back. */
export function CallsPlace() {
  const { t } = useTranslation('calls');
  const [shown, setShown] = useState<Shown>('all');
  const calls = useCalls(shown);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <SegmentedControl
          aria-label={t('show')}
          value={shown}
          onChange={(value) => setShown(value as Shown)}
          data={(['all', 'missed'] as const).map((value) => ({ value, label: t(`shown.${value}`) }))}
        />
      }
    >
      <Loaded query={calls}>
        {(data) => {
          const items = data.pages.flatMap((one) => one.items);
          if (items.length === 0)
            return <Empty icon={<IconPhone size={28} />} title={t('none')} text={t('noneText')} />;
          return (
            <ul className={page.rows}>
              {items.map((call) => (
                <CallRow key={call.id} call={call} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      {calls.hasNextPage && (
        <Button variant="subtle" loading={calls.isFetchingNextPage} onClick={() => void calls.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Page>
  );
}

function CallRow({ call }: { call: Call }) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const now = useNow();
  const nameOf = useColleagueName();
  const missed = call.state === 'missed';
  const Glyph = missed ? IconPhoneOff : call.direction === 'inbound' ? IconPhoneIncoming : IconPhoneOutgoing;
  const talked =
    call.answeredAt === null ? 0 : Date.parse(call.endedAt ?? call.answeredAt) - Date.parse(call.answeredAt);
  return (
    <li className={page.row}>
      <Glyph size={18} stroke={1.7} aria-hidden className={missed ? classes.missed : classes.glyph} />
      <div className={page.rowMain}>
        <span className={page.rowName}>
          <Who call={call} />
        </span>
        <span className={page.rowDim}>
          {t(`kinds.${call.direction}.${missed ? 'missed' : 'talked'}`)} ·{' '}
          <time dateTime={call.startedAt} title={exactTime(call.startedAt, locale)}>
            {ago(call.startedAt, locale, now)}
          </time>
          {talked > 0 && <> · {duration(talked, locale)}</>}
          {call.userId !== null && <> · {nameOf(call.userId)}</>}
        </span>
        <span className={page.rowDim}>
          <About call={call} />
        </span>
        {call.note !== '' && (
          <p className={classes.said} dir="auto">
            {call.note}
          </p>
        )}
      </div>
      <div className={page.rowEnd}>
        {call.threadId !== null && (
          <ThreadLink threadId={call.threadId} className={classes.open}>
            {t('openThread')}
          </ThreadLink>
        )}
        {call.phone !== '' && (
          <Button component="a" href={`tel:${call.phone}`} size="compact-sm" variant={missed ? 'light' : 'subtle'}>
            {t('callBack')}
          </Button>
        )}
      </div>
    </li>
  );
}
