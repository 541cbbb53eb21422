import { Button, SegmentedControl } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientPromise } from '../../../server/promises/schema.ts';
import { Empty } from '../../shared/ui/Empty.tsx';
import { useMay } from '../me/queries.ts';
import { Loaded } from '../page/Loaded.tsx';
import { Page, Section } from '../page/Page.tsx';
import { PromiseRow } from './PromiseRow.tsx';
import classes from './Promises.module.css';
import { type Shown, usePromises, type Whose } from './queries.ts';

/** What I owe clients by when: late first, then today, then later. Whoever sees all threads sees everybody's too. */
export function PromisesPlace() {
  const { t } = useTranslation('promises');
  const may = useMay();
  const [whose, setWhose] = useState<Whose>('me');
  const [shown, setShown] = useState<Shown>('open');
  const promises = usePromises(whose, shown);
  return (
    <Page title={t('title')} lead={t('lead')}>
      <div className={classes.controls}>
        <SegmentedControl
          aria-label={t('show')}
          value={shown}
          onChange={(value) => setShown(value as Shown)}
          data={[
            { value: 'open', label: t('open') },
            { value: 'settled', label: t('settled') },
          ]}
        />
        {may('threads.readAll') && (
          <SegmentedControl
            aria-label={t('whose')}
            value={whose}
            onChange={(value) => setWhose(value as Whose)}
            data={[
              { value: 'me', label: t('mine') },
              { value: 'all', label: t('everybody') },
            ]}
          />
        )}
      </div>
      <Loaded query={promises}>
        {(data) => <Groups items={data.pages.flatMap((page) => page.items)} shown={shown} />}
      </Loaded>
      {promises.hasNextPage && (
        <Button variant="subtle" loading={promises.isFetchingNextPage} onClick={() => void promises.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Page>
  );
}

const dayMs = 24 * 60 * 60_000;

function Groups({ items, shown }: { items: ClientPromise[]; shown: Shown }) {
  const { t } = useTranslation('promises');
  if (items.length === 0) return <Empty icon={<IconCircleCheck size={28} />} title={t('none')} text={t('noneText')} />;
  const endOfDay = new Date().setHours(24, 0, 0, 0);
  const due = (item: ClientPromise) => (item.dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(item.dueAt));
  const groups =
    shown === 'settled'
      ? [{ name: 'settled', items: [...items].reverse() }]
      : [
          { name: 'late', items: items.filter((item) => item.late) },
          { name: 'today', items: items.filter((item) => !item.late && due(item) < endOfDay) },
          { name: 'week', items: items.filter((item) => due(item) >= endOfDay && due(item) < endOfDay + 6 * dayMs) },
          { name: 'later', items: items.filter((item) => due(item) >= endOfDay + 6 * dayMs) },
        ];
  return groups
    .filter((group) => group.items.length > 0)
    .map((group) => (
      <Section key={group.name} title={t(`groups.${group.name}`, { count: group.items.length })}>
        <ul className={classes.list}>
          {group.items.map((item) => (
            <PromiseRow key={item.id} promise={item} />
          ))}
        </ul>
      </Section>
    ));
}
