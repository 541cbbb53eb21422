import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { duration, shortDateTime, useLocale } from '../../shared/ui/format.ts';
import { useColleagueName } from '../me/queries.ts';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { Section } from '../page/Page.tsx';
import { BehindRow } from './BehindRow.tsx';
import { useWaits } from './queries.ts';
import classes from './Reports.module.css';

/** The answered waits behind a figure, the longest first; each opens its thread. */
export function Waits({
  title,
  path,
  question,
  onClose,
}: {
  title: string;
  path: string;
  question: Record<string, string | undefined>;
  onClose: () => void;
}) {
  const { t } = useTranslation('reports');
  const locale = useLocale();
  const nameOf = useColleagueName();
  const waits = useWaits(path, question);
  return (
    <Section title={title}>
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
                  <BehindRow threadId={wait.threadId}>
                    <span className={page.rowMain}>
                      <span className={page.rowName}>
                        <bdi>{wait.threadId === null ? t('notYours') : wait.clientName}</bdi>
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
                      <bdi>{duration(question.time === 'working' ? wait.workingMs : wait.clockMs, locale)}</bdi>
                    </span>
                  </BehindRow>
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
