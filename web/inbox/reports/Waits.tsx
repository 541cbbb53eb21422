import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ResponseTimes } from '../../../server/reports/schema.ts';
import { duration, shortDateTime, useLocale } from '../../shared/ui/format.ts';
import { useColleagueName } from '../me/queries.ts';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { Section } from '../page/Page.tsx';
import { ThreadLink } from '../thread/ThreadLink.tsx';
import { useKeyName } from './keyName.ts';
import { useWaits } from './queries.ts';
import classes from './Reports.module.css';
import type { Asked } from './search.ts';

/** The answered waits behind a row, the longest first; each opens its thread. */
export function Waits({ asked, report, onClose }: { asked: Asked; report: ResponseTimes; onClose: () => void }) {
  const { t } = useTranslation('reports');
  const locale = useLocale();
  const nameOf = useColleagueName();
  const keyName = useKeyName(asked.by);
  const waits = useWaits(asked);
  const row = report.rows.find((item) => item.key === asked.key);
  const name = row === undefined ? '' : keyName(row);
  return (
    <Section title={t('waits', { name })}>
      <Button size="compact-sm" variant="subtle" leftSection={<IconX size={14} aria-hidden />} onClick={onClose} mb={8}>
        {t('closeWaits')}
      </Button>
      <Loaded query={waits}>
        {(data) => (
          <ul className={page.rows}>
            {data.pages
              .flatMap((one) => one.items)
              .map((wait) => (
                <li key={wait.id}>
                  <ThreadLink threadId={wait.threadId} className={page.row}>
                    <span className={page.rowMain}>
                      <span className={page.rowName}>
                        <bdi>{wait.clientName}</bdi>
                      </span>
                      <span className={page.rowDim}>
                        {shortDateTime(wait.askedAt, locale)} · {nameOf(wait.userId)}
                        {wait.forUserId !== null && ` ${t('for', { name: nameOf(wait.forUserId) })}`} ·{' '}
                        <bdi>{wait.subject}</bdi>
                      </span>
                    </span>
                    <span className={page.rowEnd}>
                      {wait.lateMs !== null && wait.lateMs > 0 && (
                        <span className={classes.late}>{t('lateTime', { time: duration(wait.lateMs, locale) })}</span>
                      )}
                      <bdi>{duration(asked.time === 'clock' ? wait.clockMs : wait.workingMs, locale)}</bdi>
                    </span>
                  </ThreadLink>
                </li>
              ))}
          </ul>
        )}
      </Loaded>
      {waits.hasNextPage && (
        <Button variant="subtle" mt={8} loading={waits.isFetchingNextPage} onClick={() => void waits.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Section>
  );
}
