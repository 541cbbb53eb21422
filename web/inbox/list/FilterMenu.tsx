import { ActionIcon, Popover, Select, Stack } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannels } from '../me/channels.ts';
import { useColleagues } from '../me/queries.ts';
import { useStoreNames } from '../me/stores.ts';
import { useTeams } from '../me/teams.ts';
import { useTags } from './queries.ts';
import type { ListSearch } from './search.ts';

const statuses = ['open', 'snoozed', 'closed', 'all'] as const;

/** What narrows a list beside its tab, in the order it is asked for most. */
export const filters = ['status', 'channel', 'tag', 'assignee', 'team', 'store'] as const;
export type Filter = (typeof filters)[number];

/** Narrows the list: each filter is one field, and part of the address. */
export function FilterMenu({ search }: { search: ListSearch }) {
  const { t } = useTranslation('inbox');
  const [opened, setOpened] = useState(false);
  const on = filters.some((name) => search[name] !== undefined);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={260} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          aria-label={t('list.filter')}
          title={t('list.filter')}
          size={30}
          variant={on ? 'light' : 'subtle'}
          color={on ? 'accent' : 'gray'}
          onClick={() => setOpened(!opened)}
        >
          <IconAdjustmentsHorizontal size={17} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={t('list.filter')}>
        <Fields search={search} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Fields({ search }: { search: ListSearch }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const named = useFilterNames(true);
  const set = (name: Filter, value: string | null) => {
    const { [name]: _, ...rest } = search;
    // Of whom the threads are says the assignee then, not the tab.
    const base = name === 'assignee' && value !== null ? { ...rest, tab: 'all' as const } : rest;
    void navigate({ to: '.', search: value === null ? base : ({ ...base, [name]: value } as ListSearch) });
  };
  return (
    <Stack gap={8}>
      {filters.map((name) => {
        const data = named[name];
        if (data.length === 0) return null;
        const status = name === 'status';
        return (
          <Select
            key={name}
            size="xs"
            label={t(`list.${name}`)}
            placeholder={t('list.any')}
            data={data}
            value={search[name] ?? (status ? 'open' : null)}
            searchable={data.length > 6}
            clearable={!status}
            allowDeselect={!status}
            clearButtonProps={{ 'aria-label': t('list.removeFilter', { filter: t(`list.${name}`) }) }}
            comboboxProps={{ withinPortal: false }}
            onChange={(value) => set(name, status && value === 'open' ? null : value)}
          />
        );
      })}
    </Stack>
  );
}

/** What each filter can be, by value and name; asked for once they are wanted. */
export function useFilterNames(wanted: boolean): Record<Filter, { value: string; label: string }[]> {
  const { t } = useTranslation('inbox');
  const named = (items: { id: string; name: string }[]) => items.map(({ id, name }) => ({ value: id, label: name }));
  return {
    status: statuses.map((status) => ({ value: status, label: t(`status.${status}`) })),
    channel: named(useChannels(wanted)),
    tag: useTags(wanted).map((tag) => ({ value: tag, label: tag })),
    assignee: named(useColleagues()),
    team: named(useTeams()),
    store: named(useStoreNames(wanted)),
  };
}
