import { ActionIcon, Button, MultiSelect, TextInput } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Team } from '../../../../server/users/schema.ts';
import { Empty } from '../../../shared/ui/Empty.tsx';
import { useColleagueName, useColleagues } from '../../me/queries.ts';
import { useConfirm } from '../../page/confirm.tsx';
import { FormDialog } from '../../page/FormDialog.tsx';
import { Loaded } from '../../page/Loaded.tsx';
import classes from '../../page/Page.module.css';
import { Page } from '../../page/Page.tsx';
import { removeTeam, saveTeam, useTeamList } from '../queries.ts';

/** Teams that threads can be moved to. */
export function TeamsSection() {
  const { t } = useTranslation('settings');
  const teams = useTeamList();
  const nameOf = useColleagueName();
  const [editing, setEditing] = useState<Team | 'new' | null>(null);
  const [ask, dialog] = useConfirm();
  const make = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>
      {t('teams.make')}
    </Button>
  );
  return (
    <Page title={t('sections.teams')} lead={t('teams.lead')} actions={teams.data?.length === 0 ? undefined : make}>
      <Loaded query={teams}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={<IconUsersGroup size={28} />} title={t('teams.none')} text={t('teams.noneText')}>
              {make}
            </Empty>
          ) : (
            <ul className={classes.rows}>
              {items.map((team) => (
                <li key={team.id} className={classes.row}>
                  <span className={classes.rowMain}>
                    <span className={classes.rowName}>
                      <bdi>{team.name}</bdi>
                    </span>
                    <span className={classes.rowDim}>
                      {team.memberIds.length === 0
                        ? t('teams.nobody')
                        : team.memberIds.map(nameOf).filter(Boolean).join(', ')}
                    </span>
                  </span>
                  <span className={classes.rowEnd}>
                    <ActionIcon
                      aria-label={t('teams.editNamed', { name: team.name })}
                      title={t('teams.edit')}
                      onClick={() => setEditing(team)}
                    >
                      <IconPencil size={16} />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={t('teams.removeNamed', { name: team.name })}
                      title={t('teams.remove')}
                      onClick={() =>
                        ask({
                          title: t('teams.removeNamed', { name: team.name }),
                          text: t('teams.removeText'),
                          action: t('teams.remove'),
                          run: () => removeTeam(team.id),
                        })
                      }
                    >
                      <IconTrash size={16} />
                    </ActionIcon>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {editing !== null && <TeamForm team={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      {dialog}
    </Page>
  );
}

function TeamForm({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const colleagues = useColleagues();
  const [name, setName] = useState(team?.name ?? '');
  const [memberIds, setMemberIds] = useState(team?.memberIds ?? []);
  const save = () => saveTeam(team?.id ?? null, { name: name.trim(), memberIds });
  return (
    <FormDialog
      title={t(team === null ? 'teams.make' : 'teams.edit')}
      label={t('common:save')}
      act={save}
      onClose={onClose}
    >
      <TextInput
        label={t('teams.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        placeholder={t('teams.nameExample')}
        required
        withAsterisk={false}
        maxLength={100}
        data-autofocus
      />
      <MultiSelect
        label={t('teams.members')}
        data={colleagues
          .filter((each) => each.active || memberIds.includes(each.id))
          .map((each) => ({ value: each.id, label: each.name }))}
        value={memberIds}
        onChange={setMemberIds}
        searchable
      />
    </FormDialog>
  );
}
