import { Button, Combobox, ScrollArea, useCombobox } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Thread } from '../../../server/threads/schema.ts';
import { Person } from '../../shared/ui/Person.tsx';
import { useColleagues, useMay, useMe } from '../me/queries.ts';
import { useTeams } from '../me/teams.ts';
import { Hint } from '../shell/Hint.tsx';
import { useKeys } from '../shell/keys.ts';
import { assign, moveToTeam } from './actions.ts';

/** Who has the thread, and giving it to somebody: `a` opens, `m` takes it oneself. */
export function AssignMenu({ thread }: { thread: Thread }) {
  const { t } = useTranslation('inbox');
  const me = useMe();
  const may = useMay();
  const colleagues = useColleagues();
  const teams = useTeams();
  const [words, setWords] = useState('');
  const [teamsOnly, setTeamsOnly] = useState(false);
  const box = useCombobox({
    onDropdownClose: () => {
      setWords('');
      setTeamsOnly(false);
    },
    onDropdownOpen: () => setTimeout(() => box.focusSearchInput()),
  });
  const assignee = colleagues.find((colleague) => colleague.id === thread.assigneeId);
  const mine = thread.assigneeId === me.id;
  const team = teams.find((each) => each.id === thread.teamId);
  const fits = (name: string) => name.toLocaleLowerCase().includes(words.trim().toLocaleLowerCase());
  const people = colleagues
    .filter((colleague) => !teamsOnly && colleague.active && fits(colleague.name))
    .filter((colleague) => may('threads.assignOthers') || colleague.id === me.id)
    .sort((a, b) => Number(b.id === me.id) - Number(a.id === me.id) || a.name.localeCompare(b.name));
  const choose = (value: string) => {
    box.closeDropdown();
    const [kind, id = ''] = value.split(':');
    if (kind === 'none') void assign(thread, null, '');
    else if (kind === 'team') void moveToTeam(thread, id, teams.find((each) => each.id === id)?.name ?? '');
    else void assign(thread, id, colleagues.find((colleague) => colleague.id === id)?.name ?? '');
  };
  useKeys([
    { keys: 'a', run: () => box.openDropdown(), label: t('thread.assign') },
    {
      keys: 'l',
      run: () => {
        setTeamsOnly(teams.length > 0);
        box.openDropdown();
      },
      label: t('common:help.keys.team'),
    },
    {
      keys: 'm',
      run: () => void (mine ? null : assign(thread, me.id, me.name)),
      label: t('common:help.keys.assignMe'),
    },
  ]);
  const shown = mine ? t('thread.mine') : (assignee?.name ?? team?.name ?? t('thread.nobody'));
  return (
    <Combobox store={box} withinPortal={false} width={260} position="bottom-end" onOptionSubmit={choose}>
      <Combobox.Target withAriaAttributes={false}>
        <Hint label={t('thread.assign')} keys="a">
          <Button
            size="compact-md"
            variant="subtle"
            color={thread.assigneeId === null ? 'accent' : 'gray'}
            leftSection={
              assignee === undefined ? (
                <IconUserPlus size={16} aria-hidden />
              ) : (
                <Person name={assignee.name} size={20} />
              )
            }
            onClick={() => box.toggleDropdown()}
            aria-label={t('thread.assignLabel', { name: shown })}
            aria-haspopup="listbox"
            aria-expanded={box.dropdownOpened}
          >
            {shown}
          </Button>
        </Hint>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            box.updateSelectedOptionIndex();
          }}
          placeholder={t('thread.assignSearch')}
          aria-label={t('thread.assignSearch')}
        />
        <Combobox.Options aria-label={t('thread.assign')}>
          <ScrollArea.Autosize mah={300} type="scroll">
            {thread.assigneeId !== null && words === '' && !teamsOnly && (
              <Combobox.Option value="none">{t('thread.unassign')}</Combobox.Option>
            )}
            {people.map((colleague) => (
              <Combobox.Option
                key={colleague.id}
                value={`user:${colleague.id}`}
                active={colleague.id === thread.assigneeId}
              >
                <span style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
                  <Person name={colleague.name} size={20} />
                  <bdi>{colleague.name}</bdi>
                  {colleague.id === me.id && <span style={{ color: 'var(--p-dim)' }}>{t('common:you')}</span>}
                </span>
              </Combobox.Option>
            ))}
            {teams.some((each) => fits(each.name)) && (
              <Combobox.Group label={t('thread.teams')}>
                {teams
                  .filter((each) => fits(each.name))
                  .map((each) => (
                    <Combobox.Option key={each.id} value={`team:${each.id}`} active={each.id === thread.teamId}>
                      {each.name}
                    </Combobox.Option>
                  ))}
              </Combobox.Group>
            )}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
