import { MultiSelect, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../../server/users/schema.ts';
import { useStores } from '../stores/queries.ts';

/** Least first. Written out: the schema that names them would bring its whole validator along. */
const roles = ['consultant', 'manager', 'supervisor', 'admin'] as const satisfies User['role'][];

/** What somebody may do, each role in a sentence, and in which stores. */
export function RoleFields({
  role,
  storeIds,
  onRole,
  onStores,
}: {
  role: User['role'];
  storeIds: string[];
  onRole: (role: User['role']) => void;
  onStores: (storeIds: string[]) => void;
}) {
  const { t } = useTranslation('settings');
  const stores = useStores().data ?? [];
  return (
    <>
      <Radio.Group label={t('users.role')} value={role} onChange={(value) => onRole(value as User['role'])}>
        <Stack gap={8} mt={6}>
          {roles.map((each) => (
            <Radio
              key={each}
              value={each}
              label={t(`common:roles.${each}`)}
              description={t(`users.roleText.${each}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {stores.length > 0 && (
        <MultiSelect
          label={t('users.stores')}
          description={t('users.storesText')}
          data={stores.map((store) => ({ value: store.id, label: store.name }))}
          value={storeIds}
          onChange={onStores}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('users.noStores') }}
        />
      )}
    </>
  );
}
