import { Alert, Button, Group, Modal, MultiSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../../server/users/schema.ts';
import { sayError } from '../../../shared/ui/problem.ts';
import { useTeams } from '../../me/teams.ts';
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
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await editUser(user.id, { name: name.trim(), role, storeIds, teamIds });
      onClose();
    } catch (refused) {
      setError(sayError(refused));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={user.email} size="lg" closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          {error !== null && (
            <Alert color="red" variant="light" role="alert">
              {error}
            </Alert>
          )}
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
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
