import { MultiSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../../server/users/schema.ts';
import { useTeams } from '../../me/teams.ts';
import { FormDialog } from '../../page/FormDialog.tsx';
import { editUser } from '../queries.ts';
import { RoleFields } from './RoleFields.tsx';

/** Changes a colleague's name, role, stores and teams. */
export function EditUser({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const teams = useTeams();
  const [name, setName] = useState(user.name);
  const [role, setRole] = useState(user.role);
  const [storeIds, setStoreIds] = useState(user.storeIds);
  const [teamIds, setTeamIds] = useState(user.teamIds);
  const save = () => editUser(user.id, { name: name.trim(), role, storeIds, teamIds });
  return (
    <FormDialog title={user.email} size="lg" label={t('common:save')} act={save} onClose={onClose}>
      <TextInput
        label={t('users.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={200}
        data-autofocus
      />
      <RoleFields role={role} storeIds={storeIds} onRole={setRole} onStores={setStoreIds} />
      {teams.length > 0 && (
        <MultiSelect
          label={t('sections.teams')}
          data={teams.map((team) => ({ value: team.id, label: team.name }))}
          value={teamIds}
          onChange={setTeamIds}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('users.noTeams') }}
        />
      )}
    </FormDialog>
  );
}
