import { ActionIcon, CloseButton, Pill, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconClockHour4, IconSearch } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThreadRow } from '../../../server/threads/schema.ts';
import { countUpTo, useLocale } from '../../shared/ui/format.ts';
import { Hint } from '../shell/Hint.tsx';
import { useKeys } from '../shell/keys.ts';
import { BulkBar } from './BulkBar.tsx';
import { FilterMenu, filters, useFilterNames } from './FilterMenu.tsx';
import classes from './ListHeader.module.css';
import { useCounts } from './queries.ts';
import type { ListSearch } from './search.ts';

const tabs = [
  { name: 'mine', tab: undefined, keys: 'g i' },
  { name: 'unassigned', tab: 'unassigned', keys: 'g u' },
  { name: 'all', tab: 'all', keys: 'g a' },
] as const;

/** Tabs with their counters, words to look for, filters, and the order. */
export function ListHeader({ search, selected }: { search: ListSearch; selected: ThreadRow[] }) {
  const { t } = useTranslation('inbox');
  const counts = useCounts();
  const locale = useLocale();
  return (
    <header className={classes.header}>
      <h1 className={classes.title}>{t('list.title')}</h1>
      <nav className={classes.tabs} aria-label={t('list.tabs')}>
        {tabs.map(({ name, tab, keys }) => (
          <Hint key={name} label={t(`tabs.${name}`)} keys={keys}>
            <Link
              to="/"
              search={tab === undefined ? {} : { tab }}
              className={classes.tab}
              data-active={(search.q === undefined && search.tab === tab) || undefined}
              aria-current={search.q === undefined && search.tab === tab ? 'page' : undefined}
            >
              {t(`tabs.${name}`)}
              {counts !== undefined && (
                <span className={classes.count}>{countUpTo(counts[name], counts.limit, locale)}</span>
              )}
            </Link>
          </Hint>
        ))}
      </nav>
      {selected.length > 0 ? (
        <BulkBar rows={selected} />
      ) : (
        <div className={classes.tools}>
          <SearchField search={search} />
          <SortButton search={search} />
          <FilterMenu search={search} />
        </div>
      )}
      <ActiveFilters search={search} />
    </header>
  );
}

function SearchField({ search }: { search: ListSearch }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState(search.q ?? '');
  useEffect(() => setWords(search.q ?? ''), [search.q]);
  useKeys([{ keys: '/', run: () => field.current?.select() }]);
  const look = (value: string) => {
    const { q: _, ...rest } = search;
    const q = value.trim();
    void navigate({ to: '.', search: q === '' ? rest : { ...rest, q }, replace: true });
  };
  const lookSoon = useDebouncedCallback(look, 180);
  return (
    <TextInput
      ref={field}
      className={classes.search ?? ''}
      size="xs"
      type="search"
      value={words}
      placeholder={t('list.search')}
      aria-label={t('list.search')}
      aria-keyshortcuts="/"
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        words === '' ? null : (
          <CloseButton
            size="xs"
            aria-label={t('list.clear')}
            onClick={() => {
              setWords('');
              look('');
            }}
          />
        )
      }
      onChange={(event) => {
        setWords(event.currentTarget.value);
        lookSoon(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        setWords('');
        look('');
        field.current?.blur();
      }}
    />
  );
}

function SortButton({ search }: { search: ListSearch }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const on = search.sort === 'waiting';
  const label = t(on ? 'list.sortLast' : 'list.sortWaiting');
  const { sort: _, ...rest } = search;
  return (
    <Hint label={label}>
      <ActionIcon
        aria-label={label}
        aria-pressed={on}
        variant={on ? 'light' : 'subtle'}
        color={on ? 'accent' : 'gray'}
        size={30}
        onClick={() => void navigate({ to: '.', search: on ? rest : { ...rest, sort: 'waiting' } })}
      >
        <IconClockHour4 size={17} />
      </ActionIcon>
    </Hint>
  );
}

function ActiveFilters({ search }: { search: ListSearch }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const named = useFilterNames(filters.some((name) => search[name] !== undefined));
  const active: [keyof ListSearch, string][] = filters.flatMap((name) => {
    const value = search[name];
    if (value === undefined) return [];
    return [[name, named[name].find((each) => each.value === value)?.label ?? t(`list.${name}`)]];
  });
  if (search.sort !== undefined) active.push(['sort', t('list.longest')]);
  if (active.length === 0) return null;
  return (
    <div className={classes.active}>
      {active.map(([name, words]) => {
        const { [name]: _, ...rest } = search;
        return (
          <Pill
            key={name}
            withRemoveButton
            onRemove={() => void navigate({ to: '.', search: rest })}
            removeButtonProps={{
              'aria-label': t('list.removeFilter', { filter: words }),
              'aria-hidden': false,
              tabIndex: 0,
            }}
          >
            {words}
          </Pill>
        );
      })}
    </div>
  );
}
