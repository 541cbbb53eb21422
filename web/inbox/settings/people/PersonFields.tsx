import { MultiSelect, Radio, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../../server/users/schema.ts';
import { useStores } from '../stores/queries.ts';

/** Least first. Written out: the schema that names them would bring its whole validator along. */
const roles = ['consultant', 'manager', 'supervisor', 'admin'] as const satisfies User['role'][];

/** What is said of a colleague, whether they come or are here. */
export type Person = Pick<User, 'name' | 'role' | 'storeIds'>;

/** Who somebody is, what they may do, each role in a sentence, and in which stores. */
export function PersonFields<P extends Person>({
  person,
  onChange,
  children,
}: {
  person: P;
  onChange: (person: P) => void;
  /** What is asked after the name. */
  children?: ReactNode;
}) {
  const { t } = useTranslation('settings');
  const stores = useStores().data ?? [];
  return (
    <>
      <TextInput
        label={t('users.name')}
        value={person.name}
        onChange={(event) => onChange({ ...person, name: event.currentTarget.value })}
        required
        withAsterisk={false}
        maxLength={200}
        data-autofocus
      />
      {children}
      <Radio.Group
        label={t('users.role')}
        value={person.role}
        onChange={(value) => onChange({ ...person, role: value as User['role'] })}
      >
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
          value={person.storeIds}
          onChange={(storeIds) => onChange({ ...person, storeIds })}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('users.noStores') }}
        />
      )}
    </>
  );
}
