import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { shortDateTime, useLocale } from '../../shared/ui/format.ts';
import { useColleagueName } from '../me/queries.ts';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { Section } from '../page/Page.tsx';
import { BehindRow } from './BehindRow.tsx';
import { useThreadsBehind } from './queries.ts';

/** The threads behind a number; each opens. */
export function Behind({
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
  const threads = useThreadsBehind(path, question);
  return (
    <Section title={title}>
      <Button size="compact-sm" variant="subtle" leftSection={<IconX size={14} aria-hidden />} onClick={onClose} mb={8}>
        {t('closeWaits')}
      </Button>
      <Loaded query={threads}>
        {(data) => (
          <ul className={page.rows}>
            {data.pages
              .flatMap((one) => one.items)
              .map((item, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two hidden ones may be of one instant
                <li key={`${item.threadId} ${item.at} ${place}`}>
                  <BehindRow threadId={item.threadId}>
                    <span className={page.rowMain}>
                      <span className={page.rowName}>
                        <bdi>{item.threadId === null ? t('notYours') : item.clientName}</bdi>
                      </span>
                      <span className={page.rowDim}>
                        {shortDateTime(item.at, locale)} · <bdi>{item.subject}</bdi>
                      </span>
                    </span>
                    <span className={page.rowEnd}>
                      <bdi>{nameOf(item.userId)}</bdi>
                    </span>
                  </BehindRow>
                </li>
              ))}
          </ul>
        )}
      </Loaded>
      {threads.hasNextPage && (
        <Button
          variant="subtle"
          mt={8}
          loading={threads.isFetchingNextPage}
          onClick={() => void threads.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </Section>
  );
}
