import { Button, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTags } from '../list/queries.ts';
import { useChannels } from '../me/channels.ts';
import { useColleagues } from '../me/queries.ts';
import { useStoreNames } from '../me/stores.ts';
import { useTeams } from '../me/teams.ts';
import classes from './Filters.module.css';
import { type Filter, filters, type Narrowed } from './search.ts';

interface Props {
  /** Which are offered; those that have nothing to choose from are left out. */
  names?: readonly Filter[];
  only: Narrowed;
  onOnly: (only: Narrowed) => void;
  /** Nobody's may be chosen as a person's. */
  nobody?: string;
}

/** Narrows what is shown: any person with any store, channel, topic and level together. */
export function Filters({ names = filters, only, onOnly, nobody }: Props) {
  const { t } = useTranslation('reports');
  const named = (items: readonly { id: string; name: string }[]) =>
    items.map(({ id, name }) => ({ value: id, label: name }));
  const tags = useTags(names.includes('tag'));
  const people = named(useColleagues());
  const data: Record<Filter, { value: string; label: string }[]> = {
    user: nobody === undefined ? people : [{ value: 'none', label: nobody }, ...people],
    team: named(useTeams()),
    store: named(useStoreNames()),
    channel: named(useChannels()),
    level: (['key', 'vip', 'usual'] as const).map((level) => ({ value: level, label: t(`levels.${level}`) })),
    tag: tags.map((tag) => ({ value: tag, label: tag })),
  };
  return (
    <fieldset className={classes.filters} aria-label={t('only.title')}>
      {names
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
            value={only[name] ?? null}
            onChange={(value) => {
              const { [name]: _, ...rest } = only;
              onOnly(value === null ? rest : { ...rest, [name]: value });
            }}
            clearButtonProps={{ 'aria-label': t('only.clear', { name: t(`only.${name}`) }) }}
          />
        ))}
      {Object.keys(only).length > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={() => onOnly({})}>
          {t('only.none')}
        </Button>
      )}
    </fieldset>
  );
}
