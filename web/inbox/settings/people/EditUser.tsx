import { MultiSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../../server/users/schema.ts';
import { useTeams } from '../../me/teams.ts';
import { FormDialog } from '../../page/FormDialog.tsx';
import { editUser } from '../queries.ts';
import { PersonFields } from './PersonFields.tsx';

/** Changes a colleague's name, role, stores and teams. */
export function EditUser({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const teams = useTeams();
  const { id, email, name, role, storeIds, teamIds } = user;
  const [person, setPerson] = useState({ name, role, storeIds, teamIds });
  const save = () => editUser(id, { ...person, name: person.name.trim() });
  return (
    <FormDialog title={email} size="lg" label={t('common:save')} act={save} onClose={onClose}>
      <PersonFields person={person} onChange={setPerson} />
      {teams.length > 0 && (
        <MultiSelect
          label={t('sections.teams')}
          data={teams.map((team) => ({ value: team.id, label: team.name }))}
          value={person.teamIds}
          onChange={(chosen) => setPerson({ ...person, teamIds: chosen })}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('users.noTeams') }}
        />
      )}
    </FormDialog>
  );
}
