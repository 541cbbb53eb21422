import { ActionIcon, Autocomplete, Button, Menu, Popover } from '@mantine/core';
import { IconBellZ, IconCheck, IconTag, IconUserPlus, IconX } from '@tabler/icons-react';
import { type ComponentProps, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThreadRow } from '../../../server/threads/schema.ts';
import { count, shortDateTime, useLocale } from '../../shared/ui/format.ts';
import { Person } from '../../shared/ui/Person.tsx';
import { useColleagues, useMay, useMe } from '../me/queries.ts';
import { Hint } from '../shell/Hint.tsx';
import { useKeys } from '../shell/keys.ts';
import { moments } from '../thread/moments.ts';
import { assignAll, closeAll, snoozeAll, tagAll } from './bulk.ts';
import classes from './ListHeader.module.css';
import { useTags } from './queries.ts';
import { clearSelection } from './selection.ts';

/** In the place of the search while rows are marked: how many, and what can be done with all of them. */
export function BulkBar({ rows }: { rows: ThreadRow[] }) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  const me = useMe();
  const [menu, setMenu] = useState<'assign' | 'snooze' | 'tag' | null>(null);
  const toggled = (name: 'assign' | 'snooze' | 'tag') => ({
    opened: menu === name,
    onChange: (open: boolean) => setMenu(open ? name : null),
  });
  useKeys([
    { keys: 'e', run: () => void closeAll(rows), label: t('bulk.close') },
    { keys: 'a', run: () => setMenu('assign') },
    { keys: 'm', run: () => void assignAll(rows, me.id, me.name) },
    { keys: 's', run: () => setMenu('snooze') },
    { keys: 't', run: () => setMenu('tag') },
    { keys: 'Escape', run: clearSelection },
  ]);
  return (
    <div className={classes.bulk} role="toolbar" aria-label={t('bulk.label')}>
      <Hint label={t('bulk.clear')} keys="Esc">
        <ActionIcon size={28} aria-label={t('bulk.clear')} onClick={clearSelection}>
          <IconX size={16} />
        </ActionIcon>
      </Hint>
      <span className={classes.chosen} role="status">
        {t('bulk.selected', { count: rows.length, shown: count(rows.length, locale) })}
      </span>
      <Menu {...toggled('assign')} position="bottom-end" width={230}>
        <Menu.Target>
          <Tool icon={<IconUserPlus size={17} />} label={t('thread.assign')} keys="a" />
        </Menu.Target>
        <People onChoose={(id, name) => void assignAll(rows, id, name)} />
      </Menu>
      <Popover {...toggled('tag')} position="bottom-end" width={240} trapFocus returnFocus>
        <Popover.Target>
          <Tool icon={<IconTag size={17} />} label={t('thread.tag')} keys="t" onClick={() => setMenu('tag')} />
        </Popover.Target>
        <Popover.Dropdown p="sm" aria-label={t('thread.tag')}>
          <TagField
            onChoose={(tag) => {
              setMenu(null);
              void tagAll(rows, tag);
            }}
          />
        </Popover.Dropdown>
      </Popover>
      <Menu {...toggled('snooze')} position="bottom-end" width={250}>
        <Menu.Target>
          <Tool icon={<IconBellZ size={17} />} label={t('thread.snooze')} keys="s" />
        </Menu.Target>
        <Menu.Dropdown>
          {moments(new Date()).map(({ name, at }) => (
            <Menu.Item
              key={name}
              onClick={() => void snoozeAll(rows, at, shortDateTime(at.toISOString(), locale))}
              rightSection={<span className={classes.count}>{shortDateTime(at.toISOString(), locale)}</span>}
            >
              {t(`moment.${name}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Hint label={t('bulk.close')} keys="e">
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconCheck size={15} aria-hidden />}
          onClick={() => void closeAll(rows)}
        >
          {t('thread.close')}
        </Button>
      </Hint>
    </div>
  );
}

function Tool({
  icon,
  label,
  keys,
  ...rest
}: { icon: React.ReactNode; label: string; keys: string } & ComponentProps<'button'>) {
  return (
    <ActionIcon size={28} aria-label={label} title={`${label} (${keys})`} {...rest}>
      {icon}
    </ActionIcon>
  );
}

function People({ onChoose }: { onChoose: (id: string, name: string) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const may = useMay();
  const people = useColleagues()
    .filter((colleague) => colleague.active && (colleague.id === me.id || may('threads.assignOthers')))
    .sort((a, b) => Number(b.id === me.id) - Number(a.id === me.id) || a.name.localeCompare(b.name));
  return (
    <Menu.Dropdown mah="50vh" style={{ overflowY: 'auto' }}>
      {people.map((colleague) => (
        <Menu.Item
          key={colleague.id}
          leftSection={<Person name={colleague.name} size={20} />}
          onClick={() => onChoose(colleague.id, colleague.name)}
          rightSection={colleague.id === me.id ? <span className={classes.count}>{t('you')}</span> : null}
        >
          <bdi>{colleague.name}</bdi>
        </Menu.Item>
      ))}
    </Menu.Dropdown>
  );
}

function TagField({ onChoose }: { onChoose: (tag: string) => void }) {
  const { t } = useTranslation('inbox');
  const known = useTags(true);
  const [words, setWords] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (words.trim() !== '') onChoose(words.trim());
      }}
    >
      <Autocomplete
        data-autofocus
        size="xs"
        label={t('thread.addTag')}
        data={known}
        value={words}
        maxLength={60}
        onChange={setWords}
        onOptionSubmit={onChoose}
        comboboxProps={{ withinPortal: false }}
      />
    </form>
  );
}
