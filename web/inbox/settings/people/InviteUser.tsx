import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invitation } from '../../../../server/users/schema.ts';
import { CopyCode } from '../../page/CopyCode.tsx';
import { FormButtons } from '../../page/FormButtons.tsx';
import { FormError } from '../../page/FormError.tsx';
import { useSubmit } from '../../page/useSubmit.ts';
import { makeInvitation } from '../queries.ts';
import { type Person, PersonFields } from './PersonFields.tsx';

/** Invites somebody. The link is shown once, here; it is mailed as well when a mailbox can send. */
export function InviteUser({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [person, setPerson] = useState<Person>({ name: '', role: 'manager', storeIds: [] });
  const [email, setEmail] = useState('');
  const [made, setMade] = useState<(Invitation & { mailed: boolean }) | null>(null);

  const { busy, error, submit } = useSubmit(async () =>
    setMade(await makeInvitation({ ...person, name: person.name.trim(), email: email.trim() })),
  );

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(made === null ? 'users.invite' : 'users.linkTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {made === null ? (
        <form onSubmit={submit}>
          <Stack gap="md">
            <FormError text={error} />
            <PersonFields person={person} onChange={setPerson}>
              <TextInput
                label={t('users.email')}
                type="email"
                value={email}
                onChange={(event) => setEmail(event.currentTarget.value)}
                required
                withAsterisk={false}
              />
            </PersonFields>
            <FormButtons label={t('users.make')} busy={busy} onCancel={onClose} />
          </Stack>
        </form>
      ) : (
        <Stack gap="md">
          <Text size="sm">
            {t(made.mailed ? 'users.mailed' : 'users.notMailed', { name: made.name, email: made.email ?? '' })}
          </Text>
          <CopyCode value={made.link ?? ''} label={t('users.link')} />
          <Text size="sm" c="dimmed">
            {t('users.once')}
          </Text>
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('users.doneInviting')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
