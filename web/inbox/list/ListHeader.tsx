import { ActionIcon, CloseButton, Menu, Pill, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconCheck, IconClockHour4, IconSearch } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countUpTo, useLocale } from '../../shared/ui/format.ts';
import { useChannels } from '../me/channels.ts';
import { useKeys } from '../shell/keys.ts';
import { WithKey } from '../shell/NavRail.tsx';
import classes from './ListHeader.module.css';
import { useCounts, useTags } from './queries.ts';
import type { ListSearch } from './search.ts';

const tabs = [
  { name: 'mine', tab: undefined, keys: 'g i' },
  { name: 'unassigned', tab: 'unassigned', keys: 'g u' },
  { name: 'all', tab: 'all', keys: 'g a' },
] as const;

/** Tabs with their counters, words to look for, filters, and the order. */
export function ListHeader({ search }: { search: ListSearch; rows: number }) {
  const { t } = useTranslation('inbox');
  const counts = useCounts();
  const locale = useLocale();
  return (
    <header className={classes.header}>
      <h1 className={classes.title}>{t('list.title')}</h1>
      <nav className={classes.tabs} aria-label={t('list.tabs')}>
        {tabs.map(({ name, tab, keys }) => (
          <Tooltip key={name} label={<WithKey label={t(`tabs.${name}`)} keys={keys} />}>
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
          </Tooltip>
        ))}
      </nav>
      <div className={classes.tools}>
        <SearchField search={search} />
        <SortButton search={search} />
        <FilterMenu search={search} />
      </div>
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
    <Tooltip label={label}>
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
    </Tooltip>
  );
}

const statuses = ['open', 'snoozed', 'closed', 'all'] as const;

function FilterMenu({ search }: { search: ListSearch }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const channels = useChannels(opened);
  const tags = useTags(opened);
  const on = search.status !== undefined || search.channel !== undefined || search.tag !== undefined;
  const set = (change: Partial<Record<keyof ListSearch, string | undefined>>) => {
    const merged = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined);
    void navigate({ to: '.', search: Object.fromEntries(merged) as ListSearch });
  };
  const mark = (is: boolean) => (is ? <IconCheck size={14} aria-hidden /> : <span style={{ width: 14 }} />);
  return (
    <Menu opened={opened} onChange={setOpened} withinPortal={false} position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon
          aria-label={t('list.filter')}
          title={t('list.filter')}
          size={30}
          variant={on ? 'light' : 'subtle'}
          color={on ? 'accent' : 'gray'}
        >
          <IconAdjustmentsHorizontal size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('list.status')}</Menu.Label>
        {statuses.map((status) => (
          <Menu.Item
            key={status}
            leftSection={mark((search.status ?? 'open') === status)}
            onClick={() => set({ status: status === 'open' ? undefined : status })}
          >
            {t(`status.${status}`)}
          </Menu.Item>
        ))}
        {channels.length > 0 && <Menu.Label>{t('list.channel')}</Menu.Label>}
        {channels.map((channel) => (
          <Menu.Item
            key={channel.id}
            leftSection={mark(search.channel === channel.id)}
            onClick={() => set({ channel: search.channel === channel.id ? undefined : channel.id })}
          >
            {channel.name}
          </Menu.Item>
        ))}
        {tags.length > 0 && <Menu.Label>{t('list.tag')}</Menu.Label>}
        {tags.map((tag) => (
          <Menu.Item
            key={tag}
            leftSection={mark(search.tag === tag)}
            onClick={() => set({ tag: search.tag === tag ? undefined : tag })}
          >
            {tag}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ActiveFilters({ search }: { search: ListSearch }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const channels = useChannels(search.channel !== undefined);
  const channel = channels.find((each) => each.id === search.channel)?.name;
  const active: [keyof ListSearch, string][] = [
    ...(search.status === undefined ? [] : [['status', t(`status.${search.status}`)] as [keyof ListSearch, string]]),
    ...(search.channel === undefined ? [] : [['channel', channel ?? t('list.channel')] as [keyof ListSearch, string]]),
    ...(search.tag === undefined ? [] : [['tag', search.tag] as [keyof ListSearch, string]]),
    ...(search.sort === undefined ? [] : [['sort', t('list.longest')] as [keyof ListSearch, string]]),
  ];
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
