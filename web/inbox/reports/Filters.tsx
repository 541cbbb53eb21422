import { Button, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTags } from '../list/queries.ts';
import { useChannels } from '../me/channels.ts';
import { useColleagues } from '../me/queries.ts';
import { useStoreNames } from '../me/stores.ts';
import { useTeams } from '../me/teams.ts';
import classes from './Reports.module.css';
import { type Asked, type Filter, filters, filtersOf } from './search.ts';

/** Narrows every figure: any person with any store, channel, topic and level together. */
export function Filters({ asked, ask }: { asked: Asked; ask: (change: Partial<Asked>) => void }) {
  const { t } = useTranslation('reports');
  const named = (items: readonly { id: string; name: string }[]) =>
    items.map(({ id, name }) => ({ value: id, label: name }));
  const tags = useTags(true);
  const data: Record<Filter, { value: string; label: string }[]> = {
    user: named(useColleagues()),
    team: named(useTeams()),
    store: named(useStoreNames()),
    channel: named(useChannels()),
    level: (['key', 'vip', 'usual'] as const).map((level) => ({ value: level, label: t(`levels.${level}`) })),
    tag: tags.map((tag) => ({ value: tag, label: tag })),
  };
  const set = Object.keys(filtersOf(asked)).length > 0;
  const without = Object.fromEntries(filters.map((name) => [name, undefined])) as Partial<Asked>;
  return (
    <fieldset className={classes.filters} aria-label={t('only.title')}>
      {filters
        .filter((name) => data[name].length > 0)
        .map((name) => (
          <Select
            key={name}
            size="xs"
            clearable
            searchable
            aria-label={t(`only.${name}`)}
            placeholder={t(`only.${name}`)}
            data={data[name]}
            value={asked[name] ?? null}
            onChange={(value) => ask({ [name]: value ?? undefined })}
            clearButtonProps={{ 'aria-label': t('only.clear', { name: t(`only.${name}`) }) }}
          />
        ))}
      {set && (
        <Button size="compact-xs" variant="subtle" onClick={() => ask(without)}>
          {t('only.none')}
        </Button>
      )}
    </fieldset>
  );
}
