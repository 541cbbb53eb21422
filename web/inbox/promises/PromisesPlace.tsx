import { Button, SegmentedControl, Select } from '@mantine/core';
import { IconCircleCheck, IconMessageQuestion, IconX } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ClientPromise } from '../../../server/promises/schema.ts';
import { Empty } from '../../shared/ui/Empty.tsx';
import { Filters } from '../filters/Filters.tsx';
import { useMay } from '../me/queries.ts';
import { Loaded } from '../page/Loaded.tsx';
import { Page, Section } from '../page/Page.tsx';
import { PromiseRow } from './PromiseRow.tsx';
import classes from './Promises.module.css';
import { usePromises } from './queries.ts';
import { type PromiseSearch, promiseFilters, promiseKinds, promiseSearch } from './search.ts';

/** What I owe clients by when: late first, then today, then later. Whoever sees all threads sees everybody's too, narrowed as they like. */
export function PromisesPlace() {
  const { t } = useTranslation('promises');
  const may = useMay();
  const asked = promiseSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const { shown = 'open', whose = 'me' } = asked;
  const promises = usePromises(asked);
  const ask = (search: PromiseSearch) => void navigate({ to: '/promises', search: search as never, replace: true });
  const change = (name: keyof PromiseSearch, value: string | undefined) => {
    const { [name]: _, ...rest } = asked;
    ask(value === undefined ? rest : { ...rest, [name]: value });
  };
  const { shown: _, whose: __, kind, due, ...only } = asked;
  const kept = {
    ...(asked.shown === undefined ? {} : { shown: asked.shown }),
    ...(kind === undefined ? {} : { kind }),
    ...(due === undefined ? {} : { due }),
  };
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Button
          component={Link}
          to="/questions"
          variant="default"
          leftSection={<IconMessageQuestion size={16} aria-hidden />}
        >
          {t('questions.title')}
        </Button>
      }
    >
      <div className={classes.controls}>
        <SegmentedControl
          aria-label={t('show')}
          value={shown}
          onChange={(value) => change('shown', value === 'settled' ? value : undefined)}
          data={[
            { value: 'open', label: t('open') },
            { value: 'settled', label: t('settled') },
          ]}
        />
        {may('threads.readAll') && (
          <SegmentedControl
            aria-label={t('whose')}
            value={whose}
            // What belongs to me is nobody else's.
            onChange={(value) => ask(value === 'all' ? { ...kept, whose: value } : kept)}
            data={[
              { value: 'me', label: t('mine') },
              { value: 'all', label: t('everybody') },
            ]}
          />
        )}
        <Select
          size="xs"
          w={180}
          clearable
          aria-label={t('anyKind')}
          placeholder={t('anyKind')}
          clearButtonProps={{ 'aria-label': t('reports:only.clear', { name: t('anyKind') }) }}
          data={promiseKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={kind ?? null}
          onChange={(value) => change('kind', value ?? undefined)}
        />
        {due === 'late' && (
          <Button
            size="compact-xs"
            variant="light"
            rightSection={<IconX size={13} aria-hidden />}
            onClick={() => change('due', undefined)}
          >
            {t('onlyLate')}
          </Button>
        )}
      </div>
      {whose === 'all' && (
        <Filters names={promiseFilters} only={only} onOnly={(next) => ask({ ...kept, whose: 'all', ...next })} />
      )}
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

function Groups({ items, shown }: { items: ClientPromise[]; shown: 'open' | 'settled' }) {
  const { t } = useTranslation('promises');
  if (items.length === 0) return <Empty icon={<IconCircleCheck size={28} />} title={t('none')} text={t('noneText')} />;
  const endOfDay = new Date().setHours(24, 0, 0, 0);
  const due = (item: ClientPromise) => (item.dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(item.dueAt));
  const groups =
    shown === 'settled'
      ? [{ name: 'settled', items }]
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
